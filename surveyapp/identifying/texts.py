"""Every text that people typed or sent about a survey, each by its place.

A place is a response's id, as synthesis calls answers and notes; or what kind of text it is and
the id of its row, such as comment/ and so on.
"""

import hashlib
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, cast

import sqlalchemy as sa
from sqlalchemy import SQLColumnExpression, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from surveyapp.models import (
    Answer,
    Base,
    CheckItem,
    Comment,
    Finding,
    FollowUp,
    Handover,
    Interview,
    KeyContact,
    MemberCheck,
    Memo,
    Note,
    Reopening,
    SentenceVerdict,
    SharedDocument,
    Shortlisting,
    StandingText,
    Submission,
    Summary,
    Survey,
    Unsaved,
    Upload,
)

Rows = sa.Select[*tuple[Any, ...]]
# What of an answer is typed freely; a contact's name, address and number are a colleague's.
FIELDS: Final = ("text", "other", "title", "owner", "role", "period")
# How the response of an answer's field is called, where it is not by the field's own name.
_CALLED: Final = {"text": "", "other": "words"}


@dataclass(frozen=True, slots=True)
class Text:
    """A text: its place, whose it is, and what it says; of a file, the file in its stead."""

    place: str
    authority: str
    text: str
    upload: Upload | None = None

    def digest(self, version: str) -> str:
        """Return what the text is known by, looked through with these rules."""
        said = self.upload.sha256 if self.upload else self.text
        return hashlib.sha256(f"{version}\n{said}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Source:
    """A table's column of free text, and the way from its rows to an authority and a survey."""

    prefix: str
    label: str
    column: InstrumentedAttribute[str]
    joined: Callable[[Rows], Rows]
    authority: SQLColumnExpression[str]
    survey: SQLColumnExpression[uuid.UUID]

    @property
    def model(self) -> type[Base]:
        """Return the table's model."""
        return cast(type[Base], self.column.class_)

    def rows(self, survey: Survey) -> Rows:
        """Select id, authority and text of a survey's rows."""
        id = self.model.__table__.c.id
        rows = self.joined(select(id, self.authority, self.column).select_from(self.model))
        return rows.where(self.survey == survey.id, self.column != "").order_by(id)


def _of_return(model: type[Base]) -> Callable[[Rows], Rows]:
    return lambda rows: rows.join(Submission, Submission.id == model.__table__.c.submission_id)


def _of_call(model: type[Base]) -> Callable[[Rows], Rows]:
    return lambda rows: rows.join(Interview, Interview.id == model.__table__.c.interview_id).join(
        Submission, Submission.id == Interview.submission_id
    )


def _of_check(rows: Rows) -> Rows:
    return rows.join(MemberCheck, MemberCheck.id == CheckItem.check_id).join(
        Submission, Submission.id == MemberCheck.submission_id
    )


def _alone(rows: Rows) -> Rows:
    return rows


NOBODY: Final = sa.literal("")
_authority: Final = Submission.authority_code
_survey: Final = Submission.survey_id
SOURCES: Final = (
    Source("comment", "Comment", Comment.text, _of_return(Comment), _authority, _survey),
    Source(
        "handover", "Note with a section", Handover.note, _of_return(Handover), _authority, _survey
    ),
    Source(
        "reopening",
        "Reason to reopen",
        Reopening.reason,
        _of_return(Reopening),
        _authority,
        _survey,
    ),
    Source("task", "Task after a call", FollowUp.text, _of_call(FollowUp), _authority, _survey),
    Source(
        "instead",
        "Correction of a record",
        SentenceVerdict.instead,
        _of_call(SentenceVerdict),
        _authority,
        _survey,
    ),
    Source("check", "Correction of a quotation", CheckItem.instead, _of_check, _authority, _survey),
    Source(
        "remark",
        "Remark on a profile",
        MemberCheck.remark,
        _of_return(MemberCheck),
        _authority,
        _survey,
    ),
    Source("memo", "Memo", Memo.text, _alone, NOBODY, Memo.survey_id),
    Source("summary", "Summary", Summary.text, _alone, Summary.authority_code, Summary.survey_id),
    Source("finding", "Finding", Finding.claim, _alone, NOBODY, Finding.survey_id),
    Source("standing", "Standing text", StandingText.text, _alone, NOBODY, StandingText.survey_id),
    Source(
        "shortlist",
        "Reason on the shortlist",
        Shortlisting.reason,
        _alone,
        NOBODY,
        Shortlisting.survey_id,
    ),
)
# What calls led to: part of the material, and so called as synthesis calls it.
OFFERED: Final = (
    (SharedDocument, ("title", "owner")),
    (KeyContact, ("role",)),
)


def answer_id(authority: str, code: str, entry_id: str, *more: str) -> str:
    """Return what synthesis calls words of an answer."""
    return "/".join(part for part in (authority, code, entry_id, *more) if part)


def spoken_id(authority: str, row: uuid.UUID, *more: str) -> str:
    """Return what synthesis calls a note, or what came of a call."""
    return "/".join((f"{authority}/interview/{row.hex[:12]}", *more))


def every(
    session: Session, survey: Survey, wanted: Collection[str] | None = None
) -> Iterator[Text]:
    """Yield every text of a survey, in as many queries as there are tables.

    Where only some places are wanted, no more is read than has to be, and no others are yielded.
    """
    found = chain(
        _answers(session, survey, wanted),
        _unsaved(session, survey, wanted),
        _notes(session, survey, wanted),
        _offered(session, survey, wanted),
        *(_of_source(session, survey, source, wanted) for source in SOURCES),
        _uploads(session, survey, wanted),
    )
    return (one for one in found if wanted is None or one.place in wanted)


def said(value: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield what an answer says freely: the field and the words."""
    for field in FIELDS:
        words = value.get(field)
        if isinstance(words, str) and words.strip():
            yield field, words


def label(place: str) -> str:
    """Say what kind of text stands at a place."""
    prefix, _, rest = place.partition("/")
    known = {source.prefix: source.label for source in SOURCES}
    if prefix in known:
        return known[prefix]
    if prefix == "unsaved":
        return "Words kept apart"
    if prefix == "upload":
        return "Name of a file" if rest.endswith("/name") else "File"
    return "Interview note" if rest.startswith("interview/") else "Answer"


def _answers(session: Session, survey: Survey, wanted: Collection[str] | None) -> Iterator[Text]:
    rows = (
        select(Answer.question_code, Answer.entry_id, Answer.value, _authority)
        .join(Answer.submission)
        .where(_survey == survey.id)
        .order_by(_authority, Answer.id)
    )
    if wanted is not None:
        parts = [one.split("/") for one in wanted if one.count("/")]
        rows = rows.where(
            _authority.in_({one[0] for one in parts}),
            Answer.question_code.in_({one[1] for one in parts}),
        )
    for code, entry_id, value, authority in session.execute(rows):
        for field, words in said(value):
            place = answer_id(authority, code, entry_id, _CALLED.get(field, field))
            yield Text(place, authority, words)


def _unsaved(session: Session, survey: Survey, wanted: Collection[str] | None) -> Iterator[Text]:
    rows = select(Unsaved.id, Unsaved.value, _authority).join(Unsaved.submission)
    rows = rows.where(_survey == survey.id, *_among(Unsaved.id, "unsaved", wanted))
    for id, value, authority in session.execute(rows.order_by(Unsaved.id)):
        for field, words in said(value):
            yield Text(f"unsaved/{id.hex}/{field}", authority, words)


def _notes(session: Session, survey: Survey, wanted: Collection[str] | None) -> Iterator[Text]:
    rows: Rows = select(Note.id, _authority, Note.text).where(_survey == survey.id, Note.text != "")
    rows = _of_call(Note)(rows).where(*_spoken(wanted)).order_by(Note.id)
    for id, authority, text in session.execute(rows):
        yield Text(spoken_id(authority, id), authority, text)


def _offered(session: Session, survey: Survey, wanted: Collection[str] | None) -> Iterator[Text]:
    for model, names in OFFERED:
        rows = _of_call(model)(
            select(model, _authority).where(_survey == survey.id, *_spoken(wanted))
        )
        for row, authority in session.execute(rows.order_by(model.__table__.c.id)):
            for name in names:
                if getattr(row, name):
                    yield Text(spoken_id(authority, row.id, name), authority, getattr(row, name))


def _of_source(
    session: Session, survey: Survey, source: Source, wanted: Collection[str] | None
) -> Iterator[Text]:
    among = _among(source.model.__table__.c.id, source.prefix, wanted)
    for id, authority, text in session.execute(source.rows(survey).where(*among)):
        yield Text(f"{source.prefix}/{id.hex}", authority, text)


# Removed ones too: their content stays, for the history.
def _uploads(session: Session, survey: Survey, wanted: Collection[str] | None) -> Iterator[Text]:
    rows = select(Upload, _authority).join(Upload.submission).order_by(Upload.id)
    rows = rows.where(_survey == survey.id, *_among(Upload.id, "upload", wanted))
    for upload, authority in session.execute(rows):
        yield Text(f"upload/{upload.id.hex}", authority, "", upload)
        yield Text(f"upload/{upload.id.hex}/name", authority, upload.file_name)


def _among(
    id: SQLColumnExpression[uuid.UUID],
    prefix: str,
    wanted: Collection[str] | None,
) -> tuple[sa.ColumnElement[bool], ...]:
    """Restrict rows to those whose places are wanted."""
    if wanted is None:
        return ()
    parts = [one.split("/") for one in wanted]
    return (id.in_([uuid.UUID(one[1]) for one in parts if one[0] == prefix]),)


def _spoken(wanted: Collection[str] | None) -> tuple[sa.ColumnElement[bool], ...]:
    """Restrict what came of calls to the authorities of what is wanted."""
    if wanted is None:
        return ()
    return (_authority.in_({one.split("/")[0] for one in wanted if "/interview/" in one}),)
