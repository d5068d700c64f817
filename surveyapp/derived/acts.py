"""Acts: what a coder decides at once, on one passage or on many, kept so that it can be undone.

Every change of a coder's decisions goes through here: the rows are written, what stood before and
after is noted by place, theme and verdict, and what was derived is brought in line.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.derived import desks
from surveyapp.derived.desks import Desk, Hand, Noted, On, Place, Row, WordsMovedError
from surveyapp.errors import SurveyError
from surveyapp.models import CodingAct, Decision, Person, Survey

__all__ = ["Hand", "On", "Place", "WordsMovedError"]
TAKEN_IN: Final = "taken in"
TAKEN_BACK: Final = "taken back"
"""What came from another program, and what undid it: undone as a whole, where it was taken in."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is to stand afterwards.

    A verdict of "" takes the coder's decision back. `finished` leads from a place to the themes
    suggested there, or to None where it is finished no longer. `as_of` dates verdicts earlier than
    the act: of several on the same words and theme the last holds.
    """

    verdicts: Mapping[On, str] = field(default_factory=dict)
    finished: Mapping[Place, Mapping[str, float] | None] = field(default_factory=dict)
    as_of: Mapping[On, dt.datetime] = field(default_factory=dict)


class NothingToUndoError(SurveyError):
    """There is no act of this coder's left to undo."""


class CannotUndoError(SurveyError):
    """What an act did does not stand as it left it."""


def perform(
    session: Session, survey: Survey, hand: Hand, kind: str, change: Change
) -> CodingAct | None:
    """Make a change, and return the act that can be undone; None where everything stood so."""
    places = {on.place for on in change.verdicts} | change.finished.keys()
    desk = desks.sit_down(session, survey, hand, {place.response for place in places})
    old, new = _decisions(desk, change)
    was, now = _finishings(desk, change)
    if not (old or new or was or now):
        return None
    desks.replace(desk, (old, new), (was, now))
    act = CodingAct(
        survey_id=survey.id,
        coder_id=hand.coder.id,
        sample_id=hand.sample_id,
        kind=kind,
        before=desks.noted(desk, old, was),
        after=desks.noted(desk, new, now),
        at=hand.at,
    )
    session.add(act)
    desks.lay(desk, places)
    session.flush()
    return act


def last(
    session: Session, survey: Survey, coder_id: uuid.UUID, sample_id: uuid.UUID | None = None
) -> CodingAct | None:
    """Return the last act of a coder that has not been undone."""
    return session.scalars(
        select(CodingAct)
        .where(
            CodingAct.survey_id == survey.id,
            CodingAct.coder_id == coder_id,
            CodingAct.sample_id.is_(None)
            if sample_id is None
            else CodingAct.sample_id == sample_id,
            CodingAct.undone_at.is_(None),
            CodingAct.kind.not_in((TAKEN_IN, TAKEN_BACK)),
        )
        .order_by(CodingAct.at.desc(), CodingAct.id)
        .limit(1)
    ).one_or_none()


def undo(session: Session, survey: Survey, hand: Hand) -> CodingAct:
    """Put back what stood before the last act of a coder, exactly, and return the act.

    Raises NothingToUndoError where there is none, and CannotUndoError where somebody has decided
    differently since, or the words have changed; nothing is changed then.
    """
    act = last(session, survey, hand.coder.id, hand.sample_id)
    if act is None:
        raise NothingToUndoError("There is nothing left to undo.")
    before, after = Noted.read(act.before), Noted.read(act.after)
    desk = desks.sit_down(session, survey, hand, before.responses | after.responses)
    _check(desk, act, before, after)
    desks.replace(
        desk,
        (after.decisions, {on: desks.whole(desk, row) for on, row in before.decisions.items()}),
        (after.finished, {place: desks.whole(desk, row) for place, row in before.finished.items()}),
    )
    act.undone_at = hand.at
    desks.lay(desk, before.places | after.places)
    session.flush()
    return act


def how_many(act: CodingAct) -> int:
    """Return how many passages an act was about."""
    return len(Noted.read(act.before).places | Noted.read(act.after).places)


def finished(act: CodingAct) -> int:
    """Return how many passages more are finished since an act."""
    return len(act.after["finished"]) - len(act.before["finished"])


