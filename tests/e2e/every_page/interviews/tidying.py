"""The states after the call: notes tidied, named, made tasks of, and set beside answers."""

import time
import uuid
from collections.abc import Mapping
from typing import Final

from playwright.sync_api import Page
from sqlalchemy.orm import Session

from surveyapp.extensions import begin_writing, db
from surveyapp.interview import corrections, follow_ups, naming, notes, tidying
from surveyapp.interview import services as interview
from surveyapp.interview.corrections import Said
from surveyapp.interview.follow_ups import Task
from surveyapp.interview.naming import Contact, Document
from surveyapp.interview.notes import Hand, Typed
from surveyapp.interview.services import Call, Consent
from surveyapp.models import Interview, Note
from tests.e2e.every_page.site import Site
from tests.e2e.every_page.states import State, Step, press, tick, write
from tests.surveyapp.building import NOON, somebody, submission_of

ME, CALL, BARE = "interviewer", "tidy call", "tidy call without notes"
FIRST, TWIN, TORN = "tidy note", "tidy twin", "tidy note that changes"
NAMES, PROMISES, TASK, PAPER = "tidy contact", "tidy document", "tidy task", "tidy paper"
CONFIRMED: Final = "tidy confirmed"
IN: Final = {"interview_id": CALL}
ON: Final = {**IN, "note_id": FIRST}
LONG: Final = "https://birch.example/" + "a-very-long-address-of-a-plan" * 4
ANSWERED: Final = "S01.2"


def furnish_tidying(session: Session) -> Mapping[str, str]:
    """Hold a call on which two people noted all that can be tidied, and one without notes."""
    ned, iris = somebody(session, "Some interviewer"), somebody(session, "Some consultant")
    call, bare = _held(session, Hand(iris, NOON)), _held(session, Hand(iris, NOON))
    call.note_taker = bare.note_taker = ned
    by, other = Hand(iris, NOON), Hand(ned, NOON)
    made = {
        FIRST: _note(session, call, by, "We count twelve familys.", second=65),
        TWIN: _note(session, call, other, "They count families.", second=66),
        TORN: _note(session, call, by, "Schools ring first.", second=400),
        NAMES: _note(session, call, by, "Ask Sue Marsh, data lead", second=500, mark="contact"),
        PROMISES: _note(session, call, by, f"The plan: {LONG}", "", 600, mark="document"),
        CONFIRMED: _note(session, call, by, "We would do it again.", "I02", 700, verbatim=True),
        "struck": _note(session, call, by, f"Out with {LONG}", "I02", 800),
    }
    made[FIRST].follow_up = True
    typed = tidying.typed_over(made[CONFIRMED], "We would do it all again.", 1)
    tidying.reword(session, made[CONFIRMED], typed, other)
    made[CONFIRMED].confirmed_version = made[CONFIRMED].version
    tidying.strike(session, made["struck"], by)
    _come_of(session, made, by)
    late = Task(f"Ring about {LONG}", NOON.date().replace(day=1), made[PROMISES])
    task = follow_ups.make(session, call, late, by)
    follow_ups.done(session, follow_ups.make(session, call, Task("Thank them"), by), by)
    known = {name: one.id for name, one in made.items()}
    known |= {CALL: call.id, BARE: bare.id, TASK: task.id, PAPER: call.documents[0].id}
    return {name: str(one) for name, one in known.items()}


def _held(session: Session, by: Hand) -> Interview:
    told = Call(by.author, "Dee Birch", "Head of a service", NOON.date())
    made = interview.record_interview(session, submission_of(session, "Birch"), told)
    interview.record_consent(session, made, Consent(notes=True, quotes=False), by.author, NOON)
    made.ended_at = NOON
    return made


def _note(
    session: Session,
    call: Interview,
    by: Hand,
    text: str,
    prompt: str = "I01",
    second: int = 0,
    **more: object,
) -> Note:
    typed = Typed(uuid.uuid4(), text, prompt_code=prompt, second=second)
    note = notes.keep(session, call, typed, by).note
    for name, value in more.items():
        setattr(note, name, value)
    session.flush()
    return note


def _come_of(session: Session, made: Mapping[str, Note], by: Hand) -> None:
    """Name somebody and a document, and say that an answer has changed."""
    sue = Contact("Sue Marsh", "Data lead", "sue@birch.example", theme="S01")
    naming.keep_contact(session, made[NAMES], sue, None, by)
    naming.keep_document(session, made[PROMISES], Document("The plan", theme="S01"), None, by)
    about = corrections.choices(session, made[PROMISES]).find(ANSWERED)
    if about is not None:
        corrections.correct(session, made[PROMISES], about, Said("corrects", "note"), by)


