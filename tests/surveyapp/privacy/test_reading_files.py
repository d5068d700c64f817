"""A file that no machine can read is never passed over in silence: a person has to look at it."""

import io
import zipfile

import pytest
import typst
from PIL import Image
from pypdf import PdfReader, PdfWriter

from surveyapp.identifying import files
from surveyapp.identifying.files import Reading, read, unread_at_once

pytestmark = pytest.mark.privacy
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SAID = "Zephyrine, 9, at Quillmoor Primary"


def written(*pages: str) -> bytes:
    return typst.compile("#pagebreak()".join(pages).encode(), format="pdf")


def scanned() -> bytes:
    content = io.BytesIO()
    Image.new("L", (600, 800), 255).save(content, format="PDF")
    return content.getvalue()


def joined(*parts: bytes, password: str = "") -> bytes:
    writer, content = PdfWriter(), io.BytesIO()
    for part in parts:
        writer.append(PdfReader(io.BytesIO(part)))
    if password:
        writer.encrypt(password, algorithm="AES-256")
    writer.write(content)
    return content.getvalue()


def office(*parts: tuple[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, inside in parts:
            archive.writestr(name, inside)
    return content.getvalue()


def document(words: str) -> tuple[str, bytes]:
    inside = f"<w:d xmlns:w='w'><w:p><w:t>{words}</w:t></w:p></w:d>"
    return "word/document.xml", inside.encode()


TITLED = ("docProps/core.xml", b"<c xmlns:d='d'><d:title>Our plan</d:title></c>")
DRAWN = ("word/media/logo.png", b"x" * 5_000)
SCAN = ("word/media/image1.jpeg", b"x" * 200_000)


def test_a_pdf_with_words_is_read() -> None:
    found = read(PDF, written(SAID))
    assert SAID in found.text
    assert found.unread == ""


def test_a_scan_says_that_it_has_no_words() -> None:
    assert read(PDF, scanned()).unread == files.WORDLESS


def test_a_scanned_page_among_others_is_told_of_and_the_others_are_read() -> None:
    found = read(PDF, joined(written(SAID), scanned()))
    assert SAID in found.text
    assert found.unread == files.SCANNED


def test_an_empty_page_is_no_picture() -> None:
    assert read(PDF, joined(written(SAID), written(" "))).unread == ""


def test_a_file_with_a_password_says_so() -> None:
    assert read(PDF, joined(written(SAID), password="secret")) == Reading("", files.LOCKED)


def test_a_long_file_is_read_as_far_as_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_LETTERS", 10)
    assert read("text/plain", b"We listen to families.") == Reading("We listen ", files.LONG)
    monkeypatch.setattr(files, "MOST_PAGES", 1)
    monkeypatch.setattr(files, "MOST_LETTERS", 1_000)
    assert read(PDF, written("One", SAID)).unread == files.LONG


@pytest.mark.parametrize(
    ("content", "unread"),
    [
        (office(document(SAID), TITLED, DRAWN), ""),
        (office(document(SAID), SCAN), files.PICTURES),
        (office(document(""), TITLED, DRAWN), files.WORDLESS),
        (office(document(""), SCAN), files.PICTURES),
        (b"no archive", files.BROKEN),
    ],
)
def test_an_office_file_tells_of_its_pictures(content: bytes, unread: str) -> None:
    assert read(DOCX, content).unread == unread


def test_a_picture_is_known_at_once() -> None:
    assert read("image/png", b"\x89PNG").unread == files.PICTURE == unread_at_once("image/png")
    assert unread_at_once(PDF) == ""


def test_passages_that_wait_are_read_without_their_names() -> None:
    said = '{"pieces": [{"words": "One\\nZephyrine, 9", "place": 3}], "name": "Notes"}'
    assert read("application/json", said.encode()).text == "One\nZephyrine, 9\nNotes\n"
