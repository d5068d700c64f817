"""The states of arranging: interviews listed, arranged, moved, called off, and a time chosen."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Final

from playwright.sync_api import Page
from sqlalchemy.orm import Session

from surveyapp import links
from surveyapp.config import Settings
from surveyapp.extensions import begin_writing, db
from surveyapp.interview import arranging, slots
from surveyapp.interview.telling import Act
from surveyapp.interview.times import Row
from surveyapp.models import Interview, Person
from surveyapp.pages import ENGLAND
from tests.e2e.every_page.site import Site
from tests.e2e.every_page.states import State, Step, press, tick, write
from tests.surveyapp.building import NOON, somebody, submission_of

# In an example time stands still on the last day, so these are still to come.
MONDAY: Final = dt.datetime(2015, 8, 3, 9, 0, tzinfo=ENGLAND)
SILENT: Final = Settings().model_copy(update={"mail": "smtp"})
SURVEY: Final = {"survey_code": "tiny-survey-2015"}
BIRCH: Final = {**SURVEY, "authority": "X06000002"}
ME, ASKS, RUNG, READS = "consultant", "interviewer", "colleague", "coordinator"
CHOOSE, BOOKED, NONE_FREE = "call to choose", "call booked", "call with no time free"
TAKEN, OFF, HELD = "call whose time is taken", "call called off", "call that was held"
LONG: Final = "https://meet.example/" + "a-very-long-address-of-a-meeting" * 5
WHY: Final = f"They have moved on. See {LONG}"
FILE: Final = (
    *("BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:1", "DTSTART:20150804T090000Z"),
    *("DURATION:PT1H", "LOCATION:Room 1", "END:VEVENT", "END:VCALENDAR", ""),
)
# Addresses that answer with something else than a page, and what is sent to and leads on.
NO_PAGES: Final = {
    "interview.calendar": "a calendar file",
    "interviewee.calendar": "a calendar file",
}
LEAD_ON: Final = {
    "interview.withdraw_slot": "a button",
    "interviewee.unbook": "a button",
}


def furnish_arranging(session: Session) -> Mapping[str, str]:
    """Arrange an interview in every state, and offer times for those without one."""
    asks, other = somebody(session, "Some interviewer"), somebody(session, "Some consultant")
    nobody = somebody(session, "Some administrator")
    survey = submission_of(session, "Birch").survey
    for one in (asks, other):
        times = Row(MONDAY, MONDAY + dt.timedelta(hours=9), 45, 15).spans()
        slots.offer(session, survey, one, times)
    made = {name: _call(session, asks) for name in (CHOOSE, BOOKED, OFF, HELD)}
    made |= {NONE_FREE: _call(session, nobody), TAKEN: _call(session, other)}
    free = slots.free(session, made[BOOKED], NOON)
    arranging.book(session, made[BOOKED], free[0].id, LONG, _act(asks))
    arranging.cancel(session, made[OFF], WHY, _act(asks))
    made[HELD].held_on, made[HELD].ended_at = NOON.date(), NOON
    session.flush()
    return {name: str(one.id) for name, one in made.items()}


def _act(by: Person) -> Act:
    return Act(by, NOON, SILENT)


def _call(session: Session, asks: Person) -> Interview:
    """Plan to speak with Dee: a time is to be chosen."""
    dee = somebody(session, "Dee Birch")
    made = Interview(
        submission=submission_of(session, "Birch"),
        guide=submission_of(session, "Birch").survey.guide,
        interviewer=asks,
        interviewee=dee.name,
        interviewee_role="Head of a service",
        person=dee,
    )
    session.add(made)
    session.flush()
    return made


def _page(name: str, answered_by: str, call: str = BOOKED, who: str = ME) -> State:
    return State(name, who, answered_by, {"interview_id": call})


def _fault(
    name: str, answered_by: str, begins_at: str, steps: tuple[Step, ...], **more: str | int
) -> State:
    call, who, status = more.get("call", BOOKED), more.get("who", ME), more.get("status", 422)
    return State(
        name, str(who), answered_by, {"interview_id": str(call)}, steps, begins_at, int(status)
    )


def _hidden(name: str, value: str) -> Step:
    """Let a field that nobody sees be another."""
    script = f"document.querySelector('[name={name}]').value = '{value}'"
    return lambda page, _: page.evaluate(script)


def _choose_what_is_taken(page: Page, site: Site) -> None:
    """Choose the first time, which somebody takes at the same moment."""
    box = page.get_by_role("radio").first
    box.check()
    with site.app.app_context():
        begin_writing(db.session)
        slot = slots.find(db.session, uuid.UUID(box.get_attribute("value")))
        slots.withdraw(db.session, slot, NOON)
        db.session.commit()


def _send(page: Page, _: Site) -> None:
    """Choose the file of an appointment that an authority sends."""
    page.get_by_label("Calendar file").set_input_files(
        {"name": "theirs.ics", "mimeType": "text/calendar", "buffer": "\r\n".join(FILE).encode()}
    )


def _follow_a_link(page: Page, site: Site) -> None:
    """Open the link of the person interviewed."""
    with site.app.app_context():
        begin_writing(db.session)
        call = db.session.get_one(Interview, uuid.UUID(site.parts[CHOOSE]))
        dee, at = somebody(db.session, "Dee Birch"), dt.datetime.now(dt.UTC)
        token = links.invite_to_interview(db.session, dee, call, at)
        db.session.commit()
    page.goto(f"{site.address}/link/{token}")


PAGES = (
    State("interviews", ME, "interview.index"),
    State("interviews of one survey", ME, "interview.index", {"survey": "tiny-survey-2015"}),
    State("interviews of an interviewer", ASKS, "interview.index"),
    State("interviews, none", "administrator", "interview.index", {"survey": "planned-survey"}),
    State("arrange, which authority", ME, "interview.arrange", SURVEY),
    State("arrange", ME, "interview.arrange", BIRCH),
    State("arrange, one’s own", ASKS, "interview.arrange", BIRCH),
    State("times offered", ASKS, "interview.slots", SURVEY),
    State("times of another", ME, "interview.slots", {**SURVEY, "interviewer": "interviewer"}),
    State("times, none", "administrator", "interview.slots", SURVEY),
    _page("interview, booked", "interview.show"),
    _page("interview, to be arranged", "interview.show", CHOOSE),
    _page("interview, called off", "interview.show", OFF),
    _page("interview, held", "interview.show", HELD, ASKS),
    _page("time", "interview.reschedule"),
    _page("time, to be chosen", "interview.reschedule", CHOOSE),
    _page("time, too late", "interview.reschedule", HELD),
    _page("people of an interview", "interview.reassign"),
    _page("people of an interview, one’s own", "interview.reassign", who=ASKS),
    _page("people of an interview, too late", "interview.reassign", HELD),
    _page("cancel", "interview.cancel"),
    _page("cancel, too late", "interview.cancel", OFF),
    _page("call, a time to choose", "interviewee.show", CHOOSE, RUNG),
    _page("call, no time is free", "interviewee.show", NONE_FREE, RUNG),
    _page("call, booked", "interviewee.show", BOOKED, RUNG),
    _page("call, called off", "interviewee.show", OFF, RUNG),
    _page("call, held", "interviewee.show", HELD, RUNG),
    _page("call, read by the coordinator", "interviewee.show", BOOKED, READS),
    _page("call, change", "interviewee.change", BOOKED, RUNG),
    State("what is one’s own, with interviews", RUNG, "account.mine"),
    State("link to an interview", "nobody", "entrance.link", {"token": "x"}, (_follow_a_link,)),
)
FAULTS = (
    State(
        "arrange, nothing typed",
        ME,
        "interview.arranged",
        BIRCH,
        (press("Arrange the interview"),),
        "interview.arrange",
        422,
    ),
    State(
        "arrange, another person without an address",
        ME,
        "interview.arranged",
        BIRCH,
        (tick("Another person"), tick("We have agreed a time"), press("Arrange the interview")),
        "interview.arrange",
        422,
    ),
    State(
        "offer times, nothing typed",
        ASKS,
        "interview.offer_slots",
        SURVEY,
        (press("Offer these times"),),
        "interview.slots",
        422,
    ),
    _fault(
        "time, no day",
        "interview.rescheduled",
        "interview.reschedule",
        (write("Day", ""), write("Telephone number", ""), press("Save the time")),
    ),
    _fault(
        "time, changed meanwhile",
        "interview.rescheduled",
        "interview.reschedule",
        (_hidden("seen", "99"), press("Save the time")),
        status=409,
    ),
    _fault(
        "time, no calendar file",
        "interview.rescheduled",
        "interview.reschedule",
        (press("Read the calendar file"),),
    ),
    _fault(
        "time, read from a calendar file",
        "interview.rescheduled",
        "interview.reschedule",
        (_send, press("Read the calendar file")),
        status=200,
    ),
    _fault(
        "people of an interview, nobody",
        "interview.reassigned",
        "interview.reassign",
        (
            lambda page, _: page.get_by_label("Who asks").select_option("") and None,
            press("Save who is there"),
        ),
    ),
    _fault(
        "cancel, no reason",
        "interview.cancelled",
        "interview.cancel",
        (press("Cancel the interview"),),
    ),
    _fault(
        "interview, no time can be chosen",
        "interview.offer_times",
        "interview.show",
        (press("Send a link to choose a time"),),
        call=NONE_FREE,
        status=409,
    ),
    _fault(
        "call, no time chosen",
        "interviewee.book",
        "interviewee.show",
        (press("Book this time"),),
        call=CHOOSE,
        who=RUNG,
    ),
    _fault(
        "call, the time is taken",
        "interviewee.book",
        "interviewee.show",
        (
            _choose_what_is_taken,
            write("Which number should we ring?", "01632 960123"),
            press("Book this time"),
        ),
        call=TAKEN,
        who=RUNG,
        status=409,
    ),
    _fault(
        "call, changed to no number",
        "interviewee.book",
        "interviewee.change",
        (write("Which number should we ring?", ""), press("Save")),
        who=RUNG,
    ),
)
STATES: Final[tuple[State, ...]] = (*PAGES, *FAULTS)
