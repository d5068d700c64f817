"""Where a reader can jump to: every anchor in a review, and the bookmark Word knows it by."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Final

from synthesis.errors import InputError
from synthesis.review.blocks import Block, Heading, Picture, Review, Table

_LONGEST: Final = 40
_LEGAL: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")


def bookmarks(review: Review) -> dict[str, str]:
    """Name a bookmark for every anchor, or say which anchor is given twice."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for anchor in anchors(review.blocks):
        if anchor in names:
            raise InputError("Review", f"Two places are called '{anchor}'.", "Rename one of them.")
        names[anchor] = _name(anchor, taken)
        taken.add(names[anchor].casefold())
    return names


def anchors(blocks: Iterable[Block]) -> Iterator[str]:
    """List the anchors of headings, tables, pictures and table cells, in order."""
    for block in blocks:
        if isinstance(block, Heading | Table | Picture) and block.anchor:
            yield block.anchor
        if isinstance(block, Table):
            yield from (cell.anchor for row in block.rows for cell in row if cell.anchor)


def _name(anchor: str, taken: set[str]) -> str:
    """Keep a legal anchor as it is; tell others apart by a short digest.

    Word takes letters, digits and underscores, 40 at most, and does not mind capitals.
    """
    if _LEGAL.fullmatch(anchor) and anchor.casefold() not in taken:
        return anchor
    digest = hashlib.blake2b(anchor.encode("utf-8", "replace"), digest_size=6).hexdigest()
    plain = re.sub(r"[^A-Za-z0-9]+", "_", anchor).strip("_")
    return f"_{plain[: _LONGEST - len(digest) - 2]}_{digest}"
