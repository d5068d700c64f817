"""A telephone interview replayed in a real browser, on a line and a server that fail.

Forty-five minutes of typing, key by key and without the silences between. The network is cut five
times, the server is killed twice and the tab is closed once, with words in it that nobody has.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from sqlalchemy import select

from surveyapp.models import Interview
from tests.e2e.waiting import until
from tests.service.serving import Service, service
from tests.surveyapp.building import load_tiny, submission_of
from tests.surveyapp.interview.calling import agreed, arranged
from tests.surveyapp.respond.filling import signed_in

pytestmark = [pytest.mark.replay, pytest.mark.allow_hosts(["127.0.0.1"])]
NOTES = 72
PATIENCE = 30_000
# What is left in the browser for the service to be told.
WAITING = "Object.keys(localStorage).filter((one) => one.includes(':note:')).length"
SAID = (
    "Schools ring one number now, and it is answered before noon.",
    "Health visitors still write letters: about one in six.",
    "“Nobody counts the families who ring once and never again”, as she put it.",
    "The panel meets on Tuesdays; step-down takes two to three weeks.",
    "Audit: twelve cases a month, graded by two people (1 to 4).",
    "Under-twos are found late, mostly through housing.",
    "They will send the threshold document & the audit tool.",
    "Two things stand in the way:\n- nobody to answer at night\n- two systems",
    "Waiting lists: 41 families in May, 29 in June, 30 now.",
)
# What goes wrong in which note.
HAPPENINGS: Mapping[int, str] = {
    6: "cut",
    14: "kill",
    20: "cut",
    29: "close while cut",
    38: "cut",
    46: "kill",
    55: "cut",
    60: "cut",
}


@dataclass
class Typist:
    """An interviewer at the live screen, who goes on typing whatever happens."""

    context: BrowserContext
    served: Service
    address: str
    chance: random.Random
    page: Page = field(init=False, repr=False)

    def open(self) -> None:
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.goto(self.address)
        self.words.click()
        self.page.keyboard.press("Control+End")

    @property
    def words(self) -> Locator:
        return self.page.locator("#words")

    def note(self, text: str, happening: str) -> None:
        """Type a note, with something going wrong on its way, and finish it."""
        happens = {"cut": self.cut, "kill": self.kill, "close while cut": self.close}
        first, rest = text[: len(text) // 3], text[len(text) // 3 :]
        self.page.keyboard.type(first)
        if happening:
            happens[happening](rest)
        else:
            self.page.keyboard.type(rest)
        self.page.keyboard.press("Control+Enter")
        if self.chance.random() < 0.2:
            self.page.keyboard.press("Alt+ArrowDown")
        self.page.wait_for_timeout(self.chance.choice((0, 20, 150)))

    def cut(self, rest: str) -> None:
        self.context.set_offline(True)
        self.page.keyboard.type(rest[:20])
        expect(self.page.locator("#said")).to_contain_text("Connection lost", timeout=PATIENCE)
        self.page.keyboard.type(rest[20:])
        self.context.set_offline(False)

    def kill(self, rest: str) -> None:
        self.served.kill()
        self.page.keyboard.type(rest[:30])
        expect(self.page.locator("#saving")).to_have_text("Kept in this browser", timeout=PATIENCE)
        self.served.start()
        self.page.keyboard.type(rest[30:])

    def close(self, rest: str) -> None:
        self.context.set_offline(True)
        self.page.keyboard.type(rest[:25])
        typed = self.words.input_value()
        self.page.close()
        self.context.set_offline(False)
        self.open()
        assert self.words.input_value() == typed
        self.page.keyboard.type(rest[25:])

    def finish(self) -> None:
        """Wait until the service has everything."""
        until(self.page, f"{WAITING} === 0")
        expect(self.page.locator("#saving")).to_have_text("Saved", timeout=PATIENCE)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Service]:
    """The service with a call that is about to begin, not yet started."""
    with service(tmp_path, "") as found:
        with found.sessions()() as session:
            load_tiny(session)
            agreed(session, arranged(session, submission_of(session, "Birch")))
            session.commit()
        yield found


@pytest.fixture
def typist(served: Service, browser: Browser) -> Typist:
    """The interviewer, with the screen before them and the clock running."""
    served.start()
    with served.sessions()() as session:
        birch = submission_of(session, "Birch")
        call = session.scalars(select(Interview).where(Interview.submission_id == birch.id)).one()
        cookie = signed_in(served.app, call.interviewer, strongly=True)
        address = f"{served.url}/interviews/{call.id}/live"
    with served.app.app_context():
        signer = served.app.session_interface.get_signing_serializer(served.app)
    context = browser.new_context()
    context.add_cookies(
        [{"name": "session", "value": str(signer.dumps(cookie)), "url": served.url}]
    )
    return Typist(context, served, address, random.Random(7))  # noqa: S311 - chance, no secret


def script(chance: random.Random, count: int) -> list[str]:
    """Return what is typed: notes that are all different, as long as people type in a call."""
    return [f"{number}. {' '.join(chance.sample(SAID, 2))}" for number in range(1, count + 1)]


def record(served: Service) -> Sequence[str]:
    """Return the notes of the call as its record has them, in their order."""
    with served.sessions()() as session:
        birch = submission_of(session, "Birch")
        call = session.scalars(select(Interview).where(Interview.submission_id == birch.id)).one()
        return [note.text for note in call.notes]


def test_every_character_typed_is_in_the_record_in_order(typist: Typist, served: Service) -> None:
    said = script(typist.chance, NOTES)
    assert 8_000 < len("".join(said)) < 12_000
    typist.open()
    typist.page.get_by_role("button", name="Begin the call").press("Enter")

    for number, text in enumerate(said):
        typist.note(text, HAPPENINGS.get(number, ""))
    typist.finish()

    assert record(served) == said


def test_without_what_the_browser_keeps_words_would_be_missed(
    typist: Typist, served: Service
) -> None:
    """The replay can fail: it does where the browser refuses to keep anything."""
    refuse = "Storage.prototype.setItem = () => { throw new Error('refused'); }"
    typist.context.add_init_script(refuse)
    typist.open()
    typist.page.get_by_role("button", name="Begin the call").press("Enter")

    with pytest.raises(AssertionError):
        typist.note("Schools ring one number now, and it is answered.", "close while cut")
