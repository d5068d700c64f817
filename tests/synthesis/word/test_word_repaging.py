"""The contents of a written document can be given the pages that a program counted."""

import io
import re
import zipfile

from synthesis import word
from synthesis.review.blocks import Contents, Heading, Paragraph, Review, Text
from synthesis.word.inspection.check import check

HEADINGS = (Heading(1, "One", "one"), Heading(2, "Two", "two"), Heading(3, "Three", "three"))
REVIEW = Review("A title", "A subject", "An author", "Version 1", (Contents(), *HEADINGS))


def pages(docx: bytes) -> list[str]:
    """Return the pages that the contents show."""
    with zipfile.ZipFile(io.BytesIO(docx)) as packed:
        xml = packed.read("word/document.xml").decode()
    return re.findall(r"PAGEREF .*?<w:t[^>]*>(\d+)</w:t>", xml, re.DOTALL)


def test_pages_stand_in_the_contents_in_the_order_of_the_headings() -> None:
    written = word.write(REVIEW)
    assert pages(written) == ["1", "1"]
    right = word.with_pages(written, (4, 17, 18))
    assert pages(right) == ["4", "17"]
    assert list(check(right)) == []
    assert word.with_pages(written, (4, 17, 18)) == right


def test_what_is_right_or_cannot_be_told_is_left_as_it_is() -> None:
    written = word.write(REVIEW)
    assert word.with_pages(written, (1, 1, 1)) == written
    assert word.with_pages(written, (4, 17)) == written
    bare = Review("A title", "", "An author", "1", (Paragraph((Text("No headings."),)),))
    assert word.with_pages(word.write(bare), ()) == word.write(bare)
