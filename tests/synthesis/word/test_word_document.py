"""The file as a whole: the same review gives the same bytes, and nothing of it is lost."""

import dataclasses
import io
import re
import zipfile

import pytest

from synthesis.errors import InputError
from synthesis.review.blocks import (
    Block,
    Box,
    Contents,
    Cover,
    CrossReference,
    EvidenceReference,
    Heading,
    Paragraph,
    Quote,
    Text,
)
from synthesis.word import check, text_of, write
from synthesis.word.package import EPOCH
from tests.synthesis.word.opening import opened
from tests.synthesis.word.reading import lines
from tests.synthesis.word.sample import review_of, sample


def test_the_sample_holds_every_kind_of_block() -> None:
    kinds = {type(block) for block in sample().blocks}

    assert kinds == set(Block.__args__)


def test_the_sample_is_good(docx: bytes) -> None:
    assert check(docx) == []


def test_the_same_review_gives_the_same_bytes(docx: bytes) -> None:
    assert write(sample()) == docx


def test_every_file_inside_has_the_same_date(docx: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {EPOCH}


def test_every_word_is_on_the_page_in_order(docx: bytes) -> None:
    expected = [line for block in sample().blocks for line in lines(block)]
    # The lines of the contents repeat the headings; what stands between them is tested elsewhere.
    written = text_of(docx)
    start = written.index("Contents") + 1
    listed = sum(isinstance(one, Heading) and one.level <= 2 for one in sample().blocks)

    without_contents = written[:start] + written[start + listed :]
    assert [re.sub(r"^(Table|Figure) \d+: ", "", line) for line in without_contents] == expected


def test_the_file_opens_again_with_real_styles(docx: bytes) -> None:
    document = opened(docx)
    used = {paragraph.style.name for paragraph in document.paragraphs}

    expected = {"Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Caption", "Quote"}
    assert expected | {"List Bullet", "List Number", "Body Text"} <= used
    assert document.styles["Heading 1"].type is not None


def test_the_properties_say_what_it_is_and_no_clock_is_read(docx: bytes) -> None:
    properties = opened(docx).core_properties

    assert properties.title == "Early help in the Tolland region"
    assert properties.subject == "How twelve authorities judge whether early help works"
    assert properties.author == "Tolland Improvement Partnership"
    assert properties.language == "en-GB"
    assert properties.version == "Draft 3 for sign-off"
    assert properties.modified is None
    assert properties.created is None


def test_title_version_and_page_stand_on_every_page_but_the_cover(docx: bytes) -> None:
    cover, *others = opened(docx).sections

    assert cover.header.is_linked_to_previous
    for section in others:
        assert section.header.paragraphs[0].text == "Early help in the Tolland region"
        assert section.footer.paragraphs[0].text == "Draft 3 for sign-off\tPage 1 of 1"


def test_nothing_of_the_default_template_is_left(docx: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        names = archive.namelist()
        everything = b"".join(archive.read(name) for name in names)

    assert not any("thumbnail" in name or "customXml" in name for name in names)
    for leftover in (b"Calibri", b"Cambria", b"en-US", b"updateFields", b"12240"):
        assert leftover not in everything


def test_control_characters_and_half_characters_never_reach_the_file() -> None:
    # Everything a form, a spreadsheet or a careless paste has been known to bring.
    nasty = "a\x00b\x0bc\x1fd\ud800e\ufffef & <w:p> \"g\" ]]> 'h' 😀"
    docx = write(
        dataclasses.replace(
            review_of(
                Cover(nasty, nasty, ((nasty, nasty),)),
                Contents(nasty),
                Heading(1, nasty, nasty),
                Paragraph((Text(nasty), CrossReference(nasty, nasty))),
                Quote(nasty, nasty, nasty),
                Box(nasty, nasty, ((nasty, (Text(nasty),)),)),
            ),
            title=nasty,
            author=nasty,
        )
    )

    assert check(docx) == []
    assert "ab\ncdef & <w:p> \"g\" ]]> 'h' 😀" in text_of(docx)


def test_newlines_and_tabs_stay() -> None:
    docx = write(review_of(Paragraph((Text("one\r\ntwo\rthree\tfour"),))))

    assert text_of(docx) == ["one\ntwo\nthree\tfour"]


def test_an_empty_review_is_still_a_good_file() -> None:
    assert check(write(review_of())) == []


@pytest.mark.parametrize(
    "run", [EvidenceReference("E9"), CrossReference("Table 9", "E9")], ids=["evidence", "cross"]
)
def test_a_reference_to_nothing_is_refused(run: EvidenceReference | CrossReference) -> None:
    with pytest.raises(InputError, match="refers to 'E9'"):
        write(review_of(Paragraph((run,))))


def test_an_anchor_given_twice_is_refused() -> None:
    with pytest.raises(InputError, match="called 'a'"):
        write(review_of(Heading(1, "One", "a"), Heading(1, "Two", "a")))
