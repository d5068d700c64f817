"""PDF made of Word files by LibreOffice, where it is present, with no trace of the clock.

The contents of a Word file have their page numbers from a guess, so that its bytes hang on no
program. A PDF has pages of its own: where they differ, it is made again with the right numbers.
"""

import io
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from pypdf import PdfReader

from synthesis import word

# Comments would be icons that hide the words beside them; the audit edition prints them at its end.
WAY: Final = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"false"}}'
PATIENCE: Final = 300  # seconds for one file
_CREATED: Final = re.compile(rb"(/CreationDate\(D:)\d{14}(Z'\))")
_IDS: Final = re.compile(rb"(?<=<)[0-9A-F]{32}(?=>)")
_SUM: Final = re.compile(rb"(/DocChecksum /)[0-9A-F]{32}")
_DAY: Final = b"19800101000000"


class NoPdfError(RuntimeError):
    """LibreOffice did not make a PDF."""


@cache
def program() -> str:
    """Return where LibreOffice is; empty if it is not present."""
    return shutil.which("soffice") or ""


def convert(docx: bytes) -> bytes:
    """Return a Word file as PDF. Raises NoPdfError where LibreOffice does not manage."""
    made = _converted(docx)
    numbered = word.with_pages(docx, heading_pages(made))
    return timeless(made if numbered == docx else _converted(numbered))


def heading_pages(pdf: bytes) -> tuple[int, ...]:
    """Return the page of every heading, as the outline of a PDF has them."""
    read = PdfReader(io.BytesIO(pdf))

    def pages(entries: Iterable[Any]) -> Iterator[int]:
        for entry in entries:
            if isinstance(entry, list):
                yield from pages(entry)
            else:
                yield (read.get_destination_page_number(entry) or 0) + 1

    return tuple(pages(read.outline))


def _converted(docx: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "paper.docx").write_bytes(docx)
        command = (
            program(),
            # A profile of its own, so that nobody's open LibreOffice is disturbed.
            f"-env:UserInstallation={(here / 'profile').as_uri()}",
            *("--headless", "--convert-to", WAY, "--outdir", folder, str(here / "paper.docx")),
        )
        try:
            subprocess.run(  # noqa: S603  # nothing of it comes from outside
                command,
                check=True,
                capture_output=True,
                timeout=PATIENCE,
                env={"PATH": os.defpath, "HOME": folder, "TZ": "UTC", "LC_ALL": "C.UTF-8"},
            )
            made = (here / "paper.pdf").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise NoPdfError from error
    return made


def timeless(pdf: bytes) -> bytes:
    """Return a PDF without the moment it was made and the ids that follow from it.

    What takes their place is as long, so that everything else stands where the file says.
    """
    dated = _CREATED.sub(rb"\g<1>" + _DAY + rb"\g<2>", pdf)
    end = dated.rfind(b"trailer")
    body, trailer = dated[:end], dated[end:]
    return body + _SUM.sub(rb"\g<1>" + b"0" * 32, _IDS.sub(b"0" * 32, trailer))
