"""Everything the workbench holds, as plain tables with a data dictionary."""

import uuid
from collections.abc import Iterator, Mapping
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from surveyapp.exchange import naming
from surveyapp.exchange.kinds import Column, Kind, Told
from surveyapp.exchange.naming import Names
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
from surveyapp.tables import Table, dictionary

WHO: Final = "The authority's ONS code."
NAME: Final = "The authority's name."
RESPONSE: Final = "The response: the authority's code and the question's, or the note's."
START: Final = "Where the words begin: characters before them, counted from 0."
END: Final = "The place after their last character."
THEME: Final = "The theme's code."
THEME_NAME: Final = "The theme's name."
PASSAGE: Final = "The passage's key."
BY: Final = "Who did it."
AT: Final = "When, in UTC."


def everything(session: Session, survey: Survey) -> Iterator[Table]:
    """Yield every table, the data dictionary last."""
    described = []
    names = naming.read(session, survey)
    for kind in KINDS:
        table = kind.table(session, survey, names)
        described.append(Table(table.name, table.row, table.columns, ()))
        yield table
    yield dictionary(described)


def _by(model: type[Base], person_id: sa.orm.InstrumentedAttribute[uuid.UUID]) -> sa.FromClause:
    return sa.join(model, Person, Person.id == person_id)


def _said(
    source: sa.FromClause,
    survey_id: sa.orm.InstrumentedAttribute[uuid.UUID],
    response: sa.orm.InstrumentedAttribute[str],
) -> sa.FromClause:
    """Join the response that words are of; it may be gone."""
    is_same = sa.and_(Response.survey_id == survey_id, Response.id == response)
    return sa.outerjoin(source, Response, is_same)


AUTHORITY: Final[Mapping[str, Column]] = {
    "authority_code": (WHO, Response.authority_code),
    "authority": (NAME, Told(Names.authority, ("authority_code",))),
}
NAMED: Final[Column] = (THEME_NAME, Told(Names.theme, ("theme",)))
KEY: Final[Column] = (PASSAGE, Told(Names.passage, ("response", "start", "end", "words")))
BEFORE, AFTER = aliased(Snapshot), aliased(Snapshot)

