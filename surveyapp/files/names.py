"""Names of files that strangers give, made safe to keep, to show and to send back."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 120  # characters; some systems take 255 bytes, and a letter may be four of them
LONGEST_ENDING: Final = 10
NAMELESS: Final = "file"
_FORBIDDEN: Final = re.compile(r'[<>:"|?*%;]')
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def safe(given: str) -> str:
    """Return a file's name without folders, without what is not seen, and not too long.

    What turns the direction of writing goes too: it can make one ending look like another.
    """
    last = given.replace("\\", "/").rpartition("/")[2]
    seen = "".join(one for one in unicodedata.normalize("NFC", last) if _is_seen(one))
    words = " ".join(_FORBIDDEN.sub("-", seen).split()).rstrip(". ")
    stem, dot, ending = words.rpartition(".")
    if not dot or len(ending) > LONGEST_ENDING:
        stem, ending = words, ""
    whole = f"{stem[:LONGEST].strip('. ') or NAMELESS}{f'.{ending}' if ending else ''}"
    return f"_{whole}" if _DEVICES.fullmatch(whole) else whole


def extension(name: str) -> str:
    """Return the ending of a name in small letters, without its dot; "" where it has none."""
    return name.rpartition(".")[2].casefold() if "." in name else ""


def size_in_words(size: int) -> str:
    """Write a size as people read it: 12 KB, 1.4 MB."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB".replace(".0 ", " ")


def _is_seen(character: str) -> bool:
    """Say whether a character is one that people see; a space is, whatever its width."""
    return character.isspace() or not unicodedata.category(character).startswith("C")
