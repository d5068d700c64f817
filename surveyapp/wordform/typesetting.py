"""The door to Typst: a template and plain data in, a tagged PDF out, the same for the same data.

The data travels as JSON, so nothing that people typed is read as Typst's own language. A template
sees no files but the templates and its data, brings in no packages, and uses the letters that Typst
carries with it.
"""

import datetime as dt
import json
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

import typst

Table = Mapping[str, object]

TEMPLATES: Final = Path(__file__).parent / "papers"
_NOWHERE: Final = TEMPLATES / "none"
# Drawn for certain, in any order: Latin letters with their accents, and what English is set with.
_ORDINARY: Final = frozenset(
    map(chr, (*range(0x20, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x180)))
)
_PUNCTUATION: Final = frozenset("–—‘’“”…•€□")
_TRIAL: Final = TEMPLATES / "trial.typ"
_UNSEEN: Final = ("Cf", "Cs", "Mn", "Me", "Mc")


def typeset(template: str, data: Table, day: dt.date) -> bytes:
    """Set data with a template as a PDF for all readers (PDF/UA), dated to a day.

    What cannot be drawn gives way to a symbol's name or a square: a letter that has no shape, or,
    where letters have one each but not together, all but the ordinary ones.
    """
    told = {**data, "date": [day.year, day.month, day.day]}
    try:
        return compile_template(TEMPLATES / template, _in_letters(told, _drawn))
    except typst.TypstError:
        return compile_template(TEMPLATES / template, _in_letters(told, _plain))


def compile_template(template: Path, data: object) -> bytes:
    """Set a template with data; TypstError where it cannot be set, or reaches out of its folder."""
    return typst.compile(
        template,
        sys_inputs={"data": json.dumps(data)},
        root=template.parent,
        format="pdf",
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        package_path=_NOWHERE,
        package_cache_path=_NOWHERE,
        timestamp=0,
    )


def _in_letters(value: object, letter: Callable[[str], str]) -> object:
    """Write every text in the data with these letters."""
    if isinstance(value, str):
        return "".join(map(letter, unicodedata.normalize("NFC", value)))
    if isinstance(value, Mapping):
        return {name: _in_letters(one, letter) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_in_letters(one, letter) for one in value]
    return value


@lru_cache(maxsize=4096)
def _drawn(letter: str) -> str:
    """Return a letter, or what stands for it. Only Typst knows what it can draw, so it is asked."""
    if letter in _ORDINARY or unicodedata.category(letter) in ("Cc", "Cs"):
        return _plain(letter)
    return letter if _can_draw(letter) else _plain(letter)


def _plain(letter: str) -> str:
    """Return an ordinary letter; for any other a symbol's name, a square, nothing if unseen."""
    if letter in _ORDINARY or letter in _PUNCTUATION:
        return letter
    category = unicodedata.category(letter)
    if letter.isspace():
        return " "
    if category == "So":
        return f"[{unicodedata.name(letter, 'symbol').lower()}]"
    return "" if category == "Cc" or category in _UNSEEN else "□"


def _can_draw(letter: str) -> bool:
    try:
        compile_template(_TRIAL, letter)
    except typst.TypstError:
        return False
    return True
