"""Repaging: the numbers in the contents of a written document put right, once pages are known."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from docx import Document
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P

from synthesis.word.packing import packed

_PAGE: Final = re.compile(r"PAGEREF (\S+)")


def with_pages(docx: bytes, pages: Sequence[int]) -> bytes:
    """Return a document with these pages in its contents, one for each heading in order.

    Where the pages are not those of the headings, or the numbers are right, it is left as it is.
    """
    document = Document(io.BytesIO(docx))
    paragraphs = list(document.element.body.iter(qn("w:p")))
    headings = [one for one in paragraphs if (one.style or "").startswith("Heading")]
    if len(headings) != len(pages):
        return docx
    found = {
        name: str(page)
        for heading, page in zip(headings, pages, strict=True)
        for name in _bookmarks(heading)
    }
    changed = [_renumber(one, found) for one in paragraphs if (one.style or "").startswith("TOC")]
    return packed(document) if any(changed) else docx


def _bookmarks(heading: CT_P) -> Iterator[str]:
    for mark in heading.iter(qn("w:bookmarkStart")):
        yield str(mark.get(qn("w:name")))


def _renumber(line: CT_P, pages: Mapping[str, str]) -> bool:
    """Put the right page into a line of the contents, and say whether another stood there."""
    told = (_PAGE.search(one.text or "") for one in line.iter(qn("w:instrText")))
    names = [match[1] for match in told if match]
    cached = list(line.iter(qn("w:t")))
    page = pages.get(names[-1]) if names and cached else None
    if page is None or cached[-1].text == page:
        return False
    cached[-1].text = page
    return True
