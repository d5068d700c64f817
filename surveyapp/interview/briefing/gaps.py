"""What an authority was asked and did not answer, section by section."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from surveyapp.definitions import answers
from surveyapp.definitions.questionnaire import Section
from surveyapp.definitions.questions import GroupQuestion, Question
from surveyapp.definitions.routing import shown_parts
from surveyapp.interview.briefing.written import Return, Written


@dataclass(frozen=True, slots=True)
class LeftBlank:
    """An entry of a group, such as an example of practice, with the parts that were left blank."""

    code: str
    name: str
    parts: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class SectionGap:
    """One section that is not fully answered; one that was not begun is named and not listed."""

    section: Section
    asked: int
    unanswered: tuple[Written, ...]
    unknown: tuple[Written, ...]
    entries: tuple[LeftBlank, ...] = ()

    @property
    def is_begun(self) -> bool:
        """Say whether anything at all was answered; "don't know" is an answer."""
        return len(self.unanswered) < self.asked


def find(told: Return) -> tuple[SectionGap, ...]:
    """Return every section in which something is missing, those that were not begun first."""
    found = [gap for section in told.questionnaire.sections for gap in _gap(told, section)]
    return tuple(sorted(found, key=lambda gap: gap.is_begun))


def _gap(told: Return, section: Section) -> Iterator[SectionGap]:
    written = told.under(section)
    gap = SectionGap(
        section,
        len(written),
        tuple(one for one in written if one.state == "not answered"),
        tuple(one for one in written if one.state == "don't know"),
        tuple(blank for one in written for blank in _entries(told, one.code)),
    )
    if gap.unanswered or gap.unknown or gap.entries:
        yield gap


def _entries(told: Return, code: str) -> Iterator[LeftBlank]:
    """Yield each entry of a group in which a part that is asked has no answer."""
    group = told.questionnaire.question(code)
    if not isinstance(group, GroupQuestion):
        return
    for number, entry in enumerate(told.values(code), start=1):
        blank = [
            part for part in shown_parts(group, entry, told.counted) if not entry.get(part.code)
        ]
        if blank:
            yield LeftBlank(code, _name(told, group, entry) or f"entry {number}", tuple(blank))


def _name(told: Return, group: GroupQuestion, entry: Mapping[str, object]) -> str:
    """Return what an entry is known by: what stands first in it."""
    words = (
        answers.as_text(told.questionnaire, part.code, entry.get(part.code))
        for part in group.questions
    )
    return next((one for one in words if one), "")
