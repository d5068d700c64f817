"""What a coder types in the command box, read as a list of commands; nothing is done here.

A line may hold several: `1 -2 +S03 .` accepts the first suggestion, turns the second down, adds a
theme and finishes. It is read whole first, so that a slip in it leaves everything as it was.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from surveyapp.errors import SurveyError

Kind = Literal[
    "accept",
    "reject",
    "accept all",
    "reject all",
    "add",
    "take off",
    "move",
    "use",
    "memo",
    "undo",
    "finish",
    "skip",
    "back",
]
FINISH: Final = "finish"
# A line is a few keys long; a memo may be a paragraph.
LONGEST: Final = 2000
KEYS: Final = (
    ("1", "accept suggestion 1; again, leave it open"),
    ("-1", "turn suggestion 1 down; again, leave it open"),
    ("*", "accept all suggestions"),
    ("-*", "turn all suggestions down"),
    ("+S03", "add the theme with this code"),
    ("-S03", "take the theme with this code off"),
    ("Enter or .", "finish this passage and go to the next"),
    ("n", "go to the next passage without finishing this one"),
    ("p", "go back to the passage before"),
    ("b+1 or b-1", "begin one word later or earlier"),
    ("e+1 or e-1", "end one word later or earlier"),
    ("bs+1, es+1", "the same by sentences"),
    ("=", "draw a passage of the words chosen; the themes given move to it"),
    ("m and words", "keep a memo on this passage: m ask Alder what this means"),
    ("u", "undo what you did last"),
)
"""What can be typed, and what it does; the page lists it. A blind coder has no suggestions."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do; which of the fields counts depends on its kind."""

    kind: Kind
    number: int = 0
    theme: str = ""
    edge: Literal["start", "end"] = "start"
    unit: Literal["word", "sentence"] = "word"
    text: str = ""


class CommandError(SurveyError):
    """Something was typed that is no command; nothing was done."""


_PLAIN: Final[dict[str, Kind]] = {
    ".": "finish",
    "*": "accept all",
    "-*": "reject all",
    "u": "undo",
    "n": "skip",
    "p": "back",
    "=": "use",
}
_MOVE: Final = re.compile(r"([be])(s?)([+-])(\d{0,3})", re.ASCII | re.IGNORECASE)
_NUMBER: Final = re.compile(r"(-?)(\d{1,2})", re.ASCII)
_THEME: Final = re.compile(r"([+-])([A-Za-z][A-Za-z0-9_.-]{0,30})", re.ASCII)
# What looks like a theme's code without a sign: whether to give it or take it off is not guessed.
_BARE: Final = re.compile(r"[A-Za-z]{1,3}\d{1,3}[A-Za-z0-9_.-]{0,10}", re.ASCII)
_MEMO: Final = re.compile(r"(?:^|\s)m\s+(\S.*)$", re.DOTALL)
# What leads away from the passage comes last: the rest of the line would be about another.
_LEAVING: Final = {"finish", "skip", "back", "undo"}


def parse(line: str) -> tuple[Command, ...]:
    """Read a line; an empty one finishes the passage. Raises CommandError for what is none."""
    if len(line) > LONGEST:
        raise CommandError(f"Type {LONGEST:,} characters at most.")
    memo = _MEMO.search(line)
    typed = line[: memo.start()] if memo else line
    found = [_read(token) for token in typed.replace(",", " ").split()]
    for one in found[:-1] if not memo else found:
        if one.kind in _LEAVING:
            raise CommandError("Put what leaves the passage last: Enter, n, p or u.")
    if memo:
        found.append(Command("memo", text=memo.group(1).strip()))
    return tuple(found) or (Command(FINISH),)


def _read(token: str) -> Command:
    plain = _PLAIN.get(token.lower())
    if plain is not None:
        return Command(plain)
    for pattern, make in _SHAPES:
        match = pattern.fullmatch(token)
        if match:
            return make(match)
    if _BARE.fullmatch(token):
        raise CommandError(f"Write +{token} to add the theme {token}, or -{token} to take it off.")
    raise CommandError(f"“{token}” is not a key. The keys are listed below the box.")


def _number(match: re.Match[str]) -> Command:
    return Command("reject" if match.group(1) else "accept", number=int(match.group(2)))


def _theme(match: re.Match[str]) -> Command:
    return Command("add" if match.group(1) == "+" else "take off", theme=match.group(2))


def _move(match: re.Match[str]) -> Command:
    edge, sentence, sign, typed = match.groups()
    by = int(typed or 1)
    return Command(
        "move",
        number=-by if sign == "-" else by,
        edge="start" if edge.lower() == "b" else "end",
        unit="sentence" if sentence else "word",
    )


_SHAPES: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Command]], ...]] = (
    (_NUMBER, _number),
    (_MOVE, _move),
    (_THEME, _theme),
)
