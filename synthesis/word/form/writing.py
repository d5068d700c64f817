"""A form written as a Word file: the same form, the same bytes."""

import io
import zipfile
from collections.abc import Iterator
from itertools import count
from typing import Final

from synthesis.review.blocks import Review
from synthesis.word.fields import bookmark, jump
from synthesis.word.form.blocks import Field, Form, Heading, Words
from synthesis.word.form.controls import control, tick_box
from synthesis.word.markup import paragraph, run
from synthesis.word.package import EPOCH, package, section

REFERENCE: Final = "Form reference"
"""The name of the property that carries a form's reference."""

_STYLES: Final = {
    "body": "BodyText",
    "hint": "FormHint",
    "entry": "FormEntry",
    "label": "FormLabel",
}
_TOP: Final = '<w:spacing w:before="0"/>'
_APART: Final = '<w:spacing w:before="300"/>'
_NEW_PAGE: Final = f"<w:pageBreakBefore/>{_TOP}"
_LINK: Final = '<w:rStyle w:val="Hyperlink"/>'
_TAB: Final = "<w:r><w:tab/></w:r>"
_NARROW: Final = run("\u2002")
_GAP: Final = run("\u2003\u2003")


def write(form: Form) -> bytes:
    """Write a form as the bytes of a .docx file."""
    body = "".join((*_opening(form), *_blocks(form), section("portrait")))
    told = Review(form.title, form.subtitle or form.title, form.author, form.version, ())
    properties = {REFERENCE: form.reference} if form.reference else {}
    return _compressed(package(told, body, properties))


def _opening(form: Form) -> Iterator[str]:
    yield paragraph("Title", run(form.title), _TOP)
    if form.subtitle:
        yield paragraph("Subtitle", run(form.subtitle))
    for place, words in enumerate(form.introduction):
        yield paragraph("BodyText", run(words), "" if place else _APART)
    headings = _sections(form)
    if headings:
        yield paragraph("FormLabel", run("Sections"))
    for place, heading in enumerate(headings):
        yield paragraph("ListBullet", jump(_anchor(place), run(heading.text, _LINK)))


def _blocks(form: Form) -> Iterator[str]:
    numbers = count(len(_sections(form)) + 1)
    sections = count()
    for block in form.blocks:
        if isinstance(block, Heading):
            yield _heading(block, sections)
        elif isinstance(block, Words):
            yield paragraph(_STYLES[block.style], run(block.text))
        else:
            yield from _field(block, numbers)


def _heading(heading: Heading, sections: "count[int]") -> str:
    if heading.level == 2:
        return paragraph("Heading2", run(heading.text))
    place = next(sections)
    words = bookmark(place + 1, _anchor(place), run(heading.text))
    return paragraph("Heading1", words, _NEW_PAGE)


def _field(field: Field, numbers: "count[int]") -> Iterator[str]:
    if field.caption:
        yield paragraph("FormLabel", run(field.caption))
    if field.hint:
        yield paragraph("FormHint", run(field.hint))
    if field.kind == "choices":
        boxes = [(tick_box(field, one, next(numbers)), run(one.text)) for one in field.options]
        if field.inline:
            yield paragraph("FormOption", _GAP.join(f"{box}{_NARROW}{it}" for box, it in boxes))
        else:
            yield from (paragraph("FormOption", f"{box}{_TAB}{it}") for box, it in boxes)
    else:
        yield paragraph("FormAnswer", control(field, next(numbers)))


def _sections(form: Form) -> list[Heading]:
    return [one for one in form.blocks if isinstance(one, Heading) and one.level == 1]


def _anchor(place: int) -> str:
    return f"section_{place + 1}"


def _compressed(docx: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            dated = zipfile.ZipInfo(entry.filename, EPOCH)
            dated.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(dated, old.read(entry))
    return stream.getvalue()
