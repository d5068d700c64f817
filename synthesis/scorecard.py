"""The scorecard: how well one coding matches another, drawn as plain text."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from synthesis import agreement, tables
from synthesis.agreement import Coding, Scores, ThemeScores
from synthesis.errors import InputError

KINDS: Mapping[str, str] = {
    "S": "strands",
    "A": "outcomes",
    "E": "evidence kinds",
    "P": "stances",
    "X": "emergent",
}
"""What a code's first letter stands for; other letters are a kind of their own."""
UNASKED = "strands not asked about"


@dataclass(frozen=True, slots=True)
class Coded:
    """A coding, the theme each text was asked about, and the order the texts stand in."""

    codes: Coding
    asked: Mapping[str, str]


def read_coding(stream: BinaryIO, name: str) -> Coded:
    """Read codes from a table: `codes` a row a text, or `theme` a row a passage and theme.

    Raises InputError where there is neither column.
    """
    codes: dict[str, set[str]] = {}
    asked: dict[str, str] = {}
    for row, cells in tables.read(stream, name, required=("id",)):
        if "codes" not in cells and "theme" not in cells:
            raise InputError(
                f"{name}, header",
                "There is neither a column 'codes' nor a column 'theme'.",
                "Give a file that `tag` wrote, or a coded file with id and codes.",
            )
        key = cells["id"].strip()
        if not key:
            raise InputError(f"{name}, row {row}", "The id is empty.", "Give the text its id.")
        codes.setdefault(key, set()).update((cells.get("codes") or cells.get("theme", "")).split())
        asked[key] = cells.get("question_code", "").strip().partition(".")[0]
    return Coded({key: frozenset(found) for key, found in codes.items()}, asked)


def draw(gold: Coded, given: Coded) -> str:
    """Return the whole card; texts that only `given` has are counted and left out."""
    return "\n".join(_lines(gold, given)) + "\n"


def _lines(gold: Coded, given: Coded) -> Iterator[str]:
    extra = len(given.codes.keys() - gold.codes.keys())
    yield f"{len(gold.codes)} texts in the gold; {extra} more in the other file, left out"
    yield ""
    yield _row("kind", "n", "samples-F1", "95% interval", "micro-F1", "macro-F1", "exact", "alpha")
    for kind, letters in _kinds(gold, given):
        yield _kind(kind, _of(gold.codes, letters), _of(given.codes, letters))
    if any(gold.asked.values()):
        yield _kind(UNASKED, *_unasked(gold, given))
    yield ""
    yield _row("theme", "n", "precision", "recall", "F1", "alpha", "kappa", "")
    for line in agreement.by_theme(gold.codes, given.codes):
        yield _theme(line)


def _kinds(gold: Coded, given: Coded) -> Iterator[tuple[str, str]]:
    """Name each kind of theme that occurs, with the letter its codes begin with."""
    letters = {
        code[0] for coded in (gold, given) for codes in coded.codes.values() for code in codes
    }
    for letter in [*KINDS, *sorted(letters - KINDS.keys())]:
        if letter in letters:
            yield KINDS.get(letter, f"codes in {letter}"), letter


def _of(coding: Coding, letter: str) -> Coding:
    return agreement.only(coding, lambda _, code: code.startswith(letter))


def _unasked(gold: Coded, given: Coded) -> tuple[Coding, Coding]:
    """Keep the answers to a question, and of their strands those the question did not ask about."""
    answers = {key: codes for key, codes in gold.codes.items() if gold.asked.get(key)}
    others = {key: given.codes.get(key, frozenset()) for key in answers}

    def beside(key: str, code: str) -> bool:
        return code.startswith("S") and code != gold.asked[key]

    return agreement.only(answers, beside), agreement.only(others, beside)


def _kind(name: str, gold: Coding, given: Coding) -> str:
    scores: Scores = agreement.score(gold, given)
    themes = sorted(
        {code for coding in (gold, given) for codes in coding.values() for code in codes}
    )
    alpha = agreement.pooled_alpha(gold, given, themes) if themes else float("nan")
    return _row(
        name,
        str(scores.n),
        f"{scores.samples_f1:.3f}",
        f"{scores.low:.3f} to {scores.high:.3f}",
        f"{scores.micro_f1:.3f}",
        f"{scores.macro_f1:.3f}",
        f"{scores.exact:.3f}",
        f"{alpha:.3f}",
    )


def _theme(line: ThemeScores) -> str:
    figures = (line.precision, line.recall, line.f1, line.alpha, line.kappa)
    return _row(line.theme, str(line.n), *(f"{figure:.3f}" for figure in figures), "")


def _row(*cells: str) -> str:
    """Set cells in columns: the first to the left, the others to the right."""
    first, *rest = cells
    return f"{first:<24}{_columns(rest)}".rstrip()


def _columns(cells: Iterable[str]) -> str:
    widths = (6, 12, 17, 10, 10, 8, 8)
    return "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
