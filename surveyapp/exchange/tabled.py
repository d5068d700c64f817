"""Everything the workbench holds, as plain tables with a data dictionary."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import (
    Base,
    CheckItem,
    CodebookChange,
    CodedPassage,
    Decision,
    Finding,
    FindingPassage,
    MemberCheck,
    Memo,
    Passage,
    Person,
    Response,
    Shortlisting,
    Snapshot,
    Submission,
    Summary,
    Survey,
    Tag,
)
from surveyapp.tables import Row, Table, dictionary

IN_PARTS: Final = {"yield_per": 500}
RESPONSE: Final = "The response: the authority's code and the question's, or the note's."
START: Final = "Where the words begin: characters before them, counted from 0."
END: Final = "The place after their last character."
THEME: Final = "The theme's code."
BY: Final = "Who did it."
AT: Final = "When, in UTC."


@dataclass(frozen=True, slots=True)
class Kind:
    """One table: its name, what a row is, what each column means, and where rows come from."""

    name: str
    row: str
    columns: Mapping[str, tuple[str, sa.ColumnElement[Any] | sa.orm.InstrumentedAttribute[Any]]]
    source: sa.FromClause | type[Any]
    of: sa.orm.InstrumentedAttribute[Any]
    order: tuple[Any, ...]

    def table(self, session: Session, survey: Survey) -> Table:
        """Return the table of a survey; its rows come as they are gone through."""
        meanings = {name: meaning for name, (meaning, _) in self.columns.items()}
        return Table(self.name, self.row, meanings, self._rows(session, survey))

    def _rows(self, session: Session, survey: Survey) -> Iterator[Row]:
        asked = (
            select(*(column for _, column in self.columns.values()))
            .select_from(self.source)
            .where(self.of == survey.id)
            .order_by(*self.order)
            .execution_options(**IN_PARTS)
        )
        yield from (tuple(row) for row in session.execute(asked))


def everything(session: Session, survey: Survey) -> Iterator[Table]:
    """Yield every table, the data dictionary last."""
    described = []
    for kind in KINDS:
        table = kind.table(session, survey)
        described.append(Table(table.name, table.row, table.columns, ()))
        yield table
    yield dictionary(described)


def _by(model: type[Base], person_id: sa.orm.InstrumentedAttribute[uuid.UUID]) -> sa.FromClause:
    return sa.join(model, Person, Person.id == person_id)


KINDS: Final[tuple[Kind, ...]] = (
    Kind(
        "Responses",
        "An authority's words under one question or prompt.",
        {
            "response": (RESPONSE, Response.id),
            "authority_code": ("The authority's ONS code.", Response.authority_code),
            "source": ("Questionnaire or interview.", Response.source),
            "question_code": ("The question's code, or the prompt's.", Response.question_code),
            "question": ("The question as it was put.", Response.question),
            "use_level": ("How the words may be used.", Response.use_level),
            "is_verbatim": ("Whether these are the words themselves.", Response.verbatim),
            "text": ("The words.", Response.text),
        },
        Response,
        Response.survey_id,
        (Response.place, Response.id),
    ),
    Kind(
        "Passages",
        "A stretch of a response.",
        {
            "passage": ("The passage's key.", Passage.key),
            "response": (RESPONSE, Passage.response),
            "start": (START, Passage.start),
            "end": (END, Passage.end),
            "words": ("The words.", Passage.words),
            "is_drawn": ("Whether a coder drew it; else it is a sentence.", Passage.drawn),
            "is_finished": ("Whether a coder has finished it.", Passage.coded),
            "is_held": ("Whether it may identify a child.", Passage.held),
            "doubt": ("How unsure the suggestions are, 0 to 1.", Passage.doubt),
        },
        Passage,
        Passage.survey_id,
        (Passage.place, Passage.start, Passage.key),
    ),
    Kind(
        "Tags",
        "A theme on a passage.",
        {
            "passage": ("The passage's key.", Tag.passage_key),
            "theme": (THEME, Tag.theme),
            "score": ("How likely it was held to be. Empty: only a coder said so.", Tag.score),
            "reason": ("Why it was suggested.", Tag.reason),
            "verdict": ("Accept, reject or add. Empty: only suggested.", Tag.verdict),
        },
        Tag,
        Tag.survey_id,
        (Tag.passage_key, Tag.theme),
    ),
    Kind(
        "Decisions",
        "A coder's verdict on a theme for exact words.",
        {
            "response": (RESPONSE, Decision.response),
            "start": (START, Decision.start),
            "end": (END, Decision.end),
            "words": ("The words.", Decision.words),
            "theme": (THEME, Decision.theme),
            "verdict": ("Accept, reject or add.", Decision.verdict),
            "coder": (BY, Person.name),
            "codebook": ("The codebook's hash.", Snapshot.content_hash),
            "sample": ("The sample of a blind coder. Empty: for the review.", Decision.sample_id),
            "made_at": (AT, Decision.made_at),
        },
        _by(Decision, Decision.coder_id).join(Snapshot, Snapshot.id == Decision.codebook_id),
        Decision.survey_id,
        (Decision.made_at, Decision.id),
    ),
    Kind(
        "Finished passages",
        "A passage that one coder has finished.",
        {
            "response": (RESPONSE, CodedPassage.response),
            "start": (START, CodedPassage.start),
            "end": (END, CodedPassage.end),
            "coder": (BY, Person.name),
            "sample": ("The sample of a blind coder.", CodedPassage.sample_id),
            "at": (AT, CodedPassage.at),
        },
        _by(CodedPassage, CodedPassage.coder_id),
        CodedPassage.survey_id,
        (CodedPassage.at, CodedPassage.id),
    ),
    Kind(
        "Memos",
        "A memo.",
        {
            "about": ("A passage, theme, authority, cell or the survey.", Memo.about),
            "subject": ("Which one, by its key or code.", Memo.subject),
            "text": ("What it says.", Memo.text),
            "author": (BY, Person.name),
            "at": (AT, Memo.at),
            "removed_at": ("When it was taken away. Empty: it stands.", Memo.removed_at),
        },
        _by(Memo, Memo.author_id),
        Memo.survey_id,
        (Memo.at, Memo.id),
    ),
    Kind(
        "Summaries",
        "What the consultant wrote in a cell of the matrix.",
        {
            "authority_code": ("The authority's ONS code.", Summary.authority_code),
            "theme": (THEME, Summary.theme),
            "text": ("What it says.", Summary.text),
            "author": (BY, Person.name),
            "at": (AT, Summary.updated_at),
        },
        _by(Summary, Summary.author_id),
        Summary.survey_id,
        (Summary.authority_code, Summary.theme),
    ),
    Kind(
        "Findings",
        "A finding that the consultant wrote.",
        {
            "finding": ("Its id.", Finding.id),
            "theme": (THEME, Finding.theme),
            "claim": ("What it says.", Finding.claim),
            "author": (BY, Person.name),
            "at": (AT, Finding.updated_at),
            "looked_against_at": (
                "When somebody looked for what speaks against it.",
                Finding.looked_against_at,
            ),
            "removed_at": ("When it was taken away. Empty: it stands.", Finding.removed_at),
        },
        _by(Finding, Finding.author_id),
        Finding.survey_id,
        (Finding.theme, Finding.place, Finding.id),
    ),
    Kind(
        "Evidence",
        "Words that speak for a finding or against it.",
        {
            "finding": ("The finding's id.", FindingPassage.finding_id),
            "side": ("For or against.", FindingPassage.side),
            "response": (RESPONSE, FindingPassage.response),
            "start": (START, FindingPassage.start),
            "end": (END, FindingPassage.end),
            "words": ("The words.", FindingPassage.words),
        },
        sa.join(FindingPassage, Finding, Finding.id == FindingPassage.finding_id),
        Finding.survey_id,
        (FindingPassage.finding_id, FindingPassage.response, FindingPassage.start),
    ),
    Kind(
        "Shortlist",
        "What was said of an example: of several entries the last holds.",
        {
            "practice": ("The example: authority, question and entry.", Shortlisting.practice),
            "is_shortlisted": ("Whether it goes into the review.", Shortlisting.shortlisted),
            "reason": ("Why.", Shortlisting.reason),
            "by": (BY, Person.name),
            "at": (AT, Shortlisting.at),
        },
        _by(Shortlisting, Shortlisting.by_id),
        Shortlisting.survey_id,
        (Shortlisting.at, Shortlisting.id),
    ),
    Kind(
        "Codebook changes",
        "A change from one version of the codebook to the next.",
        {
            "kind": ("What was done.", CodebookChange.kind),
            "theme": (THEME, CodebookChange.theme),
            "changes_meaning": (
                "Whether earlier decisions need a second look.",
                CodebookChange.changes_meaning,
            ),
            "reason": ("Why.", CodebookChange.reason),
            "by": (BY, Person.name),
            "at": (AT, CodebookChange.at),
        },
        _by(CodebookChange, CodebookChange.by_id),
        CodebookChange.survey_id,
        (CodebookChange.at, CodebookChange.id),
    ),
    Kind(
        "Checks",
        "What an authority said of one quotation of its words.",
        {
            "authority_code": ("The authority's ONS code.", Submission.authority_code),
            "sent_on": ("When it was sent to them.", MemberCheck.sent_on),
            "due_on": ("Until when they could answer.", MemberCheck.due_on),
            "returned_at": ("When they answered.", MemberCheck.returned_at),
            "silent_on": ("From when nobody had answered.", MemberCheck.silent_on),
            "response": (RESPONSE, CheckItem.response),
            "start": (START, CheckItem.start),
            "end": (END, CheckItem.end),
            "words": ("The words shown.", CheckItem.words),
            "verdict": ("Confirmed, corrected or unnamed. Empty: nothing yet.", CheckItem.verdict),
            "instead": ("What they would have said.", CheckItem.instead),
        },
        sa.join(CheckItem, MemberCheck, MemberCheck.id == CheckItem.check_id).join(
            Submission, Submission.id == MemberCheck.submission_id
        ),
        Submission.survey_id,
        (MemberCheck.sent_on, MemberCheck.id, CheckItem.place),
    ),
)
