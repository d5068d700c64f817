"""An answer in plain words, for pages, tables and the review."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from surveyapp.definitions.answers import texts
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.definitions.questions import (
    ChoiceQuestion,
    ContactQuestion,
    DateQuestion,
    DocumentQuestion,
    GroupQuestion,
    MaturityQuestion,
    NumberQuestion,
)
from surveyapp.definitions.values import OTHER, Answers, in_full, is_list, is_missing, is_number

Names = Mapping[str, str]
NO_NAMES: Final[Names] = MappingProxyType({})


def as_text(questionnaire: Questionnaire, code: str, value: object, files: Names = NO_NAMES) -> str:
    """Return a stored answer as plain words; "" where there is none.

    An answer that does not fit the question, as after a change of type, is shown as it stands.
    A file is called by the name that `files` has for it.
    """
    if not isinstance(value, Mapping) or not value:
        return ""
    if is_missing(value):
        return str(value["missing"]).capitalize()
    return "".join(_words(questionnaire, code, value, files)) or _as_it_stands(value)


def written(value: object) -> str:
    """Return the words of one's own in a stored answer: a text, or those beside something else."""
    if not isinstance(value, Mapping):
        return ""
    found = value.get("text", value.get("other", ""))
    return found if isinstance(found, str) else ""


def count_words(value: object) -> int:
    """Count the words of one's own in a stored answer, those in the parts of a group included."""
    inner = value.values() if isinstance(value, Mapping) else ()
    return texts.count(written(value)) + sum(count_words(part) for part in inner)


def _words(questionnaire: Questionnaire, code: str, value: Answers, files: Names) -> Iterator[str]:
    match questionnaire.by_code.get(code):
        case MaturityQuestion():
            yield from _rating(questionnaire, value.get("rating"))
        case ChoiceQuestion() as question:
            yield "; ".join(_choices(question, value))
        case NumberQuestion() as question:
            yield from _number(question, value)
        case DateQuestion():
            yield in_full(_text(value, "date"))
        case DocumentQuestion():
            yield _document(value, files)
        case ContactQuestion():
            yield _joined(value, "name", "role", "email", "phone")
        case GroupQuestion() as group:
            yield "\n".join(_parts(questionnaire, group, value, files))
        case _:
            yield written(value)


def _parts(
    questionnaire: Questionnaire, group: GroupQuestion, value: Answers, files: Names
) -> Iterator[str]:
    for part in group.questions:
        answer = as_text(questionnaire, part.code, value.get(part.code), files)
        if answer:
            yield f"{part.text} {answer}"


def _rating(questionnaire: Questionnaire, rating: object) -> Iterator[str]:
    for point in questionnaire.scale:
        if point.value == rating:
            yield f"{point.value} ({point.label})"


def _choices(question: ChoiceQuestion, value: Answers) -> Iterator[str]:
    options = value.get("options")
    chosen = list(options) if is_list(options) else [value.get("option")]
    for option in question.options:
        if option.code in chosen:
            yield option.text
    if OTHER in chosen:
        yield f"Other: {written(value)}"


def _number(question: NumberQuestion, value: Answers) -> Iterator[str]:
    number, period = value.get("number"), _text(value, "period") or question.period
    if is_number(number):
        unit = question.unit if question.unit == "%" else f" {question.unit}".rstrip()
        yield f"{number:,}{unit}"
        yield f" ({period})" if period else ""


def _document(value: Answers, files: Names) -> str:
    dated = in_full(_text(value, "dated"))
    about = [_text(value, "kind"), _text(value, "owner"), f"dated {dated}" if dated else ""]
    known = "; ".join(filter(None, about))
    words = f"{_text(value, 'title')} ({known})" if known else _text(value, "title")
    key = _text(value, "file")
    file = (f"(file: {files[key]})" if key in files else "(with a file)") if key else ""
    return " ".join(filter(None, (words, _text(value, "url"), file)))


def _joined(value: Answers, *fields: str) -> str:
    return ", ".join(filter(None, (_text(value, field) for field in fields)))


def _text(value: Answers, field: str) -> str:
    found = value.get(field, "")
    return found if isinstance(found, str) else ""


def _as_it_stands(value: Answers) -> str:
    return "; ".join(str(inner) for inner in value.values())
