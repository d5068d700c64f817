"""What Microsoft's own rules say: Word's schemas, and what Word looks for beyond them."""

from pathlib import Path

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from synthesis.review.blocks import (
    Box,
    Cell,
    Contents,
    Heading,
    PageBreak,
    Paragraph,
    Review,
    Table,
    Text,
)
from synthesis.word import write
from tests.synthesis.word.inspection.planting import plant
from tests.synthesis.word.sample import review_of

WIDE = Table("", "Wide", "d", ("A",), ((Cell(()),),), landscape=True)
BARE = Box("Title", "Label", ())


def faults(docx: bytes, folder: Path) -> list[str]:
    """Give what breaks the schemas that Word itself goes by."""
    path = folder / "review.docx"
    path.write_bytes(docx)
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2019).validate(str(path))
    return [str(error) for error in result.errors]


def test_the_sample_keeps_to_the_schemas(docx: bytes, tmp_path: Path) -> None:
    assert faults(docx, tmp_path) == []


@pytest.mark.parametrize(
    "review",
    [
        review_of(),
        review_of(Contents()),
        review_of(BARE, BARE, PageBreak(), BARE, WIDE, BARE, WIDE),
        review_of(WIDE, PageBreak(), Heading(1, "", ""), Paragraph((Text("x\ny\tz"),), "key")),
    ],
    ids=["empty", "no chapters", "tables in a row", "edges"],
)
def test_odd_reviews_keep_to_the_schemas(review: Review, tmp_path: Path) -> None:
    assert faults(write(review), tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<w:cantSplit/><w:tblHeader/>", "<w:tblHeader/><w:nonsense/>"),
        ('<w:pStyle w:val="BodyText"/></w:pPr>', '<w:jc w:val="left"/><w:keepNext/></w:pPr>'),
    ],
    ids=["unknown element", "wrong order"],
)
def test_the_schemas_bite(docx: bytes, tmp_path: Path, old: str, new: str) -> None:
    assert faults(plant(docx, "word/document.xml", old, new), tmp_path) != []
