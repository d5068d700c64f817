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
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy import insert, select
from sqlalchemy.orm import Session, sessionmaker

from surveyapp import files
from surveyapp.derived import laying
from surveyapp.extensions import begin_writing
from surveyapp.identifying import by_hand, history, lasting, papers, texts
from surveyapp.identifying.files import Reading, read
from surveyapp.identifying.lasting import Lasting
from surveyapp.identifying.marked import UNREAD
from surveyapp.identifying.texts import Text
from surveyapp.models import Authority, Clearing, Inspected, Mark, Submission, Survey
from synthesis.identifying import Hit, trained

JOB: Final = "inspect"
UPLOADS: Final = texts.UPLOADS
_BATCH: Final = 64


@dataclass(frozen=True, slots=True)
class Desk:
    """What looking needs: the database, the folder of what was uploaded, and the time."""

    sessions: sessionmaker[Session]
    uploads: Path
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)


class Again(NamedTuple):
    """Words that a person marked, or that stayed open, found again where they stand."""

    start: int
    end: int
    kind: str
    reason: str


def inspect(desk: Desk, survey_id: uuid.UUID) -> int:
    """Look through what has not been looked through yet; return how many texts that were."""
    with desk.sessions() as session:
        survey = session.get_one(Survey, survey_id)
        known = _known(session, survey_id)
        there = list(everything(session, survey, desk.uploads))
        places = _places(session, survey_id)
        session.expunge_all()
    new = [one for one in there if known.get(one.place) != one.digest(trained.VERSION)]
    todo = iter(new)
    while batch := list(islice(todo, _BATCH)):
        read = [reading(desk.uploads, one) for one in batch]
        seen = trained.find_all([one.text for one in read])
        hits = (
            tuple(_unplaced(one.text, all_of, places))
            for one, all_of in zip(read, seen, strict=True)
        )
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


def everything(
    session: Session, survey: Survey, uploads: Path, wanted: Collection[str] | None = None
) -> Iterator[Text]:
    """Yield every text of a survey, and every paper that waits; or those at some places.

    What a text said before is yielded only where it is asked for.
    """
    yield from texts.every(session, survey, wanted)
    yield from history.at(session, survey, wanted or ())
    yield from papers.waiting(session, survey, uploads.parent, wanted)


def reading(uploads: Path, one: Text) -> Reading:
    """Return what a text says; a file is read, and says nothing once it is gone."""
    if one.file is None:
        return Reading(one.text)
    content = files.get(uploads.parent / one.file.folder, one.file.key)
    return Reading("") if content is None else read(one.file.media_type, content)


def words(uploads: Path, one: Text) -> str:
    """Return the words of a text or file."""
    return reading(uploads, one).text


def known_by(said: str) -> str:
    """Return what words are known by where they may not be repeated."""
    return hashlib.sha256(said.encode()).hexdigest()


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
    found: Sequence[tuple[Text, Reading, tuple[Hit, ...]]],
    at: dt.datetime,
) -> None:
    places = [one.place for one, _, _ in found]
    marked = _drop(session, survey.id, places)
    common = {"survey_id": survey.id, "found_at": at}
    known = _lasting(session, survey.id, places)
    rows = [
        row | common
        for one, said, hits in found
        for row in _rows(one, said, (*hits, *_again(said, hits, known.get(one.place, ()))))
    ]
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


def _lasting(
    session: Session, survey_id: uuid.UUID, places: Collection[str]
) -> dict[str, set[Lasting]]:
    """Return what no look takes back at some places, as it is known by hash and length."""
    rows = select(Clearing.place, Clearing.kind, Clearing.words_sha256).where(
        Clearing.survey_id == survey_id,
        Clearing.place.in_(places),
        sa.or_(
            *(
                Clearing.kind.startswith(kind, autoescape=True)
                for kind in (by_hand.KIND, lasting.KIND)
            )
        ),
    )
    found: dict[str, set[Lasting]] = {}
    for place, *noted in session.execute(rows):
        one = lasting.read(*noted)
        if one:
            found.setdefault(place, set()).add(one)
    return found


def _again(said: Reading, hits: Iterable[Hit], known: Iterable[Lasting]) -> Iterator[Again]:
    """Yield the words that no look takes back, unless they are found without."""
    there = {(one.start, one.end) for one in hits}
    for one in sorted(known):
        for start, end in by_hand.standing(said.text, [one.known]):
            if (start, end) not in there:
                there.add((start, end))
                yield Again(start, end, one.kind, one.reason)


def _rows(one: Text, said: Reading, hits: Iterable[Hit | Again]) -> Iterator[dict[str, object]]:
    common = {"place": one.place, "authority_code": one.authority}
    for hit in hits:
        yield common | {
            "id": uuid.uuid4(),
            "start": hit.start,
            "end": hit.end,
            "kind": hit.kind,
            "reason": hit.reason,
            "words_sha256": known_by(said.text[hit.start : hit.end]),
        }
    if one.file is not None and said.unread:
        yield common | {
            "id": uuid.uuid4(),
            "start": 0,
            "end": 0,
            "kind": UNREAD,
            "reason": said.unread,
            # As long as it is this file, whoever has looked at it need not look again.
            "words_sha256": known_by(one.file.sha256),
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
