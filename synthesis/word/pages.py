"""A good guess at the page each heading falls on, for the contents before Word counts pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

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
    Table,
)
from synthesis.word.boxes import BOX_WIDTHS, box_stays_whole
from synthesis.word.metrics import BOLD, LINE, lines
from synthesis.word.package import Layout
from synthesis.word.palette import (
    AFTER_TABLE,
    EMU_PER_TWIP,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    WIDE_TEXT_HEIGHT,
    WIDE_TEXT_WIDTH,
)
from synthesis.word.paragraphs import PARAGRAPH_STYLES
from synthesis.word.pictures import picture_size
from synthesis.word.runs import plain
from synthesis.word.styles import SETTINGS, Style
from synthesis.word.stylesheet import BOX_MARGINS, CELL_MARGINS
from synthesis.word.tables import column_widths, rows_kept, table_stays_whole

_RULE: Final = 10
_ORPHANS: Final = 2


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece that stays whole on a page: its height in twips, and whether the next stays too.

    `before` is the part of the height that is dropped at the top of a page. Between two pieces only
    the larger stands of what one leaves `after` itself and the other before: programs add no two.
    """

    height: float
    keep: bool = False
    anchor: str = ""
    before: float = 0
    after: float = 0


def estimate(blocks: Sequence[Block], turned: Sequence[Layout]) -> dict[str, int]:
    """Guess the page of every heading, table and picture."""
    headings = [block for block in blocks if isinstance(block, Heading)]
    pages: dict[str, int] = {}
    page = 0
    for layout, flow in _flows(blocks, turned):
        wide = layout == "landscape"
        width, room = (WIDE_TEXT_WIDTH, WIDE_TEXT_HEIGHT) if wide else (TEXT_WIDTH, TEXT_HEIGHT)
        strips = list(_flow(flow, headings, width))
        page = fill(strips, room, page + 1, pages)
    return pages


def _flows(
    blocks: Sequence[Block], turned: Sequence[Layout]
) -> Iterator[tuple[Layout, list[Block]]]:
    """Part the blocks wherever a new page is asked for."""
    flow: list[Block] = []
    for place, block in enumerate(blocks):
        if isinstance(block, PageBreak) or (place and turned[place] != turned[place - 1]):
            if flow:
                yield turned[place - 1], flow
            flow = []
        if not isinstance(block, PageBreak):
            flow.append(block)
    if flow:
        yield turned[-1], flow


def _flow(flow: Sequence[Block], headings: Sequence[Heading], width: int) -> Iterator[Strip]:
    """Yield the strips of blocks that follow one another, with the air that tables leave."""
    after_table = False
    for block in flow:
        strips = iter(_strips(block, headings, width))
        first = next(strips, None)
        if first is not None:
            air = max(AFTER_TABLE - first.before, 0) if after_table else 0
            yield replace(first, height=first.height + air, before=first.before + air)
        yield from strips
        after_table = isinstance(block, Table | Box)


