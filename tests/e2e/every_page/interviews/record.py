"""The states of the record: offered by staff, and answered by the person interviewed."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from sqlalchemy.orm import Session

from surveyapp.interview import answering
from surveyapp.interview import services as interview
from surveyapp.interview.answering import Marked
from surveyapp.interview.notes import Hand
from surveyapp.interview.services import Call, Consent, Said
from surveyapp.models import Interview
from tests.e2e.every_page.states import State, Step, press, tick
from tests.surveyapp.building import NOON, somebody, submission_of

ME, READS, ASKS = "colleague", "coordinator", "consultant"
DRAFT, OFFERED, MARKED = "record in draft", "record offered", "record marked"
WORDLESS, CONFIRMED, UNASKED = "record marked without words", "record confirmed", "record unasked"
LONG: Final = "See https://birch.example/" + "a-very-long-address-of-a-document" * 4 + "."
SAID: Final = "We have one front door. It took two years. The police were slow to join."
# Addresses that answer with something else than a page, and what is sent to and leads on.
NO_PAGES: Final = {
    "interview.record_docx": "the record in Word",
    "interviewee.record_docx": "the record in Word",
}
LEAD_ON: Final = {
    "interview.remind": "a button",
    "interview.unanswered": "a button",
    "interviewee.marking": "asked by a script, answers with data",
}


def furnish_record(session: Session) -> Mapping[str, str]:
    """Hold calls with a colleague, with records in every state."""
    made = {
        name: _call(session, is_offered=name != DRAFT)
        for name in (DRAFT, OFFERED, MARKED, WORDLESS, CONFIRMED, UNASKED)
    }
    made[UNASKED].consent_quotes = None
    hand = Hand(somebody(session, "Dee Birch"), NOON)
    seen = answering.sheet(session, made[CONFIRMED]).seen
    answering.confirm_all(session, made[CONFIRMED], seen, hand)
    _mark(session, made[MARKED], hand)
    session.flush()
    return {name: str(one.id) for name, one in made.items()}


def _call(session: Session, *, is_offered: bool) -> Interview:
    """Hold a call: a paraphrase, a quotation, and something unprompted that is very long."""
    asks, dee = somebody(session, "Some interviewer"), somebody(session, "Dee Birch")
    about = Call(asks, dee.name, "Head of a service", NOON.date())
    made = interview.record_interview(session, submission_of(session, "Birch"), about)
    made.started_at, made.ended_at = NOON, NOON + dt.timedelta(minutes=44)
    interview.record_consent(session, made, Consent(notes=True, quotes=True), asks, NOON)
    for said in (
        Said(SAID, "I01", 125),
        Said("We would do it all again.", "I02", 700, verbatim=True),
        Said(LONG, "", 1500),
    ):
        interview.add_note(session, made, said, asks, NOON)
    if is_offered:
        made.interviewee_id, made.offered_at = dee.id, NOON
        made.answer_by = dt.date(2015, 8, 8)
    session.flush()
    return made


def _mark(session: Session, call: Interview, hand: Hand) -> None:
    """Change one sentence, take one out, and leave a note to be changed by staff afterwards."""
    every = answering.sheet(session, call).every
    marks = (
        Marked(every[1].note.id, 1, every[1].start, every[1].end, "corrected", LONG),
        Marked(every[2].note.id, 1, every[2].start, every[2].end, "withdrawn"),
        Marked(every[3].note.id, 1, every[3].start, every[3].end, "corrected", "We would not."),
    )
    answering.keep(session, call, marks, hand)
    moved = every[3].note
    moved.version, moved.text = 2, "We would do it again."
    moved.confirmed_version = 1


def _state(
    name: str,
    answered_by: str,
    call: str,
    steps: tuple[Step, ...] = (),
    begins_at: str = "",
    status: int = 200,
) -> State:
    return State(name, ME, answered_by, {"interview_id": call}, steps, begins_at, status)


def _by_sentence(name: str, call: str, *steps: Step, status: int = 200) -> State:
    """Return a state of the page that goes sentence by sentence."""
    answered_by = "interviewee.save" if steps else "interviewee.record"
    parts = {"interview_id": call, "by": "sentences"}
    return State(name, ME, answered_by, parts, steps, "interviewee.record", status)


def _spoil(field: str) -> Step:
    """Let what the page has seen be another record."""
    script = f"document.querySelectorAll('{field}').forEach(one => {{ one.value = 'old'; }})"
    return lambda page, _: page.evaluate(script)


def _say_no_words(words: str) -> Step:
    """Write into the first box for other words that is shown."""
    return lambda page, _: page.locator("textarea:visible").first.fill(words)


PAGES: Final = (
    *(
        State(f"{call}, for staff", ASKS, "interview.record", {"interview_id": call})
        for call in (DRAFT, OFFERED, CONFIRMED)
    ),
    _state(OFFERED, "interviewee.record", OFFERED),
    _state(MARKED, "interviewee.record", MARKED),
    _state(CONFIRMED, "interviewee.record", CONFIRMED),
    State("record, for the coordinator", READS, "interviewee.record", {"interview_id": OFFERED}),
    _by_sentence("record by sentence", OFFERED),
    _by_sentence("record by sentence, marked", MARKED),
    _by_sentence("record by sentence, confirmed", CONFIRMED),
    _state("check the record", "interviewee.check", MARKED),
    _state("check the record, nothing marked", "interviewee.check", CONFIRMED),
    _state("consent to quotations", "interviewee.consent", OFFERED),
    _state("add to the record", "interviewee.addition", OFFERED),
)
FAULTS: Final = (
    State(
        "offer the record, no address",
        ASKS,
        "interview.offer",
        {"interview_id": DRAFT},
        (press("Offer the record"),),
        "interview.record",
        422,
    ),
    _by_sentence(
        "record by sentence, no words",
        WORDLESS,
        tick("Change it"),
        _say_no_words(" "),
        press("Send it back"),
        status=422,
    ),
    _state(
        "confirm the record, changed meanwhile",
        "interviewee.confirm",
        OFFERED,
        (_spoil("[name=seen]"), press("Everything is right")),
        "interviewee.record",
        409,
    ),
    _state(
        "check the record, rest not chosen",
        "interviewee.send",
        MARKED,
        (press("Send it back"),),
        "interviewee.check",
        422,
    ),
    _state(
        "check the record, changed meanwhile",
        "interviewee.send",
        MARKED,
        (tick("The rest is right"), _spoil("[name=seen]"), press("Send it back")),
        "interviewee.check",
        409,
    ),
    _state(
        "consent, nothing chosen",
        "interviewee.consented",
        UNASKED,
        (press("Save"),),
        "interviewee.consent",
        422,
    ),
    _state(
        "add to the record, nothing written",
        "interviewee.add",
        OFFERED,
        (press("Add it to the record"),),
        "interviewee.addition",
        422,
    ),
)
STATES: Final = (*PAGES, *FAULTS)
