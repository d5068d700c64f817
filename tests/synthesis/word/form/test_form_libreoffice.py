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
    return saved_as("docx", folder / "form.docx", folder).read_bytes()


def saved_as(kind: str, file: Path, folder: Path) -> Path:
    """Open a file in LibreOffice and save it as another kind."""
    subprocess.run(
        [
            str(OFFICE),
            "--headless",
            f"-env:UserInstallation={(folder / 'office').as_uri()}",
            "--convert-to",
            kind,
            "--outdir",
            str(folder / "saved" / kind),
            str(file),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder / "saved" / kind / f"{file.stem}.{kind}"


def test_a_form_saved_in_libreoffice_still_reads(tmp_path: Path) -> None:
    form = filled(whole(), "S01.3", "Ünïcode 👪 “quoted”\n\nשלום\tlast")
    saved = saved_again(write(form), tmp_path)

    assert read(saved, form) == read(write(form), form)
    assert reference(saved) == form.reference


def test_a_form_that_was_an_opendocument_for_a_while_still_reads(tmp_path: Path) -> None:
    form = filled(whole(), "S01.3", "Ünïcode 👪 “quoted”\n\nשלום\tlast")
    (tmp_path / "form.docx").write_bytes(write(form))
    passed_on = saved_as("odt", tmp_path / "form.docx", tmp_path)
    saved = saved_again(saved_as("docx", passed_on, tmp_path).read_bytes(), tmp_path)

    assert read(saved, form).answers == read(write(form), form).answers
    assert reference(saved) == form.reference
