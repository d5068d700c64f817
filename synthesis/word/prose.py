"""A Word file that somebody else wrote, read as paragraphs: its words in order, and nothing else.

Tables are read cell by cell, lists with their bullets, tracked changes as if accepted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from synthesis.word.form.archive import Archive, open_archive
from synthesis.word.form.walking import text_under, walk
from synthesis.word.inspection.package import value, w

_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CHOICE: Final = _FALLBACK.replace("Fallback", "Choice")
_BESIDE: Final = {w("footnotes"): "Footnote", w("endnotes"): "Endnote", w("comments"): "Comment"}


@dataclass(frozen=True, slots=True)
class Lines:
    """One paragraph: its words, whether it is a heading, and where it stands beside the text."""

    text: str
    is_heading: bool = False
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """The paragraphs of a file in order, and how many things in it could not be read as words."""

    lines: tuple[Lines, ...]
    objects: int = 0
    removed: int = 0


def read(docx: bytes) -> Prose:
    """Read a file's paragraphs; InputError where it cannot be read."""
    archive = open_archive(docx)
    root = archive.parts[archive.main]
    headings = _headings(root)
    found = walk(root, {})
    lines = [
        Lines(text, number in headings)
        for number, text in _paragraphs((one.paragraph, one.text) for one in found.pieces)
    ]
    kinds = [one.kind for one in found.notices]
    return Prose((*lines, *_beside(archive)), kinds.count("object"), kinds.count("removed"))


def _paragraphs(pieces: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Join the pieces of every paragraph that says something.

    A text box stands within a paragraph, which goes on after it.
    """
    texts: dict[int, list[str]] = {}
    for number, text in pieces:
        texts.setdefault(number, []).append(text)
    for number, parts in texts.items():
        if text := "".join(parts).strip():
            yield number, text


def _headings(root: etree._Element) -> frozenset[int]:
    """Return the places of the headings among the paragraphs, as they are walked through."""
    found = [one for one in root.iter(w("p")) if not _is_repeated(one)]
    return frozenset(place for place, one in enumerate(found, start=1) if _is_heading(one))


def _is_repeated(paragraph: etree._Element) -> bool:
    """Say whether a paragraph only says again, for older programs, what stands before it."""
    return any(
        (outer := fallback.getparent()) is not None and outer.find(_CHOICE) is not None
        for fallback in paragraph.iterancestors(_FALLBACK)
    )


def _is_heading(paragraph: etree._Element) -> bool:
    style = value(paragraph.find(f"{w('pPr')}/{w('pStyle')}")).casefold()
    return style.startswith("heading") or style in ("title", "subtitle")


def _beside(archive: Archive) -> Iterator[Lines]:
    """Give the words of notes and comments, which stand beside the text."""
    for root in archive.parts.values():
        name = _BESIDE.get(str(root.tag))
        for one in root if name else ():
            text = text_under(one).strip()
            author = value(one, "author")
            if text:
                yield Lines(text, beside=f"{name} by {author}" if author else str(name))
