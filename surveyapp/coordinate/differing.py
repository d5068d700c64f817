"""A change to a question as a person reads it: which options came and went, which words differ."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from surveyapp.definitions.changes import Change

LABELS: Final[Mapping[str, str]] = {
    "title": "Title",
    "introduction": "Introduction",
    "guidance": "Guidance",
    "controller": "Who is responsible",
    "contact": "Whom people write to",
    "kept_for": "How long answers are kept",
    "text": "Wording",
    "hint": "Hint",
    "options": "Options",
    "other": "“Something else”",
    "exclusive": "Options that are chosen alone",
    "kinds": "Kinds of document",
    "type": "Type of question",
    "theme": "Theme",
    "show_if": "When it is asked",
    "unit": "Unit",
    "period": "Period",
    "multiple_entries": "More than one entry",
    "use_level": "Asks how the words may be used",
    "required": "Must be answered",
    "minimum": "Smallest number",
    "maximum": "Largest number",
    "decimals": "Decimal places",
    "words": "Limit of words",
    "layout": "Layout",
    "place": "Place",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text, and whether they stand in this version of it alone."""

    words: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A change in words: what it is about, then either lines, or the text before and after."""

    label: str
    lines: tuple[str, ...] = ()
    before: tuple[Piece, ...] = ()
    after: tuple[Piece, ...] = ()


def tell(change: Change) -> Told:
    """Return a change as a person reads it."""
    label = LABELS.get(change.setting, change.setting)
    if any(change.offered):
        return Told(label, tuple(_options(*map(dict, change.offered))))
    return Told(label, (), *marked(change.before, change.after))


def marked(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return two texts in pieces, with the words marked that only one of them has."""
    was, now = before.split(), after.split()
    found = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    return (
        tuple(_pieces(was, ((tag, start, end) for tag, start, end, _, _ in found))),
        tuple(_pieces(now, ((tag, start, end) for tag, _, _, start, end in found))),
    )


def _pieces(words: Sequence[str], spans: Iterator[tuple[str, int, int]]) -> Iterator[Piece]:
    for tag, start, end in spans:
        if start < end:
            yield Piece(" ".join(words[start:end]), tag != "equal")


def _options(was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for code, words in was.items():
        if code not in now:
            yield f"Option dropped: {words}"
        elif now[code] != words:
            yield f"Option reworded: {words} → {now[code]}"
    for code, words in now.items():
        if code not in was:
            yield f"Option added: {words}"
    if [code for code in was if code in now] != [code for code in now if code in was]:
        yield "Order changed"
