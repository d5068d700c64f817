"""Files that are no form are refused in words that say what to do."""

import io
import zipfile

import pytest

from synthesis.errors import InputError
from synthesis.word.form import read, write
from synthesis.word.form.archive import LARGEST
from tests.synthesis.word.form.forms import DOCUMENT, whole, with_parts
from tests.synthesis.word.inspection.planting import packed, plant, without

GOOD = write(whole())


def exploding() -> bytes:
    """A small archive that unpacks to 90 MB."""
    stream = io.BytesIO(GOOD)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/big.bin", b"\0" * 90_000_000)
    return stream.getvalue()


def twice() -> bytes:
    stream = io.BytesIO(GOOD)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(DOCUMENT, b"<other/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("docx", "words"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "PDF"),
        (b"{\\rtf1", "rich text"),
        (b"\xd0\xcf\x11\xe0\xa1", "older Word format"),
        (b"hello", "not a Word document"),
        (GOOD[:-200], "damaged"),
        (b"PK" + b"\0" * LARGEST, "10 MB"),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.text"}), "not a Word document"),
        (without(GOOD, DOCUMENT), "not a Word document"),
        (plant(GOOD, DOCUMENT, "</w:body>", ""), "damaged"),
        (plant(GOOD, DOCUMENT, "<w:document", "<!DOCTYPE x [<!ENTITY a 'b'>]><w:document"), "type"),
        (plant(GOOD, "[Content_Types].xml", "main+xml", "macroEnabled.main+xml"), "macros"),
        (with_parts(GOOD, word__vbaProject=b"<x/>"), "macros"),
        (exploding(), "unpacks"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_is_no_form_is_refused(docx: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read(docx, whole())


def test_a_part_held_twice_is_refused() -> None:
    with pytest.raises(InputError, match="same part twice"):
        read(twice(), whole())


def test_the_strict_kind_of_word_document_is_read() -> None:
    usual = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"

    assert read(plant(GOOD, DOCUMENT, usual, strict), whole()) == read(GOOD, whole())
