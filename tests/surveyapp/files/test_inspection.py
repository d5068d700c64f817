"""Files are taken for what they are: every kind there is, and every reason to refuse one."""

import io
import re
import struct
import tracemalloc
import zipfile
import zlib

import pytest

from surveyapp import files
from surveyapp.files import inspection, kinds, packages, pdf
from surveyapp.files.kinds import UnfitFileError
from tests.surveyapp.files.making import (
    JPEG,
    OLD_WORD,
    OOXML,
    PDF,
    PNG,
    Parts,
    archive,
    excel,
    opendocument,
    powerpoint,
    with_parts,
    with_type,
    word,
)

MAIN = f"{OOXML}.wordprocessingml.document.main+xml"
SOUND = {
    "plan.pdf": PDF,
    "plan.docx": word(),
    "figures.XLSX": excel(),
    "talk.pptx": powerpoint(),
    "plan.odt": opendocument(),
    "figures.ods": opendocument("spreadsheet"),
    "talk.odp": opendocument("presentation"),
    "notes.txt": "Caf\u00e9, families first\n".encode("cp1252"),
    "wide.txt": "Families".encode("utf-16"),
    "figures.csv": "\ufefffamilies,2014\r\n12,-3\r\n".encode(),
    "form.png": PNG,
    "form.jpg": JPEG,
    "form.jpeg": JPEG,
}


@pytest.mark.parametrize("name", SOUND)
def test_every_kind_that_is_offered_is_taken(name: str) -> None:
    checked = files.check(name, SOUND[name])

    assert checked.name == name
    assert checked.media_type == kinds.KINDS[name.rpartition(".")[2].lower()].media_type
    assert len(checked.sha256) == 64


def test_every_kind_has_a_sound_example_here() -> None:
    assert {name.rpartition(".")[2].lower() for name in SOUND} == set(kinds.KINDS)


@pytest.mark.parametrize("name", SOUND)
@pytest.mark.parametrize("other", ["pdf", "docx", "xlsx", "odt", "png", "jpg"])
def test_a_file_that_is_not_what_it_is_called_is_refused(name: str, other: str) -> None:
    own = name.rpartition(".")[2].lower()
    if kinds.KINDS[own].media_type != kinds.KINDS[other].media_type:
        refused(f"x.{other}", SOUND[name], "something else inside|damaged|not put together")


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.png"])
def test_what_is_no_text_is_not_taken_as_text(name: str) -> None:
    content = {"a.pdf": PDF, "a.docx": word(), "a.png": PNG}[name]

    refused("a.txt", content, "something else inside")
    refused("a.csv", content, "something else inside")


@pytest.mark.parametrize(
    ("name", "content", "advice"),
    [
        ("plan.pdf", b"", "The file is empty"),
        ("plan.doc", OLD_WORD, "old Office format"),
        ("plan.docx", OLD_WORD, "old Office format, or has a password"),
        ("plan.rtf", b"{\\rtf1 x}", "old Office format"),
        ("plan.txt", b"{\\rtf1 x}", "old Office format"),
        ("plan.docm", word(), "has macros in it, or can have them"),
        ("sums.xlsb", excel(), "has macros in it, or can have them"),
        ("run.exe", b"MZ\x90\0", "programs are not taken"),
        ("run.pdf", b"MZ\x90\0", "programs are not taken"),
        ("run.txt", b"#!/bin/sh\n", "programs are not taken"),
        ("run.pdf.exe", PDF, "programs are not taken"),
        ("page.html", b"<html>", "web page"),
        ("page.txt", b"\xef\xbb\xbf \n<!DOCTYPE html>", "web page"),
        ("form.png", b"<svg xmlns='x'>", "web page or a drawing with code"),
        ("all.zip", archive({"a.txt": "a"}), "an archive that holds other files"),
        ("all.pdf", b"Rar!\x1a\x07\0", "an archive that holds other files"),
        ("plan", PDF, "must be PDF, Word"),
        ("plan.pages", PDF, "must be PDF, Word"),
        ("plan.docx", archive({"a.txt": "a"}), "something else inside"),
        ("plan.docx", word()[:2000], "damaged or not complete"),
        ("plan.docx", b"PK\x03\x04", "damaged or not complete"),
        ("data.csv", b"a,b\0c", "something else inside"),
    ],
)
def test_what_is_not_taken_is_refused_with_what_to_do(
    name: str, content: bytes, advice: str
) -> None:
    refused(name, content, advice)


