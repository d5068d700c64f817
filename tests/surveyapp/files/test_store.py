"""Kept files: found by their key alone, within a size, and known by what is in them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from surveyapp import files
from synthesis.word.form import Form, write


def test_a_file_is_found_by_its_key_until_it_is_forgotten(tmp_path: Path) -> None:
    key = files.put(tmp_path / "new", b"content")

    assert files.get(tmp_path / "new", key) == b"content"
    files.delete(tmp_path / "new", key)
    files.delete(tmp_path / "new", key)
    assert files.get(tmp_path / "new", key) is None


@pytest.mark.parametrize("key", ["", "..", "../../etc/passwd", "a" * 32, "a" * 31 + "/"])
def test_a_key_that_was_never_given_finds_nothing(key: str, tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"x")

    assert files.get(tmp_path, key) is None
    files.delete(tmp_path, key)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(files.TooLargeError, match="10 MB"):
        files.put(tmp_path, b"x" * (files.LARGEST + 1))

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_comes_in_pieces_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    def broken_off() -> Iterator[bytes]:
        yield b"con"
        raise OSError("The disk is full.")

    key = files.put_together(tmp_path, (b"con", b"tent"))
    with pytest.raises(OSError, match="full"):
        files.put_together(tmp_path, broken_off())

    assert files.get(tmp_path, key) == b"content"
    assert [one.name for one in tmp_path.iterdir()] == [key]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"),
        (b"", files.UNKNOWN),
        (b"\0\1\2\3", files.UNKNOWN),
    ],
)
def test_a_file_is_known_by_its_content(content: bytes, kind: str) -> None:
    assert files.sniff(content) == kind


def test_a_word_file_is_known_by_its_content() -> None:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    assert files.sniff(write(Form("T", "", "v", "a"))) == word
