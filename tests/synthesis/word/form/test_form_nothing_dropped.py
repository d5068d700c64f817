"""Whatever a program or a person does to a form, every word typed in it comes out somewhere."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import etree

from synthesis.word.form import Field, Form, FormAnswers, read, write
from tests.synthesis.word.form.forms import DOCUMENT, whole, with_parts
from tests.synthesis.word.inspection.planting import packed

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FAR = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    f'xmlns:w="{W}"'
)
WORDS = {"S01.3": "alfa bravo", "Z1.1.a/1": "charlie", "Z1.1.b/1": "2 May 2014", "Z1.1.c/1": "417"}
Change = Callable[[etree._Element], None]


def typed() -> Form:
    """The form with words of its own under every question that takes words."""
    blocks = (
        replace(one, text=WORDS[one.tag]) if isinstance(one, Field) and one.tag in WORDS else one
        for one in whole().blocks
    )
    return replace(whole(), blocks=tuple(blocks))


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def changed(change: Change) -> bytes:
    """The file with its main part changed."""
    with zipfile.ZipFile(io.BytesIO(write(typed()))) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(contents[DOCUMENT])
    change(root)
    return packed(contents | {DOCUMENT: etree.tostring(root)})


def said(found: FormAnswers) -> str:
    answers = (one.text for one in found.answers.values())
    return "\n".join((*answers, *(one.text for one in found.notices)))


def flatten(root: etree._Element) -> None:
    """Leave the words of every control and take the control away, as some programs do."""
    for control in list(root.iter(w("sdt"))):
        content, parent = control.find(w("sdtContent")), control.getparent()
        assert content is not None
        assert parent is not None
        place = parent.index(control)
        for child in reversed(list(content)):
            parent.insert(place, child)
        parent.remove(control)


def forget_bookmarks(root: etree._Element) -> None:
    for name in ("bookmarkStart", "bookmarkEnd"):
        for one in list(root.iter(w(name))):
            parent = one.getparent()
            assert parent is not None
            parent.remove(one)


def flatten_and_forget(root: etree._Element) -> None:
    flatten(root)
    forget_bookmarks(root)


def forget_tags(root: etree._Element) -> None:
    for one in list(root.iter(w("tag"))):
        one.set(w("val"), "")


def wrap(xml: str) -> Change:
    """Put everything in the body inside something else, where the mark `here` stands."""

    def change(root: etree._Element) -> None:
        body = root.find(w("body"))
        assert body is not None
        children = [one for one in body if one.tag != w("sectPr")]
        outer = etree.fromstring(xml)
        inner = next(outer.iter(w("here")))
        holder = inner.getparent()
        assert holder is not None
        holder.remove(inner)
        holder.extend(children)
        body.insert(0, outer)

    return change


def reverse(root: etree._Element) -> None:
    body = root.find(w("body"))
    assert body is not None
    body[:-1] = reversed(body[:-1])


def hide(root: etree._Element) -> None:
    for run in root.iter(w("r")):
        run.insert(0, etree.fromstring(f'<w:rPr xmlns:w="{W}"><w:vanish/></w:rPr>'))


def mark_placeholders(root: etree._Element) -> None:
    """Say of every control that it shows no more than a hint, as a careless program does."""
    for one in root.iter(w("sdtPr")):
        one.append(etree.fromstring(f'<w:showingPlcHdr xmlns:w="{W}"/>'))


TABLE = f"<w:tbl {FAR}><w:tr><w:tc><w:here/></w:tc></w:tr></w:tbl>"
TEXT_BOX = (
    f"<w:p {FAR}><w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:inline><a:graphic>"
    "<a:graphicData><wps:wsp><wps:txbx><w:txbxContent><w:here/></w:txbxContent></wps:txbx>"
    "</wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice></mc:AlternateContent>"
    "</w:r></w:p>"
)
OLD_TEXT_BOX = (
    f"<w:p {FAR}><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:here/></w:txbxContent>"
    "</v:textbox></v:shape></w:pict></w:r></w:p>"
)
ONLY_FALLBACK = (
    f"<w:p {FAR}><w:r><mc:AlternateContent><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
    "<w:here/></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)
CHANGES: dict[str, Change] = {
    "nothing": lambda _: None,
    "controls flattened": flatten,
    "bookmarks forgotten": forget_bookmarks,
    "tags forgotten": forget_tags,
    "controls and bookmarks gone": flatten_and_forget,
    "hidden": hide,
    "back to front": reverse,
    "said to be hints": mark_placeholders,
    "in a table": wrap(TABLE),
    "in a text box": wrap(TEXT_BOX),
    "in an old text box": wrap(OLD_TEXT_BOX),
    "in a fallback alone": wrap(ONLY_FALLBACK),
    "in a tracked insertion": wrap(f"<w:ins {FAR}><w:here/></w:ins>"),
    "in a tracked move": wrap(f"<w:moveTo {FAR}><w:here/></w:moveTo>"),
    "in a smart tag": wrap(f"<w:smartTag {FAR}><w:here/></w:smartTag>"),
    "in custom markup": wrap(f"<w:customXml {FAR}><w:here/></w:customXml>"),
    "in another control": wrap(
        f"<w:sdt {FAR}><w:sdtPr><w:tag w:val='theirs'/></w:sdtPr>"
        "<w:sdtContent><w:here/></w:sdtContent></w:sdt>"
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_word_comes_out_somewhere(change: Change) -> None:
    found = read(changed(change), whole())

    for words in WORDS.values():
        assert words in said(found)


@pytest.mark.parametrize(
    "kept", ["nothing", "controls flattened", "in a table", "tags forgotten", "back to front"]
)
def test_answers_stay_with_their_questions(kept: str) -> None:
    found = read(changed(CHANGES[kept]), whole())

    assert {tag: found.answers[tag].text for tag in WORDS} == WORDS


def test_a_form_without_any_of_its_boxes_says_so_for_each() -> None:
    found = read(changed(flatten_and_forget), whole())

    gone = {one.tag for one in found.notices if one.kind == "gone"}
    assert gone >= WORDS.keys()
    assert found.answers == {}


def test_a_picture_in_an_answer_is_told_where_it_was() -> None:
    def add(root: etree._Element) -> None:
        control = next(one for one in root.iter(w("sdt")) if "alfa" in "".join(one.itertext()))
        content = control.find(w("sdtContent"))
        assert content is not None
        content.append(etree.fromstring(f'<w:r xmlns:w="{W}"><w:drawing/></w:r>'))

    found = read(changed(add), whole())

    assert [(one.kind, one.tag) for one in found.notices] == [("object", "S01.3")]
    assert found.answers["S01.3"].text == WORDS["S01.3"]


def test_a_pasted_table_gives_its_words_and_says_that_its_look_is_lost() -> None:
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{one}</w:t></w:r></w:p></w:tc>" for one in ("x1", "y2"))

    def add(root: etree._Element) -> None:
        control = next(one for one in root.iter(w("sdt")) if "alfa" in "".join(one.itertext()))
        content = control.find(w("sdtContent"))
        assert content is not None
        content.append(etree.fromstring(f'<w:tbl xmlns:w="{W}"><w:tr>{cells}</w:tr></w:tbl>'))

    found = read(changed(add), whole())

    assert {"alfa bravo", "x1", "y2"} <= set(found.answers["S01.3"].text.split("\n"))
    assert ("look", "S01.3") in [(one.kind, one.tag) for one in found.notices]


def test_a_foreign_file_brought_in_whole_is_told() -> None:
    def add(root: etree._Element) -> None:
        body = root.find(w("body"))
        assert body is not None
        body.insert(3, etree.fromstring(f'<w:altChunk xmlns:w="{W}"/>'))

    assert [one.kind for one in read(changed(add), whole()).notices] == ["object"]


@pytest.mark.parametrize("part", ["footnotes", "endnotes", "header9", "footer9"])
def test_words_in_notes_and_margins_come_out(part: str) -> None:
    root = {"header9": "hdr", "footer9": "ftr"}.get(part, part)
    note = "<w:p><w:r><w:t>delta echo</w:t></w:r></w:p>"
    inside = f'<w:{part[:-1]} w:id="2">{note}</w:{part[:-1]}>' if root == part else note
    xml = f'<w:{root} xmlns:w="{W}">{inside}</w:{root}>'
    docx = with_parts(write(typed()), **{f"word__{part}": xml.encode()})

    assert "delta echo" in said(read(docx, whole()))
