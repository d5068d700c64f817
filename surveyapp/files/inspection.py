"""A file that somebody offers, looked into before it is kept.

This is no virus scanner. What a PDF hides in compressed or encrypted parts, a formula in a CSV
file, a link to a template elsewhere, or a fault in the program that opens the file, are not found.
So files are only ever handed out as attachments, and opened by people who know whose they are.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from surveyapp.files import kinds, names
from surveyapp.files.kinds import Family, Kind, UnfitFileError
from surveyapp.files.packages import check_odf, check_ooxml
from surveyapp.files.pdf import check_pdf
from surveyapp.files.store import LARGEST, TooLargeError

EMPTY: Final = "The file is empty. Choose a file that has something in it."
_UNSEEN: Final = bytes({*range(32)} - {9, 10, 12, 13, 27})


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept: its safe name, its media type, its content and what proves it."""

    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Return what tells this content from any other."""
        return hashlib.sha256(self.content).hexdigest()


def check(given_name: str, content: bytes) -> Checked:
    """Return a file that may be kept; UnfitFileError or TooLargeError says why one may not."""
    if not content:
        raise UnfitFileError(EMPTY)
    if len(content) > LARGEST:
        raise TooLargeError
    name = names.safe(given_name)
    ending = names.extension(name)
    kind = kinds.named(ending)
    reason = kinds.refused_as(content)
    if reason:
        raise UnfitFileError(reason)
    _CHECKS[kind.family](kind, content)
    return Checked(name, kind.media_type, content)


def disagrees(kind: Kind) -> UnfitFileError:
    """Return the refusal of a file whose content is not what its name says."""
    return UnfitFileError(
        f"The file is called a {kind.words}, but it is something else inside. Open it, save it as "
        "what it is, and choose that file."
    )


def _pdf(kind: Kind, content: bytes) -> None:
    if kinds.sniff(content) != kind.media_type or not content.startswith(b"%PDF-"):
        raise disagrees(kind)
    check_pdf(content)


def _ooxml(kind: Kind, content: bytes) -> None:
    if check_ooxml(content) != kind.media_type:
        raise disagrees(kind)


def _odf(kind: Kind, content: bytes) -> None:
    if check_odf(content) != kind.media_type:
        raise disagrees(kind)


def _image(kind: Kind, content: bytes) -> None:
    if kinds.sniff(content) != kind.media_type:
        raise disagrees(kind)


def _text(kind: Kind, content: bytes) -> None:
    """Take words in any of the ways that Windows and the web write them down."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if content.startswith((b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff")):
        raise disagrees(kind)
    if not is_wide and content.translate(None, _UNSEEN) != content:
        raise disagrees(kind)


_CHECKS: Final[Mapping[Family, Callable[[Kind, bytes], None]]] = {
    "pdf": _pdf,
    "ooxml": _ooxml,
    "odf": _odf,
    "text": _text,
    "image": _image,
}