def keys(act: CodingAct) -> tuple[str, ...]:
    """Return the keys of the passages an act was about, the one that it began with first."""
    kept = [one["finished"] for one in (act.before, act.after)]
    kept += [one["decisions"] for one in (act.after, act.before)]
    return tuple(dict.fromkeys(str(row[0]) for rows in kept for row in rows))


def place_of(act: CodingAct) -> str:
    """Return the key of the passage an act was about, or one of them."""
    return next(iter(keys(act)), "")


def _decisions(desk: Desk, change: Change) -> tuple[dict[On, Row], dict[On, Row]]:
    """Return the decisions that go, and those that come in their place."""
    old: dict[On, Row] = {}
    new: dict[On, Row] = {}
    for on, verdict in change.verdicts.items():
        had = desk.decisions.get(on)
        stands = had is not None and had["codebook_id"] == desk.survey.codebook_id
        if (had["verdict"] if had else "") == verdict and (stands or not had):
            continue
        if had:
            old[on] = had
        if verdict:
            new[on] = desks.new_row(desk, on.place) | {
                "theme": on.theme,
                "verdict": verdict,
                "made_at": change.as_of.get(on, desk.hand.at),
            }
    return old, new


def _finishings(desk: Desk, change: Change) -> tuple[dict[Place, Row], dict[Place, Row]]:
    old: dict[Place, Row] = {}
    new: dict[Place, Row] = {}
    for place, suggested in change.finished.items():
        had = desk.finished.get(place)
        if had and suggested is not None and _stands(desk, had, suggested):
            continue
        if had:
            old[place] = had
        if suggested is not None:
            new[place] = desks.new_row(desk, place) | {
                "suggested": dict(suggested),
                "at": desk.hand.at,
            }
    return old, new


def _stands(desk: Desk, row: Row, suggested: Mapping[str, float]) -> bool:
    """Say whether words are finished already, as they would be now."""
    return bool(row["codebook_id"] == desk.survey.codebook_id and row["suggested"] == suggested)


def _check(desk: Desk, act: CodingAct, before: Noted, after: Noted) -> None:
    """Refuse where what an act did does not stand as it left it."""
    ons = before.decisions.keys() | after.decisions.keys()
    finished = before.finished.keys() | after.finished.keys()
    as_left = all(
        _same(desk.decisions.get(on), after.decisions.get(on), "made_at") for on in ons
    ) and all(_same(desk.finished.get(one), after.finished.get(one), "at") for one in finished)
    if not as_left:
        raise CannotUndoError(
            "Your decisions on these words have changed since, so this cannot be undone. Decide on "
            "the passage again instead."
        )
    put_back = (*before.decisions.values(), *before.finished.values())
    if any(row["key"] != desk.key(desks.place_of(row)) for row in put_back):
        raise CannotUndoError(
            "The words have changed since, so this cannot be undone. Decide on the passage again "
            "instead."
        )
    _check_others(desk, act, after)


def _same(now: Row | None, then: Row | None, moment: str) -> bool:
    if now is None or then is None:
        return now is then
    return all(now.get(name) == then.get(name) for name in ("verdict", "codebook_id", moment))


def _check_others(desk: Desk, act: CodingAct, after: Noted) -> None:
    """Refuse where another coder has decided differently on the same words since."""
    if desk.hand.sample_id is not None or not after.decisions:
        return
    since = desk.session.execute(
        select(Decision.response, Decision.start, Decision.end, Decision.theme, Decision.verdict)
        .add_columns(Person.name)
        .join(Person, Person.id == Decision.coder_id)
        .where(
            Decision.survey_id == desk.survey.id,
            Decision.coder_id != desk.hand.coder.id,
            Decision.sample_id.is_(None),
            Decision.made_at > act.at,
            Decision.response.in_(after.responses),
        )
    ).all()
    made: dict[tuple[str, str], list[tuple[Place, bool]]] = defaultdict(list)
    for on, row in after.decisions.items():
        made[on.place.response, on.theme].append((on.place, row["verdict"] == "reject"))
    for one in since:
        for place, is_rejected in made[one.response, one.theme]:
            touches = place.start < one.end and one.start < place.end
            if touches and is_rejected != (one.verdict == "reject"):
                raise CannotUndoError(
                    f"{one.name} has decided differently on {one.theme} since, so this cannot be "
                    "undone. Talk to each other, and decide on the passage again."
                )
