"""Words, links and references inside a paragraph."""

import pytest

from synthesis.review.blocks import (
    Cell,
    CrossReference,
    EvidenceReference,
    Heading,
    Link,
    Paragraph,
    Quote,
    Run,
    Table,
    Text,
)
from synthesis.word import check, write
from synthesis.word.runs import address
from tests.synthesis.word.opening import opened, words, written
from tests.synthesis.word.sample import review_of

EVIDENCE = Table("t", "Evidence", "One row.", ("Ref",), ((Cell((Text("E12"),), anchor="E12"),),))


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://tarn.example/a", "https://tarn.example/a"),
        ("HTTP://tarn.example", "HTTP://tarn.example"),
        (" https://tarn.example/a b ", "https://tarn.example/a%20b"),
        ("https://tarn.example/100%", "https://tarn.example/100%25"),
        ("https://tarn.example/a%20b", "https://tarn.example/a%20b"),
        ("https://tarn.example/?q=[x]", "https://tarn.example/?q=%5Bx%5D"),
        ("mailto:kim@tarn.example", "mailto:kim@tarn.example"),
    ],
)
def test_good_addresses_are_made_safe(url: str, safe: str) -> None:
    assert address(url) == safe


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "tarn.example",
        "https://",
        "https://tarn example/",
        "https://[::1",
        "https://tarn.example:port/",
        "mailto:nobody",
        "https://tarn.example/" + "a" * 3_000,
    ],
)
def test_other_addresses_are_words_and_no_link(url: str) -> None:
    docx = write(review_of(Paragraph((Link("the page", url),))))

    assert address(url) is None
    assert opened(docx).paragraphs[0].text == "the page"
    assert not opened(docx).element.xpath("//w:hyperlink")


def test_a_link_opens_its_address_and_the_same_address_is_kept_once() -> None:
    page = Link("the page", "https://tarn.example/a")
    document = opened(write(review_of(Paragraph((page, Text(" and "), page)))))
    links = document.paragraphs[0].hyperlinks

    assert [link.address for link in links] == ["https://tarn.example/a"] * 2
    assert len({link._hyperlink.rId for link in links}) == 1


@pytest.mark.parametrize("run", [EvidenceReference("E12"), CrossReference("E12", "E12")])
def test_a_reference_jumps_to_the_cell_of_its_evidence(run: Run) -> None:
    body = written(Paragraph((run,)), EVIDENCE)
    (link,) = body.xpath(".//w:hyperlink")
    (cell,) = body.xpath(".//w:tc[.//w:bookmarkStart[@w:name='E12']]")

    assert link.xpath("@w:anchor") == ["E12"]
    assert words(link) == words(cell) == "E12"


def test_a_reference_jumps_to_headings_tables_and_pictures() -> None:
    body = written(Heading(1, "One", "S01.2"), Paragraph((CrossReference("chapter one", "S01.2"),)))
    (name,) = body.xpath(".//w:bookmarkStart/@w:name")

    assert body.xpath(".//w:hyperlink/@w:anchor") == [name]


def test_bold_and_italic_are_styles() -> None:
    text = (Text("a", bold=True), Text("b", italic=True), Text("c", bold=True, italic=True))
    runs = opened(write(review_of(Paragraph(text)))).paragraphs[0].runs

    assert [run.style.name for run in runs] == ["Strong", "Emphasis", "Strong"]
    assert runs[2].italic


def test_only_somebodys_own_words_stand_in_quotation_marks() -> None:
    own, told = (
        opened(write(review_of(Quote("We ring ten.", "Head", "", verbatim=verbatim))))
        for verbatim in (True, False)
    )

    assert [paragraph.text for paragraph in own.paragraphs] == ["“We ring ten.”", "Head"]
    assert [paragraph.text for paragraph in told.paragraphs] == ["We ring ten.", "Head"]


def test_a_quotation_jumps_to_its_evidence_if_the_review_holds_it() -> None:
    known = written(Quote("We ring ten.", "Head", "E12"), EVIDENCE)
    unknown = written(Quote("We ring ten.", "Head", "E99"), EVIDENCE)

    assert known.xpath(".//w:hyperlink/@w:anchor") == ["E12"]
    assert unknown.xpath(".//w:hyperlink") == []
    assert check(write(review_of(Quote("We ring ten.", "Head", "E99")))) == []
