"""A section as a form: a block a question, an entry a repetition, a box an answer."""

import datetime as dt
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from surveyapp.definitions import answers
from surveyapp.definitions.answers import AnswerError, Problem
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.definitions.questions import (
    ContactQuestion,
    DocumentQuestion,
    GroupQuestion,
    Question,
    is_repeated,
)
from surveyapp.definitions.values import OTHER, Stored, as_date, is_list, is_missing, is_number
from surveyapp.files import uploads
from surveyapp.files.uploads import Uploads
from surveyapp.identifying import warning
from surveyapp.identifying.warning import Warning
from surveyapp.models import Person, Upload
from surveyapp.respond.services import Draft
from surveyapp.respond.standing import Key, Standing, codes_of

Typed = Mapping[Key, "Kept"]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a person typed that is not saved, and what is wrong with it."""

    draft: Draft
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """Where one answer is given: what stands in it, what version that is, what is wrong with it."""

    question: Question
    entry_id: str
    seen: int
    filled: Mapping[str, object]
    problems: tuple[Problem, ...]
    offers_missing: bool
    file: Upload | None = None

    @property
    def key(self) -> str:
        """Return what the names of its fields begin with."""
        return name_of(self.question.code, self.entry_id)

    @property
    def id(self) -> str:
        """Return what the ids of its fields begin with."""
        return self.key.replace(".", "-").replace("@", "-")

    def name(self, field: str) -> str:
        """Return the name of one of its fields."""
        return f"{self.key}:{field}"

    def text(self, field: str) -> str:
        """Return what stands in one of its fields."""
        return str(self.filled.get(field) or "")

    def error(self, *fields: str) -> str:
        """Return what is wrong with some of its fields."""
        return " ".join(one.message for one in self.problems if one.field in fields)

    @property
    def warnings(self) -> tuple[Warning, ...]:
        """Return what stands in it and may identify a child."""
        return warning.of_answer(self.filled)

    @property
    def errors(self) -> tuple[tuple[str, str], ...]:
        """Return everything that is wrong with it, each with the id of the field to mend."""
        return tuple((f"{self.id}-{self._at(one.field)}", one.message) for one in self.problems)

    def _at(self, field: str) -> str:
        """Return the field that a person can reach: dates are three, choices are their first."""
        first = {"maturity": "rating", "single": "option", "multiple": "options"}
        choice = first.get(self.question.type)
        if field == "file":
            return "upload"
        shows_other = self.question.type == "single" or OTHER in self._chosen()
        if choice and not (field == "other" and shows_other):
            return choice
        return f"{field}-day" if field in ("date", "dated") else field

    def _chosen(self) -> Iterable[object]:
        options = self.filled.get("options")
        return options if is_list(options) else [self.filled.get("option")]


@dataclass(frozen=True, slots=True)
class Entry:
    """One repetition of a question; a question that does not repeat has one."""

    id: str
    boxes: tuple[Box, ...]
    is_stored: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A question on the page, with its entries and who wrote in it last."""

    question: Question
    entries: tuple[Entry, ...]
    is_repeated: bool
    author: Person | None
    at: dt.datetime | None

    @property
    def id(self) -> str:
        """Return the id that links to this question lead to."""
        return anchor(self.question.code)

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes under which its answers are stored."""
        return codes_of(self.question)


def anchor(code: str) -> str:
    """Return the id that links to a question lead to."""
    return f"question-{code.replace('.', '-')}"


def name_of(code: str, entry_id: str) -> str:
    """Return a question and an entry as the name of a box: Z1.1.a@e1."""
    return f"{code}@{entry_id}" if entry_id else code


def blocks(
    standing: Standing,
    questions: Iterable[Question],
    typed: Typed,
    adding: str = "",
    files: Uploads = uploads.NONE,
) -> tuple[Block, ...]:
    """Return questions as they are shown, with what was typed in place of what is stored."""
    page = _Sheet(standing, typed, files)
    return tuple(_block(page, one, is_adding=one.code == adding) for one in questions)


def errors(shown: Iterable[Block]) -> list[dict[str, str]]:
    """Return what is wrong on a page, in the order of the page, each linked to its field."""
    return [
        {"text": f"{box.question.code}: {message}", "href": f"#{field}"}
        for block in shown
        for entry in block.entries
        for box in entry.boxes
        for field, message in box.errors
    ]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What boxes are filled from: what is stored, what was typed, and the files given."""

    standing: Standing
    typed: Typed
    files: Uploads


