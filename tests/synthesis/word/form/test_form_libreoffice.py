"""A form that somebody opened and saved in LibreOffice still says what it said."""

import shutil
import subprocess
from pathlib import Path

from synthesis.word.form import read, reference, write
from tests.synthesis.word.form.forms import filled, whole

OFFICE = shutil.which("soffice")


def saved_again(docx: bytes, folder: Path) -> bytes:
    """Open a .docx in LibreOffice and save it."""
    (folder / "form.docx").write_bytes(docx)
    subprocess.run(
        [
            str(OFFICE),
            "--headless",
            f"-env:UserInstallation={(folder / 'office').as_uri()}",
            "--convert-to",
            "docx",
            "--outdir",
            str(folder / "saved"),
            str(folder / "form.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return (folder / "saved" / "form.docx").read_bytes()


def test_a_form_saved_in_libreoffice_still_reads(tmp_path: Path) -> None:
    form = filled(whole(), "S01.3", "Ünïcode 👪 “quoted”\n\nשלום\tlast")
    saved = saved_again(write(form), tmp_path)

    assert read(saved, form) == read(write(form), form)
    assert reference(saved) == form.reference
