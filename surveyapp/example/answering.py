"""The answers of an example file, as the drafts that somebody would save."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast
from zoneinfo import ZoneInfo

from surveyapp.definitions import answers
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.definitions.questions import GroupQuestion, is_repeated
from surveyapp.example.files import AuthorityFile, GivenAnswer
from surveyapp.respond.services import Draft, Value

ENGLAND = ZoneInfo("Europe/London")
NAMESPACE = uuid.UUID("5d0bb4b2-6f0c-4a0f-9d31-2f8f0ad6a2b7")
_ROW_GAP = dt.timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class Saving:
    """A draft, who saves it and when."""

    draft: Draft
    by: str
    at: dt.datetime


def moment(day: dt.date, row: int = 0) -> dt.datetime:
    """Return a time on a working morning; later rows were written later."""
    return dt.datetime.combine(day, dt.time(9), tzinfo=ENGLAND) + row * _ROW_GAP


def name(*parts: object) -> uuid.UUID:
    """Return the same random-looking id for the same things, so that loading can be repeated."""
    return uuid.uuid5(NAMESPACE, "/".join(map(str, parts)))


def savings(questionnaire: Questionnaire, file: AuthorityFile) -> Iterator[Saving]:
    """Yield what was saved, day by day, as the file has it."""
    seen: Counter[str] = Counter()
    for row, given in enumerate(sorted(file.answers, key=lambda given: given.on)):
        seen[given.question] += 1
        entry = name(file.authority, given.question, seen[given.question]).hex[:12]
        for draft in _drafts(questionnaire, given, entry):
            yield Saving(draft, by=given.by.lower(), at=moment(given.on, row))


def _drafts(questionnaire: Questionnaire, given: GivenAnswer, entry: str) -> Iterator[Draft]:
    question = questionnaire.question(given.question)
    stored = answers.read(questionnaire, question.code, _raw(given))
    if isinstance(question, GroupQuestion):
        for part, value in stored.items():
            yield Draft(part, cast(Value, value), entry_id=entry)
    else:
        yield Draft(question.code, stored, entry_id=entry if is_repeated(question) else "")


def _raw(given: GivenAnswer) -> object:
    """Return an answer's fields, with dates as the text that is stored."""
    if given.missing:
        return {"missing": given.missing}
    if given.other:
        field = "options" if isinstance(given.value, list) else "option"
        return {field: given.value, "other": given.other}
    return _plain(given.value)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return value.isoformat() if isinstance(value, dt.date) else value
