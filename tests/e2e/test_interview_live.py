"""The live screen in a real browser: two people in one call, keys alone, and what is said aloud."""

import uuid
from collections.abc import Callable, Iterator, Sequence

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from surveyapp.extensions import begin_writing, db
from surveyapp.models import Note, PromptState
from tests.e2e.conftest import application, check_accessible, let_in, serve
from tests.e2e.waiting import until
from tests.surveyapp.building import load_tiny, somebody, submission_of
from tests.surveyapp.interview.calling import agreed, arranged, begun, staff
from tests.surveyapp.respond.filling import signed_in

pytestmark = [pytest.mark.a11y, pytest.mark.allow_hosts(["127.0.0.1"])]
PATIENCE = 15_000
FOCUSED = "document.activeElement.id"
# Counts what is said aloud from now on.
LISTEN = """() => {
  window.heard = [];
  const place = document.getElementById("said");
  new MutationObserver(() => window.heard.push(place.textContent))
    .observe(place, { childList: true, characterData: true, subtree: true });
}"""
# Where the caret is, and where the box stands on the screen.
PLACE = """() => {
  const words = document.getElementById("words");
  const { top, left } = words.getBoundingClientRect();
  return [document.activeElement === words, words.selectionStart, top, left, scrollY];
}"""


class Calls:
    """The service with Birch's return, where calls are made."""

    def __init__(self, app: Flask, address: str) -> None:
        self.app = app
        self.address = address

    def make(self, *, consent: bool = True, running: bool = True) -> uuid.UUID:
        """Arrange a call that Iris holds and Zoe types for."""
        with self.app.app_context():
            begin_writing(db.session)
            call = arranged(
                db.session,
                submission_of(db.session, "Birch"),
                note_taker=somebody(db.session, "Zoe Types"),
            )
            if consent:
                agreed(db.session, call)
            if running:
                begun(db.session, call, 60)
            return call.id

    def open(self, context: BrowserContext, name: str, call: uuid.UUID) -> Page:
        """Open the screen in somebody's browser."""
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.set_viewport_size({"width": 1280, "height": 800})
        self.sign_in(page, name)
        page.goto(f"{self.address}/interviews/{call}/live")
        return page

    def sign_in(self, page: Page, name: str) -> None:
        with self.app.app_context():
            kept = signed_in(self.app, somebody(db.session, name), strongly=True)
        let_in(page, self.app, self.address, kept)

    def notes(self, call: uuid.UUID) -> Sequence[Note]:
        with self.app.app_context():
            found = select(Note).where(Note.interview_id == call)
            return db.session.scalars(found.order_by(Note.second, Note.created_at)).all()

    def texts(self, call: uuid.UUID) -> list[str]:
        return [note.text for note in self.notes(call)]


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calls]:
    """The service running, with two interviewers."""
    app = application(tmp_path_factory.mktemp("calls"))
    with app.app_context():
        load_tiny(db.session)
        staff(db.session, "Zoe Types")
        db.session.commit()
    for address in serve(app):
        yield Calls(app, address)


@pytest.fixture
def enter(browser: Browser, calls: Calls) -> Iterator[Callable[..., Page]]:
    """Let people enter calls, each with a browser of their own."""
    contexts: list[BrowserContext] = []

    def open_screen(name: str, call: uuid.UUID, **settings: bool) -> Page:
        contexts.append(browser.new_context(**settings))
        return calls.open(contexts[-1], name, call)

    yield open_screen
    for context in contexts:
        context.close()


Enter = Callable[..., Page]


def is_saved(page: Page) -> None:
    """Wait until the service has all that was typed."""
    waiting = "Object.keys(localStorage).some((one) => /:(note|act):/.test(one))"
    until(page, f"!({waiting})")
    expect(page.locator("#saving")).to_have_text("Saved")


def look(page: Page) -> None:
    """Ask what others wrote, as the page does every few seconds."""
    page.evaluate("dispatchEvent(new Event('focus'))")


def write(page: Page, text: str) -> None:
    page.locator("#words").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def test_two_people_in_one_note_overwrite_nothing(calls: Calls, enter: Enter) -> None:
    call = calls.make()
    iris, zoe = enter("Iris Notes", call), enter("Zoe Types", call)
    write(iris, "We count calls.")
    is_saved(iris)
    look(zoe)
    zoe.get_by_role("button", name="Change note").press("Enter")
    expect(zoe.locator("#words")).to_have_value("We count calls.")

    for letters in ("abc", "def"):
        write(iris, f" Iris {letters}.")
        write(zoe, f" Zoe {letters}.")
    is_saved(iris)
    is_saved(zoe)

    found = calls.texts(call)
    assert len(found) == 2, found
    assert any("Iris abc. Iris def." in text for text in found)
    assert any("Zoe abc. Zoe def." in text for text in found)
    beside = [page.locator("#beside").inner_text() for page in (iris, zoe)]
    assert any("wrote in this note too" in words for words in beside), beside


