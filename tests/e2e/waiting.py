"""Waiting until something is so on a page that forbids scripts made of strings."""

import time

from playwright.sync_api import Page

PATIENCE = 30


def until(page: Page, expression: str) -> None:
    """Wait until an expression holds; asked from outside, as the page's policy lets nobody in."""
    end = time.monotonic() + PATIENCE
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"It never came about that {expression}."
        page.wait_for_timeout(50)
