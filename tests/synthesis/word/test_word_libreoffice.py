"""What a reader sees: the review as LibreOffice lays it out."""

import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from synthesis.review.blocks import Heading
from synthesis.word import write
from synthesis.word.flow import layouts
from synthesis.word.pages import estimate
from tests.synthesis.word.sample import sample

OFFICE = shutil.which("soffice")


def pdf(docx: bytes, folder: Path) -> PdfReader:
    """Lay a .docx out as PDF."""
    (folder / "review.docx").write_bytes(docx)
    subprocess.run(
        [
            str(OFFICE),
            "--headless",
            f"-env:UserInstallation={(folder / 'office').as_uri()}",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(folder / "review.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return PdfReader(folder / "review.pdf")


def outline(reader: PdfReader) -> dict[str, int]:
    """Give the page of each heading, by its words."""
    waiting, pages = list(reader.outline), {}
    while waiting:
        entry = waiting.pop(0)
        if isinstance(entry, list):
            waiting = entry + waiting
        else:
            pages[entry.title.strip()] = reader.get_destination_page_number(entry) + 1
    return pages


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory, docx: bytes) -> PdfReader:
    return pdf(docx, tmp_path_factory.mktemp("pdf"))


def test_every_heading_is_in_the_outline(laid_out: PdfReader) -> None:
    headings = [block.text for block in sample().blocks if isinstance(block, Heading)]

    assert list(outline(laid_out)) == headings


def test_no_page_is_empty_and_only_the_matrix_lies_wide(laid_out: PdfReader) -> None:
    texts = [page.extract_text() for page in laid_out.pages]
    wide = [page.mediabox.width > page.mediabox.height for page in laid_out.pages]

    assert min(len(text.split()) for text in texts) > 30
    turned = [text for text, lies_wide in zip(texts, wide, strict=True) if lies_wide]
    assert len(turned) == 1
    assert "S13" in turned[0]


def test_the_guess_at_page_numbers_is_close(laid_out: PdfReader) -> None:
    seen = outline(laid_out)
    guessed = estimate(sample().blocks, layouts(sample().blocks))
    headings = [block for block in sample().blocks if isinstance(block, Heading)]

    assert max(abs(guessed[one.anchor] - seen[one.text]) for one in headings) <= 1


def test_the_contents_show_the_page_numbers_given(laid_out: PdfReader, tmp_path: Path) -> None:
    seen = outline(laid_out)
    headings = [block for block in sample().blocks if isinstance(block, Heading)]
    numbers = {heading.anchor: seen[heading.text] for heading in headings}
    contents = pdf(write(sample(), page_numbers=numbers), tmp_path).pages[1].extract_text()

    lines = {" ".join(line.replace(".", " ").split()) for line in contents.splitlines()}
    for heading in (one for one in headings if one.level <= 2):
        words = " ".join(heading.text.replace(".", " ").split())
        assert f"{words} {seen[heading.text]}" in lines


def test_links_can_be_followed(laid_out: PdfReader) -> None:
    annotations = [
        annotation.get_object() for page in laid_out.pages for annotation in page.get("/Annots", ())
    ]
    actions = [one["/A"]["/URI"] for one in annotations if "/URI" in one.get("/A", {})]
    jumps = [one for one in annotations if "/Dest" in one or "/GoTo" in str(one.get("/A"))]

    assert "mailto:review@tolland.example" in actions
    assert len(jumps) > 12