def test_the_notes_of_others_arrive_and_nothing_moves(calls: Calls, enter: Enter) -> None:
    call = calls.make()
    iris, zoe = enter("Iris Notes", call), enter("Zoe Types", call)
    write(zoe, "Half a sen")
    zoe.keyboard.press("ArrowLeft")
    before = zoe.evaluate(PLACE)

    for number in range(3):
        write(iris, f"Note {number}.")
        iris.keyboard.press("Control+Enter")
    is_saved(iris)
    expect(zoe.locator("#notes li")).to_have_count(3, timeout=PATIENCE)

    assert zoe.evaluate(PLACE) == before
    assert "Iris Notes" in zoe.locator("#notes li").first.inner_text()


def test_a_call_begins_and_ends_by_keys_alone(calls: Calls, enter: Enter) -> None:
    call = calls.make(consent=False, running=False)
    page = enter("Iris Notes", call)
    for field, key in (("notes", "Space"), ("quotes", "Space"), ("use_level", "ArrowDown")):
        press(page, f"#consent-{field}", key)
    press(page, "#consent-form button")
    press(page, "#begin button")

    assert page.evaluate(FOCUSED) == "words"
    page.keyboard.type("She says.")
    is_saved(page)
    assert calls.texts(call) == ["She says."]
    press(page, "#end summary")
    with page.expect_navigation():
        press(page, "#end-form button")
    expect(page.get_by_text("The call ended on")).to_be_visible()


def test_notes_are_marked_by_keys_alone(calls: Calls, enter: Enter) -> None:
    call = calls.make()
    page = enter("Iris Notes", call)
    press(page, "#words", "Control+Home")
    keys = page.keyboard
    keys.type('"Nobody told us.')
    keys.press("Control+Enter")
    keys.type("!@Di Ash has figures.")
    keys.press("Alt+ArrowDown")
    keys.type("#iden")
    assert page.evaluate(FOCUSED) == "theme"
    keys.press("Enter")
    keys.type("+The audit tool.")
    keys.press("Control+Enter")
    keys.type("/By the way.")
    is_saved(page)

    said = [
        (one.text, one.prompt_code, one.verbatim, one.follow_up, one.mark, one.theme)
        for one in calls.notes(call)
    ]
    assert said == [
        ("Nobody told us.", "I01", True, False, "", ""),
        ("Di Ash has figures.", "I01", False, True, "contact", ""),
        ("The audit tool.", "I02", False, False, "document", "S01"),
        ("By the way.", "", False, False, "", ""),
    ]


def press(page: Page, selector: str, key: str = "Enter") -> None:
    """Go to something with Tab, and press a key there."""
    reach(page, selector)
    page.keyboard.press(key)


def reach(page: Page, selector: str) -> None:
    """Press Tab until something has focus, from the top of the page if need be."""
    target = page.locator(selector)
    for _ in range(200):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {selector}.")


def test_the_latest_note_is_taken_up_again_by_a_key(calls: Calls, enter: Enter) -> None:
    call = calls.make()
    page = enter("Iris Notes", call)
    write(page, "One.")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("ArrowUp")
    page.keyboard.type(" And two.")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("Three.")
    is_saved(page)
    assert calls.texts(call) == ["One. And two.", "Three."]


def test_what_is_said_aloud_is_only_what_changes(calls: Calls, enter: Enter) -> None:
    page = enter("Iris Notes", calls.make())
    page.evaluate(LISTEN)
    write(page, "Forty letters and not one is announced.")
    is_saved(page)
    assert page.evaluate("window.heard") == []

    page.context.set_offline(True)
    page.keyboard.type(" Nor these.")
    expect(page.locator("#said")).to_contain_text("Connection lost")
    page.keyboard.type(" Nor these either.")
    assert page.evaluate(FOCUSED) == "words"
    check_accessible(page)
    page.context.set_offline(False)
    is_saved(page)
    expect(page.locator("#said")).to_have_text("Your notes are saved again.")
    assert len(page.evaluate("window.heard")) == 2


