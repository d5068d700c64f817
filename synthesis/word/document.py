"""The whole review written as a Word document."""

import io
from collections.abc import Mapping

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.parts.image import ImagePart

from synthesis.review.blocks import (
    Block,
    Box,
    Bullets,
    Contents,
    Cover,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    Review,
    Table,
)
from synthesis.word.anchors import bookmarks
from synthesis.word.boxes import render_box
from synthesis.word.comments import annotate
from synthesis.word.contents import render_contents
from synthesis.word.draft import Draft
from synthesis.word.flow import NEW_PAGE, layouts, section_end, settle
from synthesis.word.package import Layout, package, section
from synthesis.word.packing import packed
from synthesis.word.pages import estimate
from synthesis.word.paragraphs import (
    render_bullets,
    render_cover,
    render_heading,
    render_paragraph,
    render_quote,
)
from synthesis.word.pictures import render_picture
from synthesis.word.refusals import refuse_unsound
from synthesis.word.tables import render_table


def write(
    review: Review,
    *,
    page_numbers: Mapping[str, int] | None = None,
    remarks: Mapping[str, str] | None = None,
) -> bytes:
    """Write a review as the bytes of a .docx file: the same review, the same bytes.

    `page_numbers` gives the page of each anchor for the contents; without it they are guessed.
    `remarks` become comments on words as they are printed.
    """
    names = bookmarks(review)
    refuse_unsound(review, names)
    turned = layouts(review.blocks)
    headings = tuple(block for block in review.blocks if isinstance(block, Heading))
    guessed = estimate(review.blocks, turned)
    draft = Draft(names, {**guessed, **(page_numbers or {})}, headings)
    document = Document(io.BytesIO(package(review, _render(review, turned, draft))))
    settle(document)
    _relate(document, draft)
    if remarks:
        annotate(document, remarks, review.author or "Review")
    return packed(document)


def _render(review: Review, turned: list[Layout], draft: Draft) -> str:
    """Write every block, with a mark wherever the page turns."""
    pieces: list[str] = []
    for place, block in enumerate(review.blocks):
        if place and turned[place] != turned[place - 1]:
            pieces.append(section_end(turned[place - 1]))
        pieces.append(_render_block(block, draft))
    last: Layout = turned[-1] if turned else "portrait"
    return "".join(pieces) + section(last)


def _render_block(block: Block, draft: Draft) -> str:
    if isinstance(block, Table):
        return render_table(block, draft)
    if isinstance(block, Picture):
        return render_picture(block, draft)
    if isinstance(block, Box):
        return render_box(block, draft)
    if isinstance(block, Contents):
        return render_contents(block, draft)
    return NEW_PAGE if isinstance(block, PageBreak) else _render_words(block, draft)


def _render_words(block: Cover | Heading | Paragraph | Bullets | Quote, draft: Draft) -> str:
    if isinstance(block, Cover):
        return render_cover(block)
    if isinstance(block, Heading):
        return render_heading(block, draft)
    if isinstance(block, Paragraph):
        return render_paragraph(block, draft)
    if isinstance(block, Bullets):
        return render_bullets(block, draft)
    return render_quote(block, draft)


def _relate(document: WordDocument, draft: Draft) -> None:
    """Add the pictures, and the addresses that links open, under the names the draft gave."""
    part = document.part
    for name, png in draft.pictures.items():
        image = ImagePart(PackURI(f"/word/media/{name}.png"), CONTENT_TYPE.PNG, png)
        part.load_rel(RELATIONSHIP_TYPE.IMAGE, image, name)
    for url, name in draft.links.items():
        part.load_rel(RELATIONSHIP_TYPE.HYPERLINK, url, name, is_external=True)
