"""The fields of the form under each type of question, and what is written in them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.definitions.questions import (
    ChoiceQuestion,
    DateQuestion,
    DocumentQuestion,
    MaturityQuestion,
    NumberQuestion,
    Question,
    TextQuestion,
)
from surveyapp.definitions.values import (
    DONT_KNOW,
    NOT_APPLICABLE,
    Answers,
    in_full,
    is_list,
    is_missing,
    is_number,
)
from synthesis.word.form import Choice, Field

MISSING: Final = "missing:"
_NO_ANSWERS: Final = (
    Choice(f"{MISSING}{DONT_KNOW}", "We don't know"),
    Choice(f"{MISSING}{NOT_APPLICABLE}", "Not applicable to us"),
)
_SHARE: Final = (Choice("yes", "You may share this with other councils"),)
_PUBLISH: Final = (Choice("yes", "You may publish this person's details"),)
_OWN_WORDS: Final = "If it is something else, please say what"
_INSTEAD: Final = "If you cannot answer"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer goes: its question, the start of its tags, and what it says so far."""

    question: Question
    prefix: str
    value: Answers
    is_part: bool = False

    def text(self, field: str) -> str:
        """Give a field of the answer in words."""
        found = self.value.get(field, "")
        if is_number(found):
            return f"{found:,}"
        return found if isinstance(found, str) else ""

    def field(self, name: str, caption: str = "", kind: Literal["line", "text"] = "line") -> Field:
        """Give a field for words."""
        words = caption or self.question.text
        return Field(f"{self.prefix}:{name}", words, kind, caption, text=self.text(name))


def fields_of(questionnaire: Questionnaire, place: Place) -> tuple[Field, ...]:
    """Give the fields of a question that is no group."""
    match place.question:
        case MaturityQuestion():
            return tuple(_rating(questionnaire, place))
        case ChoiceQuestion() as question:
            return tuple(_choices(place, question))
        case NumberQuestion() as question:
            return tuple(_number(place, question))
        case TextQuestion() as question:
            return tuple(_words(place, question))
        case DateQuestion():
            return (_day(place, "date", ""), *_instead(place))
        case DocumentQuestion() as question:
            return tuple(_document(place, question))
    return tuple(_contact(place))


def _choice(place: Place, name: str, options: tuple[Choice, ...], chosen: tuple[str, ...]) -> Field:
    kind: Literal["choice", "choices"] = "choices" if name == "options" else "choice"
    missing = (f"{MISSING}{place.value['missing']}",) if is_missing(place.value) else ()
    return Field(
        f"{place.prefix}:{name}",
        place.question.text,
        kind,
        options=(*options, *_NO_ANSWERS),
        chosen=chosen or missing,
    )


def _rating(questionnaire: Questionnaire, place: Place) -> Iterator[Field]:
    options = tuple(
        Choice(str(one.value), f"{one.value} – {one.label}{f': {one.help}' if one.help else ''}")
        for one in questionnaire.scale
    )
    rating = place.value.get("rating")
    yield _choice(place, "rating", options, () if rating is None else (str(rating),))


def _choices(place: Place, question: ChoiceQuestion) -> Iterator[Field]:
    options = tuple(Choice(one.code, one.text) for one in question.choices)
    several = place.value.get("options")
    chosen = tuple(map(str, several)) if is_list(several) else (place.text("option"),)
    name = "option" if question.type == "single" else "options"
    yield _choice(place, name, options, tuple(filter(None, chosen)))
    if question.other:
        yield place.field("other", _OWN_WORDS)


def _number(place: Place, question: NumberQuestion) -> Iterator[Field]:
    told = [f"In {question.unit}." if question.unit else "", question.period]
    hint = " ".join(filter(None, told))
    tag = f"{place.prefix}:number"
    yield Field(tag, question.text, "number", hint=hint, text=place.text("number"))
    if question.period or "period" in place.value:
        yield place.field("period", "If the number covers another period, which?")
    yield from _instead(place)


def _words(place: Place, question: TextQuestion) -> Iterator[Field]:
    kind: Literal["line", "text"] = "text" if question.type == "long" else "line"
    limit = "" if question.words is None else f"Up to {question.words} words."
    yield replace(place.field("text", kind=kind), hint=limit)
    yield from _instead(place)


def _document(place: Place, question: DocumentQuestion) -> Iterator[Field]:
    yield place.field("title", "Title of the document")
    if question.kinds:
        options = tuple(Choice(kind, kind) for kind in question.kinds)
        kind, label = place.text("kind"), "Kind of document"
        chosen = (kind,) if kind else ()
        yield Field(f"{place.prefix}:kind", label, "choice", label, options=options, chosen=chosen)
    else:
        yield place.field("kind", "Kind of document")
    yield place.field("url", "Link to it on the web")
    yield _day(place, "dated", "Date of the document")
    yield place.field("owner", "Who owns it")
    yield _box(place, "may_share", _SHARE)
    yield from _instead(replace(place, is_part=True))


def _contact(place: Place) -> Iterator[Field]:
    yield place.field("name", "Name")
    yield place.field("role", "Job title")
    yield place.field("email", "Work email address")
    yield place.field("phone", "Work telephone number")
    yield _box(place, "may_publish", _PUBLISH)
    yield from _instead(replace(place, is_part=True))


def _day(place: Place, name: str, caption: str) -> Field:
    label = caption or place.question.text
    return Field(f"{place.prefix}:{name}", label, "date", caption, text=in_full(place.text(name)))


def _box(place: Place, name: str, options: tuple[Choice, ...]) -> Field:
    chosen = ("yes",) if place.value.get(name) is True else ()
    label = options[0].text
    return Field(f"{place.prefix}:{name}", label, "choices", options=options, chosen=chosen)


def _instead(place: Place) -> Iterator[Field]:
    """Give the boxes for having no answer; part of an entry is left empty, or out, instead."""
    if place.is_part and not is_missing(place.value):
        return
    chosen = (f"{MISSING}{place.value['missing']}",) if is_missing(place.value) else ()
    tag = f"{place.prefix}:missing"
    yield Field(tag, _INSTEAD, "choices", options=_NO_ANSWERS, chosen=chosen, inline=True)
