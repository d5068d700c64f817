"""What a coder does on one passage: a line of commands, carried out as one act."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.coding import memos
from surveyapp.coding.sheet import Sheet
from surveyapp.derived import acts
from surveyapp.derived.acts import Change, Hand, On
from surveyapp.derived.commands import FINISH, Command
from surveyapp.derived.context import InContext
from surveyapp.derived.keys import passage_key
from surveyapp.material import codebooks
from surveyapp.models import CodingAct, Decision, Survey

A_MOMENT: Final = dt.timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a line: which passage is shown now, and what is said of it.

    `words` are where the chosen words begin and end, while they are not the passage's own; `act`
    is what can be undone, if anything was decided.
    """

    key: str
    said: str
    words: tuple[int, int] | None
    is_finished: bool
    act: CodingAct | None = None


def lay_out(
    session: Session, survey: Survey, coder_id: uuid.UUID, shown: InContext, seen: Sequence[str]
) -> Sheet:
    """Return a sheet for what a coder wants of a passage; `seen` are its themes by number."""
    return Sheet(
        shown,
        codebooks.current(survey),
        cache(lambda: _own(session, survey, coder_id, shown)),
        tuple(seen),
    )


def _own(
    session: Session, survey: Survey, coder_id: uuid.UUID, shown: InContext
) -> Mapping[str, str]:
    """Return what a coder decided on a passage for the review, by theme."""
    passage = shown.passage
    rows = session.execute(
        select(Decision.theme, Decision.verdict).where(
            Decision.survey_id == survey.id,
            Decision.response == passage.response,
            Decision.start == passage.start,
            Decision.end == passage.end,
            Decision.coder_id == coder_id,
            Decision.sample_id.is_(None),
        )
    )
    return dict(rows.all())


def carry_out(
    session: Session, survey: Survey, hand: Hand, sheet: Sheet, commands: Sequence[Command]
) -> Done:
    """Do what a coder typed, all of it or nothing.

    Raises CommandError where the line makes no sense on this passage, and nothing is written.
    """
    # Known from the beginning: all may be accepted where nothing is suggested, to finish it.
    sheet.is_finished = any(one.kind == FINISH for one in commands)
    for one in commands:
        sheet.follow(one)
    place, words, act = sheet.base, None, None
    if sheet.decides:
        act = acts.perform(session, survey, hand, *_written(session, survey, hand, sheet))
        place = sheet.place
    elif sheet.shown.is_moved:
        words = (sheet.shown.start, sheet.shown.end)
    text = sheet.shown.response.text
    key = passage_key(survey.id, *place, text[place.start : place.end])
    for memo in sheet.memos:
        memos.write(session, survey, hand, memos.Subject("passage", key), memo)
    return Done(key, sheet.said(), words, sheet.is_finished, act)


def _written(session: Session, survey: Survey, hand: Hand, sheet: Sheet) -> tuple[str, Change]:
    """Return what kind of act it is, and what is to be written."""
    change = sheet.change()
    if sheet.shown.is_moved:
        return "extent", _in_order(session, survey, hand, change)
    if sheet.shown.others:
        change = _in_order(session, survey, hand, change)
    return "finish" if sheet.is_finished else "decide", change


def _in_order(session: Session, survey: Survey, hand: Hand, change: Change) -> Change:
    """Date what goes unsaid with a finished passage before themes on words within it.

    Of several verdicts on the same words and theme the last holds, and who drew a passage of some
    of the words and gave it a theme means that one to hold.
    """
    turned_down = {on for on, verdict in change.verdicts.items() if verdict == "reject"}
    if not change.finished or not turned_down:
        return change
    first = {on: hand.at for on, verdict in change.verdicts.items() if verdict == "add"}
    first |= _first_added(session, survey, {on.place.response for on in turned_down})
    as_of = {
        on: moment - A_MOMENT
        for on in turned_down
        for moment in [_touching(first, on)]
        if moment is not None
    }
    return replace(change, as_of=as_of)


def _first_added(session: Session, survey: Survey, responses: set[str]) -> Mapping[On, dt.datetime]:
    rows = session.execute(
        select(
            Decision.response,
            Decision.start,
            Decision.end,
            Decision.theme,
            func.min(Decision.made_at),
        )
        .where(
            Decision.survey_id == survey.id,
            Decision.response.in_(responses),
            Decision.verdict == "add",
            Decision.sample_id.is_(None),
        )
        .group_by(Decision.response, Decision.start, Decision.end, Decision.theme)
    )
    return {On(acts.Place(*row[:3]), row[3]): row[4] for row in rows}


def _touching(added: Mapping[On, dt.datetime], on: On) -> dt.datetime | None:
    """Return when a theme was first added to other words that touch these."""
    touching = (
        moment
        for one, moment in added.items()
        if one.theme == on.theme
        and one.place != on.place
        and one.place.response == on.place.response
        and one.place.start < on.place.end
        and on.place.start < one.place.end
    )
    return min(touching, default=None)
