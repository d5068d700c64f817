"""What a page can be found in: a state says who sees it, where, and what they did to get there."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, Response

from tests.e2e.every_page.site import Site
from tests.e2e.every_page.tabs import Tab

Step = Callable[[Page, Site], None]
NOBODY: Final = "nobody"


@dataclass(frozen=True)
class State:
    """A page in one state; answered_by is the route whose answer it is.

    Where that route takes a form, begins_at is the page that the form is on. Parts are what the
    address has in it, by the names of the site's ids.
    """

    name: str
    who: str
    answered_by: str
    parts: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    begins_at: str = ""
    status: int = 200
    needs_scripts: bool = False

    def __str__(self) -> str:
        """Return what a test is called after."""
        return self.name

    def enter(self, tab: Tab, site: Site) -> Response:
        """Bring a page into this state; return the answer that it shows."""
        if self.who != NOBODY:
            tab.let_in("session", site.cookie(self.who), site.address)
        page = tab.page
        answers: list[Response] = []

        def note(answer: Response) -> None:
            _note(answers, answer, page)

        page.on("response", note)
        page.goto(site.url(self.begins_at or self.answered_by, self.parts))
        for step in self.steps:
            step(page, site)
        page.wait_for_load_state()
        page.remove_listener("response", note)
        return answers[-1]


def _note(answers: list[Response], answer: Response, page: Page) -> None:
    request = answer.request
    if request.is_navigation_request() and request.frame == page.main_frame:
        answers.append(answer)


def press(name: str, role: str = "button") -> Step:
    """Press a button, or follow a link, and wait for the page that it leads to."""

    def do(page: Page, _: Site) -> None:
        with page.expect_navigation():
            page.get_by_role(role, name=name).first.click()

    return do


def write(label: str, words: str) -> Step:
    """Write into the last field with this label."""
    return lambda page, _: page.get_by_label(label).last.fill(words)


def tick(label: str) -> Step:
    """Choose the first box or button with this label."""
    return lambda page, _: page.get_by_label(label).first.check()


def untick_all(page: Page, _: Site) -> None:
    """Take every tick off the page."""
    for box in page.get_by_role("checkbox").all():
        box.uncheck()


def send_file(label: str, name: str) -> Step:
    """Choose one of the site's files."""

    def do(page: Page, site: Site) -> None:
        file: Path = site.files[name]
        page.get_by_label(label).set_input_files(file)

    return do


def open_link(who: str) -> Step:
    """Open a new link of a person."""
    return lambda page, site: page.goto(site.new_link(who)) and None


def visit(address: str) -> Step:
    """Type an address."""
    return lambda page, site: page.goto(site.address + address) and None


def visit_return(name: str, rest: str) -> Step:
    """Type an address within a return."""
    return lambda page, site: page.goto(f"{site.address}/r/{site.parts[name]}/{rest}") and None


def answer(code: str, value: Mapping[str, object]) -> Step:
    """Let an answer of Birch's be this from now on."""
    return lambda _, site: site.answer(code, value)


def rewrite(code: str) -> Step:
    """Let the words of an answer of Birch's change meanwhile."""
    return lambda _, site: site.answer(code, {"text": f"What Dee wrote at {time.time()}."})


def close(*, is_closed: bool) -> Step:
    """Close the survey that closes, or open it."""
    return lambda _, site: site.let_close(is_closed=is_closed)


def again(page: Page, _: Site) -> None:
    """Load the page once more."""
    page.reload()


def lose_session(page: Page, _: Site) -> None:
    """Let the session end while the page is open."""
    # Whatever the page still loads would bring the session back.
    page.wait_for_load_state("networkidle")
    page.context.clear_cookies()


def grow_old(page: Page, _: Site) -> None:
    """Let the token of every form on the page be one of an earlier session."""
    page.evaluate(
        "document.querySelectorAll('[name=csrf_token]').forEach(one => { one.value = 'old'; })"
    )
