"""Settings: what each question type needs, and what would make no sense to the person answering."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from surveyapp.definitions import interview, questionnaire
from surveyapp.definitions.faults import Fault
from surveyapp.definitions.interview import InterviewGuide
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.definitions.questions import (
    ChoiceQuestion,
    DocumentQuestion,
    GroupQuestion,
    MaturityQuestion,
    NumberQuestion,
    Question,
    TextQuestion,
    is_repeated,
)

Complaint = tuple[str, str]  # what is wrong, and the remedy
WORDS: Final = {"short": (1, 150), "long": (20, 2000)}
PRIVACY: Final = {
    "controller": "which organisation answers for what people tell you",
    "contact": "the address people write to about it",
    "kept_for": "how long it is kept, such as “two years after the review is published”",
}
_FEWEST: Final = {"single": 2, "multiple": 1}
_MOST_DECIMALS: Final = 6
_MOST_MINUTES: Final = 60


def of_questionnaire(asked: Questionnaire, troubled: Collection[str] = ()) -> Iterator[Fault]:
    """Find settings that are missing or make no sense.

    `troubled` are items with a fault already, for which something may have been left out: what is
    missing from them is not held against them again.
    """
    file = questionnaire.NAME
    for item, words in _absent(asked):
        code = item.rpartition(" ")[2]
        if not any(code in known for known in troubled):
            yield Fault(file, item, *words)
    yield from (Fault(file, "scales", *words) for words in _scale(asked))
    yield from (Fault(file, "privacy", *words, "warning") for words in _privacy(asked))
    for code, question in asked.by_code.items():
        yield from (Fault(file, f"question {code}", *words) for words in _question(question))


def of_interview(guide: InterviewGuide) -> Iterator[Fault]:
    """Find what an interviewer could not do without, or could not do."""
    file = interview.NAME
    if not guide.prompts:
        yield Fault(file, "", "There are no prompts.", "Add [[prompts]].")
    if not guide.consent:
        remedy = 'Add `consent = ["…"]`: what is read out before any note is taken.'
        yield Fault(file, "", "`consent` is missing.", remedy)
    for prompt in guide.prompts:
        if prompt.minutes is not None and not 1 <= prompt.minutes <= _MOST_MINUTES:
            what = f"`minutes` is {prompt.minutes}."
            remedy = f"Give it from 1 to {_MOST_MINUTES} minutes."
            yield Fault(file, f"prompt {prompt.code}", what, remedy)


def _absent(asked: Questionnaire) -> Iterator[tuple[str, Complaint]]:
    """Find what is not there, and the item that lacks it."""
    if not asked.sections:
        yield "", ("There are no sections.", "Add [[sections]] with questions.")
    for section in asked.sections:
        if not section.questions:
            item = f"section {section.code}"
            yield item, ("The section has no questions.", "Add a question, or take it out.")
    if len(asked.scale) < 2 and any(
        isinstance(q, MaturityQuestion) for q in asked.by_code.values()
    ):
        remedy = 'Add [scales.maturity] with "0", "1" and so on.'
        yield "scales", ("There is no maturity scale, and questions are answered on it.", remedy)
    for code, question in asked.by_code.items():
        for words in _lacks(question):
            yield f"question {code}", words


def _lacks(question: Question) -> Iterator[Complaint]:
    match question:
        case ChoiceQuestion(choices=choices, type=kind) if len(choices) < _FEWEST[kind]:
            remedy = f"Offer {_FEWEST[kind]} or more in `options`."
            yield f"The number of options is {len(choices)}.", remedy
        case TextQuestion(words=None, type=kind):
            yield (
                "The word limit is missing.",
                f"Add `words`, from {WORDS[kind][0]} to {WORDS[kind][1]}.",
            )
        case GroupQuestion(questions=()):
            yield "The group has no questions.", "Add [[sections.questions.questions]]."


def _privacy(asked: Questionnaire) -> Iterator[Complaint]:
    """Find what people are told in general words only, because nobody has written it down."""
    for setting, meaning in PRIVACY.items():
        if not getattr(asked.privacy, setting):
            yield f"`{setting}` is missing.", f"Add `{setting}` to [privacy]: {meaning}."


def _scale(asked: Questionnaire) -> Iterator[Complaint]:
    values = [point.value for point in asked.scale]
    if values != list(range(len(values))):
        found = ", ".join(map(str, values))
        yield f"The points of the scale are {found}.", "Number them 0, 1, 2 and so on."
    yield from _same_words("point", (point.label for point in asked.scale))


def _question(question: Question) -> Iterable[Complaint]:
    match question:
        case ChoiceQuestion():
            return _choice(question)
        case NumberQuestion():
            return _number(question)
        case TextQuestion():
            return _text(question)
        case DocumentQuestion():
            return _same_words("kind", question.kinds)
        case GroupQuestion():
            return _group(question)
    return ()


def _choice(question: ChoiceQuestion) -> Iterator[Complaint]:
    yield from _same_words("option", (option.text for option in question.choices))
    alone = [option.code for option in question.options if option.exclusive]
    if alone and question.type == "single":
        what = f"Its option {alone[0]} is exclusive, and only one option is chosen anyway."
        yield what, "Take `exclusive` out of the option."
    elif alone and len(alone) == len(question.choices):
        yield "Every option is exclusive.", "Make it a single choice, and take `exclusive` out."


def _same_words(noun: str, words: Iterable[str]) -> Iterator[Complaint]:
    for same, count in Counter(word.casefold() for word in words).items():
        if count > 1:
            yield f"{count} of its {noun}s read “{same}”.", "Word them so that people can choose."


def _number(question: NumberQuestion) -> Iterator[Complaint]:
    low, high, decimals = question.minimum, question.maximum, question.decimals
    if low is not None and high is not None and low >= high:
        yield f"`minimum` ({low}) is not below `maximum` ({high}).", "Put the two right."
    if decimals is not None and not 0 <= decimals <= _MOST_DECIMALS:
        yield f"`decimals` is {decimals}.", f"Give it from 0 to {_MOST_DECIMALS}."


def _text(question: TextQuestion) -> Iterator[Complaint]:
    fewest, most = WORDS[question.type]
    if question.words is not None and not fewest <= question.words <= most:
        what = f"A word limit of {question.words} does not suit a {question.type} text."
        yield what, f"Give `words` from {fewest} to {most}."


def _group(group: GroupQuestion) -> Iterator[Complaint]:
    for part in group.questions:
        if is_repeated(part):
            what = f"Its part {part.code} takes several entries, and so does the group."
            yield what, "Take `multiple_entries` out of the part."
