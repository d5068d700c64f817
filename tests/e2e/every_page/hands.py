"""Two ways of going through a page: with nothing but keys, or with nothing but what HTML can do."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Locator, Page

HAS_FOCUS = "one => one === document.activeElement"
IS_BESIDE = "one => one.name === document.activeElement.name"
IS_CHOSEN = "(one, words) => one.selectedOptions[0].text === words"


class Hand(Protocol):
    """Somebody who uses a page."""

    page: Page

    def write(self, field: Locator, words: str) -> None:
        """Write into a field, in place of what is there."""

    def choose(self, box: Locator) -> None:
        """Tick a box, or choose one of several."""

    def pick(self, field: Locator, words: str) -> None:
        """Pick from a list."""

    def press(self, button: Locator) -> None:
        """Press a button, or follow a link, to another page."""

    def download(self, button: Locator) -> str:
        """Press a button that hands over a file, and return its name."""

    def send_file(self, field: Locator, file: Path) -> None:
        """Choose a file."""


@dataclass(frozen=True)
class Keyboard:
    """Keys alone: Tab, Space, Enter, arrows and letters."""

    page: Page

    def write(self, field: Locator, words: str) -> None:
        self._reach(field, HAS_FOCUS)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(words)

    def choose(self, box: Locator) -> None:
        is_one_of_several = box.get_attribute("type") == "radio"
        self._reach(box, IS_BESIDE if is_one_of_several else HAS_FOCUS)
        if is_one_of_several:
            for _ in range(20):
                if box.evaluate(HAS_FOCUS):
                    break
                self.page.keyboard.press("ArrowDown")
        if not box.is_checked():
            self.page.keyboard.press("Space")
        assert box.is_checked()

    def pick(self, field: Locator, words: str) -> None:
        self._reach(field, HAS_FOCUS)
        for _ in range(20):
            if field.evaluate(IS_CHOSEN, words):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The arrows never come to {words}.")

    def press(self, button: Locator) -> None:
        self._reach(button, HAS_FOCUS)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def download(self, button: Locator) -> str:
        self._reach(button, HAS_FOCUS)
        with self.page.expect_download() as download:
            self.page.keyboard.press("Enter")
        return download.value.suggested_filename

    def send_file(self, field: Locator, file: Path) -> None:
        with self.page.expect_file_chooser() as chooser:
            # A page is told to hand its choosers over by another way than keys come to it, and a
            # busy one may take the key first. What it is asked meanwhile goes the first way, and
            # is answered only once it has been told.
            self._reach(field, HAS_FOCUS)
            self.page.keyboard.press("Space")
        chooser.value.set_files(file)

    def _reach(self, target: Locator, question: str) -> None:
        for _ in range(400):
            if target.evaluate(question):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never comes to {target}.")


@dataclass(frozen=True)
class Pointer:
    """What a browser can do without scripts."""

    page: Page

    def write(self, field: Locator, words: str) -> None:
        field.fill(words)

    def choose(self, box: Locator) -> None:
        box.check()

    def pick(self, field: Locator, words: str) -> None:
        field.select_option(label=words)

    def press(self, button: Locator) -> None:
        with self.page.expect_navigation():
            button.click()

    def download(self, button: Locator) -> str:
        with self.page.expect_download() as download:
            button.click()
        return download.value.suggested_filename

    def send_file(self, field: Locator, file: Path) -> None:
        field.set_input_files(file)
