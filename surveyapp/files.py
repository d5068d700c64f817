"""The door to kept files: put away under a random key, within a size, known by their content."""

import re
import secrets
from pathlib import Path
from typing import Final

import puremagic

from surveyapp.errors import SurveyError

LARGEST: Final = 10_000_000
UNKNOWN: Final = "application/octet-stream"
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{32}")


class TooLargeError(SurveyError):
    """A file that is larger than may be kept."""

    def __init__(self) -> None:
        """Say how large a file may be."""
        super().__init__(f"The file must be {LARGEST // 1_000_000} MB or smaller.")


def put(folder: Path, content: bytes) -> str:
    """Keep a file in a folder and return the key that finds it again."""
    if len(content) > LARGEST:
        raise TooLargeError
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = secrets.token_urlsafe(24)
    draft = folder / f".{key}"
    draft.touch(mode=0o600)
    draft.write_bytes(content)
    # Nobody finds a file that is half written.
    draft.replace(folder / key)
    return key


def get(folder: Path, key: str) -> bytes | None:
    """Return the file with this key, or None where there is none."""
    path = folder / key
    return path.read_bytes() if _KEY.fullmatch(key) and path.is_file() else None


def delete(folder: Path, key: str) -> None:
    """Forget a file; it is no fault when it is gone already."""
    if _KEY.fullmatch(key):
        (folder / key).unlink(missing_ok=True)


def sniff(content: bytes) -> str:
    """Say what kind of file this is by what is in it, whatever its name says."""
    try:
        return str(puremagic.from_string(content, mime=True)) or UNKNOWN
    except (puremagic.PureError, ValueError):
        return UNKNOWN
