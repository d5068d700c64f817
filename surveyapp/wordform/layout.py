"""The form of a return: every question with what it says so far, and room for more entries."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from surveyapp.definitions import explanations, use_levels
from surveyapp.definitions.questionnaire import Questionnaire, Section, parts
from surveyapp.definitions.questions import GroupQuestion, Question, is_repeated
from surveyapp.wordform import using
from surveyapp.wordform.fields import Place, fields_of
from surveyapp.wordform.origin import BLANK
from surveyapp.wordform.stored import Key, Values
from surveyapp.wordform.using import UseLevels
from synthesis.word.form import Field, Form, Heading, Words

ROOM: Final = 2
"""How many empty entries stand ready under a question that takes several."""

MUST: Final = "This question must be answered."
MUST_IN_ENTRY: Final = "This must be answered in every entry."

HOW_TO_ANSWERED: Final = (
    "Type in the boxes, choose from the lists and tick what applies. What the return says so far "
    "is filled in. Leave a box as it is if you have nothing to add."
)
HOW_TO_BLANK: Final = (
    "Type in the boxes, choose from the lists and tick what applies. Nothing is filled in here, "
    "whatever the return says so far. Leave a box empty if you have nothing to add: only the boxes "
    "you fill in are compared with the return."
)
HOW_TO: Final = (
    "When you are done, save the file and send it back on the page you downloaded it from. Nothing "
    "is changed before you have seen what is different and said what to take.",
    "Words outside the boxes cannot be put under a question. We show them to you, so that you can.",
)


@dataclass(frozen=True, slots=True)
class Slot:
    """One answer in the form: its question, its entry, how it is headed, and its fields."""

    key: Key
    question: Question
    heading: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """What a form is written from: the questions, what they say, for whom and when."""

    questionnaire: Questionnaire
    values: Values
    authority: str
    submission_id: uuid.UUID | None
    moment: dt.datetime
    version: str = ""
    use_levels: UseLevels = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def short_version(self) -> str:
        """Give the version of the questions, as short as it travels with a form."""
        return self.version[:12]

    @property
    def is_blank(self) -> bool:
        """Say whether the form holds no answers and is of no one return."""
        return self.submission_id is None

    @property
    def reference(self) -> str:
        """Give what tells the form apart when it comes back; a blank one is of no one return."""
        if self.submission_id is None:
            asked = self.questionnaire.code
            return f"{BLANK} {self.moment.isoformat()} {self.short_version or '-'} {asked}"
        said = using.letters(self.questionnaire, self.use_levels)
        return f"{self.submission_id} {self.moment.isoformat()} {self.short_version or '-'} {said}"


def form_of(paper: Paper) -> Form:
    """Lay out the whole form."""
    how_to = (HOW_TO_BLANK if paper.is_blank else HOW_TO_ANSWERED, *HOW_TO)
    blocks = [one for section in paper.questionnaire.sections for one in _section(paper, section)]
    return Form(
        title=paper.questionnaire.title,
        subtitle=paper.authority,
        version=f"Written on {paper.moment.day} {paper.moment:%B %Y}",
        author="The review team",
        introduction=(*paragraphs(paper.questionnaire.introduction), *how_to),
        blocks=tuple(blocks),
        reference=paper.reference,
    )


def slots(paper: Paper) -> Iterator[Slot]:
    """Give every answer that the form has room for, in order."""
    for question in paper.questionnaire.questions:
        yield from _slots(paper, question)


def _section(paper: Paper, section: Section) -> Iterator[Heading | Words | Field]:
    yield Heading(1, section.title)
    yield from (Words(words) for words in paragraphs(section.guidance))
    for question in section.questions:
        yield Heading(2, f"{question.code} {question.text}")
        yield from _hints(paper, question)
        last = ""
        for slot in _slots(paper, question):
            entry = slot.heading.partition("\n")[0]
            if entry and entry != last:
                yield Words(entry, "entry")
            last = entry
            yield from _captioned(paper, slot)
    if section.use_level:
        yield Heading(2, use_levels.ASKED)
        yield from (Words(f"{one.text}. {one.help}") for one in use_levels.OPTIONS)
        yield using.field_of(section, paper.use_levels.get(section.code, ""))


def _captioned(paper: Paper, slot: Slot) -> Iterator[Field | Words]:
    """Give the fields of an answer; the parts of a group are asked by their own words."""
    part = slot.heading.partition("\n")[2]
    if part:
        yield Words(part, "label")
        yield from _hints(paper, slot.question)
    yield from slot.fields
    file = str(paper.values.get(slot.key, {}).get("file", ""))
    if file in paper.files:
        yield Words(f"File: {paper.files[file]}. It stays with this answer.", "hint")


def _hints(paper: Paper, question: Question) -> Iterator[Words]:
    if question.required:
        yield Words(demand(paper.questionnaire, question), "hint")
    if question.show_if is not None:
        condition = explanations.explain(question.show_if, paper.questionnaire)
        yield Words(f"Answer this only if {condition}.", "hint")
    yield from (Words(hint, "hint") for hint in paragraphs(question.hint))


def _slots(paper: Paper, question: Question) -> Iterator[Slot]:
    asked = parts(question) or (question,)
    entries = _entries(paper, question)
    for number, entry in enumerate(entries, start=1):
        name = f"Entry {number} of up to {len(entries)}" if is_repeated(question) else ""
        for one in asked:
            within = f"{name}\n{one.text}" if isinstance(question, GroupQuestion) else name
            yield _slot(paper, one, entry, within)


def _slot(paper: Paper, question: Question, entry: str, heading: str) -> Slot:
    key = (question.code, entry)
    prefix = f"{question.code}@{entry}" if entry else question.code
    value: Mapping[str, object] = paper.values.get(key, {})
    is_part = paper.questionnaire.group_of(question.code) is not None
    place = Place(question, prefix, value, is_part)
    return Slot(key, question, heading, fields_of(paper.questionnaire, place))


def _entries(paper: Paper, question: Question) -> list[str]:
    """Give the entries there are, and new ones: the same form names them the same."""
    if not is_repeated(question):
        return [""]
    codes = {one.code for one in parts(question) or (question,)}
    known = [entry for (code, entry), value in paper.values.items() if code in codes and value]
    space = paper.submission_id or uuid.NAMESPACE_OID
    stem = f"{question.code} {paper.moment.isoformat()}"
    return [*dict.fromkeys(known), *(uuid.uuid5(space, f"{stem} {n}").hex for n in range(ROOM))]


def demand(questionnaire: Questionnaire, question: Question) -> str:
    """Say that a question must be answered; a part of a group only where there is an entry."""
    return MUST if questionnaire.group_of(question.code) is None else MUST_IN_ENTRY


def paragraphs(text: str) -> list[str]:
    """Give the paragraphs of a text, each on one line."""
    return [" ".join(one.split()) for one in text.split("\n\n") if one.strip()]
