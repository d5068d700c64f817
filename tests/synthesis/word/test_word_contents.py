"""The contents: a real field, filled in, that nobody is asked about."""

from synthesis.review.blocks import Contents, Heading, Picture, Table
from synthesis.word import check, text_of, write
from tests.synthesis.word.opening import opened, written
from tests.synthesis.word.sample import chart, review_of

CHAPTERS = (
    Contents("Contents", depth=2),
    Heading(1, "One", "S01"),
    Heading(2, "Part", "S01.a"),
    Heading(3, "Detail", "S01.a.i"),
    Heading(1, "Two", "S02"),
)


def test_the_contents_list_headings_to_their_depth_with_the_pages_given() -> None:
    docx = write(review_of(*CHAPTERS), page_numbers={"S01": 3, "S01.a": 4, "S02": 11})

    assert text_of(docx)[:4] == ["Contents", "One\t3", "Part\t4", "Two\t11"]


def test_without_page_numbers_they_are_guessed() -> None:
    assert text_of(write(review_of(*CHAPTERS)))[1] == "One\t1"


def test_each_line_jumps_to_its_heading_and_names_its_page() -> None:
    body = written(*CHAPTERS)
    headings = body.xpath("./w:p[starts-with(w:pPr/w:pStyle/@w:val, 'Heading')]")
    marks = [mark for one in headings for mark in one.xpath("./w:bookmarkStart/@w:name")]
    listed = body.xpath("./w:sdt//w:hyperlink/@w:anchor")

    assert listed == [marks[0], marks[1], marks[3]]
    assert [text.split()[1] for text in body.xpath("./w:sdt//w:instrText/text()")[1:]] == listed


def test_the_field_is_words_own_table_of_contents() -> None:
    body = written(*CHAPTERS)

    assert body.xpath("./w:sdt//w:docPartGallery/@w:val") == ["Table of Contents"]
    assert body.xpath("./w:sdt//w:instrText/text()")[0] == ' TOC \\o "1-2" \\h \\z \\u '


def test_contents_without_chapters_say_so() -> None:
    docx = write(review_of(Contents()))

    assert text_of(docx) == ["Contents", "No chapters yet."]
    assert check(docx) == []


def test_tables_and_figures_are_numbered_apart_by_fields() -> None:
    table = Table("t1", "Returns", "d", ("A",), ())
    blocks = (table, Picture("f1", "Often", "d", chart()), Table("t2", "More", "d", ("A",), ()))
    document = opened(write(review_of(*blocks)))
    captions = [one for one in document.paragraphs if one.style.name == "Caption"]

    assert [caption.text for caption in captions] == [
        "Table 1: Returns",
        "Figure 1: Often",
        "Table 2: More",
    ]
    assert all(caption.paragraph_format.keep_with_next is None for caption in captions)
    assert document.styles["Caption"].paragraph_format.keep_with_next
    assert [text.split()[1] for text in document.element.xpath("//w:instrText/text()")] == [
        "Table",
        "Figure",
        "Table",
    ]


def test_without_numbers_each_line_is_a_link_alone() -> None:
    docx = write(review_of(Contents("Contents", depth=2, numbered=False), *CHAPTERS[1:]))
    told = written(Contents(numbered=False), *CHAPTERS[1:]).xpath("./w:sdt//w:instrText/text()")

    assert text_of(docx)[:4] == ["Contents", "One", "Part", "Two"]
    assert [one.split()[:2] + one.split()[3:4] for one in told] == [["TOC", "\\o", "\\n"]]
    assert check(docx) == []
