"""Packing: a document saved with every file in it dated alike, so that no clock is in its bytes."""

import io
import zipfile

from docx.document import Document

from synthesis.word.package import EPOCH


def packed(document: Document) -> bytes:
    """Save the document with every file in it dated alike."""
    saved, stream = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            dated = zipfile.ZipInfo(entry.filename, EPOCH)
            dated.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(dated, old.read(entry))
    return stream.getvalue()
