"""Every question on paper: what is printed, and how much room is left to write notes."""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from surveyapp.definitions import explanations, use_levels
from surveyapp.definitions.questionnaire import Questionnaire, Section, parts
from surveyapp.definitions.questions import (
    MaturityQuestion,
    NumberQuestion,
    Question,
    TextQuestion,
    is_repeated,
)
from surveyapp.models import Snapshot
from surveyapp.wordform import typesetting
from surveyapp.wordform.fields import Place, fields_of
from surveyapp.wordform.layout import demand, paragraphs
from synthesis.word.form import Field

Table = dict[str, object]

HOW_TO: Final = (
    "This copy is for reading, and for notes before you answer. Give your answers on screen or in "
    "the Word form: they cannot be taken on paper.",
    "Under every question you can also say that you do not know, or that it does not apply to you.",
)
_KINDS: Final = {
    "maturity": "Choose one.",
    "single": "Choose one.",
    "multiple": "Choose all that apply.",
}
_NOTES: Final = "Notes"
_LEAST_ROOM: Final = 2
_MOST_ROOM: Final = 9
_WORDS_A_LINE: Final = 45


def pdf(snapshot: Snapshot, title: str) -> bytes:
    """Set a published questionnaire as a PDF, under the title of its survey."""
    return _pdf(snapshot.content, snapshot.published_at.date(), title)


# A snapshot never changes, so its paper is set once for everybody who asks.
@lru_cache(maxsize=4)
def _pdf(content: str, published_on: dt.date, title: str) -> bytes:
    data = printed(Questionnaire.rebuild(content), title, published_on)
    return typesetting.typeset("questions.typ", data, published_on)


def printed(questionnaire: Questionnaire, title: str, published_on: dt.date) -> Table:
    """Give everything that is printed, in order."""
    return {
        "title": questionnaire.title,
        "survey": title,
        "published": f"Published on {published_on.day} {published_on:%B %Y}",
        "introduction": paragraphs(questionnaire.introduction),
        "how_to": HOW_TO,
        "scale": [
            {"name": f"{one.value} – {one.label}", "help": one.help} for one in questionnaire.scale
        ],
        "sections": [_section(questionnaire, one) for one in questionnaire.sections],
    }


def _section(questionnaire: Questionnaire, section: Section) -> Table:
    return {
        "title": section.title,
        "guidance": paragraphs(section.guidance),
        "questions": [_question(questionnaire, one) for one in section.questions],
        "use": _use() if section.use_level else None,
    }


def _use() -> Table:
    return {
        "asked": use_levels.ASKED,
        "hint": use_levels.REASSURANCE,
        "options": [f"{one.text}. {one.help}" for one in use_levels.OPTIONS],
    }


def _question(questionnaire: Questionnaire, question: Question) -> Table:
    """Give a question; one that takes several entries is printed once."""
    inside = parts(question)
    fields = (
        () if inside else fields_of(questionnaire, Place(question, question.code, {}, is_part=True))
    )
    return {
        "code": question.code,
        "text": question.text,
        "told": list(_told(questionnaire, question)),
        "hint": paragraphs(question.hint),
        "fields": [_field(question, one) for one in fields],
        "parts": [_question(questionnaire, one) for one in inside],
        "notes": _NOTES if question.type in _KINDS else "",
        "room": _room(question) if isinstance(question, TextQuestion) else 0,
    }


def _told(questionnaire: Questionnaire, question: Question) -> Iterator[str]:
    if question.required:
        yield demand(questionnaire, question)
    if question.show_if is not None:
        yield f"Answer this only if {explanations.explain(question.show_if, questionnaire)}."
    if is_repeated(question):
        yield "You can give more than one of these."
    if question.type in _KINDS:
        yield _KINDS[question.type]


def _field(question: Question, field: Field) -> Table:
    """Give what a field asks: its caption, what stands after the line to write on, its choices.

    A text needs no caption besides its question: its lines follow it.
    """
    chosen = [] if field.kind not in ("choice", "choices") else _options(question, field)
    caption, unit, hint = field.caption, "", field.hint
    if isinstance(question, NumberQuestion) and field.kind == "number":
        caption, unit, hint = "Number", question.unit, question.period
    if field.kind == "date" and not caption:
        caption = "Date"
    return {"caption": caption, "after": unit, "hint": hint, "options": chosen}


def _options(question: Question, field: Field) -> list[str]:
    """Give the options of a field. What the points of the scale mean is printed once, in front."""
    words = [one.text for one in field.options if not one.code.startswith("missing:")]
    if isinstance(question, MaturityQuestion):
        return [one.partition(": ")[0] for one in words]
    return words


def _room(question: TextQuestion) -> int:
    """Return how many lines there are to write on."""
    wanted = (question.words or 0) // _WORDS_A_LINE
    return max(_LEAST_ROOM, min(_MOST_ROOM, wanted))
