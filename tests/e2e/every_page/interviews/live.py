"""The states of the live screen."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Final

from playwright.sync_api import Page
from sqlalchemy.orm import Session

from surveyapp.interview import notes, services
from surveyapp.interview.notes import Hand, Typed
from surveyapp.interview.services import Consent
from surveyapp.models import Interview
from surveyapp.models.interview import NoteMark
from tests.e2e.every_page.site import Site
from tests.e2e.every_page.states import State, Step, press, write
from tests.surveyapp.building import NOON, somebody, submission_of

ME: Final = "consultant"
NEW: Final = "call to begin"
RUNNING: Final = "call under way"
ENDED: Final = "call that has ended"
CANCELLED: Final = "call that was cancelled"
LONG_WORD: Final = "https://birch.example/" + "a-very-long-address" * 8
SAID: Final[tuple[tuple[str, bool, NoteMark], ...]] = (
    ("Schools ring one number.\nHealth visitors write.", False, ""),
    ("We lost sight of the under-twos.", True, ""),
    ("Di Ash keeps the figures.", False, "contact"),
    (f"The audit tool is at {LONG_WORD}.", False, "document"),
)


def furnish_live(session: Session) -> Mapping[str, str]:
    """Arrange a call, begin one and end one, with notes of every kind, and cancel one."""
    new, cancelled = (_call(session) for _ in range(2))
    running, ended = (_held(session) for _ in range(2))
    cancelled.cancelled_at = NOON
    ended.started_at, ended.ended_at = NOON, NOON + dt.timedelta(minutes=44)
    session.flush()
    calls = {NEW: new, RUNNING: running, ENDED: ended, CANCELLED: cancelled}
    return {name: str(one.id) for name, one in calls.items()}


def _call(session: Session) -> Interview:
    birch = submission_of(session, "Birch")
    call = Interview(
        submission=birch,
        guide=birch.survey.guide,
        interviewer=somebody(session, "Iris Notes"),
        note_taker=somebody(session, "Some interviewer"),
        interviewee="Cy Birch",
        interviewee_role="A very long name of a job, such as nobody has",
        place="0151 496 0123",
        starts_at=NOON,
    )
    session.add(call)
    session.flush()
    return call


def _held(session: Session) -> Interview:
    call = _call(session)
    consent = Consent(notes=True, quotes=False, use_level="unnamed")
    services.record_consent(session, call, consent, call.interviewer, NOON)
    call.started_at, call.held_on = dt.datetime.now(dt.UTC), NOON.date()
    for number, (text, verbatim, mark) in enumerate(SAID):
        by = Hand(call.interviewer, NOON + dt.timedelta(minutes=number))
        told = Typed(
            uuid.uuid5(call.id, str(number)),
            text,
            prompt_code="I01" if number else "",
            second=60 * number,
            theme="S01" if number == 2 else "",
            verbatim=verbatim,
            follow_up=number == 2,
            mark=mark,
        )
        notes.keep(session, call, told, by)
    return call


def _open(selector: str) -> Step:
    """Open what is folded, and leave focus where it was."""
    return lambda page, _: page.locator(selector).evaluate("one => { one.open = true; }")


def _type(page: Page, _: Site) -> None:
    """Type a note, finish it and begin another under the next prompt."""
    words = page.locator("#words")
    words.fill("Families find us through school.")
    words.press("Control+Enter")
    words.press("Alt+ArrowDown")
    words.blur()
    page.locator("#saving", has_text="Saved").wait_for()


def _lose_the_line(page: Page, _: Site) -> None:
    """Type while the connection is down."""
    page.context.set_offline(True)
    page.locator("#words").fill("Words that wait.")
    page.locator("#words").blur()
    page.locator("#trouble").get_by_text("Connection lost").wait_for()


def _send(page: Page, _: Site) -> None:
    """Send the note as it is, whatever a script thinks of it."""
    with page.expect_navigation():
        page.evaluate("document.getElementById('note-form').submit()")


def _page(name: str, call: str, *steps: Step, who: str = ME, needs_scripts: bool = False) -> State:
    return State(
        name,
        who,
        "interview.live",
        {"interview_id": call},
        steps,
        needs_scripts=needs_scripts,
    )


def _pressed(name: str, answered_by: str, call: str, *steps: Step) -> State:
    parts = {"interview_id": call}
    return State(name, ME, f"interview.{answered_by}", parts, steps, "interview.live", 422)


STATES: tuple[State, ...] = (
    _page("live, before the call", NEW),
    _page("live, under way", RUNNING),
    _page("live, for whoever takes notes", RUNNING, who="interviewer"),
    _page("live, to end", RUNNING, _open("#end")),
    _page("live, consent to change", RUNNING, _open("#consent")),
    _page("live, keys", RUNNING, _open(".live-keys"), needs_scripts=True),
    _page("live, a note typed", RUNNING, _type, needs_scripts=True),
    _page("live, connection lost", RUNNING, _lose_the_line, needs_scripts=True),
    _page("live, ended", ENDED),
    _page("live, cancelled", CANCELLED),
    _pressed("live, consent half given", "consent", NEW, press("Record these answers")),
    State(
        "live, empty note",
        ME,
        "interview.note",
        {"interview_id": RUNNING},
        (write("New note", " "), _send),
        "interview.live",
        422,
    ),
)
