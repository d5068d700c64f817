"""Erasing: words that may identify a child are taken out of every place where they stand.

What is left says that something was removed. What was decided about the words around them holds:
it moves along. The trace says when, by whom and in what text, and holds no words.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import audit, built, files, leftovers
from surveyapp.config import Settings
from surveyapp.derived import inspecting, laying
from surveyapp.identifying import by_hand, history, papers, texts
from surveyapp.identifying.marked import UNREAD
from surveyapp.identifying.texts import Text
from surveyapp.models import (
    Answer,
    AnswerRevision,
    Clearing,
    Emerging,
    Inspected,
    Mark,
    Note,
    Person,
    SentenceVerdict,
    Survey,
    Upload,
)
from surveyapp.privacy import codebooks, marking, moving
from surveyapp.privacy.columns import COLUMNS, Scope, Words
from surveyapp.privacy.erased import INSTEAD, Eraser, Moved


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark, as it was before anything was erased."""

    id: uuid.UUID
    place: str
    start: int
    end: int
    kind: str
    words_sha256: str
    authority_code: str

    @classmethod
    def of(cls, mark: Mark) -> "Spot":
        """Remember a mark."""
        return cls(**{one.name: getattr(mark, one.name) for one in fields(cls)})


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be erased, why, and who says so."""

    marks: Sequence[Spot]
    reason: str
    by: Person
    at: dt.datetime


def erase(session: Session, settings: Settings, survey: Survey, wish: Wish) -> int:
    """Erase marked words everywhere, and return in how many texts and files they stood."""
    found = _read(session, settings, survey, wish.marks)
    count = 0
    for authority in sorted({one.authority_code for one in wish.marks}):
        mine = [one for one in wish.marks if one.authority_code == authority]
        said = {found[one.id] for one in mine if found.get(one.id)}
        if said:
            count += _everywhere(session, survey, Scope(survey.id, authority), said, wish)
    count += _whole_files(session, settings, wish)
    count += _papers(session, settings, survey, wish, [one for one in found.values() if one])
    _forget_files(session, settings, survey, wish)
    _trace(session, survey, wish, found)
    session.flush()
    audit.record(session, "words.erased", survey, wish.by, marks=len(wish.marks), texts=count)
    return count


def _read(
    session: Session, settings: Settings, survey: Survey, marks: Iterable[Spot]
) -> dict[uuid.UUID, str]:
    """Return the words of marks, where they still stand; where not, as they stood before."""
    wanted = {one.place for one in marks}
    uploads = settings.instance / inspecting.UPLOADS
    there = {one.place: one for one in inspecting.everything(session, survey, uploads, wanted)}
    said = {place: inspecting.words(uploads, one) for place, one in there.items()}
    return {
        one.id: _words(said.get(one.place, ""), one) or _before(session, survey, one)
        for one in marks
    }


def _words(text: str, spot: Spot) -> str:
    """Return the words of a mark, and no others that stand there since it was made."""
    words = text[spot.start : spot.end]
    if inspecting.known_by(words) == spot.words_sha256:
        return words
    known = (spot.words_sha256, spot.end - spot.start)
    return next((text[slice(*at)] for at in by_hand.standing(text, [known])), "")


def _before(session: Session, survey: Survey, spot: Spot) -> str:
    if spot.kind == UNREAD or not spot.authority_code:
        return ""
    earlier = history.of(session, survey, spot.authority_code)
    return next((words for one in earlier if (words := _words(one.text, spot))), "")


def _everywhere(
    session: Session, survey: Survey, scope: Scope, said: Collection[str], wish: Wish
) -> int:
    eraser = Eraser.of(said)
    moved = _moved(session, survey, scope, eraser)
    left = moving.follow(session, survey, moved)
    session.add_all(
        marking.note(survey, one, "", (wish.by, wish.at))
        for one in sorted(left, key=lambda one: (one.place, one.words, one.kind))
    )
    changed = {words.model: _take_out(session, scope, words, eraser) for words in COLUMNS}
    _revise(session, changed[Answer], wish)
    _keep_confirmed(session, changed[Note], moved, wish)
    _forget_emerging(session, survey, said)
    session.execute(
        sa.delete(Inspected).where(Inspected.survey_id == survey.id, Inspected.place.in_(moved))
    )
    session.flush()
    session.expire_all()
    laying.lay(session, survey, sorted(moved))
    return sum(map(len, changed.values())) + codebooks.take_out(session, survey, eraser)


def _moved(session: Session, survey: Survey, scope: Scope, eraser: Eraser) -> dict[str, Moved]:
    """Return the texts that the words stand in, as they were and as they will be."""
    return {
        one.place: Moved.by(eraser, one.text)
        for one in _among(session, survey, scope)
        if eraser.shape.search(one.text)
    }


def _among(session: Session, survey: Survey, scope: Scope) -> Iterator[Text]:
    """Yield every text that words are taken out of; of what was said before, what is marked."""
    whose = scope.authority or None
    yield from texts.every(session, survey, authority=whose)
    rows = select(Mark.place).where(Mark.survey_id == survey.id)
    marked = set(session.scalars(rows))
    before = {one for one in marked if one.startswith(f"{texts.EARLIER}/")}
    for one in history.at(session, survey, before):
        if one.authority == (whose or one.authority):
            yield one
    if whose:
        # Researchers' words are looked through whoever is erased from; a summary has an authority.
        yield from texts.every(session, survey, authority="")
        summaries = {one for one in marked if one.startswith("summary/")}
        yield from texts.every(session, survey, summaries) if summaries else ()


def _take_out(
    session: Session, scope: Scope, words: Words, eraser: Eraser
) -> list[sa.Row[*tuple[object, ...]]]:
    """Take words out of a table's rows, and return those that had any, as they were."""
    table, keys = words.table, list(words.table.primary_key)
    changed = []
    columns = [table.c[name] for name in (*words.names, *words.who)]
    for row in session.execute(select(*keys, *columns).where(words.rows(scope))):
        old = {column.name: value for column, value in zip(columns, row[len(keys) :], strict=True)}
        new = {
            name: (eraser.careful if name in words.who else eraser).value(value)
            for name, value in old.items()
        }
        if new == old:
            continue
        changed.append(row)
        values: dict[str, object] = dict(new)
        if words.is_versioned:
            values["version"] = table.c.version + 1
        here = [key == value for key, value in zip(keys, row, strict=False)]
        session.execute(sa.update(table).where(*here).values(values))
    return changed


