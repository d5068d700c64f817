"""The words that the brief uses both on the page and on paper."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from surveyapp.interview.briefing.before import Former
from surveyapp.interview.briefing.making import Brief
from surveyapp.interview.briefing.people import Colleague
from surveyapp.pages import counted, day, moment

NOTHING: Final = "Nothing stands out in the answers: follow the guide."
NO_GAPS: Final = "Every question that was asked has an answer."
NO_LOW: Final = "No rating is in the lowest part of the scale."
NO_CLAIMS: Final = "No high rating, and nothing said about an effect, stands without evidence."
NO_PAPERS: Final = "Every document that is named came with a file or a link."
NO_ROUND: Final = "There is no earlier return by this authority."
NOBODY: Final = "Nobody has been invited to complete the return."


def facts(brief: Brief) -> Iterator[tuple[str, str]]:
    """Give what is known of the call itself: with whom, when, where, for how long."""
    call = brief.interview
    yield "With", f"{call.interviewee}, {call.interviewee_role}".strip(", ")
    yield "When", moment(call.starts_at) if call.starts_at else _held(call.held_on)
    if call.place:
        yield "Where", call.place
    others = f", notes by {call.note_taker.name}" if call.note_taker else ""
    yield "Interviewer", f"{call.interviewer.name}{others}"
    yield "Time", f"{call.lasts_minutes} minutes; the guide asks for {brief.minutes}"
    yield "Their return", state_of_return(brief)


def state_of_return(brief: Brief) -> str:
    """Say whether the answers are final, and when they were last written at."""
    submission = brief.interview.submission
    if submission.submitted_at is not None:
        return f"submitted on {day(submission.submitted_at)}"
    if brief.last_saved is None:
        return "nothing written yet"
    return f"still being written, last saved on {day(brief.last_saved)}"


def _held(held_on: dt.date | None) -> str:
    return f"held on {day(held_on)}" if held_on else "no time agreed yet"


def spoken(former: Former) -> str:
    """Say how much was noted on the telephone in the last round, and how much was confirmed."""
    told = former.spoken
    if not told.calls:
        return "No interview was held."
    calls, notes = counted(told.calls, "interview", "interviews"), told.notes
    return f"{calls}, with {told.confirmed} of {counted(notes, 'note', 'notes')} confirmed."


def about(one: Colleague) -> str:
    """Say who somebody is to the return, and what they wrote."""
    parts = (
        one.job_title,
        "the person you ring" if one.is_interviewed else "",
        "coordinator" if one.is_coordinator else "",
        "no longer part of the return" if one.has_left else "",
        f"wrote in {', '.join(one.wrote)}" if one.wrote else "has written nothing",
    )
    return ", ".join(filter(None, parts))