KINDS: Final[tuple[Kind, ...]] = (
    Kind(
        "Responses",
        "An authority's words under one question or prompt.",
        {
            "response": (RESPONSE, Response.id),
            **AUTHORITY,
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
            "passage": (PASSAGE, Passage.key),
            "cited_as": ("How summaries refer to it.", Told(Names.cited, ("passage",))),
            "authority_code": (WHO, Passage.authority_code),
            "authority": AUTHORITY["authority"],
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
            "passage": (PASSAGE, Tag.passage_key),
            "theme": (THEME, Tag.theme),
            "theme_name": NAMED,
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
            "passage": KEY,
            **AUTHORITY,
            "response": (RESPONSE, Decision.response),
            "start": (START, Decision.start),
            "end": (END, Decision.end),
            "words": ("The words.", Decision.words),
            "theme": (THEME, Decision.theme),
            "theme_name": NAMED,
            "verdict": ("Accept, reject or add.", Decision.verdict),
            "coder": (BY, Person.name),
            "codebook_version": (
                "The version of the codebook.",
                Told(Names.version, ("codebook",)),
            ),
            "codebook": ("The codebook's hash.", Snapshot.content_hash),
            "sample": ("The sample of a blind coder. Empty: for the review.", Decision.sample_id),
            "made_at": (AT, Decision.made_at),
        },
        _said(
            _by(Decision, Decision.coder_id).join(Snapshot, Snapshot.id == Decision.codebook_id),
            Decision.survey_id,
            Decision.response,
        ),
        Decision.survey_id,
        (Decision.made_at, Decision.id),
    ),
    Kind(
        "Finished passages",
        "A passage that one coder has finished.",
        {
            "passage": KEY,
            **AUTHORITY,
            "response": (RESPONSE, CodedPassage.response),
            "start": (START, CodedPassage.start),
            "end": (END, CodedPassage.end),
            "coder": (BY, Person.name),
            "sample": ("The sample of a blind coder.", CodedPassage.sample_id),
            "at": (AT, CodedPassage.at),
        },
        _said(
            _by(CodedPassage, CodedPassage.coder_id),
            CodedPassage.survey_id,
            CodedPassage.response,
        ),
        CodedPassage.survey_id,
        (CodedPassage.at, CodedPassage.id),
        {"words": CodedPassage.words},
    ),
    Kind(
        "Memos",
        "A memo.",
        {
            "about": ("A passage, theme, authority, cell or the survey.", Memo.about),
            "subject": ("Which one, by its key or code.", Memo.subject),
            "subject_name": ("Its name.", Told(Names.subject, ("about", "subject"))),
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
            "authority_code": (WHO, Summary.authority_code),
            "authority": AUTHORITY["authority"],
            "theme": (THEME, Summary.theme),
            "theme_name": NAMED,
            "text": (
                "What it says. Passages are referred to in square brackets: see cited_as.",
                Summary.text,
            ),
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
            "theme_name": NAMED,
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
            "passage": KEY,
            **AUTHORITY,
            "response": (RESPONSE, FindingPassage.response),
            "start": (START, FindingPassage.start),
            "end": (END, FindingPassage.end),
            "words": ("The words.", FindingPassage.words),
        },
        _said(
            sa.join(FindingPassage, Finding, Finding.id == FindingPassage.finding_id),
            Finding.survey_id,
            FindingPassage.response,
        ),
        Finding.survey_id,
        (FindingPassage.finding_id, FindingPassage.response, FindingPassage.start),
    ),
    Kind(
        "Shortlist",
        "What was said of an example: of several entries the last holds.",
        {
            "practice": ("The example: authority, question and entry.", Shortlisting.practice),
            "authority": (NAME, Told(Names.of_example, ("practice",))),
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
            "theme": (
                "The theme's code; of a proposal, the theme that it became or went into.",
                Told(Names.changed, ("of", "codes")),
            ),
            "theme_name": (THEME_NAME, Told(Names.changed_name, ("of", "codes"))),
            "proposal": ("The key of a theme that was proposed.", Told(Names.proposal, ("of",))),
            "into": (
                "The themes that stand for it since, for a merge or a split.",
                Told(Names.together, ("codes",)),
            ),
            "version_before": (
                "The version of the codebook before.",
                Told(Names.version, ("before",)),
            ),
            "version_after": (
                "The version of the codebook since.",
                Told(Names.version, ("after",)),
            ),
            "changes_meaning": (
                "Whether earlier decisions need a second look.",
                CodebookChange.changes_meaning,
            ),
            "reason": ("Why.", CodebookChange.reason),
            "by": (BY, Person.name),
            "at": (AT, CodebookChange.at),
        },
        _by(CodebookChange, CodebookChange.by_id)
        .join(BEFORE, BEFORE.id == CodebookChange.before_id)
        .join(AFTER, AFTER.id == CodebookChange.after_id),
        CodebookChange.survey_id,
        (CodebookChange.at, CodebookChange.id),
        {
            "of": CodebookChange.theme,
            "codes": CodebookChange.into,
            "before": BEFORE.content_hash,
            "after": AFTER.content_hash,
        },
    ),
    Kind(
        "Checks",
        "What an authority said of one quotation of its words.",
        {
            "authority_code": (WHO, Submission.authority_code),
            "authority": AUTHORITY["authority"],
            "sent_on": ("When it was sent to them.", MemberCheck.sent_on),
            "due_on": ("Until when they could answer.", MemberCheck.due_on),
            "returned_at": ("When they answered.", MemberCheck.returned_at),
            "silent_on": ("From when nobody had answered.", MemberCheck.silent_on),
            "passage": KEY,
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
