"""Codes: each used once, and written so that its place shows."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from surveyapp.definitions import interview, questionnaire
from surveyapp.definitions.faults import Fault
from surveyapp.definitions.interview import InterviewGuide
from surveyapp.definitions.questionnaire import Questionnaire, parts
from surveyapp.definitions.questions import ChoiceQuestion, Question
from surveyapp.definitions.values import OTHER

_DEFINITION: Final = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_OUTER: Final = re.compile(r"[A-Z][A-Z0-9]*")
_OPTION: Final = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")


def of_questionnaire(asked: Questionnaire) -> Iterator[Fault]:
    """Find the faults in the codes of sections, questions, parts and options."""
    file = questionnaire.NAME
    questions = [q.code for question in asked.questions for q in (question, *parts(question))]
    yield from _definition(file, asked.code)
    yield from _twice(file, "section", (section.code for section in asked.sections))
    yield from _twice(file, "question", questions)
    for section in asked.sections:
        yield from _outer(file, "section", section.code)
        for question in section.questions:
            yield from _inner(file, ("question", question.code), section.code, r"\.\d+")
            for part in parts(question):
                yield from _inner(file, ("question", part.code), question.code, r"\.[a-z]")
                yield from _options(part)
            yield from _options(question)


def of_interview(guide: InterviewGuide, asked: Questionnaire) -> Iterator[Fault]:
    """Find the faults in the codes of prompts and probes, which may not be those of questions."""
    file = interview.NAME
    prompts = [prompt.code for prompt in guide.prompts]
    sections = {section.code for section in asked.sections}
    yield from _definition(file, guide.code)
    yield from _twice(file, "prompt", prompts)
    yield from _twice(file, "probe", (p.code for prompt in guide.prompts for p in prompt.probes))
    for code in sorted(sections.intersection(prompts)):
        what = "This code is also a section's."
        yield Fault(file, f"prompt {code}", what, "Give the prompt a code of its own, such as I01.")
    for prompt in guide.prompts:
        yield from _outer(file, "prompt", prompt.code)
        for probe in prompt.probes:
            yield from _inner(file, ("probe", probe.code), prompt.code, r"\.[a-z]")


def _definition(file: str, code: str) -> Iterator[Fault]:
    if not _DEFINITION.fullmatch(code):
        remedy = "Write small letters, digits and underscores, such as early_help."
        yield Fault(file, "", f"`code` is “{code}”, which cannot be used.", remedy)


def _twice(file: str, noun: str, codes: Iterable[str]) -> Iterator[Fault]:
    for code, count in Counter(codes).items():
        if count > 1:
            what = f"The code {code} is used {count} times."
            yield Fault(file, f"{noun} {code}", what, "Give each a code of its own.")


def _outer(file: str, noun: str, code: str) -> Iterator[Fault]:
    if not _OUTER.fullmatch(code):
        remedy = "Begin with a capital letter, then capital letters or digits, such as S01."
        yield Fault(file, f"{noun} {code}", f"“{code}” is not a code of a {noun}.", remedy)


def _inner(file: str, item: tuple[str, str], outer: str, ending: str) -> Iterator[Fault]:
    """Find a code that does not begin with the code of what it stands in."""
    noun, code = item
    if not re.fullmatch(re.escape(outer) + ending, code):
        example = outer + (".1" if ending.endswith("+") else ".a")
        what = f"The code does not follow from {outer}, in which this {noun} stands."
        yield Fault(file, f"{noun} {code}", what, f"Write a code such as {example}.")


def _options(question: Question) -> Iterator[Fault]:
    if not isinstance(question, ChoiceQuestion):
        return
    file, item = questionnaire.NAME, f"question {question.code}"
    codes = [option.code for option in question.options]
    for code, count in Counter(codes).items():
        if count > 1:
            what = f"The option code {code} is used {count} times."
            yield Fault(file, item, what, "Give each option a code of its own.")
        if not _OPTION.fullmatch(code):
            remedy = "Write small letters, digits, hyphens or underscores."
            yield Fault(file, item, f"“{code}” cannot be the code of an option.", remedy)
    if OTHER in codes:
        what = f"The option code {OTHER} is kept for “something else”."
        yield Fault(file, item, what, "Use the setting `other`, or another code.")
