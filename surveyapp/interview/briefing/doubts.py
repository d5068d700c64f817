"""What to ask behind: low ratings, high ones with nothing to show, effects without figures."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from surveyapp.definitions.answers import written as own_words
from surveyapp.definitions.conditions import comparisons
from surveyapp.definitions.questionnaire import parts
from surveyapp.definitions.questions import Question
from surveyapp.interview.briefing.excerpts import Excerpt, beginning, sentences
from surveyapp.interview.briefing.written import Return, Written

_EVIDENCE: Final = ("short", "long", "document", "group")
_WORDS: Final = ("short", "long")
# What somebody writes who says that help has worked; whoever reads the brief judges.
_EFFECT: Final = re.compile(
    r"\b(improv(?:ed|es|ing|ements?)|reduc(?:ed|es|ing|tions?)|fewer|less likely|impact"
    r"|(?:makes?|made|making) (?:\w+ ){0,2}difference|better|success\w*|effective|effectively"
    r"|works? well|working well|prevent(?:ed|s|ing)|transformed|positive|strong|saved|avoided"
    r"|turn(?:ed|ing)? (?:\w+ )?(?:a)?round)\b",
    re.IGNORECASE,
)
_FIGURE: Final = re.compile(
    r"\d|\b(?:half|third|quarter|per cent|percent|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|twenty|thirty|forty|fifty|dozen|hundred)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating with its words, such as "1 (Emerging)", and what was said beside it."""

    written: Written
    words: str
    beside: tuple[Excerpt, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """Something claimed: a high rating, or an effect, and what is missing beside it.

    `evidence` names the questions that ask for it; `excerpt` is what was written instead.
    """

    kind: Literal["no evidence", "no figures", "effect"]
    written: Written
    words: str = ""
    evidence: tuple[Written, ...] = ()
    excerpt: Excerpt | None = None


def low_ratings(told: Return) -> tuple[Rating, ...]:
    """Return the ratings in the lowest part of the scale, with what was written in the section."""
    low = _ends(told)[0]
    found = [one for one in told.written.values() if one.rating in low]
    return tuple(
        Rating(one, rating_words(told, one.rating), tuple(_beside(told, one))) for one in found
    )


def claims(told: Return) -> tuple[Claim, ...]:
    """Return what is claimed with nothing to go by, in the order of the questions."""
    rated = [claim for one in told.written.values() for claim in _rated(told, one)]
    seen = {one.code for claim in rated for one in claim.evidence}
    return (*rated, *(claim for claim in _effects(told) if claim.written.code not in seen))


def rating_words(told: Return, rating: int | None) -> str:
    """Return a rating with its label, "" for none."""
    labels = {point.value: point.label for point in told.questionnaire.scale}
    return f"{rating} ({labels[rating]})" if rating in labels else ""


def _ends(told: Return) -> tuple[frozenset[int], frozenset[int]]:
    """Return the lowest and the highest points of the scale: two each where it has five."""
    values = [point.value for point in told.questionnaire.scale]
    reach = max(1, len(values) * 2 // 5)
    return frozenset(values[:reach]), frozenset(values[-reach:])


def _beside(told: Return, rated: Written) -> Iterator[Excerpt]:
    section = told.questionnaire.section(rated.code)
    for question in section.questions:
        if question.code in told.written and question.code != rated.code:
            for text in _texts(told, question):
                yield beginning(question.code, text)


def _texts(told: Return, question: Question) -> Iterator[str]:
    """Give the words of their own that somebody wrote under a question."""
    for value in told.values(question.code):
        text = own_words(value)
        if text:
            yield text


def _rated(told: Return, one: Written) -> Iterator[Claim]:
    """Yield a high rating whose evidence is missing, or has no figure and no document in it."""
    if one.rating not in _ends(told)[1]:
        return
    words, asked = rating_words(told, one.rating), tuple(_evidence(told, one))
    if asked and all(each.is_gap for each in asked):
        yield Claim("no evidence", one, words, asked)
    elif asked and not any(_shows(told, each) for each in asked):
        text = next(text for each in asked for text in each.words)
        yield Claim("no figures", one, words, asked, beginning(asked[0].code, text))


def _evidence(told: Return, rated: Written) -> Iterator[Written]:
    """Yield the questions that are asked because of a rating, for what shows that it is right."""
    for question in told.questionnaire.section(rated.code).questions:
        tests = comparisons(question.show_if) if question.show_if else iter(())
        is_due = any(test.question == rated.code and test.operator == "at_least" for test in tests)
        if is_due and question.type in _EVIDENCE and question.code in told.written:
            yield told.written[question.code]


def _shows(told: Return, one: Written) -> bool:
    """Say whether an answer has something in it to hold on to: a figure, or a document."""
    if told.questionnaire.question(one.code).type not in _WORDS:
        return not one.is_gap
    return any(_FIGURE.search(text) for text in one.words)


def _effects(told: Return) -> Iterator[Claim]:
    """Yield answers that say that something works, and have no figure anywhere in them."""
    for code, one in told.written.items():
        question = told.questionnaire.question(code)
        for text in _own_texts(told, question):
            said = next((part for part in sentences(text) if _claims_effect(part)), "")
            if said and not _FIGURE.search(text):
                yield Claim("effect", one, excerpt=Excerpt(code, said, said == text.strip()))


def _own_texts(told: Return, question: Question) -> Iterator[str]:
    """Give what was written under a question that asks for words, or in such parts of a group."""
    if question.type in _WORDS:
        yield from _texts(told, question)
    for part in parts(question):
        for entry in told.values(question.code):
            value = entry.get(part.code)
            if part.type in _WORDS and isinstance(value, Mapping) and own_words(value):
                yield own_words(value)


def _claims_effect(sentence: str) -> bool:
    return bool(_EFFECT.search(sentence)) and not sentence.endswith("?")
