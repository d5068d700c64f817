"""Questions, one class a type: what a researcher may set for each."""

import calendar
from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, StrictBool, StrictFloat, StrictInt

from surveyapp.definitions.conditions import Condition
from surveyapp.definitions.reading import Frozen, Words, in_order
from surveyapp.definitions.values import OTHER

Number = StrictInt | StrictFloat
_SHARE: Final = 40  # what an example of a percentage is, and of any other number
_COUNT: Final = 1250


class Option(Frozen):
    """One option of a choice: a code that outlives rewording, and the words people read.

    One that excludes the others, such as "none of these", is chosen alone or not at all.
    """

    code: Words
    text: Words
    exclusive: StrictBool = False


class Point(Frozen):
    """One point of a scale, with a line of help to choose it by."""

    value: StrictInt
    label: Words
    help: str = ""


def _points(raw: object) -> object:
    """Read a scale as it is written, `"0" = { label, help }`, into points in order."""
    if not isinstance(raw, Mapping):
        return raw
    return [_point(value, raw[value]) for value in in_order(raw)]


def _point(value: str, words: object) -> dict[str, object]:
    number = int(value) if value.isdecimal() else value
    named = words if isinstance(words, Mapping) else {"label": words}
    return {**named, "value": number}


def _written(points: tuple[Point, ...]) -> dict[str, object]:
    return {
        str(point.value): point.model_dump(exclude={"value"}, exclude_defaults=True)
        for point in points
    }


Scale = Annotated[tuple[Point, ...], BeforeValidator(_points), PlainSerializer(_written)]


class _Asked(Frozen):
    """What every question has."""

    code: Words
    text: Words
    hint: str = ""
    required: StrictBool = False
    theme: str = ""
    show_if: Condition | None = None


class MaturityQuestion(_Asked):
    """A rating on the survey's maturity scale."""

    type: Literal["maturity"]


class ChoiceQuestion(_Asked):
    """A choice of one option (single) or of several (multiple)."""

    type: Literal["single", "multiple"]
    options: tuple[Option, ...] = ()
    other: str = ""

    @property
    def choices(self) -> tuple[Option, ...]:
        """Return every option a person can choose, "something else" last."""
        return self.options + ((Option(code=OTHER, text=self.other),) if self.other else ())

    @property
    def asks_what(self) -> str:
        """Return what "something else: please say who" asks for: "Please say who"."""
        asks = self.other.rpartition(":")[2].strip()
        return asks[:1].upper() + asks[1:]


class NumberQuestion(_Asked):
    """A number, with its unit and the period it covers."""

    type: Literal["number"]
    unit: str = ""
    period: str = ""
    minimum: Number | None = None
    maximum: Number | None = None
    decimals: StrictInt | None = None

    @property
    def period_in_passing(self) -> str:
        """Return the period as it reads in the middle of a sentence; months keep their capital."""
        first = self.period.split(" ", 1)[0]
        is_name = first[1:] != first[1:].lower() or first in calendar.month_name
        return self.period if is_name else self.period[:1].lower() + self.period[1:]

    @property
    def example(self) -> str:
        """Return a number such as people might give, within the bounds."""
        low, high = (self.minimum or 0), self.maximum
        usual = _SHARE if self.unit == "%" else _COUNT
        fits = low <= usual and (high is None or usual <= high)
        within = low if high is None else (low + high) // 2
        return f"{usual if fits else within:,}"


class DateQuestion(_Asked):
    """A day, month and year."""

    type: Literal["date"]


class TextQuestion(_Asked):
    """Words: a line (short) or some paragraphs (long), up to a limit."""

    type: Literal["short", "long"]
    words: StrictInt | None = None


class DocumentQuestion(_Asked):
    """A document shared as evidence, as a file or a link."""

    type: Literal["document"]
    kinds: tuple[Words, ...] = ()
    multiple_entries: StrictBool = False


class ContactQuestion(_Asked):
    """A person to ask about the section's strand."""

    type: Literal["contact"]
    multiple_entries: StrictBool = False


SimpleQuestion = (
    MaturityQuestion
    | ChoiceQuestion
    | NumberQuestion
    | DateQuestion
    | TextQuestion
    | DocumentQuestion
    | ContactQuestion
)


class GroupQuestion(_Asked):
    """Questions answered together, as often as there is something to add."""

    type: Literal["group"]
    questions: tuple[Annotated[SimpleQuestion, Field(discriminator="type")], ...] = ()


Question = Annotated[SimpleQuestion | GroupQuestion, Field(discriminator="type")]


def is_repeated(question: SimpleQuestion | GroupQuestion) -> bool:
    """Say whether a question takes several entries."""
    match question:
        case GroupQuestion():
            return True
        case DocumentQuestion() | ContactQuestion():
            return question.multiple_entries
    return False
