"""The questionnaire: sections of questions, frozen, indexed by code and kept as a snapshot."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Final, Literal

from pydantic import StrictBool

from surveyapp.definitions import mending
from surveyapp.definitions.conditions import comparisons
from surveyapp.definitions.questions import GroupQuestion, Point, Question, Scale
from surveyapp.definitions.reading import Frozen, Source, Words
from surveyapp.definitions.snapshots import Snapshot

NAME: Final = "questionnaire.toml"
INVENTED: Final = ".example"


class Scales(Frozen):
    """The scales that questions are answered on."""

    maturity: Scale = ()


class Privacy(Frozen):
    """Who answers for what people tell us, whom to ask about it, and how long it is kept."""

    controller: str = ""
    contact: str = ""
    kept_for: str = ""

    @property
    def is_invented(self) -> bool:
        """Say whether it names nobody real: no address in the world ends in “.example”."""
        return self.contact.strip().lower().endswith(INVENTED)


class Section(Frozen):
    """A part of the questionnaire, usually one strand of the framework."""

    code: Words
    title: Words
    theme: str = ""
    layout: Literal["section", "question"] = "section"
    guidance: str = ""
    use_level: StrictBool = False
    questions: tuple[Question, ...] = ()


class Questionnaire(Snapshot):
    """Everything that is asked in writing, in order."""

    code: Words
    title: Words
    introduction: str = ""
    privacy: Privacy = Privacy()
    scales: Scales = Scales()
    sections: tuple[Section, ...] = ()

    @property
    def scale(self) -> tuple[Point, ...]:
        """Return the points of the maturity scale, lowest first."""
        return self.scales.maturity

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Return every question in order; a group counts as one."""
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def by_code(self) -> Mapping[str, Question]:
        """Return every question and every part of a group by its code."""
        found: dict[str, Question] = {}
        for question in self.questions:
            found.setdefault(question.code, question)
            for part in parts(question):
                found.setdefault(part.code, part)
        return MappingProxyType(found)

    @cached_property
    def themes(self) -> frozenset[str]:
        """Return every theme that something is asked about."""
        return frozenset(self.theme_of(code) for code in self.by_code) - {""}

    @cached_property
    def deciding(self) -> frozenset[str]:
        """Return every question whose answer decides whether another is shown."""
        conditions = (question.show_if for question in self.by_code.values() if question.show_if)
        return frozenset(test.question for one in conditions for test in comparisons(one))

    @cached_property
    def _sections(self) -> Mapping[str, Section]:
        return {code: section for section in self.sections for code in _codes(section)}

    @cached_property
    def _groups(self) -> Mapping[str, GroupQuestion]:
        groups = (question for question in self.questions if isinstance(question, GroupQuestion))
        return {part.code: group for group in groups for part in group.questions}

    def section(self, code: str) -> Section:
        """Return a section by its own code or by that of a question in it; KeyError if none."""
        return self._sections[code]

    def question(self, code: str) -> Question:
        """Return a question, or a part of a group, by its code; KeyError where there is none."""
        return self.by_code[code]

    def group_of(self, code: str) -> GroupQuestion | None:
        """Return the group that a part belongs to."""
        return self._groups.get(code)

    def theme_of(self, code: str) -> str:
        """Return the theme a question asks about: its own, its group's or its section's."""
        group = self.group_of(code)
        inherited = self.theme_of(group.code) if group else self.section(code).theme
        return self.question(code).theme or inherited


def parts(question: Question) -> tuple[Question, ...]:
    """Return the questions inside a group; any other question has none."""
    return question.questions if isinstance(question, GroupQuestion) else ()


def _codes(section: Section) -> Iterator[str]:
    yield section.code
    for question in section.questions:
        yield question.code
        yield from (part.code for part in parts(question))


def parse(source: Source, name: str = NAME) -> Questionnaire:
    """Return the questionnaire in a file, or raise every fault in its shape."""
    return mending.parse(Questionnaire, source, name)