def fill(strips: list[Strip], room: int, page: int, pages: dict[str, int]) -> int:
    """Lay the strips down the pages from this one, and say which page is the last."""
    used, after = 0.0, 0.0
    for strip, need in zip(strips, _needs(strips, room), strict=True):
        if used and used + need - min(after, strip.before) > room:
            page, used = page + 1, 0.0
        if strip.anchor:
            pages[strip.anchor] = page
        used += strip.height - (min(after, strip.before) if used else strip.before)
        after = strip.after
        # What is taller than a page runs on; what just fills one does not.
        page, used = page + int(used // (room + 1)), used % (room + 1)
    return page


def _needs(strips: list[Strip], room: int) -> list[float]:
    """Reckon what each strip needs below it, with what must stay on its page."""
    needs: list[float] = []
    below = 0.0
    for strip in reversed(strips):
        below = strip.height + (below if strip.keep else 0.0)
        needs.append(below if below <= room else strip.height)
    return needs[::-1]


def _strips(block: Block, headings: Sequence[Heading], width: int) -> Iterator[Strip]:
    if isinstance(block, Table):
        yield from _table(block)
    elif isinstance(block, Picture):
        _, height = picture_size(block)
        yield _opening("Caption", block.caption, block.anchor)
        yield Strip(height / EMU_PER_TWIP + SETTINGS["Figure"].after)
    elif isinstance(block, Box):
        yield from _box(block)
    elif isinstance(block, Contents):
        yield Strip(_height("TOCHeading", block.title))
        listed = (one for one in headings if one.level <= block.depth)
        yield from (Strip(_height(f"TOC{one.level}", one.text)) for one in listed)
    elif not isinstance(block, PageBreak):
        yield from _worded(block, width)


def _worded(block: Cover | Heading | Paragraph | Bullets | Quote, width: int) -> Iterator[Strip]:
    if isinstance(block, Cover):
        yield Strip(TEXT_HEIGHT)
    elif isinstance(block, Heading):
        yield _opening(f"Heading{block.level}", block.text, block.anchor)
    elif isinstance(block, Bullets):
        for item in block.items:
            yield from _lines("ListBullet", plain(item), width)
    elif isinstance(block, Quote):
        words, source = SETTINGS["Quote"], SETTINGS["QuoteSource"]
        height = _height("Quote", block.words, width)
        yield Strip(height, keep=True, before=words.before, after=words.after)
        yield Strip(_height("QuoteSource", block.attribution, width), after=source.after)
    else:
        yield from _lines(PARAGRAPH_STYLES[block.style], plain(block.runs), width)


def _opening(style: str, text: str, anchor: str) -> Strip:
    """Set a heading or caption, which stays with what follows it."""
    setting = SETTINGS[style]
    height = _height(style, text)
    return Strip(height, keep=True, anchor=anchor, before=setting.before, after=setting.after)


def _lines(style: str, text: str, width: int) -> Iterator[Strip]:
    """Let a paragraph break between its lines, but leave no line alone."""
    setting = SETTINGS[style]
    count = _line_count(setting, text, width)
    before = setting.before
    if count < 2 * _ORPHANS or setting.keep:
        height, keep = _height(style, text, width), setting.keep == "next"
        yield Strip(height, keep=keep, before=before, after=setting.after)
        return
    yield Strip(before + _ORPHANS * _line(setting), before=before)
    yield from (Strip(_line(setting)) for _ in range(count - 2 * _ORPHANS))
    yield Strip(setting.after + _ORPHANS * _line(setting), after=setting.after)


def _table(table: Table) -> Iterator[Strip]:
    size = "Small" if table.small else ""
    margins = CELL_MARGINS[f"ReviewTable{size}"]
    widths = column_widths(table)
    kept = rows_kept(len(table.rows), whole=table_stays_whole(table))
    yield _opening("Caption", table.caption, table.anchor)
    header = [(f"TableHeading{size}", words) for words in table.header]
    yield Strip(_row(header, widths, margins), keep=True)
    for row, stays in zip(table.rows, kept, strict=True):
        cells = [(f"TableText{size}", plain(cell.runs)) for cell in row]
        yield Strip(_row(cells, widths, margins), keep=stays)


def _box(box: Box) -> Iterator[Strip]:
    kept = rows_kept(len(box.fields), whole=box_stays_whole(box))
    title = [("BoxLabel", box.label), ("BoxTitle", box.title)]
    yield Strip(_row(title, BOX_WIDTHS, BOX_MARGINS), keep=True)
    for (label, runs), stays in zip(box.fields, kept, strict=True):
        cells = [("BoxField", label), ("BoxText", plain(runs))]
        yield Strip(_row(cells, BOX_WIDTHS, BOX_MARGINS), keep=stays)


def _row(cells: list[tuple[str, str]], widths: tuple[int, ...], margins: tuple[int, int]) -> float:
    up, across = margins
    tallest = max(
        _height(style, text, width - 2 * across)
        for (style, text), width in zip(cells, widths, strict=True)
    )
    return tallest + 2 * up + _RULE


def _height(style: str, text: str, width: int = TEXT_WIDTH) -> float:
    setting = SETTINGS[style]
    return setting.before + setting.after + _line_count(setting, text, width) * _line(setting)


def _line_count(setting: Style, text: str, width: int = TEXT_WIDTH) -> int:
    # Half-points and twips: a half-point is ten twips.
    size = setting.size * 10 * (BOLD if setting.bold else 1)
    return lines(text, size, width - setting.left - setting.right)


def _line(setting: Style) -> float:
    return setting.size * 10 * LINE * setting.line / 240
