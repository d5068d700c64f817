"""Plain text, in whichever way a program wrote its letters down, read paragraph by paragraph."""

import codecs
import re
from typing import Final

from surveyapp.interview.bringing.passages import Passage, UnreadableFileError

UNKNOWN: Final = (
    "The letters in this file are written down in a way we do not know. Open it, save it as plain "
    "text with the encoding UTF-8, and choose that file."
)
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(content: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or Windows-1252; lines end alike in all."""
    try:
        text = content.decode(_encoding(content))
    except (UnicodeDecodeError, LookupError) as error:
        raise UnreadableFileError(UNKNOWN) from error
    if "\0" in text:
        raise UnreadableFileError(UNKNOWN)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_wide(content: bytes) -> bool:
    """Say whether a file is in UTF-16 without saying so: every other byte of it is nothing."""
    start = content[:2_000]
    return any(len(start) > 3 and start[at::2].count(0) > 0.8 * len(start[at::2]) for at in (0, 1))


def read(text: str) -> list[Passage]:
    """Return the passages of a plain text: what empty lines part, or else every line.

    Notes are often typed a line each, without an empty line between them.
    """
    parts = [one.strip() for one in re.split(r"\n\s*\n", text)]
    blocks = [one for one in parts if one]
    lines = [one.strip() for one in text.split("\n") if one.strip()]
    return [Passage(one) for one in (blocks if len(blocks) > 1 else lines)]


def _encoding(content: bytes) -> str:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    if is_wide(content):
        return "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
