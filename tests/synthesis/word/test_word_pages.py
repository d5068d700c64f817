"""The guess at page numbers."""

from synthesis.review.blocks import Block, Cell, Cover, Heading, PageBreak, Paragraph, Table, Text
from synthesis.word.flow import layouts
from synthesis.word.metrics import LINE, lines
from synthesis.word.pages import Strip, estimate, fill
from synthesis.word.palette import TEXT_HEIGHT
from synthesis.word.styles import SETTINGS

COVER = Cover("Title", "", ())


def pages(*blocks: Block) -> dict[str, int]:
    """Guess the pages of these blocks."""
    return estimate(blocks, layouts(blocks))


def paragraph(words: int) -> Paragraph:
    """Give a paragraph of so many words."""
    return Paragraph((Text("family " * words),))


def test_a_cover_and_a_page_break_each_start_a_page() -> None:
    blocks = (COVER, Heading(1, "One", "a"), PageBreak(), Heading(1, "Two", "b"))

    assert pages(*blocks) == {"a": 2, "b": 3}


def test_words_fill_pages() -> None:
    # At eleven points a page of A4 holds about 450 words.
    blocks = (Heading(1, "One", "a"), *[paragraph(100)] * 20, Heading(1, "Two", "b"))

    assert pages(*blocks) == {"a": 1, "b": 5}


def test_a_heading_at_the_foot_goes_with_what_follows_it() -> None:
    fill = [paragraph(12)] * 38
    alone = [place for place in range(25, 39) if pages(*fill[:place], _heading(), _tall())["h"] > 1]
    words = [
        place for place in range(25, 39) if pages(*fill[:place], _heading(), paragraph(1))["h"] > 1
    ]

    assert len(alone) > len(words)


def test_a_wide_table_turns_the_page_and_back() -> None:
    wide = Table("w", "Wide", "d", ("A",), ((Cell((Text("1"),)),),), landscape=True)

    assert pages(paragraph(5), wide, Heading(1, "After", "h")) == {"w": 2, "h": 3}


def test_a_long_table_runs_over_pages() -> None:
    rows = ((Cell((Text("family"),)),),) * 100
    table = Table("t", "Long", "d", ("A",), rows)

    assert pages(table, Heading(1, "After", "h")) == {"t": 1, "h": 4}


def test_space_above_a_heading_is_dropped_at_the_top_of_a_page() -> None:
    chapter = SETTINGS["Heading1"]
    room = chapter.size * 10 * LINE * chapter.line / 240 + chapter.after
    strips = [
        Strip(room + chapter.before, keep=True, before=chapter.before),
        Strip(TEXT_HEIGHT - room),
        Strip(1, anchor="h"),
    ]

    # The first two fill the page to the last twip, so the third starts the next.
    assert _page_of_last(strips) == 2
    assert _page_of_last([*strips[:1], Strip(TEXT_HEIGHT - room - 1), *strips[2:]]) == 1


def test_lines_are_counted_as_they_break() -> None:
    assert lines("", 10, 100) == 1
    assert lines("one\ntwo", 10, 100) == 2
    assert lines("mmmm mmmm", 10, 40) == 2
    assert lines("iiii iiii", 10, 40) == 1
    assert lines("m" * 100, 10, 100) == 9


def _heading() -> Heading:
    return Heading(2, "Part", "h")


def _tall() -> Table:
    rows = ((Cell((Text("family " * 20),)),),) * 6
    return Table("t", "Whole", "d", ("A",), rows)


def _page_of_last(strips: list[Strip]) -> int:
    numbers: dict[str, int] = {}
    fill(strips, TEXT_HEIGHT, 1, numbers)
    return numbers["h"]


def test_between_two_pieces_the_larger_space_stands() -> None:
    pages: dict[str, int] = {}

    fill([Strip(500, after=100), Strip(600, before=200), Strip(1, anchor="a")], 1001, 1, pages)
    fill([Strip(500), Strip(600, before=200), Strip(1, anchor="b")], 1001, 1, pages)

    assert pages == {"a": 1, "b": 2}