def test_a_file_that_is_too_large_is_refused_before_it_is_looked_into() -> None:
    with pytest.raises(files.TooLargeError, match=r"10 MB or smaller\. Choose a smaller file"):
        files.check("plan.pdf", b"x" * (files.LARGEST + 1))
    assert files.check("plan.txt", b"x" * files.LARGEST)


MACROS: list[bytes] = [
    with_parts(word(), {"word/vbaProject.bin": b"x"}),
    with_parts(word(), {"word/VBAData.xml": b"x"}),
    with_type(word(), MAIN, "application/vnd.ms-word.document.macroEnabled.main+xml"),
    with_type(word(), MAIN, "application/vnd.ms-word.document.macro&#69;nabled.main+xml"),
    with_parts(word(), {"xl/macrosheets/sheet1.xml": b"x"}),
    with_parts(word(), {"word/activeX/activeX1.bin": b"x"}),
]


@pytest.mark.parametrize("content", MACROS)
def test_macros_are_found_under_any_name(content: bytes) -> None:
    refused("renamed.docx", content, "has macros in it")


@pytest.mark.parametrize("folder", ["Basic/Standard/Module1.xml", "Scripts/python/x.py"])
def test_macros_of_libreoffice_are_found(folder: str) -> None:
    refused("plan.odt", opendocument(more={folder: "x"}), "has macros in it")


@pytest.mark.parametrize(
    "carried",
    [
        {"word/embeddings/oleObject1.bin": OLD_WORD + "\1Ole10Native".encode("utf-16-le")},
        {"word/embeddings/old.xls": OLD_WORD + "_VBA_PROJECT".encode("utf-16-le")},
        {"word/media/image1.png": b"MZ\x90\0"},
        {"word/media/image1.zip": archive({"a": "a"})},
        {"word/embeddings/inner.docx": archive({"a": "a"})},
        {"word/embeddings/a.docx": with_parts(word(), {"word/embeddings/b.docx": word()})},
    ],
)
def test_what_a_document_carries_inside_is_refused(carried: Parts) -> None:
    refused("plan.docx", with_parts(word(), carried), "carries another file or a program")


def test_a_chart_may_carry_its_figures_and_these_are_looked_into() -> None:
    assert files.check("a.docx", with_parts(word(), {"word/embeddings/a.xlsx": excel()}))
    risky = with_parts(excel(), {"xl/vbaProject.bin": b"x"})

    refused("a.docx", with_parts(word(), {"word/embeddings/a.xlsx": risky}), "has macros in it")


def test_old_objects_that_hold_no_file_and_packed_drawings_are_taken() -> None:
    parts = {"word/embeddings/oleObject1.bin": OLD_WORD, "word/media/a.emz": b"\x1f\x8b\x08x"}

    assert files.check("plan.docx", with_parts(word(), parts))


EXPLODING: dict[str, bytes] = {
    "one part": with_parts(word(), {"word/media/a.bmp": bytes(8_000_000)}),
    "all parts": with_parts(
        word(), {f"word/media/{n}.bmp": zlib.compress(bytes(9)) * 700_000 for n in range(9)}
    ),
    "many parts": with_parts(word(), {f"word/{n}": b"" for n in range(packages.MOST_PARTS)}),
    "long list": with_parts(word(), {f"word/{'x' * 60_000}{n}": b"" for n in range(17)}),
}


@pytest.mark.parametrize("how", EXPLODING)
def test_an_archive_that_explodes_is_refused_in_little_memory(how: str) -> None:
    tracemalloc.start()
    refused("plan.docx", EXPLODING[how], "unpacks to far more than it should")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 60_000_000


def test_an_archive_that_lies_about_its_size_is_refused() -> None:
    made = bytearray(with_parts(word(), {"word/media/a.bmp": b"x" * 5000}))
    entry = made.rfind(b"PK\1\2")
    struct.pack_into("<L", made, entry + 24, 10)

    refused("plan.docx", bytes(made), "damaged")


