"""Every column of the database that people's words may stand in, and whose rows those are.

Words are taken out of them all. A test holds this list against the tables: a column of text that
is neither here nor known to hold nobody's words makes it fail.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import sqlalchemy as sa
from sqlalchemy import select

from surveyapp import models
from surveyapp.models import Base, Interview, MemberCheck, Note, Submission

Rows = Callable[["Scope"], sa.ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose words are looked through: one authority's, or everybody's in a survey.

    What researchers write is looked through in either case.
    """

    survey_id: uuid.UUID
    authority: str

    @property
    def returns(self) -> sa.Select[uuid.UUID]:
        """Select the ids of the returns."""
        rows = select(Submission.id).where(Submission.survey_id == self.survey_id)
        return rows.where(Submission.authority_code == self.authority) if self.authority else rows

    @property
    def calls(self) -> sa.Select[uuid.UUID]:
        """Select the ids of the interviews."""
        return select(Interview.id).where(Interview.submission_id.in_(self.returns))


@dataclass(frozen=True, slots=True)
class Words:
    """A table's columns with words in them; `who` are those that name a colleague."""

    model: type[Base]
    names: tuple[str, ...]
    rows: Rows
    who: tuple[str, ...] = ()
    is_versioned: bool = field(default=False)

    @property
    def table(self) -> sa.Table:
        """Return the table."""
        return Base.metadata.tables[self.model.__tablename__]


def _of_return(model: type[Base]) -> Rows:
    return lambda scope: model.__table__.c.submission_id.in_(scope.returns)


def _of_call(model: type[Base]) -> Rows:
    return lambda scope: model.__table__.c.interview_id.in_(scope.calls)


def _of_survey(model: type[Base]) -> Rows:
    return lambda scope: model.__table__.c.survey_id == scope.survey_id


def _of_response(model: type[Base], name: str = "response") -> Rows:
    column = model.__table__.c[name]
    return lambda scope: sa.and_(
        model.__table__.c.survey_id == scope.survey_id,
        column.startswith(f"{scope.authority}/", autoescape=True) if scope.authority else sa.true(),
    )


def _revisions(scope: Scope) -> sa.ColumnElement[bool]:
    answers = select(models.Answer.id).where(models.Answer.submission_id.in_(scope.returns))
    return models.AnswerRevision.answer_id.in_(answers)


def _noted(scope: Scope) -> sa.ColumnElement[bool]:
    notes = select(Note.id).where(Note.interview_id.in_(scope.calls))
    return models.NoteRevision.note_id.in_(notes)


def _checked(scope: Scope) -> sa.ColumnElement[bool]:
    checks = select(MemberCheck.id).where(MemberCheck.submission_id.in_(scope.returns))
    return models.CheckItem.check_id.in_(checks)


def _cited(scope: Scope) -> sa.ColumnElement[bool]:
    findings = select(models.Finding.id).where(models.Finding.survey_id == scope.survey_id)
    return models.FindingPassage.finding_id.in_(findings)


def _tagged(scope: Scope) -> sa.ColumnElement[bool]:
    return models.Tag.survey_id == scope.survey_id


_MAIL: Final = ("subject", "text", "html", "calendar", "last_error")
_SURVEY: Final = ("title", "region", "invitation_note", "controller", "kept_for")
_CONTACT: Final = ("name", "role", "email", "phone")
COLUMNS: Final = (
    Words(models.Survey, _SURVEY, lambda scope: models.Survey.id == scope.survey_id),
    Words(models.Contributor, ("job_title",), _of_return(models.Contributor)),
    Words(models.Answer, ("value",), _of_return(models.Answer), is_versioned=True),
    Words(models.AnswerRevision, ("value",), _revisions),
    Words(models.Unsaved, ("value",), _of_return(models.Unsaved)),
    Words(models.Comment, ("text",), _of_return(models.Comment)),
    Words(models.Handover, ("note",), _of_return(models.Handover)),
    Words(models.Reopening, ("reason",), _of_return(models.Reopening)),
    Words(models.Upload, ("file_name",), _of_return(models.Upload)),
    Words(models.Mail, _MAIL, _of_return(models.Mail)),
    Words(
        models.Interview,
        ("place", "cancelled_why"),
        _of_return(models.Interview),
        who=("interviewee", "interviewee_role"),
    ),
    Words(models.Note, ("text", "original_text"), _of_call(models.Note), is_versioned=True),
    Words(models.NoteRevision, ("text",), _noted),
    Words(
        models.SharedDocument, ("title", "kind", "url", "owner"), _of_call(models.SharedDocument)
    ),
    Words(models.KeyContact, (), _of_call(models.KeyContact), who=_CONTACT),
    Words(models.FollowUp, ("text",), _of_call(models.FollowUp)),
    Words(models.SentenceVerdict, ("instead",), _of_call(models.SentenceVerdict)),
    Words(models.MemberCheck, ("remark",), _of_return(models.MemberCheck)),
    Words(models.CheckItem, ("words", "instead"), _checked, is_versioned=True),
    Words(models.Decision, ("words",), _of_response(models.Decision)),
    Words(models.CodedPassage, ("words",), _of_response(models.CodedPassage)),
    Words(models.FindingPassage, ("words",), _cited),
    Words(models.Memo, ("text",), _of_survey(models.Memo), is_versioned=True),
    Words(models.Summary, ("text",), _of_survey(models.Summary), is_versioned=True),
    Words(models.Finding, ("claim",), _of_survey(models.Finding), is_versioned=True),
    Words(models.Shortlisting, ("reason",), _of_survey(models.Shortlisting)),
    Words(models.StandingText, ("text",), _of_survey(models.StandingText)),
    Words(models.CodebookChange, ("reason",), _of_survey(models.CodebookChange)),
    Words(models.Clearing, ("reason",), _of_survey(models.Clearing)),
    Words(models.Response, ("text",), _of_response(models.Response, "id")),
    Words(models.Passage, ("words",), _of_response(models.Passage)),
    Words(models.Tag, ("reason",), _tagged),
)
"""Where words are taken out, each table with the rows that a scope has there."""
_KNOWN: Final = "codes, keys, hashes, states and addresses"
WORDLESS: Final[Mapping[str, str]] = {
    "snapshot": "published files; surveyapp/privacy/codebooks.py changes codebooks as a whole",
    "authority": "the register",
    "person": "colleagues",
    "submission": _KNOWN,
    "section_state": _KNOWN,
    "correction": _KNOWN,
    "prompt_state": _KNOWN,
    "consent_answer": _KNOWN,
    "presence": _KNOWN,
    "audit_event": "the trail refuses words",
    "link": _KNOWN,
    "staff_key": _KNOWN,
    "recovery_code": _KNOWN,
    "passkey": _KNOWN,
    "export": _KNOWN,
    "build": _KNOWN,
    "link_check": _KNOWN,
    "sample": _KNOWN,
    "coding_act": "places and verdicts, without words",
    "derivation": _KNOWN,
    "cell": _KNOWN,
    "mark": _KNOWN,
    "inspected": _KNOWN,
    "learning": _KNOWN,
    "emerging": "forgotten whole, and derived again",
}
"""Tables whose text is nobody's words, and what it is."""