def meanwhile(name: str) -> Step:
    """Let somebody else change a note while it is being tidied."""

    def do(_: Page, site: Site) -> None:
        with site.app.app_context():
            begin_writing(db.session)
            note = db.session.get_one(Note, uuid.UUID(site.parts[name]))
            typed = tidying.typed_over(note, f"Written at {time.time()}.", note.version)
            by = Hand(somebody(db.session, "Some consultant"), NOON)
            tidying.reword(db.session, note, typed, by)
            db.session.commit()

    return do


def fill(name: str, words: str) -> Step:
    """Write into the box of a note on the list."""
    return lambda page, site: page.locator(f"#text-{uuid.UUID(site.parts[name]).hex}").fill(words)


def _page(name: str, answered_by: str, **parts: str) -> State:
    return State(name, ME, f"interview.{answered_by}", {**IN, **parts})


def _fault(  # a state is told by all of these
    name: str,
    answered_by: str,
    begins_at: str,
    *steps: Step,
    status: int = 422,
    **parts: str,
) -> State:
    route, page = f"interview.{answered_by}", f"interview.{begins_at}"
    return State(name, ME, route, {**IN, **parts}, steps, page, status)


TORN_APART: Final = (meanwhile(TORN), write("Words", "What I wrote"), press("Save the note"))
PAGES: Final = (
    _page("notes to tidy", "tidy"),
    _page("notes to tidy, one struck out", "tidy", struck="struck"),
    _page("notes to tidy, none", "tidy", interview_id=BARE),
    _page("one note", "reword", note_id=FIRST),
    _page("one note, confirmed", "reword", note_id=CONFIRMED),
    _page("one note, struck out", "reword", note_id="struck"),
    _page("merge two notes", "merge", note_id=FIRST, other_id=TWIN),
    _page("somebody to ask", "complete_contact", note_id=NAMES),
    _page("a promised document", "complete_document", note_id=PROMISES),
    _page("make a task of a document", "document_promised", note_id=PROMISES, document_id=PAPER),
    _page("which answer has changed", "correct", note_id=FIRST),
    _page("which answer, none chosen", "correct", note_id=FIRST, asked="yes"),
    _page("note and answer", "correct", note_id=FIRST, answer=ANSWERED),
    _page("tasks of an interview", "follow_up"),
    _page("tasks of an interview, none", "follow_up", interview_id=BARE),
    _page("a task", "follow_up", task_id=TASK),
    State("all tasks", ME, "interview.tasks"),
    State("all tasks, for a consultant", "consultant", "interview.tasks"),
)
FAULTS: Final = (
    _fault(
        "list, a note without words",
        "save_list",
        "tidy",
        fill(FIRST, ""),
        press("Save all that I changed"),
    ),
    _fault(
        "list, a lost race",
        "save_list",
        "tidy",
        meanwhile(TORN),
        fill(TORN, "What I wrote"),
        press("Save all that I changed"),
        status=409,
    ),
    _fault(
        "one note, no words",
        "save_note",
        "reword",
        write("Words", ""),
        press("Save the note"),
        note_id=FIRST,
    ),
    _fault("note, a lost race", "save_note", "reword", *TORN_APART, status=409, note_id=TORN),
    _fault(
        "note, a lost race not decided",
        "save_note",
        "reword",
        *TORN_APART,
        press("Save the note"),
        note_id=TORN,
    ),
    _fault(
        "merge, no words",
        "merged",
        "merge",
        write("The one note", ""),
        press("Make one note"),
        note_id=FIRST,
        other_id=TWIN,
    ),
    _fault(
        "contact, faulty",
        "keep_contact",
        "complete_contact",
        write("Full name", ""),
        write("Email address", "Sue at home"),
        press("Save the person"),
        note_id=NAMES,
    ),
    _fault(
        "document, faulty",
        "keep_document",
        "complete_document",
        write("Title", ""),
        write("Link", "no link"),
        write("Day", "31"),
        press("Save the document"),
        note_id=PROMISES,
    ),
    _fault(
        "note and answer, nothing said",
        "corrected",
        "correct",
        press("Save"),
        note_id=FIRST,
        answer=ANSWERED,
    ),
    _fault(
        "note and answer, which counts",
        "corrected",
        "correct",
        tick("It corrects the answer"),
        press("Save"),
        note_id=FIRST,
        answer=ANSWERED,
    ),
    _fault(
        "task, faulty", "keep_follow_up", "follow_up", write("Day", "32"), press("Save the task")
    ),
)
STATES: Final = (*PAGES, *FAULTS)
# What is sent to these leads on to a page above.
LEAD_ON: Final = dict.fromkeys(
    (
        *("interview.strike", "interview.unstrike", "interview.keep_both"),
        *("interview.undo_correction", "interview.note_task"),
        *("interview.done", "interview.not_done"),
    ),
    "a button",
)