def test_roles_and_names(calls: Calls, enter: Enter) -> None:
    page = enter("Iris Notes", calls.make())
    by_role = page.get_by_role
    expect(by_role("textbox", name="New note, I01")).to_be_visible()
    expect(by_role("timer")).to_have_attribute("aria-live", "off")
    expect(page.locator("#said")).to_have_attribute("aria-live", "polite")
    for name in ("Previous prompt", "Next prompt", "Next note"):
        expect(by_role("button", name=name, exact=True)).to_be_visible()
    for name in ("Word for word", "Follow up"):
        expect(by_role("checkbox", name=name)).to_be_visible()
    for name in ("Names", "Strand", "Prompt"):
        expect(by_role("combobox", name=name)).to_be_visible()
    expect(by_role("region", name="Guide")).to_be_visible()
    by_role("button", name="Skipped", exact=True).press("Enter")
    expect(by_role("button", name="Skipped", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#unasked")).to_have_text("1")
    write(page, "Something")
    expect(by_role("textbox", name="Note, 01:0")).to_be_visible()
    check_accessible(page)


def test_a_prompt_is_skipped_and_the_other_interviewer_sees_it(calls: Calls, enter: Enter) -> None:
    call = calls.make()
    iris, zoe = enter("Iris Notes", call), enter("Zoe Types", call)
    iris.get_by_role("button", name="Skipped", exact=True).click()
    is_saved(iris)
    look(zoe)
    expect(zoe.locator("#unasked")).to_have_text("1")
    with calls.app.app_context():
        assert db.session.get_one(PromptState, (call, "I01")).state == "skipped"


def test_words_wait_in_the_browser_until_notes_are_agreed(calls: Calls, enter: Enter) -> None:
    call = calls.make(consent=False)
    page = enter("Iris Notes", call)
    write(page, "She says.")
    expect(page.locator("#trouble")).to_contain_text("Notes are not agreed")
    assert calls.texts(call) == []
    check_accessible(page)

    for field in ("consent-notes", "consent-quotes-2", "consent-use_level-2"):
        page.locator(f"#{field}").check()
    page.get_by_role("button", name="Record these answers").press("Enter")
    is_saved(page)

    assert calls.texts(call) == ["She says."]
    assert page.evaluate(FOCUSED) == "consent-summary"
    expect(page.locator("#consent-stands")).to_contain_text("Notes: yes. Quotations: no.")


def test_consent_given_after_a_fault_leaves_no_trace_of_it(calls: Calls, enter: Enter) -> None:
    call = calls.make(consent=False)
    page = enter("Iris Notes", call)
    for field in ("consent-notes", "consent-use_level"):
        page.locator(f"#{field}").check()
    record = page.get_by_role("button", name="Record these answers")
    record.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert page.title().startswith("Error: ")

    page.locator("#consent-quotes").check()
    record.press("Enter")
    is_saved(page)

    assert page.url.endswith(f"/interviews/{call}/live")
    assert page.title().startswith("Notes of the call")
    expect(page.locator(".govuk-error-summary, .live-consent__question--missing")).to_have_count(0)
    check_accessible(page)


def test_words_that_nobody_agreed_to_can_be_deleted(calls: Calls, enter: Enter) -> None:
    call = calls.make(consent=False)
    page = enter("Iris Notes", call)
    write(page, "She says.")
    page.get_by_role("button", name="Delete what only this browser has").press("Enter")
    expect(page.locator("#words")).to_have_value("")
    page.reload()
    expect(page.locator("#words")).to_have_value("")
    assert calls.texts(call) == []


def test_who_is_signed_out_goes_on_typing_and_signs_in_elsewhere(
    calls: Calls, enter: Enter
) -> None:
    call = calls.make()
    page = enter("Iris Notes", call)
    write(page, "Before.")
    is_saved(page)
    page.context.clear_cookies()
    page.keyboard.type(" Meanwhile.")
    expect(page.locator("#trouble")).to_contain_text("You have been signed out")
    assert page.get_by_role("link", name="Sign in (opens in a new tab)").get_attribute("target")
    check_accessible(page)

    calls.sign_in(page, "Zoe Types")
    look(page)
    expect(page.locator("#trouble")).to_contain_text("Somebody else")
    page.context.clear_cookies()
    calls.sign_in(page, "Iris Notes")
    look(page)
    is_saved(page)

    assert calls.texts(call) == ["Before. Meanwhile."]


def test_without_scripts_notes_are_saved_by_a_button(calls: Calls, enter: Enter) -> None:
    call = calls.make(consent=False, running=False)
    page = enter("Iris Notes", call, java_script_enabled=False)
    for field in ("consent-notes", "consent-quotes", "consent-use_level"):
        page.locator(f"#{field}").check()
    page.get_by_role("button", name="Record these answers").click()
    page.get_by_role("button", name="Begin the call").click()
    page.get_by_label("New note").fill("Schools ring.")
    page.get_by_label("Follow up").check()
    page.get_by_label("Prompt").select_option("I02")
    page.get_by_role("button", name="Save note").click()

    expect(page.locator("#notes li")).to_contain_text("Schools ring.")
    [note] = calls.notes(call)
    assert (note.text, note.prompt_code, note.follow_up) == ("Schools ring.", "I02", True)
    assert note.second is not None