def _revise(session: Session, answers: Iterable[sa.Row[*tuple[object, ...]]], wish: Wish) -> None:
    """Let the history of an answer say that it was changed, by whom and when."""
    session.expire_all()
    ids = [row[0] for row in answers]
    for answer in session.scalars(select(Answer).where(Answer.id.in_(ids))):
        answer.updated_at = wish.at
        session.add(
            AnswerRevision(
                answer_id=answer.id,
                version=answer.version,
                value=answer.value,
                author_id=wish.by.id,
                saved_at=wish.at,
            )
        )
    session.flush()


def _keep_confirmed(
    session: Session,
    notes: Iterable[sa.Row[*tuple[object, ...]]],
    moved: Mapping[str, Moved],
    wish: Wish,
) -> None:
    """Let confirmed words stay so, and what is said to sentences stand by them."""
    ids = [row[0] for row in notes]
    by_note = {place.rpartition("/")[2]: one for place, one in moved.items()}
    for note in session.scalars(select(Note).where(Note.id.in_(ids))):
        if note.confirmed_version == note.version - 1:
            note.confirmed_version = note.version
        note.updated_at = max(note.updated_at, wish.at)
        shift = by_note.get(note.id.hex[:12])
        verdicts = select(SentenceVerdict).where(SentenceVerdict.note_id == note.id)
        for one in session.scalars(
            verdicts.where(SentenceVerdict.note_version == note.version - 1)
        ):
            one.note_version = note.version
            if shift is not None:
                one.start, one.end = shift.stretch(one.start, one.end)
    session.flush()


def _forget_emerging(session: Session, survey: Survey, said: Iterable[str]) -> None:
    """Forget proposed themes that the words are among; they are proposed again without."""
    parts = {part.casefold() for one in said for part in one.split() if len(part) > 2}
    for row in session.scalars(select(Emerging).where(Emerging.survey_id == survey.id)):
        told = f"{row.terms} {row.details}".casefold()
        if any(part in told for part in parts):
            session.delete(row)


def _whole_files(session: Session, settings: Settings, wish: Wish) -> int:
    """Remove the files that marks are in: words cannot be taken out of a file by themselves."""
    ids = {
        uuid.UUID(one.place.split("/")[1])
        for one in wish.marks
        if one.place.startswith("upload/") and one.place.count("/") == 1
    }
    uploads = session.scalars(select(Upload).where(Upload.id.in_(ids))).all()
    for one in uploads:
        # The same content may have been given twice.
        files.delete(settings.instance / inspecting.UPLOADS, one.file_key)
        one.removed_at, one.file_name = one.removed_at or wish.at, INSTEAD
    session.flush()
    return len(uploads)


def _papers(
    session: Session, settings: Settings, survey: Survey, wish: Wish, said: Collection[str]
) -> int:
    """Remove the papers that are meant, and those of the same authorities that say the words."""
    eraser, places = Eraser.of(said), {one.place for one in wish.marks}
    authorities = {one.authority_code for one in wish.marks}
    uploads, count = settings.instance / inspecting.UPLOADS, 0
    for one in papers.waiting(session, survey, settings.instance):
        if one.file is None or one.authority not in authorities:
            continue
        if one.place in places or eraser.shape.search(inspecting.words(uploads, one)):
            files.delete(settings.instance / one.file.folder, one.file.key)
            count += 1
    return count


def _forget_files(session: Session, settings: Settings, survey: Survey, wish: Wish) -> None:
    leftovers.forget_exports(session, settings.instance, survey, wish.at)
    leftovers.forget_review(settings, survey)
    authorities = {one.authority_code for one in wish.marks if one.authority_code}
    leftovers.forget_papers(session, settings.instance, survey, authorities)
    built.forget_builds(session, survey, wish.at)


def _trace(session: Session, survey: Survey, wish: Wish, found: Mapping[uuid.UUID, str]) -> None:
    """Note what was erased by its place and its hash alone, and forget the marks."""
    reason = Eraser.of([one for one in found.values() if one] or [INSTEAD]).without(wish.reason)
    for one in wish.marks:
        session.add(
            Clearing(
                survey_id=survey.id,
                place=one.place,
                words_sha256=one.words_sha256,
                kind=one.kind,
                verdict="erased",
                reason=reason,
                by_id=wish.by.id,
                at=wish.at,
            )
        )
    session.execute(sa.delete(Mark).where(Mark.id.in_([one.id for one in wish.marks])))
