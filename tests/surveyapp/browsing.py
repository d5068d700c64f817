"""A test client that fails a test for a bad page, a GET that changes things or work left undone."""

import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import g
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from surveyapp.guards import SINCE, STRONGLY, WHO
from surveyapp.models import Person

FIELDS = {"input", "select", "textarea"}
UNLABELLED_TYPES = {"hidden", "submit", "button"}
TOKEN = re.compile(r'(csrf_token"[^>]* value=")[^"]+')
# Pages that nothing was wrong with, all but their tokens: tests come by many of them often.
_sound: set[int] = set()


class CheckingClient(FlaskClient):
    """A client that looks at what every request leaves behind, and at every page it returns."""

    session: Session
    # Forms are sent with the token of their page, as browsers do, unless a test forges one.
    forges = False

    def sign_in(self, person: Person, *, strongly: bool | None = None) -> None:
        """Be this person from now on; staff have taken their second step."""
        with self.session_transaction() as kept:
            kept.clear()
            kept.permanent = True
            kept[WHO] = person.id.hex
            kept[STRONGLY] = bool(person.staff_role) if strongly is None else strongly
            kept[SINCE] = int(time.time())

    def sign_out(self) -> None:
        """Be nobody."""
        with self.session_transaction() as kept:
            kept.clear()

    def token(self) -> str:
        """Return a token as a page of this session carries it."""
        with self.session_transaction() as kept:
            raw = kept.setdefault("csrf_token", "a" * 40)
        signer = URLSafeTimedSerializer(self.application.secret_key or "", salt="wtf-csrf-token")
        return str(signer.dumps(raw))

    def post(self, *args: Any, **kwargs: Any) -> TestResponse:
        if not self.forges:
            kwargs["headers"] = {"X-CSRFToken": self.token(), **dict(kwargs.get("headers") or {})}
        return super().post(*args, **kwargs)

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        kwargs.setdefault("buffered", True)  # so that a file that was sent is closed
        # The tests' application context outlives a request, and what it remembers of it must not.
        for name in ("csrf_token", "csrf_valid"):
            g.pop(name, None)
        with watched(self.session) as events:
            response = super().open(*args, **kwargs)
        pending = self.session.new or self.session.dirty or self.session.deleted
        assert not pending, f"The request left {pending} unsaved."
        assert events[-1:] != ["flush"], "The request left work uncommitted."
        if response.request.method in {"GET", "HEAD", "OPTIONS"}:
            assert "flush" not in events, "Reading a page changed something."
        if response.mimetype == "text/html":
            check_page(response.text)
        return response


@contextmanager
def watched(session: Session) -> Iterator[list[str]]:
    """Give a list that fills with what the session does: flush, commit."""
    events: list[str] = []
    listeners = {
        "after_flush": lambda *_: events.append("flush"),
        "after_commit": lambda *_: events.append("commit"),
    }
    for name, listener in listeners.items():
        event.listen(session, name, listener)
    try:
        yield events
    finally:
        for name, listener in listeners.items():
            event.remove(session, name, listener)


@lru_cache(maxsize=8)
def parse(html: str) -> Element:
    """Return a page as a tree; anything a browser would have to guess at is an error.

    It takes longer than to make the page, and a test often asks again for what was checked.
    """
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(html)
    return tree


def check_page(html: str) -> None:
    """Fail for what is wrong on any page: headings, title, ids, labels, inline scripts, styles."""
    page = hash(TOKEN.sub(r"\1", html))
    if page not in _sound:
        _check_tree(parse(html))
        _sound.add(page)


def _check_tree(tree: Element) -> None:
    headings = ["".join(h1.itertext()).strip() for h1 in tree.iter("h1")]
    title = "".join(tree.findtext("head/title", ""))
    assert len(headings) == 1, f"A page has one h1, not {headings}."
    assert title.removeprefix("Error: ").startswith(headings[0]), (
        f"The title {title!r} does not open with the h1."
    )
    ids = Counter(one.get("id") for one in tree.iter() if one.get("id"))
    assert not [name for name, count in ids.items() if count > 1], "An id stands twice."
    labels = {label.get("for") for label in tree.iter("label")}
    for field in (one for one in tree.iter() if one.tag in FIELDS):
        if field.get("type") not in UNLABELLED_TYPES:
            assert field.get("id") in labels, f"A field has no label: {field.attrib}"
    for script in tree.iter("script"):
        assert script.get("src"), "There is an inline script."
    assert not [one.tag for one in tree.iter() if one.get("style")], "There is an inline style."
