"""Going through a Word file in order: every piece of text, and which answer it belongs to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from lxml import etree

from synthesis.word.inspection.package import value, w

NoticeKind = Literal[
    "outside", "unknown", "twice", "gone", "look", "object", "comment", "added", "removed", "list"
]

_COMPATIBILITY: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SPACE: Final = {
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "\u2011",
    w("softHyphen"): "\u00ad",
}
_LOOKS: Final = ("b", "i", "u", "strike", "highlight", "vertAlign")
_OFF: Final = ("0", "false", "off", "none", "baseline")
_OBJECTS: Final = {w(name) for name in ("drawing", "pict", "object", "altChunk", "sym", "tbl")}


@dataclass(frozen=True, slots=True)
class Notice:
    """Something in the file that is no plain answer: what it is, its words, and where it stands.

    `tag` is the answer it stands in, where it stands in one; `near` the words before it.
    """

    kind: NoticeKind
    text: str
    tag: str = ""
    near: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: its paragraph, and the control and bookmark round it."""

    text: str
    paragraph: int
    tag: str = ""
    control: int = 0
    marked: str = ""
    is_placeholder: bool = False
    in_field: bool = False


@dataclass(slots=True)
class Walk:
    """What has been met so far on the way through one part of a file."""

    bookmarks: Mapping[str, str]
    pieces: list[Piece] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    ticks: dict[int, bool] = field(default_factory=dict)
    controls: list[tuple[int, str]] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=lambda: [0])
    last_paragraph: int = 0
    open_controls: list[tuple[str, int, bool]] = field(default_factory=list)
    open_bookmarks: dict[str, str] = field(default_factory=dict)
    fields: int = 0

    @property
    def tag(self) -> str:
        """Give the tag of the innermost control that has one."""
        return next((tag for tag, _, _ in reversed(self.open_controls) if tag), "")

    @property
    def place(self) -> str:
        """Give the answer that we stand in."""
        return self.tag or next(reversed(self.open_bookmarks.values()), "")

    def add(self, text: str) -> None:
        """Keep a stretch of text."""
        tagged = next((one for one in reversed(self.open_controls) if one[0]), ("", 0, False))
        marked = next(reversed(self.open_bookmarks.values()), "")
        self.pieces.append(
            Piece(
                text, self.paragraphs[-1], tagged[0], tagged[1], marked, tagged[2], self.fields > 0
            )
        )

    def tell(self, kind: NoticeKind, text: str, author: str = "") -> None:
        """Keep a notice about the place where we stand."""
        self.notices.append(Notice(kind, text, tag=self.place, author=author))


def walk(root: etree._Element, bookmarks: Mapping[str, str]) -> Walk:
    """Go through one part of a file; `bookmarks` gives the tag that each bookmark stands for."""
    found = Walk(bookmarks)
    events = etree.iterwalk(root, events=("start", "end"))
    for event, node in events:
        if not isinstance(node.tag, str):
            continue
        if event == "end":
            _leave(found, node)
        elif _enter(found, node):
            events.skip_subtree()
    return found


def text_under(node: etree._Element) -> str:
    """Give the words under an element, deleted ones too."""
    names = (w("t"), w("delText"))
    return "\n".join(
        "".join(one.text or "" for one in paragraph.iter(*names))
        for paragraph in (list(node.iter(w("p"))) or [node])
    )


def _enter(found: Walk, node: etree._Element) -> bool:
    """Take note of an element; say whether to pass over what is in it."""
    act = _ON_ENTRY.get(str(node.tag))
    if act is not None:
        return act(found, node)
    if node.tag in _SPACE:
        found.add(_SPACE[str(node.tag)])
    elif node.tag in _OBJECTS:
        _meet_object(found, node)
    return False


def _leave(found: Walk, node: etree._Element) -> None:
    if node.tag == w("p"):
        found.paragraphs.pop()
    elif node.tag == w("sdt"):
        found.open_controls.pop()


def _paragraph(found: Walk, _: etree._Element) -> bool:
    found.last_paragraph += 1
    found.paragraphs.append(found.last_paragraph)
    # An empty line inside an answer is part of it.
    if found.place:
        found.add("")
    return False


def _text(found: Walk, node: etree._Element) -> bool:
    found.add(node.text or "")
    return False


def _tab(found: Walk, node: etree._Element) -> bool:
    parent = node.getparent()
    if parent is not None and parent.tag == w("r"):
        found.add("\t")
    return False


def _control(found: Walk, node: etree._Element) -> bool:
    properties = node.find(w("sdtPr"))
    number = len(found.controls) + 1
    tag = "" if properties is None else value(properties.find(w("tag")))
    showing = None if properties is None else properties.find(w("showingPlcHdr"))
    is_showing = showing is not None and value(showing) not in _OFF
    found.controls.append((number, tag))
    found.open_controls.append((tag, number, is_showing))
    if tag:
        found.add("")
    return False


def _pass_over(*_: object) -> bool:
    return True


def _fallback(_: Walk, node: etree._Element) -> bool:
    """Pass over what repeats a choice for older programs; where there is no choice, read it."""
    parent = node.getparent()
    return parent is not None and parent.find(f"{_COMPATIBILITY}Choice") is not None


def _looks(found: Walk, node: etree._Element) -> bool:
    if found.place and not (found.open_controls and found.open_controls[-1][2]):
        marks = (node.find(w(name)) for name in _LOOKS)
        if any(mark is not None and value(mark) not in _OFF for mark in marks):
            found.tell("look", "")
    return True


def _layout(found: Walk, node: etree._Element) -> bool:
    if found.place and node.find(w("numPr")) is not None:
        found.add("• ")
    return True


def _removed(found: Walk, node: etree._Element) -> bool:
    if text := text_under(node):
        found.tell("removed", text, value(node, "author"))
    return True


def _added(found: Walk, node: etree._Element) -> bool:
    if text := text_under(node):
        found.tell("added", text, value(node, "author"))
    return False


def _field_mark(found: Walk, node: etree._Element) -> bool:
    kind = value(node, "fldCharType")
    found.fields += {"begin": 1, "end": -1}.get(kind, 0)
    return False


def _bookmark(found: Walk, node: etree._Element) -> bool:
    tag = found.bookmarks.get(value(node, "name"))
    if tag is not None:
        found.open_bookmarks[value(node, "id")] = tag
        found.add("")
    return False


def _bookmark_end(found: Walk, node: etree._Element) -> bool:
    found.open_bookmarks.pop(value(node, "id"), None)
    return False


def _meet_object(found: Walk, node: etree._Element) -> None:
    if node.tag == w("tbl"):
        if found.place:
            found.tell("look", "")
    else:
        found.tell("object", "")


_ON_ENTRY: Final[dict[str, Callable[[Walk, etree._Element], bool]]] = {
    w("p"): _paragraph,
    w("t"): _text,
    _MATHS: _text,
    w("tab"): _tab,
    w("sdt"): _control,
    w("sdtPr"): _pass_over,
    f"{_COMPATIBILITY}Fallback": _fallback,
    w("rPr"): _looks,
    w("pPr"): _layout,
    w("del"): _removed,
    w("moveFrom"): _removed,
    w("ins"): _added,
    w("moveTo"): _added,
    w("fldChar"): _field_mark,
    w("bookmarkStart"): _bookmark,
    w("bookmarkEnd"): _bookmark_end,
}
