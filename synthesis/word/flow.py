"""How blocks follow one another down the pages: where pages turn, begin, and stand apart."""

from collections.abc import Sequence
from typing import Final, cast, get_args

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.section import CT_SectPr
from docx.oxml.table import CT_Tbl
from docx.oxml.text.paragraph import CT_P
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt, Twips
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree

from synthesis.review.blocks import Block, Cover, Heading, PageBreak, Paragraph, Table
from synthesis.word.markup import NAMESPACES, paragraph
from synthesis.word.package import Layout, section
from synthesis.word.palette import AFTER_TABLE
from synthesis.word.runs import letters as count_letters

NEW_PAGE: Final = "<?page?>"
"""Marks, while a review is put together, that what follows starts a new page."""

_SHORT_TEXT: Final = 900
_AFTER_TABLE: Final = Twips(AFTER_TABLE)
_GAP: Final = f'<w:spacing w:before="{AFTER_TABLE}"/>'
_NEW_PAGE: Final = "<w:pageBreakBefore/>"
# These leave room above themselves already.
_ROOMY: Final = ("Heading1", "Heading2", "Heading3", "Caption")
# The words that lead in to a list stay with its first point.
_LISTS: Final = ("ListBullet", "ListNumber")
_SECTIONS: Final = {layout: section(layout) for layout in get_args(Layout)}


def section_end(layout: Layout) -> str:
    """Mark, while a review is put together, the end of a section of this layout."""
    return f"<?section {layout}?>"


def layouts(blocks: Sequence[Block]) -> list[Layout]:
    """Say for each block which way its page lies.

    A wide table takes the headings and the few words just before it onto its own page, and the
    note just after it, so that no page is left with a heading alone.
    """
    turned: list[Layout] = ["cover" if isinstance(one, Cover) else "portrait" for one in blocks]
    for place, block in enumerate(blocks):
        if isinstance(block, Table) and block.landscape:
            start = _start_of_wide_pages(blocks, turned, place)
            turned[start : place + 1] = ["landscape"] * (place + 1 - start)
        elif place and turned[place - 1] == "landscape" and _is_note(block):
            turned[place] = "landscape"
    for place in range(len(blocks) - 2, -1, -1):
        if isinstance(blocks[place], PageBreak):
            turned[place] = turned[place + 1]
    return turned


def _start_of_wide_pages(blocks: Sequence[Block], turned: list[Layout], place: int) -> int:
    start, letters = place, 0
    for before in range(place - 1, -1, -1):
        block = blocks[before]
        if turned[before] == "landscape":
            return before + 1
        if isinstance(block, Heading):
            start = before
            continue
        letters += count_letters(block.runs) if isinstance(block, Paragraph) else _SHORT_TEXT
        if start != place or letters >= _SHORT_TEXT:
            return start
    return start


def _is_note(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style == "note"


def settle(document: Document) -> None:
    """Turn the marks between blocks into pages and sections, and set tables apart."""
    # A document, like a section, starts on a new page without being asked.
    starts, previous = "section", None
    for node in list(document.element.body):
        if isinstance(node, etree._ProcessingInstruction):
            starts = _obey(node, previous, starts)
            document.element.body.remove(node)
        elif not isinstance(node, CT_SectPr):
            _begin(node, previous, starts, document)
            starts, previous = "", node
    if isinstance(previous, CT_Tbl):
        previous.addnext(_spacer())


def _obey(mark: etree._ProcessingInstruction, previous: BaseOxmlElement | None, starts: str) -> str:
    if mark.target == "page":
        return starts or "page"
    # A section with nothing in it would be an empty page.
    if previous is not None and starts != "section":
        _last_paragraph(previous).set_sectPr(_section_end(_SECTIONS[mark.text or ""]))
    return "section"


def _last_paragraph(previous: BaseOxmlElement) -> CT_P:
    """Find where to hang a section's end: on the last paragraph, or on a spacer."""
    if isinstance(previous, CT_P):
        return previous
    spacer = _spacer()
    previous.addnext(spacer)
    return spacer


def _begin(
    node: BaseOxmlElement, previous: BaseOxmlElement | None, starts: str, document: Document
) -> None:
    """Start the page that was asked for, and leave air between a table and what follows it."""
    after_table = isinstance(previous, CT_Tbl) and not starts
    if isinstance(node, CT_Tbl):
        if starts == "page" or after_table:
            node.addprevious(_spacer(_NEW_PAGE if starts else _GAP))
        return
    first = cast(CT_P, next(node.iter(qn("w:p"))))
    layout = WordParagraph(first, document).paragraph_format
    if starts == "page":
        layout.page_break_before = True
    if starts and first.style != "Title":
        layout.space_before = Pt(0)
    if first.style in _LISTS and isinstance(previous, CT_P) and previous.style == "BodyText":
        WordParagraph(previous, document).paragraph_format.keep_with_next = True
    if after_table and first.style not in _ROOMY:
        layout.space_before = _AFTER_TABLE


def _spacer(properties: str = "") -> CT_P:
    """Make the thin paragraph that Word needs between tables and after the last one."""
    return cast(CT_P, _parsed(paragraph("Spacer", "", properties)))


def _section_end(properties: str) -> CT_SectPr:
    return cast(CT_SectPr, _parsed(properties))


def _parsed(xml: str) -> BaseOxmlElement:
    return cast(BaseOxmlElement, parse_xml(f"<w:body {NAMESPACES}>{xml}</w:body>")[0])
