"""The states of the Word form of an interview, and of notes that are brought in."""

import time
import uuid
from collections.abc import Mapping
from typing import Final

from playwright.sync_api import Page
from sqlalchemy.orm import Session

from surveyapp.extensions import db
from surveyapp.interview import services as interviews
from surveyapp.interview.bringing import suggesting
from surveyapp.interview.services import Call, Consent
from surveyapp.models import Interview
from tests.e2e.every_page.site import Site
from tests.e2e.every_page.states import State, Step, press, untick_all
from tests.surveyapp.building import NOON, somebody, submission_of
from tests.surveyapp.interview.calls import (
    AGREED,
    TRANSCRIPT,
    Filled,
    form_sent_back,
    word_file,
)
from tests.synthesis.word.inspection.planting import plant, without

ME: Final = "consultant"
AGREED_TO: Final = "call to bring notes in to"
NOT_ASKED: Final = "call without consent"
FORM: Final = "The form you filled in"
FILE: Final = "File with notes"
LONG_WORD: Final = "a-very-long-address-of-a-document" * 6
NOTED: Final[Filled] = {
    **AGREED,
    "call:held_on": "31 June 2015",
    "note:I01:1": "Families find us\nthrough school.",
    "note:I01:2": f"It is at {LONG_WORD}.",
    "note:I01:2:verbatim": ("yes",),
    "contact:1:email": "di@birch.example",
    "follow_up:1:text": "Ask for the audit",
    "follow_up:1:due_on": "3 August 2015",
}
NOTES: Final = (
    "# Front door",
    "Families find us through school.",
    f"It is at {LONG_WORD}.",
    "By the way.",
)


def furnish_bringing_in(session: Session) -> Mapping[str, str]:
    """Hold a call on which notes may be taken, and arrange one that has no day yet."""
    agreed = _call(session)
    consent = Consent(notes=True, quotes=True)
    interviews.record_consent(session, agreed, consent, agreed.interviewer, NOON)
    undated = _call(session)
    undated.held_on = None
    return {
        AGREED_TO: str(agreed.id),
        NOT_ASKED: str(_call(session).id),
        "call of no day": str(_agree(session, undated).id),
    }


def _call(session: Session) -> Interview:
    birch = submission_of(session, "Birch")
    call = Call(somebody(session, "Iris Notes"), "Cy Birch", "Service manager", NOON.date())
    return interviews.record_interview(session, birch, call)


def _agree(session: Session, call: Interview) -> Interview:
    consent = Consent(notes=True, quotes=False)
    interviews.record_consent(session, call, consent, call.interviewer, NOON)
    return call


def _choose(label: str, name: str, content: bytes) -> Step:
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    return lambda page, _: page.get_by_label(label).set_input_files(file)


def _send_form(call: str, given: Filled, *, nameless: bool = False) -> Step:
    """Choose a form of a call, filled in, with words outside its boxes; and press the button."""

    def do(page: Page, site: Site) -> None:
        with site.app.app_context():
            found = db.session.get(Interview, uuid.UUID(site.parts[call]))
            assert found is not None
            docx = form_sent_back(db.session, found, given)
        stray = f"<w:p><w:r><w:t>Ask Ann about {LONG_WORD}.</w:t></w:r></w:p><w:sectPr>"
        docx = plant(docx, "word/document.xml", "<w:sectPr>", stray) if given else docx
        if nameless:
            docx = without(docx, "docProps/custom.xml")
        _choose(FORM, "form.docx", docx)(page, site)
        press("Compare it with the notes")(page, site)

    return do


def _bring_anew(page: Page, _: Site) -> None:
    """Choose a transcript that nobody brought in before: one that somebody did goes on."""
    content = f"{TRANSCRIPT}\nNOTE {time.time_ns()}\n".encode()
    file = {"name": "call.vtt", "mimeType": "text/vtt", "buffer": content}
    page.get_by_label(FILE).set_input_files(file)


def _bring(name: str, content: bytes) -> tuple[Step, ...]:
    return _choose(FILE, name, content), press("Read the file")


def _who(*roles: str) -> tuple[Step, ...]:
    """Say who is who, speaker by speaker."""
    chosen = (
        lambda page, _, at=at, role=role: page.locator(f"[name=who-{at}][value={role}]").check()
        for at, role in enumerate(roles)
    )
    return (*chosen, press("Go on to the passages"))


