"""Read responses from a table: csv, xlsx or jsonl, one row a response, as a stream.

A row needs an `id` and a `text`. `authority`, `source`, `question_code`, `question`, `use_level`
and `verbatim` are understood where present; every other column is kept as an attribute.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import BinaryIO, get_args

from synthesis import tables
from synthesis.errors import InputError
from synthesis.material import Response, UseLevel

REQUIRED = ("id", "text")
KNOWN = (
    "id",
    "text",
    "authority",
    "source",
    "question_code",
    "question",
    "use_level",
    "verbatim",
)
YES, NO = ("yes", "true", "1"), ("no", "false", "0")
MAX_WORDS = 20_000
"""More than an hour's talk; a longer cell is nearly always a whole file pasted by mistake."""


def read(stream: BinaryIO, name: str) -> Iterator[Response]:
    """Yield the responses of a table in the order of its rows.

    `stream` must be seekable; `name` is the file's name: its ending tells the format, and errors
    name it. Raises InputError at the first row that cannot be used.
    """
    seen: set[int] = set()
    for row, cells in tables.read(stream, name, required=REQUIRED):
        response = _response(cells, place=f"{name}, row {row}")
        key = hash(response.id)
        if key in seen:
            raise InputError(
                f"{name}, row {row}",
                f"The id {response.id!r} stands on an earlier row too.",
                "Give every response an id of its own.",
            )
        seen.add(key)
        yield response


def _response(cells: Mapping[str, str], place: str) -> Response:
    """Turn one row into a response."""
    identifier = cells["id"].strip()
    if not identifier:
        raise InputError(place, "The id is empty.", "Give the response an id.")
    check_text(cells["text"], place)
    source = cells.get("source", "").strip().lower()
    code = cells.get("question_code", "").strip()
    return Response(
        id=identifier,
        text=cells["text"],
        authority=cells.get("authority", "").strip(),
        source=source or ("questionnaire" if code else "document"),
        question_code=code,
        question=cells.get("question", "").strip(),
        use_level=_use_level(cells.get("use_level", ""), place),
        verbatim=_verbatim(cells.get("verbatim", ""), source, place),
        attributes={key: value for key, value in cells.items() if key not in KNOWN},
    )


def check_text(text: str, place: str) -> None:
    """Refuse words that no page and no Word file could hold."""
    if len(text) > MAX_WORDS and (words := len(text.split())) > MAX_WORDS:
        raise InputError(
            place,
            f"The text has {words:,} words; the most one response can have is {MAX_WORDS:,}.",
            "Split it into several rows, each with an id of its own.",
        )
    found = first(text, is_control)
    if found is not None:
        raise InputError(
            place,
            f"The text holds a control character (U+{ord(text[found]):04X}) at place {found + 1}.",
            "Delete it; it is not visible, so retype the words around it.",
        )


def is_control(character: str) -> bool:
    """Tell whether a character is one that XML, and so Word, cannot hold."""
    return (
        (character < " " and character not in "\t\n\r")
        or character in "\ufffe\uffff"
        or "\ud800" <= character <= "\udfff"
    )


def first(text: Iterable[str], test: Callable[[str], bool]) -> int | None:
    """Return the place of the first character that passes the test."""
    return next((place for place, character in enumerate(text) if test(character)), None)


def _use_level(value: str, place: str) -> UseLevel:
    """Read how the words may be used; empty means named."""
    level = value.strip().lower() or "named"
    for known in get_args(UseLevel):
        if level == known:
            return known  # type: ignore[no-any-return]
    raise InputError(
        place,
        f"The use level {value!r} is not known.",
        f"Write one of: {', '.join(get_args(UseLevel))}.",
    )


def _verbatim(value: str, source: str, place: str) -> bool:
    """Read whether the words are the speaker's own; an interview note is not, unless it says so."""
    answer = value.strip().lower()
    if not answer:
        return source != "interview"
    if answer in YES + NO:
        return answer in YES
    raise InputError(place, f"'verbatim' is {value!r}.", "Write yes or no.")
