"""Files as people offer them, sound and otherwise, made small."""

import io
import zipfile
from collections.abc import Mapping

import docx
import openpyxl

OOXML = "application/vnd.openxmlformats-officedocument"
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1"
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PPTX_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-'
    f'types"><Override PartName="/ppt/presentation.xml" ContentType="{OOXML}.presentationml'
    '.presentation.main+xml"/></Types>'
)
Parts = Mapping[str, bytes | str]


def word(text: str = "Thresholds") -> bytes:
    """A Word document with one paragraph."""
    made, file = docx.Document(), io.BytesIO()
    made.add_paragraph(text)
    made.save(file)
    return file.getvalue()


def excel() -> bytes:
    """A spreadsheet with one cell filled."""
    made, file = openpyxl.Workbook(), io.BytesIO()
    made.active["A1"] = "families"
    made.save(file)
    return file.getvalue()


def archive(parts: Parts, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive with these parts, in order."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as made:
        for name, content in parts.items():
            made.writestr(zipfile.ZipInfo(name), content, packing)
    return file.getvalue()


def powerpoint() -> bytes:
    """What makes a presentation one, and nothing else."""
    return archive({"[Content_Types].xml": PPTX_TYPES, "ppt/presentation.xml": "<p/>"})


def opendocument(kind: str = "text", more: Parts | None = None) -> bytes:
    """An OpenDocument file of a kind."""
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return archive({"mimetype": mimetype, "content.xml": "<office/>", **(more or {})})


def with_parts(content: bytes, parts: Parts) -> bytes:
    """An Office file with parts added, or put in the place of those there are."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        kept = {one: old.read(one) for one in old.namelist()}
    return archive({**kept, **parts})


def with_type(content: bytes, before: str, after: str) -> bytes:
    """An Office file whose list of contents says something else."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        types = old.read("[Content_Types].xml").decode()
    assert before in types
    return with_parts(content, {"[Content_Types].xml": types.replace(before, after)})
