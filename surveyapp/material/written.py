"""Written answers turned into what a review rests on. Nothing here asks the database."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, cast, get_args

from surveyapp import progress
from surveyapp.definitions import routing
from surveyapp.definitions.questions import (
    ChoiceQuestion,
    ContactQuestion,
    DocumentQuestion,
    MaturityQuestion,
    NumberQuestion,
    TextQuestion,
)
from surveyapp.definitions.values import OTHER
from surveyapp.material.file import File
from surveyapp.models import Answer
from synthesis import material
from synthesis.material import Strength

PRACTICE = "Z1.1"
"""The group in which an authority describes examples worth copying; its parts go by letter."""
Piece = (
    material.Response
    | material.Rating
    | material.Choice
    | material.Figure
    | material.SharedDocument
    | material.KeyContact
    | material.Practice
)
_STRENGTHS: Mapping[str, Strength] = {one.replace(" ", "_"): one for one in get_args(Strength)}


def pieces(file: File) -> Iterator[Piece]:
    """Yield what the answers come to, in the order in which the questions are asked."""
    gone = _gone(file)
    yield from _pieces(file, [row for row in _counted(file) if _key(row) not in gone])


def overtaken(file: File) -> Iterator[Piece]:
    """Yield what the answers come to over which a note prevails."""
    gone = _gone(file)
    yield from _pieces(file, [row for row in _counted(file) if _key(row) in gone])


def _gone(file: File) -> frozenset[tuple[str, str]]:
    """Return the answers that notes prevail over; of an example worth copying, all its parts."""
    rows = [row for row in file.answers if file.is_overtaken(row)]
    examples = {row.entry_id for row in rows if row.question_code.startswith(f"{PRACTICE}.")}
    parts = (
        _key(row)
        for row in file.answers
        if row.question_code.startswith(f"{PRACTICE}.") and row.entry_id in examples
    )
    return frozenset((*map(_key, rows), *parts))


def _key(row: Answer) -> tuple[str, str]:
    return row.question_code, row.entry_id


def _pieces(file: File, rows: Iterable[Answer]) -> Iterator[Piece]:
    practices: dict[str, dict[str, Answer]] = {}
    for row in rows:
        if row.question_code.startswith(f"{PRACTICE}."):
            letter = row.question_code.removeprefix(f"{PRACTICE}.")
            practices.setdefault(row.entry_id, {})[letter] = row
        else:
            yield from _piece(file, row)
    for entry_id, parts in practices.items():
        yield _practice(file, entry_id, parts)


def _counted(file: File) -> list[Answer]:
    """Return the answers to questions that are still asked; one routed away counts for nothing."""
    questionnaire = file.questionnaire
    answers = progress.collect(questionnaire, file.answers)
    counted = routing.counted(questionnaire, answers)
    groups = {code: questionnaire.group_of(code) for code in questionnaire.by_code}
    position = {
        code: at
        for at, (code, group) in enumerate(groups.items())
        if (group.code if group else code) in counted
    }
    rows = (row for row in progress.in_order(file.answers) if row.question_code in position)
    return sorted(rows, key=lambda row: position[row.question_code])


def _piece(file: File, row: Answer) -> Iterator[Piece]:
    """Yield what one answer comes to; a date is kept, and goes nowhere yet."""
    match file.questionnaire.question(row.question_code):
        case MaturityQuestion():
            yield _rating(file, row)
        case ChoiceQuestion():
            yield from _choices(file, row)
        case NumberQuestion() as question if "number" in row.value:
            yield _figure(file, row, question)
        case TextQuestion() if row.value.get("text"):
            yield _response(file, row, str(row.value["text"]))
        case DocumentQuestion() if row.value.get("title"):
            yield _document(file, row)
        case ContactQuestion() if row.value.get("name"):
            yield from _contacts(file, row)


def _id(file: File, row: Answer, *more: str) -> str:
    """Name what came from an answer, so that a decision on it still finds it after a rebuild."""
    return "/".join(
        part for part in (file.authority, row.question_code, row.entry_id, *more) if part
    )


def _response(file: File, row: Answer, text: str, *more: str) -> material.Response:
    return material.Response(
        id=_id(file, row, *more),
        text=text,
        authority=file.authority,
        source="questionnaire",
        question_code=row.question_code,
        question=file.questionnaire.question(row.question_code).text,
        use_level=file.use_level(row.question_code),
    )


def _rating(file: File, row: Answer) -> material.Rating:
    missing = row.value.get("missing", "")
    return material.Rating(
        id=_id(file, row),
        authority=file.authority,
        question_code=row.question_code,
        value=row.value.get("rating"),
        missing=cast(Literal["", "don't know", "not applicable"], missing),
        use_level=file.use_level(row.question_code),
    )


def _choices(file: File, row: Answer) -> Iterator[Piece]:
    options = row.value.get("options") or [row.value.get("option")]
    for option in options:
        if option is not None:
            yield material.Choice(
                id=_id(file, row, option),
                authority=file.authority,
                question_code=row.question_code,
                option=option,
                use_level=file.use_level(row.question_code),
            )
    if row.value.get(OTHER):
        yield _response(file, row, str(row.value[OTHER]), "words")


def _figure(file: File, row: Answer, question: NumberQuestion) -> material.Figure:
    return material.Figure(
        id=_id(file, row),
        authority=file.authority,
        question_code=row.question_code,
        value=float(row.value["number"]),
        unit=question.unit,
        period=row.value.get("period") or question.period,
        use_level=file.use_level(row.question_code),
    )


def _document(file: File, row: Answer) -> material.SharedDocument:
    dated = row.value.get("dated")
    return material.SharedDocument(
        id=_id(file, row),
        authority=file.authority,
        theme=file.questionnaire.theme_of(row.question_code),
        title=row.value["title"],
        kind=row.value.get("kind", ""),
        url=row.value.get("url", ""),
        dated=dt.date.fromisoformat(dated) if dated else None,
        owner=row.value.get("owner", ""),
        may_share=row.value.get("may_share", False),
        file=file.names.get(row.value.get("file", ""), ""),
    )


def _contacts(file: File, row: Answer) -> Iterator[Piece]:
    """Yield a contact for each strand they answer for."""
    for theme in _strands(file, row) or (file.questionnaire.theme_of(row.question_code),):
        yield material.KeyContact(
            id=_id(file, row, theme),
            authority=file.authority,
            theme=theme,
            name=row.value["name"],
            role=row.value.get("role", ""),
            email=row.value.get("email", ""),
            phone=row.value.get("phone", ""),
            may_publish=row.value.get("may_publish", False),
        )


def _strands(file: File, row: Answer) -> tuple[str, ...]:
    """Return the strands chosen for a contact, with it or in another part of the same entry."""
    group = file.questionnaire.group_of(row.question_code)
    siblings = {part.code for part in group.questions} if group else set()
    chosen = list(row.value.get("strands", ()))
    for other in file.answers:
        if other.entry_id == row.entry_id and other.question_code in siblings:
            chosen += other.value.get("options", ())
    themes = (_theme(file, option) for option in dict.fromkeys(chosen))
    return tuple(theme for theme in themes if theme)


def _theme(file: File, option: str) -> str:
    """Return the theme that an option stands for; an option's code is in small letters."""
    themes = {section.theme for section in file.questionnaire.sections}
    return option.upper() if option.upper() in themes else ""


def _practice(file: File, entry_id: str, parts: Mapping[str, Answer]) -> material.Practice:
    def words(letter: str) -> str:
        return str(parts[letter].value.get("text", "")) if letter in parts else ""

    def option(letter: str) -> str:
        return str(parts[letter].value.get("option", "")) if letter in parts else ""

    consent = option("i")
    return material.Practice(
        id=f"{file.authority}/{PRACTICE}/{entry_id}",
        authority=file.authority,
        theme=_theme(file, option("b")),
        title=words("a"),
        what=words("c"),
        need=words("d"),
        impact=words("e"),
        strength=_STRENGTHS.get(option("f"), "claimed"),
        cost=words("g"),
        lessons=words("h"),
        consent=consent in ("named", "unnamed"),
        use_level="named"
        if consent == "named"
        else "unnamed"
        if consent == "unnamed"
        else "withheld",
    )