def _suggest(page: Page, site: Site) -> None:
    """Do what the job does, and look again."""
    call, key = page.url.split("/")[-3], page.url.rpartition("/")[2]
    with site.app.app_context():
        settings = site.app.config["SETTINGS"]
        suggesting.make(db.sessionmaker, settings.instance, call, key)
    page.reload()


def _where(number: int, choice: str) -> Step:
    return lambda page, _: page.locator(f"[id='where-{number}']").select_option(choice) and None


def _form(
    name: str,
    *steps: Step,
    route: str = "form",
    status: int = 200,
    call: str = AGREED_TO,
) -> State:
    place = {"interview_id": call}
    begins = "interview.form" if steps else ""
    return State(f"word guide, {name}", ME, f"interview.{route}", place, steps, begins, status)


def _notes(
    name: str,
    *steps: Step,
    route: str = "bring_in",
    status: int = 200,
    call: str = AGREED_TO,
) -> State:
    place = {"interview_id": call}
    begins = "interview.bring_in" if steps else ""
    return State(f"bring in, {name}", ME, f"interview.{route}", place, steps, begins, status)


def _text(words: str) -> bytes:
    return f"{words}\n\nFamilies find us.\n\nBy the way.".encode()


SAVE = press("Save these passages")
STATES: tuple[State, ...] = (
    _form("begin"),
    _form("no file", press("Compare it with the notes"), route="send_form", status=400),
    _form(
        "not Word",
        _choose(FORM, "form.docx", b"no Word document"),
        press("Compare it with the notes"),
        route="send_form",
        status=400,
    ),
    _form("compared", _send_form(AGREED_TO, NOTED), route="compare_form"),
    _form("nameless", _send_form(AGREED_TO, NOTED, nameless=True), route="compare_form"),
    _form("empty", _send_form(AGREED_TO, {}), route="compare_form"),
    _form(
        "nothing ticked",
        _send_form(AGREED_TO, NOTED),
        untick_all,
        press("Save what I ticked"),
        route="accept_form",
        status=400,
    ),
    _form(
        "no consent",
        _send_form(NOT_ASKED, {"note:I02:1": "Words"}),
        press("Save what I ticked"),
        route="accept_form",
        status=409,
        call=NOT_ASKED,
    ),
    _form(
        "taken",
        _send_form(AGREED_TO, {"note:I02:1": "Words"}),
        press("Save what I ticked"),
        route="compare_form",
    ),
    _notes("begin"),
    _notes("no consent", call=NOT_ASKED),
    _notes("no day", call="call of no day"),
    _notes("no file", press("Read the file"), route="bring_file_in", status=400),
    _notes(
        "no day and no file",
        press("Read the file"),
        route="bring_file_in",
        status=400,
        call="call of no day",
    ),
    _notes("not a transcript", *_bring("call.vtt", b"Hello"), route="bring_file_in", status=400),
    _notes("who is who", *_bring("call.vtt", TRANSCRIPT.encode()), route="passages"),
    _notes(
        "nobody is anybody",
        *_bring("call.vtt", TRANSCRIPT.encode() + b"\n"),
        press("Go on to the passages"),
        route="speakers",
        status=400,
    ),
    _notes(
        "transcript",
        _bring_anew,
        press("Read the file"),
        *_who("ours", "interviewee"),
        route="passages",
    ),
    _notes("Word", *_bring("notes.docx", word_file(*NOTES)), route="passages"),
    _notes("suggestions", *_bring("notes.txt", _text("A")), _suggest, route="passages"),
    _notes(
        "suggestions taken",
        *_bring("notes.txt", _text("B")),
        _suggest,
        press("Fill in the first suggestion where I chose nothing"),
        route="passages",
    ),
    _notes(
        "cannot be done",
        *_bring("notes.txt", _text("C")),
        _where(1, "join"),
        _where(2, "split"),
        SAVE,
        route="place",
        status=400,
    ),
    _notes(
        "some left out",
        *_bring("notes.txt", _text("D")),
        _where(1, "leave"),
        _where(2, "under:I01"),
        SAVE,
        route="passages",
    ),
    _notes("all placed", *_bring("notes.txt", b"E"), _where(1, "under:"), SAVE, route="passages"),
    _notes(
        "many pages",
        *_bring("notes.txt", "\n".join(f"Line {n}" for n in range(40)).encode()),
        press("Passages after these", role="link"),
        route="passages",
    ),
    _notes("begun", *_bring("notes.txt", _text("F")), lambda page, _: page.go_back() and None),
)
