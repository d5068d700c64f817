"""Files put away in a folder under a random key, and found again by it alone."""

import datetime as dt
import re
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from surveyapp.errors import SurveyError

LARGEST: Final = 10_000_000
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{32}")


class TooLargeError(SurveyError):
    """A file that is larger than may be kept."""

    def __init__(self) -> None:
        """Say how large a file may be."""
        super().__init__(
            f"The file must be {LARGEST // 1_000_000} MB or smaller. Choose a smaller file, or "
            "give a link to this one."
        )


def put(folder: Path, content: bytes, *, largest: int = LARGEST) -> str:
    """Keep a file in a folder and return the key that finds it again."""
    return put_together(folder, (content,), largest=largest)


def put_together(folder: Path, pieces: Iterable[bytes], *, largest: int = LARGEST) -> str:
    """Keep a file that comes in pieces, and is too long to be held in memory for it."""
    key = secrets.token_urlsafe(24)
    _write(folder, key, _at_most(largest, pieces))
    return key


def replace(folder: Path, key: str, content: bytes) -> None:
    """Keep a file under a key that is known, in the place of what was there."""
    _write(folder, key, (content,))


def _write(folder: Path, key: str, pieces: Iterable[bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f".{key}.{secrets.token_hex(8)}"
    draft.touch(mode=0o600)
    try:
        with draft.open("wb") as file:
            file.writelines(pieces)
        # Nobody finds a file that is half written.
        draft.replace(folder / key)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _at_most(largest: int, pieces: Iterable[bytes]) -> Iterator[bytes]:
    length = 0
    for piece in pieces:
        length += len(piece)
        if length > largest:
            raise TooLargeError
        yield piece


def get(folder: Path, key: str) -> bytes | None:
    """Return the file with this key, or None where there is none."""
    path = folder / key
    return path.read_bytes() if _KEY.fullmatch(key) and path.is_file() else None


def delete(folder: Path, key: str) -> None:
    """Forget a file; it is no fault when it is gone already."""
    if _KEY.fullmatch(key):
        (folder / key).unlink(missing_ok=True)


def keys(folder: Path, before: dt.datetime) -> Iterator[str]:
    """Give the keys of the files in a folder that were put there before a moment."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        is_file = _KEY.fullmatch(path.name) and path.is_file()
        if is_file and path.stat().st_mtime < before.timestamp():
            yield path.name
