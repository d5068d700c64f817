"""Opens what was written, as python-docx and as XML, for tests to look into."""

import io

from docx import Document
from docx.document import Document as WordDocument
from lxml import etree

from synthesis.review.blocks import Block
from synthesis.word import write
from tests.synthesis.word.sample import review_of


def opened(docx: bytes) -> WordDocument:
    """Open a .docx again with python-docx."""
    return Document(io.BytesIO(docx))


def written(*blocks: Block) -> etree._Element:
    """Write a review of these blocks and give its body."""
    return opened(write(review_of(*blocks))).element.body


def words(element: etree._Element) -> str:
    """Give the words under an element."""
    return "".join(element.xpath(".//w:t/text()"))
