"""A file that is waited for is whole or not there, and a bar says how far it is."""

import pytest

from synthesis.delivering import progress, replacing
from synthesis.errors import InputError
from tests.synthesis.commanding import files


def test_a_file_takes_its_place_when_it_is_whole(tmp_path):
    path = tmp_path / "new" / "review.docx"
    with replacing(path) as stream:
        stream.write(b"half")
        assert not path.exists()
        stream.write(b" and half")

    assert path.read_bytes() == b"half and half"
    assert files(path.parent) == ["review.docx"]


def test_a_failure_leaves_what_was_there(tmp_path):
    path = tmp_path / "review.docx"
    path.write_bytes(b"before")
    with pytest.raises(TypeError), replacing(path) as stream:
        stream.writelines([b"half", "no bytes"])

    assert path.read_bytes() == b"before"
    assert files(tmp_path) == ["review.docx"]


@pytest.mark.parametrize("path", ["", "file/review.docx"])
def test_a_place_that_cannot_be_written_is_named(path, tmp_path):
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(InputError, match="cannot be written"), replacing(tmp_path / path):
        pass


def test_the_bar_says_what_is_done_and_how_far_it_is(capsys):
    with progress() as tell:
        tell("reading", 0.25)
        tell("writing", 1.0)

    said = capsys.readouterr().err
    assert "writing: 100%" in said
