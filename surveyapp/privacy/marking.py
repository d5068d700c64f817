"""Marking words by hand: what no rule knew is held back at once, from everything that is derived.

Where they stand is marked now; looked through again, the text is marked where they still stand.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import audit
from surveyapp.derived import inspecting, laying
from surveyapp.identifying import by_hand, history, texts
from surveyapp.identifying.texts import Text
from surveyapp.models import Clearing, Mark, Passage, Person, Survey
from surveyapp.privacy.moving import Left


@dataclass(frozen=True, slots=True)
class Wish:
    """Words that a person says may identify a child, why, and who says so."""

    words: str
    reason: str
    by: Person
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Found:
    """A text, and where in it the words stand."""

    text: Text
    places: Sequence[tuple[int, int]]


def text_at(session: Session, survey: Survey, place: str) -> Text | None:
    """Return the text at a place of a survey, or None where there is none."""
    try:
        found = [*texts.every(session, survey, {place}), *history.at(session, survey, {place})]
    except (ValueError, LookupError):  # what an address says is no place at all
        return None
    return found[0] if found and found[0].file is None else None


def whose(session: Session, survey: Survey, authority: str) -> Iterator[Text]:
    """Yield every text of an authority; of none, those that researchers wrote."""
    for one in texts.every(session, survey, authority=authority):
        if one.file is None:
            yield one


def find_earlier(session: Session, survey: Survey, authority: str, words: str) -> list[Found]:
    """Return the last of an authority's earlier versions that words stand in.

    One is enough: erased from it, they are erased from all.
    """
    among = history.of(session, survey, authority)
    return next(([one] for one in _find(among, words)), [])


def find(among: Iterable[Text], words: str) -> list[Found]:
    """Return the texts that words stand in."""
    return list(_find(among, words))


def _find(among: Iterable[Text], words: str) -> Iterator[Found]:
    found = (Found(one, tuple(by_hand.places(one.text, words))) for one in among)
    return (one for one in found if one.places)


def mark(session: Session, survey: Survey, found: Sequence[Found], wish: Wish) -> int:
    """Mark words where they were found and hold them back; return in how many places."""
    known = _known(session, survey, [one.text.place for one in found])
    decided = set()
    for one in found:
        for start, end in one.places:
            said = one.text.text[start:end]
            decided.add((one.text.place, said))
            if (one.text.place, start, end) not in known:
                session.add(_marked(survey, one.text, (start, end), wish.at))
    session.add_all(
        note(survey, Left(place, said, by_hand.noted(said)), wish.reason, (wish.by, wish.at))
        for place, said in sorted(decided)
    )
    session.flush()
    laying.lay(session, survey, sorted({place for place, _ in decided}))
    count = sum(len(one.places) for one in found)
    audit.record(session, "words.marked", survey, wish.by, marks=count)
    return count


def note(survey: Survey, left: Left, reason: str, made: tuple[Person, dt.datetime]) -> Clearing:
    """Return the note that words at a place are held back, by which they are found again."""
    return Clearing(
        survey_id=survey.id,
        place=left.place,
        words_sha256=inspecting.known_by(left.words),
        kind=left.kind,
        verdict="held",
        reason=reason,
        by_id=made[0].id,
        at=made[1],
    )


def passage(session: Session, survey: Survey, key: str) -> Passage | None:
    """Return a passage of a survey, to lead back to it."""
    rows = select(Passage).where(Passage.survey_id == survey.id, Passage.key == key)
    return session.scalars(rows).one_or_none()


def _known(session: Session, survey: Survey, places: Collection[str]) -> set[tuple[str, int, int]]:
    rows = select(Mark.place, Mark.start, Mark.end).where(
        Mark.survey_id == survey.id, Mark.place.in_(places)
    )
    return {(place, start, end) for place, start, end in session.execute(rows)}


def _marked(survey: Survey, text: Text, place: tuple[int, int], at: dt.datetime) -> Mark:
    return Mark(
        id=uuid.uuid4(),
        survey_id=survey.id,
        place=text.place,
        start=place[0],
        end=place[1],
        kind=by_hand.KIND,
        reason=by_hand.REASON,
        words_sha256=inspecting.known_by(text.text[place[0] : place[1]]),
        authority_code=text.authority,
        found_at=at,
    )