def test_archives_within_archives_share_one_allowance() -> None:
    inner = archive(
        {"[Content_Types].xml": b"<Types/>", "a.bmp": b"0123456789" * 6_000_000}, zipfile.ZIP_STORED
    )
    # Not deeper than one level, and together no more than one file may be.
    assert len(inner) > packages.MOST_UNPACKED / 2
    parts = {"word/embeddings/a.xlsx": inner, "word/embeddings/b.xlsx": inner}

    refused("plan.docx", with_parts(word(), parts), "unpacks to far more|10 MB", whole=False)


@pytest.mark.parametrize(
    ("parts", "advice"),
    [
        ({"../evil.xml": b"x"}, "not put together"),
        ({"word/../../evil.xml": b"x"}, "not put together"),
        ({"..\\evil.xml": b"x"}, "not put together"),
        ({"/etc/passwd": b"x"}, "not put together"),
        ({"C:/evil.xml": b"x"}, "not put together"),
        ({"word/a\x07.xml": b"x"}, "not put together"),
        ({"WORD/DOCUMENT.XML": b"x"}, "not put together"),
    ],
)
def test_names_that_lead_astray_or_stand_twice_are_refused(parts: Parts, advice: str) -> None:
    refused("plan.docx", with_parts(word(), parts), advice)


def test_a_name_that_stands_twice_is_refused() -> None:
    file = io.BytesIO(word())
    with zipfile.ZipFile(file, "a") as made, pytest.warns(UserWarning, match="Duplicate"):
        made.writestr("word/document.xml", "another")

    refused("plan.docx", file.getvalue(), "not put together")


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packing_that_office_never_uses_is_refused(packing: int) -> None:
    refused("plan.docx", archive({"a.xml": "x" * 100}, packing), "not put together")


def test_a_password_is_named_as_the_reason() -> None:
    made = bytearray(word())
    entry = made.find(b"PK\1\2")
    made[entry + 8] |= 1
    refused("plan.docx", bytes(made), "has a password. Take the password off")
    locked = opendocument(more={"META-INF/manifest.xml": "<manifest:encryption-data/>"})

    refused("plan.odt", locked, "has a password. Take the password off")


def test_a_list_of_contents_that_is_a_bomb_itself_is_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Types>&b;</Types>'

    refused("plan.docx", with_parts(word(), {"[Content_Types].xml": bomb}), "damaged")


@pytest.mark.parametrize(
    "inside",
    [
        b"<< /S /JavaScript /JS (app.alert) >>",
        b"<< /JS (app.alert) >>",
        b"<< /S /J#61vaScript >>",
        b"<< /S /Launch /F (cmd.exe) >>",
        b"<< /Names << /EmbeddedFiles 3 0 R >> >>",
        b"<< /Type /EmbeddedFile /Length 3 >>",
        b"<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n"
        + zlib.compress(b"<< /S /Launch >>")
        + b"\nendstream",
    ],
)
def test_a_pdf_that_does_something_is_refused(inside: bytes) -> None:
    refused("plan.pdf", PDF.replace(b"endobj", inside + b"\nendobj"), "Print it to a new PDF")


def test_a_pdf_is_not_refused_for_what_its_pictures_happen_to_hold() -> None:
    picture = b"<< /Length 9 >>\nstream\n1 /JS 2 3\nendstream\n<< /JSON 1 >> stream\n"

    assert files.check("plan.pdf", PDF.replace(b"endobj", picture + b"endobj"))


def test_a_pdf_made_to_keep_us_busy_is_looked_through_in_a_moment() -> None:
    busy = b"%PDF-1.7\n" + b"/ObjStm stream\n" * 600_000

    assert files.check("plan.pdf", busy)
    assert pdf.MOST_STREAMS < 600_000


def test_what_is_promised_on_the_page_is_what_is_taken() -> None:
    promised = set(re.findall(r"\.([a-z]+)", kinds.ACCEPTED))

    assert promised <= set(kinds.KINDS)
    assert inspection.EMPTY.endswith("something in it.")


def refused(name: str, content: bytes, advice: str, *, whole: bool = True) -> None:
    """Fail unless a file is refused with this advice, in a whole sentence."""
    check = files.check if whole else lambda _name, given: packages.check_ooxml(given)
    with pytest.raises(UnfitFileError, match=advice) as caught:
        check(name, content)
    assert str(caught.value).startswith("The ")
    assert str(caught.value).endswith(".")
