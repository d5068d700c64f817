"""A test client that fails a test for a bad page, a GET that changes things or work left undone."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

FIELDS = {"input", "select", "textarea"}
UNLABELLED_TYPES = {"hidden", "submit", "button"}


class CheckingClient(FlaskClient):
    """A client that looks at what every request leaves behind, and at every page it returns."""

    session: Session

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        kwargs.setdefault("buffered", True)  # so that a file that was sent is closed
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


def parse(html: str) -> Element:
    """Return a page as a tree; anything a browser would have to guess at is an error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(html)
    return tree


def check_page(html: str) -> None:
    """Fail for what is wrong on any page: headings, title, ids, labels, inline scripts, styles."""
    tree = parse(html)
    headings = ["".join(h1.itertext()).strip() for h1 in tree.iter("h1")]
    title = "".join(tree.findtext("head/title", ""))
    assert len(headings) == 1, f"A page has one h1, not {headings}."
    assert title.startswith(headings[0]), f"The title {title!r} does not open with the h1."
    ids = Counter(one.get("id") for one in tree.iter() if one.get("id"))
    assert not [name for name, count in ids.items() if count > 1], "An id stands twice."
    labels = {label.get("for") for label in tree.iter("label")}
    for field in (one for one in tree.iter() if one.tag in FIELDS):
        if field.get("type") not in UNLABELLED_TYPES:
            assert field.get("id") in labels, f"A field has no label: {field.attrib}"
    for script in tree.iter("script"):
        assert script.get("src"), "There is an inline script."
    assert not [one.tag for one in tree.iter() if one.get("style")], "There is an inline style."