def _block(page: _Sheet, question: Question, *, is_adding: bool) -> Block:
    standing, typed, repeated = page.standing, page.typed, is_repeated(question)
    stored = standing.entry_ids(question) if repeated else [""]
    ids = list(stored)
    if repeated:
        codes = codes_of(question)
        ids += dict.fromkeys(e for code, e in typed if code in codes and e not in stored)
        ids += [secrets.token_hex(6)] if is_adding or not ids else []
    entries = (_entry(page, question, one, is_stored=one in stored) for one in ids)
    rows = [row for key, row in standing.rows.items() if key[0] in codes_of(question)]
    last = max(rows, key=lambda row: row.updated_at, default=None)
    return Block(
        question=question,
        entries=tuple(entries),
        is_repeated=repeated,
        author=last.author if last else None,
        at=last.updated_at if last else None,
    )


def _entry(page: _Sheet, question: Question, entry_id: str, *, is_stored: bool) -> Entry:
    asked: tuple[Question, ...] = (question,)
    if isinstance(question, GroupQuestion):
        shown = {part.code for part in page.standing.parts_shown(question, entry_id)}
        asked = tuple(
            part
            for part in question.questions
            if part.code in shown or (part.code, entry_id) in page.typed
        )
    boxes = (_box(page, one, entry_id) for one in asked)
    return Entry(entry_id, tuple(boxes), is_stored=is_stored)


def _box(page: _Sheet, question: Question, entry_id: str) -> Box:
    kept = page.typed.get((question.code, entry_id))
    stored = page.standing.value(question.code, entry_id)
    evidence = isinstance(question, DocumentQuestion | ContactQuestion)
    shown = kept.draft.value if kept else filled(stored)
    return Box(
        question=question,
        entry_id=entry_id,
        seen=kept.draft.seen if kept else page.standing.version(question.code, entry_id),
        filled=shown,
        problems=kept.problems if kept else (),
        # In one of several entries, having no answer is leaving the box empty.
        offers_missing=is_missing(stored) or not (entry_id or evidence),
        file=page.files.get(str(shown.get("file", ""))),
    )


def filled(value: Mapping[str, object]) -> Stored:
    """Return a stored answer as it stands in the fields of a form."""
    return {field: _typed(field, one) for field, one in value.items()}


def _typed(field: str, value: object) -> object:
    if field in ("date", "dated"):
        day = as_date(str(value))
        parts = (day.day, day.month, day.year) if day else ("", "", "")
        return dict(zip(("day", "month", "year"), map(str, parts), strict=True))
    if isinstance(value, bool):
        return "yes" if value else ""
    if is_number(value):
        return f"{value:f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return value


def in_words(questionnaire: Questionnaire, draft: Draft, files: Uploads = uploads.NONE) -> str:
    """Return what was typed in plain words, whether or not it could be an answer."""
    try:
        value = answers.read(questionnaire, draft.question_code, draft.value)
    except AnswerError:
        file = files.get(str(draft.value.get("file", "")))
        value = {**draft.value, "file": file.file_name if file else ""}
        return "; ".join(_spoken(value.values()))
    return answers.as_text(questionnaire, draft.question_code, value, uploads.names(files))


def _spoken(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, Mapping):
            yield " ".join(_spoken(value.values()))
        elif is_list(value):
            yield from _spoken(value)
        elif value:
            yield str(value)
