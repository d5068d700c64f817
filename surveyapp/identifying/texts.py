"""Every text that people typed or sent about a survey, each by its place.

A place is a response's id, as synthesis calls answers and notes; or what kind of text it is and
the id of its row, such as comment/ and so on.
"""

import hashlib
import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

import sqlalchemy as sa
from sqlalchemy import SQLColumnExpression, select
from sqlalchemy.orm import Session

from surveyapp.identifying.sources import OFFERED, SOURCES, Rows, Source, of_call
from surveyapp.material import codebooks
from surveyapp.models import Answer, Note, Submission, Survey, Unsaved, Upload

UPLOADS: Final = "uploads"
# Counted up whenever more of a file is read: files are then looked through again.
READ: Final = "2"
# What of an answer is typed freely; a contact's name, address and number are a colleague's.
FIELDS: Final = ("text", "other", "title", "owner", "role", "period")
_authority: Final = Submission.authority_code
_survey: Final = Submission.survey_id
# How the response of an answer's field is called, where it is not by the field's own name.
_CALLED: Final = {"text": "", "other": "words"}


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that was sent in: where below the instance it is kept, and what tells its content."""

    folder: str
    key: str
    media_type: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text: its place, whose it is, and what it says; of a file, the file in its stead."""

    place: str
    authority: str
    text: str
    file: Stored | None = None

    def digest(self, version: str) -> str:
        """Return what the text is known by, looked through with these rules."""
        said = f"{READ}\n{self.file.sha256}" if self.file else self.text
        return hashlib.sha256(f"{version}\n{said}".encode()).hexdigest()


EARLIER: Final = "earlier"
_LABELS: Final = {
    EARLIER: "Earlier version of an answer or a note",
    "unsaved": "Words kept apart",
    "theme": "Words of the codebook",
    "paper": "Word form or notes that were sent in",
}


def answer_id(authority: str, code: str, entry_id: str, *more: str) -> str:
    """Return what synthesis calls words of an answer."""
    return "/".join(part for part in (authority, code, entry_id, *more) if part)


def spoken_id(authority: str, row: uuid.UUID, *more: str) -> str:
    """Return what synthesis calls a note, or what came of a call."""
    return "/".join((f"{authority}/interview/{row.hex[:12]}", *more))


@dataclass(frozen=True, slots=True)
class Only:
    """Which texts are wanted: those at some places, or one authority's; all where None is said."""

    places: Collection[str] | None = None
    authority: str | None = None

    def whose(self, authority: SQLColumnExpression[str]) -> tuple[sa.ColumnElement[bool], ...]:
        """Restrict rows to one authority's."""
        return () if self.authority is None else (authority == self.authority,)


def every(
    session: Session,
    survey: Survey,
    wanted: Collection[str] | None = None,
    authority: str | None = None,
) -> Iterator[Text]:
    """Yield every text of a survey, in as many queries as there are tables.

    Where only some places are wanted, or one authority's texts ("" for the researchers' own), no
    more is read than has to be, and no others are yielded.
    """
    only = Only(wanted, authority)
    found = chain(
        _answers(session, survey, only),
        _unsaved(session, survey, only),
        _notes(session, survey, only),
        _offered(session, survey, only),
        *(_of_source(session, survey, source, only) for source in SOURCES),
        _themes(survey, only),
        _uploads(session, survey, only),
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
    if prefix == "upload":
        return "Name of a file" if rest.endswith("/name") else "File"
    if prefix in _LABELS:
        return _LABELS[prefix]
    return "Interview note" if rest.startswith("interview/") else "Answer"


def is_file(place: str) -> bool:
    """Tell whether a place is a file, from which words cannot be taken out by themselves."""
    prefix, _, rest = place.partition("/")
    return prefix == "paper" or (prefix == "upload" and "/" not in rest)


def _answers(session: Session, survey: Survey, only: Only) -> Iterator[Text]:
    rows = (
        select(Answer.question_code, Answer.entry_id, Answer.value, _authority)
        .join(Answer.submission)
        .where(_survey == survey.id, *only.whose(_authority))
        .order_by(_authority, Answer.id)
    )
    if only.places is not None:
        parts = [one.split("/") for one in only.places if one.count("/")]
        rows = rows.where(
            _authority.in_({one[0] for one in parts}),
            Answer.question_code.in_({one[1] for one in parts}),
        )
    for code, entry_id, value, authority in session.execute(rows):
        for field, words in said(value):
            place = answer_id(authority, code, entry_id, _CALLED.get(field, field))
            yield Text(place, authority, words)


def _unsaved(session: Session, survey: Survey, only: Only) -> Iterator[Text]:
    rows = select(Unsaved.id, Unsaved.value, _authority).join(Unsaved.submission)
    rows = rows.where(_survey == survey.id, *_among(Unsaved.id, "unsaved", only.places))
    rows = rows.where(*only.whose(_authority))
    for id, value, authority in session.execute(rows.order_by(Unsaved.id)):
        for field, words in said(value):
            yield Text(f"unsaved/{id.hex}/{field}", authority, words)


def _notes(session: Session, survey: Survey, only: Only) -> Iterator[Text]:
    rows: Rows = select(Note.id, _authority, Note.text).where(_survey == survey.id, Note.text != "")
    rows = of_call(Note)(rows).where(*_spoken(only)).order_by(Note.id)
    for id, authority, text in session.execute(rows):
        yield Text(spoken_id(authority, id), authority, text)


def _offered(session: Session, survey: Survey, only: Only) -> Iterator[Text]:
    for model, names in OFFERED:
        rows = of_call(model)(select(model, _authority).where(_survey == survey.id, *_spoken(only)))
        for row, authority in session.execute(rows.order_by(model.__table__.c.id)):
            for name in names:
                if getattr(row, name):
                    yield Text(spoken_id(authority, row.id, name), authority, getattr(row, name))


def _of_source(session: Session, survey: Survey, source: Source, only: Only) -> Iterator[Text]:
    among = _among(source.model.__table__.c.id, source.prefix, only.places)
    rows = source.rows(survey).where(*among, *only.whose(source.authority))
    for id, authority, text in session.execute(rows):
        yield Text(f"{source.prefix}/{id.hex}", authority, text)


def _themes(survey: Survey, only: Only) -> Iterator[Text]:
    """Yield what the codebook says of each theme; its coded examples are published with it."""
    places = ("theme/",) if only.places is None else only.places
    if only.authority or not any(one.startswith("theme/") for one in places):
        return
    for one in codebooks.current(survey).themes:
        words = (one.name, one.definition, *one.include, *one.exclude, one.example)
        said = "\n".join(part for part in (*words, *one.cues, *one.hints) if part)
        yield Text(f"theme/{survey.id.hex}/{one.code}", "", said)


# Removed ones too: their content stays, for the history.
def _uploads(session: Session, survey: Survey, only: Only) -> Iterator[Text]:
    rows = select(Upload, _authority).join(Upload.submission).order_by(Upload.id)
    rows = rows.where(_survey == survey.id, *_among(Upload.id, "upload", only.places))
    rows = rows.where(*only.whose(_authority))
    for upload, authority in session.execute(rows):
        file = Stored(UPLOADS, upload.file_key, upload.media_type, upload.sha256)
        yield Text(f"upload/{upload.id.hex}", authority, "", file)
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


def _spoken(only: Only) -> tuple[sa.ColumnElement[bool], ...]:
    """Restrict what came of calls to the authorities of what is wanted."""
    if only.places is None:
        return only.whose(_authority)
    theirs = {one.split("/")[0] for one in only.places if "/interview/" in one}
    return (_authority.in_(theirs), *only.whose(_authority))
