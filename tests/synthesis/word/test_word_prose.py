"""A Word file of somebody else's is read as paragraphs, and nothing of it is read twice."""

import io

from docx import Document

from synthesis.word import prose
from synthesis.word.prose import Lines
from tests.synthesis.word.inspection.planting import plant

BOX = (
    "<w:p><w:r><w:t>Before </w:t></w:r><w:r>"
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="wps"><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p>'
    "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r>"
    "</w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
    "<w:r><w:t>and after</w:t></w:r></w:p>"
    '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Later</w:t></w:r></w:p><w:sectPr'
)


def made(*paragraphs: str) -> bytes:
    document = Document()
    for one in paragraphs:
        document.add_paragraph(one)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_paragraphs_come_in_order_and_empty_ones_not_at_all() -> None:
    assert prose.read(made("One", " ", "Two\tthree")).lines == (Lines("One"), Lines("Two\tthree"))


def test_a_text_box_is_read_once_and_headings_are_told_apart() -> None:
    docx = plant(made("First"), "word/document.xml", "<w:sectPr", BOX)

    assert prose.read(docx).lines == (
        Lines("First"),
        Lines("Before and after"),
        Lines("In a box"),
        Lines("Later", is_heading=True),
    )


def test_comments_stand_beside_the_text() -> None:
    document = Document()
    run = document.add_paragraph("Words").add_run(" here")
    document.add_comment(run, "Ask again", author="Ann")
    stream = io.BytesIO()
    document.save(stream)

    assert prose.read(stream.getvalue()).lines == (
        Lines("Words here"),
        Lines("Ask again", beside="Comment by Ann"),
    )
