"""Where pages begin, and which way they lie: no page is left empty or with a heading alone."""

import pytest
from docx.enum.section import WD_ORIENT

from synthesis.review.blocks import (
    Block,
    Bullets,
    Cell,
    Contents,
    Cover,
    Heading,
    PageBreak,
    Paragraph,
    Table,
    Text,
)
from synthesis.word import write
from synthesis.word.flow import layouts
from tests.synthesis.word.opening import opened, words, written
from tests.synthesis.word.sample import review_of

COVER = Cover("Title", "Subtitle", ())
BODY = Paragraph((Text("Some words."),))
LONG = Paragraph((Text("Some words. " * 200),))
NOTE = Paragraph((Text("A note."),), "note")
HEADING = Heading(2, "Part", "")
NARROW = Table("", "Narrow", "d", ("A",), ((Cell((Text("1"),)),),))
WIDE = Table("", "Wide", "d", ("A",), ((Cell((Text("1"),)),),), landscape=True)


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ((COVER, BODY), "cp"),
        ((BODY, WIDE, BODY), "plp"),
        ((BODY, HEADING, WIDE, BODY), "pllp"),
        ((HEADING, BODY, BODY, WIDE, NOTE, BODY), "lllllp"),
        ((HEADING, LONG, BODY, WIDE), "pppl"),
        ((HEADING, Bullets(()), WIDE), "ppl"),
        ((HEADING, PageBreak(), WIDE), "pll"),
        ((WIDE, PageBreak(), WIDE), "lll"),
        ((WIDE, PageBreak(), BODY), "lpp"),
        ((WIDE, PageBreak()), "lp"),
        ((WIDE, HEADING, BODY, WIDE), "llll"),
        ((NARROW, NOTE), "pp"),
    ],
)
def test_wide_pages_take_along_what_belongs_to_the_table(
    blocks: tuple[Block, ...], expected: str
) -> None:
    assert "".join(layout[0] for layout in layouts(blocks)) == expected


def test_sections_turn_and_turn_back_on_a4() -> None:
    sections = opened(write(review_of(COVER, BODY, WIDE, BODY))).sections

    assert [section.orientation for section in sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    sides = {tuple(sorted((one.page_width.cm, one.page_height.cm))) for one in sections}
    assert [tuple(round(side, 1) for side in pair) for pair in sides] == [(21.0, 29.7)]


@pytest.mark.parametrize(
    ("blocks", "sections"),
    [
        ((WIDE, PageBreak(), WIDE), 1),
        ((WIDE, Bullets(()), WIDE), 2),
        ((Bullets(()), WIDE), 1),
        ((BODY, WIDE, WIDE, NOTE, BODY), 3),
    ],
)
def test_no_section_is_empty(blocks: tuple[Block, ...], sections: int) -> None:
    document = opened(write(review_of(*blocks)))

    assert len(document.sections) == sections
    assert all(list(section.iter_inner_content()) for section in document.sections)


def breaks(*blocks: Block) -> list[str]:
    """Give the words of the paragraphs that start a page of their own accord."""
    return [words(one) for one in written(*blocks).xpath(".//w:p[w:pPr/w:pageBreakBefore]")]


def test_a_page_break_starts_a_page_with_what_follows() -> None:
    assert breaks(BODY, PageBreak(), HEADING) == ["Part"]
    assert breaks(BODY, PageBreak(), NARROW) == ["Table 1: Narrow"]
    assert breaks(BODY, PageBreak(), Contents("What is here")) == ["What is here"]


@pytest.mark.parametrize(
    "blocks",
    [
        (PageBreak(), BODY),
        (BODY, PageBreak()),
        (COVER, PageBreak(), BODY),
        (BODY, PageBreak(), WIDE),
        (WIDE, PageBreak(), BODY),
    ],
    ids=["first", "last", "after the cover", "before a wide page", "after a wide page"],
)
def test_a_page_break_leaves_no_empty_page(blocks: tuple[Block, ...]) -> None:
    assert breaks(*blocks) == []


def test_page_breaks_in_a_row_are_one() -> None:
    assert breaks(BODY, PageBreak(), PageBreak(), HEADING) == ["Part"]


def test_there_are_no_empty_paragraphs_but_the_thin_ones_word_needs() -> None:
    body = written(COVER, Contents(), PageBreak(), BODY, WIDE, BODY, PageBreak(), NARROW, HEADING)
    empty = [one for one in body.xpath("./w:p") if not words(one)]

    assert {one.style for one in empty} == {"Spacer"}
    assert len(empty) == 1


def test_words_after_a_table_stand_clear_of_it() -> None:
    after = opened(write(review_of(NARROW, BODY))).paragraphs[-1]

    assert after.paragraph_format.space_before.pt >= 10


def test_a_heading_at_the_top_of_a_page_starts_at_the_top() -> None:
    document = opened(write(review_of(BODY, HEADING, PageBreak(), HEADING)))
    flowing, first = (one for one in document.paragraphs if one.style.name == "Heading 2")

    assert flowing.paragraph_format.space_before is None
    assert first.paragraph_format.space_before.pt == 0
