"""Looking through every text for what may identify a child, and holding that back.

Each text is looked through once, and again when it or the rules have changed. What is found is
marked, and the passages with marks that nobody has cleared are held back in the same transaction.
"""

import datetime as dt
import hashlib
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy import insert, select
from sqlalchemy.orm import Session, sessionmaker

from surveyapp import files
from surveyapp.derived import laying
from surveyapp.extensions import begin_writing
from surveyapp.identifying import texts
from surveyapp.identifying.files import text_of
from surveyapp.identifying.texts import Text
from surveyapp.models import Authority, Inspected, Mark, Submission, Survey
from synthesis.identifying import Hit, trained

JOB: Final = "inspect"
UPLOADS: Final = "uploads"
_BATCH: Final = 64


@dataclass(frozen=True, slots=True)
class Desk:
    """What looking needs: the database, the folder of what was uploaded, and the time."""

    sessions: sessionmaker[Session]
    uploads: Path
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)


def inspect(desk: Desk, survey_id: uuid.UUID) -> int:
    """Look through what has not been looked through yet; return how many texts that were."""
    with desk.sessions() as session:
        survey = session.get_one(Survey, survey_id)
        known = _known(session, survey_id)
        there = list(texts.every(session, survey))
        places = _places(session, survey_id)
        session.expunge_all()
    new = [one for one in there if known.get(one.place) != one.digest(trained.VERSION)]
    todo = iter(new)
    while batch := list(islice(todo, _BATCH)):
        read = [words(desk.uploads, one) for one in batch]
        hits = (tuple(_unplaced(said, all_of, places)) for said, all_of in _seen(read))
        found = list(zip(batch, read, hits, strict=True))
        with desk.sessions() as session:
            begin_writing(session)
            _note(session, session.get_one(Survey, survey_id), found, desk.now())
            session.commit()
    _forget(desk, survey_id, known.keys() - {one.place for one in there})
    return len(new)


def sweep(desk: Desk) -> None:
    """Look through every open survey: somebody is always typing."""
    with desk.sessions() as session:
        open_ones = session.scalars(select(Survey.id).where(Survey.opened_at.is_not(None))).all()
    for one in open_ones:
        inspect(desk, one)


def words(uploads: Path, one: Text) -> str:
    """Return what a text says; a file is read, and says nothing once it is gone."""
    if one.upload is None:
        return one.text
    content = files.get(uploads, one.upload.file_key)
    return "" if content is None else text_of(one.upload.media_type, content)


def known_by(said: str) -> str:
    """Return what words are known by where they may not be repeated."""
    return hashlib.sha256(said.encode()).hexdigest()


def _seen(read: Sequence[str]) -> Iterator[tuple[str, tuple[Hit, ...]]]:
    yield from zip(read, trained.find_all(read), strict=True)


def _unplaced(said: str, hits: Iterable[Hit], places: frozenset[str]) -> Iterator[Hit]:
    """Leave out names that are an authority's own, or those of its places and services."""
    for hit in hits:
        if hit.kind != "name" or said[hit.start : hit.end].casefold() not in places:
            yield hit


def _places(session: Session, survey_id: uuid.UUID) -> frozenset[str]:
    """Return every name that the authorities of a survey go by."""
    asked = select(Authority).join(Submission, Submission.authority_code == Authority.code)
    names = (
        name
        for one in session.scalars(asked.where(Submission.survey_id == survey_id))
        for name in (one.name, one.official_name, *one.aliases, *one.places, *one.brands)
    )
    return frozenset(name.casefold() for name in names)


def _known(session: Session, survey_id: uuid.UUID) -> dict[str, str]:
    rows = select(Inspected.place, Inspected.digest).where(Inspected.survey_id == survey_id)
    return dict(session.execute(rows).all())


def _note(
    session: Session,
    survey: Survey,
    found: Sequence[tuple[Text, str, tuple[Hit, ...]]],
    at: dt.datetime,
) -> None:
    places = [one.place for one, _, _ in found]
    marked = _drop(session, survey.id, places)
    rows = [row for one, said, hits in found for row in _rows(survey, one, said, hits, at)]
    if rows:
        session.execute(insert(Mark), rows)
    session.execute(
        insert(Inspected),
        [
            {"survey_id": survey.id, "place": one.place, "digest": one.digest(trained.VERSION)}
            for one, _, _ in found
        ],
    )
    touched = marked | {row["place"] for row in rows}
    if touched:
        laying.lay(session, survey, sorted(map(str, touched)))


def _rows(
    survey: Survey, one: Text, said: str, hits: Iterable[Hit], at: dt.datetime
) -> Iterator[dict[str, object]]:
    for hit in hits:
        yield {
            "id": uuid.uuid4(),
            "survey_id": survey.id,
            "place": one.place,
            "start": hit.start,
            "end": hit.end,
            "kind": hit.kind,
            "reason": hit.reason,
            "words_sha256": known_by(said[hit.start : hit.end]),
            "authority_code": one.authority,
            "found_at": at,
        }


def _drop(session: Session, survey_id: uuid.UUID, places: Collection[str]) -> set[str]:
    """Forget what was found at some places; return those where there was something."""
    here = (Mark.survey_id == survey_id, Mark.place.in_(places))
    marked = set(session.scalars(select(Mark.place).where(*here)))
    session.execute(sa.delete(Mark).where(*here))
    session.execute(
        sa.delete(Inspected).where(Inspected.survey_id == survey_id, Inspected.place.in_(places))
    )
    return marked


def _forget(desk: Desk, survey_id: uuid.UUID, gone: Collection[str]) -> None:
    """Forget texts that are not there any more."""
    if not gone:
        return
    with desk.sessions() as session:
        begin_writing(session)
        marked = _drop(session, survey_id, gone)
        if marked:
            laying.lay(session, session.get_one(Survey, survey_id), sorted(marked))
        session.commit()
