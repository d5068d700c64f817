"""The cover, paragraphs, lists and pictures."""

import io

import pytest
from matplotlib.figure import Figure

from synthesis.review.blocks import Bullets, Cover, Paragraph, Picture, Text
from synthesis.word import write
from tests.synthesis.word.opening import opened, written
from tests.synthesis.word.sample import chart, review_of


def test_each_kind_of_paragraph_has_its_style() -> None:
    kinds = ("body", "lead", "note", "key")
    document = opened(write(review_of(*(Paragraph((Text(one),), one) for one in kinds))))

    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles == ["Body Text", "Lead", "Note", "Key Point"]


def test_a_numbered_list_starts_again_at_one() -> None:
    numbered = Bullets(((Text("a"),), (Text("b"),)), numbered=True)
    document = opened(write(review_of(numbered, Bullets(((Text("c"),),)), numbered)))
    lists = document.element.xpath("//w:body/w:p[w:pPr/w:pStyle/@w:val='ListNumber']//w:numId")
    used = [number.val for number in lists]
    known = document.part.numbering_part.element.num_lst

    assert used[0] == used[1] != used[2] == used[3]
    assert {*used} <= {number.numId for number in known}
    for number in known:
        if number.numId in used:
            assert number.xpath("./w:lvlOverride/w:startOverride/@w:val") == ["1"]


def test_an_empty_list_is_nothing() -> None:
    assert [child.tag.split("}")[1] for child in written(Bullets(()))] == ["sectPr"]


def test_a_cover_without_a_subtitle_has_none() -> None:
    document = opened(write(review_of(Cover("Title", "", (("Version", "1"),)))))

    assert [one.style.name for one in document.paragraphs] == ["Title", "Cover Detail"]


def test_a_picture_says_the_same_in_words() -> None:
    body = written(Picture("f", "Often", "Monthly 7,\nnever 1.", chart()))

    assert body.xpath(".//wp:docPr/@descr") == ["Monthly 7, never 1."]


def test_pictures_have_numbers_of_their_own() -> None:
    picture = Picture("", "Often", "Monthly 7.", chart())
    body = written(picture, picture)

    assert body.xpath(".//wp:docPr/@id") == ["1", "2"]


@pytest.mark.parametrize(
    ("inches", "asked", "width", "height"),
    [((6, 3), 10.0, 10.0, 5.0), ((6, 3), 99.0, 16.0, 8.0), ((2, 8), 16.0, None, 22.7)],
    ids=["as asked", "no wider than the page", "no taller than the page"],
)
def test_a_picture_keeps_its_shape_and_stays_on_the_page(
    inches: tuple[int, int], asked: float, width: float | None, height: float
) -> None:
    stream = io.BytesIO()
    Figure(figsize=inches, dpi=20).savefig(stream, format="png")
    docx = write(review_of(Picture("", "c", "d", stream.getvalue(), asked)))
    (shape,) = opened(docx).inline_shapes

    assert shape.height.cm == pytest.approx(height, abs=0.05)
    assert shape.width.cm == pytest.approx(width or shape.height.cm / 4, abs=0.05)
