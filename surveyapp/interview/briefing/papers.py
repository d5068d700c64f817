"""Documents that an authority named or promised, and did not give: nothing to open, nowhere."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from surveyapp.definitions import answers
from surveyapp.definitions.answers import written as own_words
from surveyapp.definitions.questionnaire import parts
from surveyapp.definitions.questions import DocumentQuestion, Question
from surveyapp.interview.briefing.excerpts import Excerpt, sentences
from surveyapp.interview.briefing.written import Return, Written

_PROMISE: Final = re.compile(
    r"\b((?:will|can|could|shall|'ll|’ll) (?:gladly |happily |then )?(?:send|share|forward|supply)"
    r"|happy to (?:send|share)|(?:is|are) attached|to follow|available on request"
    r"|(?:set out|laid down) in (?:the|our)|(?:please see|refer to) (?:the|our))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document without a file or a link, or the sentence that names or promises one."""

    written: Written
    title: str = ""
    # What else is known of it: its kind, its owner, its date.
    about: str = ""
    excerpt: Excerpt | None = None


def missing(told: Return) -> tuple[Paper, ...]:
    """Return the documents that cannot be opened, and then what was promised in words."""
    pairs = [(told.questionnaire.question(code), one) for code, one in told.written.items()]
    listed = [paper for question, one in pairs for paper in _listed(told, question, one)]
    named = [paper for question, one in pairs for paper in _named(told, question, one)]
    return (*listed, *named)


def _listed(told: Return, question: Question, one: Written) -> Iterator[Paper]:
    for asked, value in _values(told, question):
        is_there = bool(value.get("url") or value.get("file"))
        if isinstance(asked, DocumentQuestion) and value.get("title") and not is_there:
            title, words = (
                str(value["title"]),
                answers.as_text(told.questionnaire, asked.code, value),
            )
            yield Paper(one, title, words.removeprefix(title).strip(" ()"))


def _named(told: Return, question: Question, one: Written) -> Iterator[Paper]:
    for _, value in _values(told, question):
        for sentence in sentences(own_words(value)):
            if _PROMISE.search(sentence):
                yield Paper(one, excerpt=Excerpt(one.code, sentence, is_whole=False))


def _values(told: Return, question: Question) -> Iterator[tuple[Question, Mapping[str, object]]]:
    """Give every value under a question, those in the parts of a group included."""
    for value in told.values(question.code):
        yield question, value
        for part in parts(question):
            inner = value.get(part.code)
            if isinstance(inner, Mapping):
                yield part, inner
