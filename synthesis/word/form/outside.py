"""Words that stand outside the fields of a form and were not written there by us."""

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from lxml import etree

from synthesis.word.form.walking import Notice, Piece, Walk, text_under, walk
from synthesis.word.inspection.package import value, w

_MARGINS: Final = (w("hdr"), w("ftr"))
_NOTES: Final = (w("footnotes"), w("endnotes"))


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Words outside our fields: the foreign tag they are under, and whether a field is beside."""

    text: str
    tag: str
    has_field: bool


def strays(found: Walk, written: Walk, tags: Set[str], headings: Set[str]) -> Iterator[Notice]:
    """Give every paragraph, or the part of one, that was not written by us, and its heading."""
    waiting = Counter(one.text for one in _paragraphs(written, tags))
    near = ""
    for one in _paragraphs(found, tags):
        text = one.text
        if one.tag:
            yield Notice("unknown", text, tag=one.tag, near=near)
        elif waiting[text]:
            waiting[text] -= 1
            # An option may be called as a section is.
            near = text if text in headings and not one.has_field else near
        else:
            start = _start(text, waiting)
            waiting[start] -= 1
            near = start if start in headings else near
            yield Notice("outside", text[len(start) :].strip(), near=near)


def other_stories(
    parts: Mapping[str, etree._Element], own: Mapping[str, etree._Element]
) -> Iterator[Notice]:
    """Give the comments, the notes, and what was typed in the margins."""
    written = {text for root in own.values() if root.tag in _MARGINS for text in _margin(root)}
    for root in parts.values():
        if root.tag in _MARGINS:
            typed = (text for text in _margin(root) if text not in written)
            yield from (Notice("outside", text) for text in typed)
        elif root.tag in _NOTES:
            yield from (Notice("outside", text) for text in _margin(root))
        elif root.tag == w("comments"):
            for comment in root.iter(w("comment")):
                yield Notice("comment", text_under(comment), author=value(comment, "author"))


def _paragraphs(found: Walk, tags: Set[str]) -> Iterator[_Paragraph]:
    """Give the words of every paragraph outside our fields, and the foreign tag they are under."""
    held = {tag for _, tag in found.controls}
    filled = {piece.paragraph for piece in found.pieces if _is_answer(piece, tags, held)}
    loose = [piece for piece in found.pieces if not _is_answer(piece, tags, held)]
    for _, run in groupby(loose, key=lambda piece: (piece.paragraph, piece.tag)):
        pieces = list(run)
        text = " ".join("".join(piece.text for piece in pieces).split())
        if text:
            yield _Paragraph(text, pieces[0].tag, pieces[0].paragraph in filled)


def _is_answer(piece: Piece, tags: Set[str], held: Set[str]) -> bool:
    """Say whether a piece stands in a field: its control or, where that is gone, its bookmark."""
    if piece.tag:
        return piece.tag in tags
    return bool(piece.marked) and piece.marked not in held


def _start(text: str, waiting: Counter[str]) -> str:
    """Give the words of ours that a paragraph begins with, where somebody typed after them."""
    ours = (one for one, left in waiting.items() if left and text.startswith(f"{one} "))
    return max(ours, key=len, default="")


def _margin(root: etree._Element) -> Iterator[str]:
    """Give the paragraphs of a margin or a note, without the numbers that Word works out."""
    pieces = (piece for piece in walk(root, {}).pieces if not piece.in_field)
    for _, run in groupby(pieces, key=lambda piece: piece.paragraph):
        if text := " ".join("".join(piece.text for piece in run).split()):
            yield text
