"""Read responses from a table: csv, xlsx or jsonl, one row a response, as a stream.

A row needs an `id` and a `text`. `authority`, `source`, `question_code`, `question`, `use_level`,
`verbatim` and `confirmed` are understood where present; every other column is kept as an attribute.
"""

from collections.abc import Iterator, Mapping
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
    "confirmed",
)
USE_LEVELS: Mapping[str, UseLevel] = {level: level for level in get_args(UseLevel)}
SOURCES = ("questionnaire", "interview", "document")
YES, NO = ("yes", "true", "1"), ("no", "false", "0")
MAX_WORDS = 20_000
"""More than an hour's talk; a longer cell is nearly always a whole file pasted by mistake."""
MAX_CHARACTERS = 200_000
MAX_WORD = 2_000
"""Longer than any web address; what is longer, such as a picture, is not words."""


def read(stream: BinaryIO, name: str) -> Iterator[Response]:
    """Yield the responses of a table in the order of its rows.

    `stream` must be seekable; `name` is the file's name: its ending tells the format, and errors
    name it. Raises InputError at the first row that cannot be used.
    """
    return (response for _, response in numbered(stream, name))


def numbered(stream: BinaryIO, name: str) -> Iterator[tuple[int, Response]]:
    """Yield the responses as `read` does, each with the number of its row."""
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
        yield row, response


def _response(cells: Mapping[str, str], place: str) -> Response:
    """Turn one row into a response."""
    identifier = cells["id"].strip()
    if not identifier:
        raise InputError(place, "The id is empty.", "Give the response an id.")
    check_text(cells["text"], place)
    source = cells.get("source", "").strip().lower()
    code = cells.get("question_code", "").strip()
    if source and source not in SOURCES:
        raise InputError(
            place,
            f"The source {source!r} is not known.",
            f"Write one of: {', '.join(SOURCES)}.",
        )
    return Response(
        id=identifier,
        text=cells["text"],
        authority=cells.get("authority", "").strip(),
        source=source or ("questionnaire" if code else "document"),
        question_code=code,
        question=cells.get("question", "").strip(),
        use_level=_use_level(cells.get("use_level", ""), place),
        verbatim=_verbatim(cells.get("verbatim", ""), source, place),
        confirmed=_confirmed(cells.get("confirmed", ""), source, place),
        attributes={key: value for key, value in cells.items() if key not in KNOWN},
    )


def check_text(text: str, place: str) -> None:
    """Refuse a text that is too long to be an answer."""
    if len(text) > MAX_WORDS and (words := len(text.split())) > MAX_WORDS:
        raise InputError(
            place,
            f"The text has {words:,} words; the most one response can have is {MAX_WORDS:,}.",
            "Split it into several rows, each with an id of its own.",
        )
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            place,
            f"The text has {len(text):,} characters; the most is {MAX_CHARACTERS:,}.",
            "Split it into several rows, each with an id of its own.",
        )
    if len(text) > MAX_WORD and (longest := max(map(len, text.split()), default=0)) > MAX_WORD:
        raise InputError(
            place,
            f"The text has {longest:,} characters without a space; the most is {MAX_WORD:,}.",
            "Delete what is not words, such as a picture that was pasted in.",
        )


def _use_level(value: str, place: str) -> UseLevel:
    """Read how the words may be used; empty means named."""
    level = value.strip().lower() or "named"
    if level in USE_LEVELS:
        return USE_LEVELS[level]
    raise InputError(
        place,
        f"The use level {value!r} is not known.",
        f"Write one of: {', '.join(USE_LEVELS)}.",
    )


def _verbatim(value: str, source: str, place: str) -> bool:
    """Read whether the words are the speaker's own; an interview note is not, unless it says so."""
    said = _yes("verbatim", value, place)
    return source != "interview" if said is None else said


def _confirmed(value: str, source: str, place: str) -> bool | None:
    """Read whether the person interviewed has confirmed the words; nobody confirms others."""
    said = _yes("confirmed", value, place)
    return said if source == "interview" else None


def _yes(column: str, value: str, place: str) -> bool | None:
    """Read yes or no; None where the cell is empty."""
    answer = value.strip().lower()
    if not answer:
        return None
    if answer in YES + NO:
        return answer in YES
    raise InputError(place, f"'{column}' is {value!r}.", "Write yes or no.")
