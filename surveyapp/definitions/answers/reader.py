"""Reading an answer of any type from what was typed, chosen or kept in a file."""

from collections.abc import Mapping
from typing import Final

from surveyapp.definitions.answers import texts
from surveyapp.definitions.answers.choices import read_multiple, read_rating, read_single
from surveyapp.definitions.answers.errors import AnswerError, Problem, refuse
from surveyapp.definitions.answers.evidence import read_contact, read_document
from surveyapp.definitions.answers.figures import read_date, read_number
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.definitions.questions import (
    ChoiceQuestion,
    ContactQuestion,
    DateQuestion,
    DocumentQuestion,
    GroupQuestion,
    MaturityQuestion,
    NumberQuestion,
    Question,
    TextQuestion,
)
from surveyapp.definitions.values import MISSING, Answers, Stored, is_list

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {  # the first is what a plain value stands for
    "maturity": ("rating",),
    "single": ("option", "other"),
    "multiple": ("options", "other"),
    "number": ("number", "period"),
    "date": ("date",),
    "short": ("text",),
    "long": ("text",),
    "document": ("title", "kind", "url", "dated", "owner", "file", "may_share"),
    "contact": ("name", "role", "email", "phone", "strands", "may_publish"),
}

Entry = DocumentQuestion | ContactQuestion | GroupQuestion


def read(questionnaire: Questionnaire, code: str, raw: object) -> Stored:
    """Return an answer as it is stored, or raise AnswerError; {} where nothing was answered.

    `raw` is a mapping of the type's fields, or a plain value such as 3 for a rating. A group takes
    its parts by their codes or last letters. KeyError where there is no such question.
    """
    question = questionnaire.question(code)
    fields = _fields(question)
    given = raw if isinstance(raw, Mapping) else {fields[0]: raw}
    unknown = [str(field) for field in given if field not in (*fields, "missing")]
    refuse(Problem(field, "This is not part of the answer.") for field in unknown)
    missing = _missing(given)
    if not missing:
        return _read(questionnaire, question, given)
    if not all(_is_blank(given.get(field)) for field in fields):
        raise AnswerError(Problem("missing", f"Give an answer or choose “{missing}”, not both."))
    return {"missing": missing}


def first_field(questionnaire: Questionnaire, code: str) -> str:
    """Return the field of an answer that a plain value stands for."""
    return _fields(questionnaire.question(code))[0]


def problems(questionnaire: Questionnaire, code: str, value: object) -> tuple[Problem, ...]:
    """Return what is wrong with a stored answer; what is right reads as itself."""
    if not isinstance(value, Mapping):
        return (Problem("", "A stored answer is a mapping."),)
    try:
        is_sound = read(questionnaire, code, value) == value
    except AnswerError as error:
        return error.problems
    return () if is_sound else (Problem("", "This is not how the answer would be stored."),)


def _fields(question: Question) -> tuple[str, ...]:
    """Return the fields of an answer, the one that a plain value stands for first."""
    if isinstance(question, GroupQuestion):
        codes = [part.code for part in question.questions]
        return (*codes, *map(_letter, codes))
    return FIELDS[question.type]


def _letter(part_code: str) -> str:
    return part_code.rpartition(".")[2]


def _is_blank(raw: object) -> bool:
    """Say whether a field was left alone; nought is an answer, a box not ticked is none."""
    if isinstance(raw, str):
        return not raw.strip()
    return raw is None or raw is False or (is_list(raw) and not raw)


def _missing(given: Answers) -> str:
    word = texts.line(given.get("missing"), "missing").casefold().replace("’", "'")
    if word and word not in MISSING:
        raise AnswerError(Problem("missing", "Choose “don't know” or “not applicable”."))
    return word


def _read(questionnaire: Questionnaire, question: Question, given: Answers) -> Stored:
    match question:
        case MaturityQuestion():
            return read_rating(questionnaire.scale, given)
        case ChoiceQuestion(type="single"):
            return read_single(question, given)
        case ChoiceQuestion():
            return read_multiple(question, given)
        case NumberQuestion():
            return read_number(question, given)
        case TextQuestion():
            return texts.read(question, given)
        case DateQuestion():
            return read_date(given)
    return _read_entry(questionnaire, question, given)


def _read_entry(questionnaire: Questionnaire, question: Entry, given: Answers) -> Stored:
    """Read one entry of a question that can have several."""
    match question:
        case DocumentQuestion():
            return read_document(question, given)
        case ContactQuestion():
            return read_contact(questionnaire.themes, given)
        case GroupQuestion():
            return _read_parts(questionnaire, question, given)


def _read_parts(questionnaire: Questionnaire, group: GroupQuestion, given: Answers) -> Stored:
    """Read every part of a group, so that all that is wrong is said at once."""
    found: Stored = {}
    wrong: list[Problem] = []
    for part in group.questions:
        raw = given.get(part.code, given.get(_letter(part.code)))
        try:
            found[part.code] = read(questionnaire, part.code, raw)
        except AnswerError as error:
            wrong += [Problem(part.code, problem.message) for problem in error.problems]
    refuse(wrong)
    return {code: answer for code, answer in found.items() if answer}
