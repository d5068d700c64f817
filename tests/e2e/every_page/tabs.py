"""A browser's tab, used by one person after the other: starting one anew for each takes longest."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, CDPSession, ConsoleMessage, Error, Page

WIDE = (1280, 1024)


@dataclass(frozen=True)
class Tab:
    """A page of a browser of its own, and the devtools by which it is zoomed."""

    page: Page
    devtools: CDPSession

    def zoom(self, size: tuple[int, int], scale: int) -> None:
        """Show the page at a size, a pixel of it being so many of the screen."""
        width, height = size
        told = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": False}
        self.devtools.send("Emulation.setDeviceMetricsOverride", told)

    def let_in(self, name: str, value: str, address: str) -> None:
        """Give the browser a cookie."""
        self.page.context.add_cookies([{"name": name, "value": value, "url": address}])

    @contextmanager
    def listening(self, address: str) -> Iterator[list[str]]:
        """Give a list that fills with what is complained of: by pages, and of a site's files."""
        complaints: list[str] = []

        def hear(message: ConsoleMessage) -> None:
            # That a page itself answers with an error is for its state to say.
            asked, words = message.location["url"], message.text
            # A browser asks for the icon again at another size, in a state without a line too.
            is_icon = asked.endswith("/icon.svg") and "ERR_INTERNET_DISCONNECTED" in words
            if asked.startswith(f"{address}/static") and not is_icon:
                complaints.append(f"{asked}: {words}")

        def hear_error(error: Error) -> None:
            complaints.append(str(error))

        self.page.on("console", hear)
        self.page.on("pageerror", hear_error)
        yield complaints
        self.page.remove_listener("console", hear)
        self.page.remove_listener("pageerror", hear_error)

    def empty(self, address: str) -> None:
        """Leave the page, and forget all that a site has kept in this browser."""
        page = self.page
        # A page saves as it is left: from here that would reach the service in the next state.
        page.context.set_offline(True)
        page.evaluate("try { sessionStorage.clear(); } catch { /* no page of the service */ }")
        page.goto("about:blank")
        page.context.clear_cookies()
        told = {"origin": address, "storageTypes": "all"}
        self.devtools.send("Storage.clearDataForOrigin", told)
        page.context.set_offline(False)
        self.zoom(WIDE, 1)


@dataclass
class Tabs:
    """The tabs that are free, by whether they run scripts."""

    browser: Browser
    free: dict[bool, Tab] = field(default_factory=dict)

    def take(self, *, runs_scripts: bool) -> Tab:
        """Return an empty tab, the one that was given back or a new one."""
        return self.free.pop(runs_scripts, None) or self._new(runs_scripts=runs_scripts)

    def give_back(self, tab: Tab, address: str, *, runs_scripts: bool) -> None:
        """Take a tab back in which nothing went wrong."""
        tab.empty(address)
        self.free[runs_scripts] = tab

    def _new(self, *, runs_scripts: bool) -> Tab:
        context = self.browser.new_context(java_script_enabled=runs_scripts)
        page = context.new_page()
        page.set_default_timeout(30_000)
        tab = Tab(page, context.new_cdp_session(page))
        tab.zoom(WIDE, 1)
        return tab

    def close(self) -> None:
        """Close what is free."""
        for tab in self.free.values():
            tab.page.context.close()
