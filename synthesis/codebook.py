"""The codebook: the list of themes that passages are tagged with."""

import io
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError

from synthesis import tables
from synthesis.errors import InputError

Kind = Literal["strand", "outcome", "evidence", "stance", "emergent"]
KINDS: tuple[Kind, ...] = ("strand", "outcome", "evidence", "stance", "emergent")


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: what it means, and the words that suggest it.

    A cue alone suggests the theme; a hint only beside other support. `synthesis.cues` tells how
    both are written.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    code: str
    kind: Kind
    name: str
    definition: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    example: str = ""
    cues: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodedExample:
    """A text with the themes a coder gave it; the question is the one it answers, if any.

    `asked` is the theme that the question is about, where its code does not already begin with it.
    """

    id: str
    text: str
    codes: frozenset[str]
    authority: str = ""
    question_code: str = ""
    question: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Codebook:
    """The themes of one version, in the order they are printed."""

    title: str
    version: str
    themes: tuple[Theme, ...]
    examples: tuple[CodedExample, ...] = field(default=(), repr=False)

    def __iter__(self) -> Iterator[Theme]:
        return iter(self.themes)

    def __contains__(self, code: str) -> bool:
        return any(theme.code == code for theme in self.themes)

    def __getitem__(self, code: str) -> Theme:
        """Return the theme with this code; KeyError where there is none."""
        for theme in self.themes:
            if theme.code == code:
                return theme
        raise KeyError(code)

    def of_kind(self, kind: Kind) -> tuple[Theme, ...]:
        """Return the themes of one kind."""
        return tuple(theme for theme in self.themes if theme.kind == kind)


def parse(text: str, name: str, examples: Mapping[str, str] | None = None) -> Codebook:
    """Read a codebook from TOML.

    `name` is the file's name, for errors. `examples` holds the text of the coded examples it names,
    by file name. Raises InputError where a theme is not well formed or stands twice.
    """
    table = load_toml(text, name)
    try:
        themes = TypeAdapter(tuple[Theme, ...]).validate_python(table.get("themes", ()))
    except ValidationError as error:
        raise InputError(name, _fault(error, table), "Mend the theme.") from error
    if not themes:
        raise InputError(name, "The codebook has no themes.", "Add a [[themes]] table a theme.")
    twice = [code for code, count in Counter(theme.code for theme in themes).items() if count > 1]
    if twice:
        raise InputError(name, f"The theme {twice[0]} stands twice.", "Give it another code.")
    coded = table.get("examples", "")
    return Codebook(
        title=str(table.get("title", "Codebook")),
        version=str(table.get("version", "1")),
        themes=themes,
        examples=_examples(examples, coded, themes) if examples and coded else (),
    )


def load_toml(text: str, name: str) -> dict[str, Any]:
    """Read TOML; InputError names the line where it breaks off."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            name, f"The file is not TOML: {error}.", "Mend the line it names."
        ) from error


def _fault(error: ValidationError, table: Mapping[str, Any]) -> str:
    """Say in which theme the first fault stands, and what it is."""
    first = error.errors()[0]
    if not first["loc"]:
        return "The themes are not a list of [[themes]] tables."
    place = first["loc"][0]
    themes = table["themes"]
    theme = "list"
    if isinstance(place, int) and isinstance(themes[place], dict):
        theme = str(themes[place].get("code", f"number {place + 1}"))
    where = ".".join(str(part) for part in first["loc"][1:])
    return f"Theme {theme}, {where}: {first['msg']}."


def _examples(
    texts: Mapping[str, str], name: str, themes: tuple[Theme, ...]
) -> tuple[CodedExample, ...]:
    """Read the coded examples that a codebook names."""
    if name not in texts:
        raise InputError(name, "The codebook's coded examples are missing.", "Put the file back.")
    stream = io.BytesIO(texts[name].encode())
    return tuple(read_examples(stream, name, frozenset(theme.code for theme in themes)))


def read_examples(stream: BinaryIO, name: str, codes: frozenset[str]) -> Iterator[CodedExample]:
    """Yield coded texts from a table with the columns `id`, `text` and `codes`.

    Raises InputError for a code that is not among `codes`.
    """
    for row, cells in tables.read(stream, name, required=("id", "text", "codes")):
        given = frozenset(cells["codes"].split())
        unknown = sorted(given - codes)
        if unknown:
            raise InputError(
                f"{name}, row {row}",
                f"The code {unknown[0]} is not in the codebook.",
                f"Write codes of the codebook with spaces between: {' '.join(sorted(codes))}.",
            )
        yield CodedExample(
            id=cells["id"].strip(),
            text=cells["text"],
            codes=given,
            authority=cells.get("authority", "").strip(),
            question_code=cells.get("question_code", "").strip(),
            question=cells.get("question", "").strip(),
        )
