"""The boxes that people type into, as they stand on the pages of the gate."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from flask import Flask

from tests.surveyapp.browsing import parse

TYPED = {"text", "search", "email", "tel", "url", ""}


@dataclass(frozen=True)
class Form:
    """A form of a page: where it is sent, its boxes, what it sends as it is, what it offers."""

    endpoint: str
    path: str
    method: str
    has_token: bool
    boxes: tuple[str, ...]
    given: tuple[tuple[str, str], ...]
    offered: tuple[tuple[str, str], ...]

    @property
    def chosen(self) -> dict[str, str]:
        """Return the first that can be chosen wherever nothing is."""
        said = {name for name, value in self.given if value}
        return {name: value for name, value in reversed(self.offered) if name not in said}


def is_box(one: Element) -> bool:
    """Tell whether people type words into a part of a page."""
    if one.tag == "textarea" or one.get("contenteditable") is not None:
        return True
    return one.tag == "input" and one.get("type", "") in TYPED


def forms(app: Flask, page: str, here: str) -> Iterator[Form]:
    """Yield the forms of a page that words can be typed into."""
    tree = parse(page)
    of = {box: form for form in tree.iter("form") for box in form.iter()}
    by_id = {form.get("id"): form for form in tree.iter("form") if form.get("id")}
    found: dict[Element, list[Element]] = {}
    for one in tree.iter():
        owner = by_id.get(one.get("form")) if one.get("form") else of.get(one)
        if is_box(one):
            assert owner is not None, f"A box in no form: {one.attrib} on {here}"
        if owner is not None and one.get("name"):
            found.setdefault(owner, []).append(one)
    for form, fields in found.items():
        boxes = tuple(field.get("name", "") for field in fields if is_box(field))
        if boxes:
            yield _form(app, form, fields, boxes, here)


def _form(
    app: Flask, form: Element, fields: list[Element], boxes: tuple[str, ...], here: str
) -> Form:
    path = form.get("action") or here
    method = form.get("method", "get").upper()
    bare = path.partition("?")[0].partition("#")[0]
    endpoint, _ = app.url_map.bind("127.0.0.1").match(bare, method=method)
    names = {field.get("name") for field in fields}
    given = tuple((one.get("name", ""), value) for one in fields for value in _sent(one))
    offered = tuple((one.get("name", ""), value) for one in fields for value in _offered(one))
    return Form(str(endpoint), path, method, "csrf_token" in names, boxes, given, offered)


def _sent(field: Element) -> Iterator[str]:
    """Yield what a field sends as it stands on the page."""
    kind = field.get("type", "text")
    reads: dict[str, Callable[[Element], Iterator[str]]] = {
        "textarea": lambda one: iter(["".join(one.itertext())]),
        "select": _chosen,
        "button": lambda _: iter(()),
    }
    if field.tag in reads:
        yield from reads[field.tag](field)
    elif kind in {"checkbox", "radio"}:
        if field.get("checked") is not None:
            yield field.get("value", "on")
    elif kind not in {"submit", "file", "button"}:
        yield field.get("value", "")


def _chosen(field: Element) -> Iterator[str]:
    options = list(field.iter("option"))
    chosen = [one for one in options if one.get("selected") is not None] or options[:1]
    yield from (one.get("value", "") for one in chosen)


def _offered(field: Element) -> Iterator[str]:
    """Yield what can be chosen in a field, by a box or by a button that sends the form."""
    if field.tag == "select":
        yield from (value for one in field.iter("option") if (value := one.get("value", "")))
    elif field.tag == "button" or field.get("type") in {"checkbox", "radio"}:
        yield field.get("value", "on")
