"""How the words of a section may be used: asked in the form, read back and compared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from surveyapp.definitions import use_levels
from surveyapp.definitions.questionnaire import Questionnaire, Section
from synthesis.word.form import Choice, Field, Given

# What stands for each in the reference of a form, a letter a section.
LETTERS: Final[Mapping[str, str]] = {"": "-", "named": "n", "unnamed": "u", "withheld": "w"}
_CODES: Final = {letter: code for code, letter in LETTERS.items()}
_TAKEN_BACK: Final = (
    "Somebody has said already how these words may be used. Choose again, or leave it as it is."
)
_UNKNOWN: Final = "The form says something that is not one of the choices."

State = Literal["new", "changed", "differs", "both", "emptied", "unreadable"]
UseLevels = Mapping[str, str]
"""The use level of each section, by its code; "" where nobody has said."""


@dataclass(frozen=True, slots=True)
class UseChange:
    """A section whose words may be used otherwise by the form than by the return."""

    section: Section
    state: State
    mine: str
    theirs: str
    seen: str
    choice: str = ""
    problems: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return what names the change in a page: its section, and what was seen there."""
        return f"use:{self.section.code}:{self.seen}"


def tag_of(section: Section) -> str:
    """Return the tag of the field under a section."""
    return f"{section.code}:use_level"


def field_of(section: Section, chosen: str) -> Field:
    """Give the field that asks how the words of a section may be used."""
    return Field(
        tag_of(section),
        f"{section.title}: {use_levels.ASKED}",
        "choice",
        hint=use_levels.REASSURANCE,
        options=tuple(Choice(one.code, one.text) for one in use_levels.OPTIONS),
        chosen=(chosen,) if chosen else (),
    )


def letters(questionnaire: Questionnaire, said: UseLevels) -> str:
    """Write the use levels of all sections as short as can be, to travel with a form."""
    return "".join(LETTERS[said.get(one.code, "")] for one in questionnaire.sections)


def from_letters(questionnaire: Questionnaire, written: str) -> UseLevels | None:
    """Read the use levels that a form was written with; None where it does not say."""
    if len(written) != len(questionnaire.sections) or not set(written) <= _CODES.keys():
        return None
    pairs = zip(questionnaire.sections, written, strict=True)
    return {section.code: _CODES[letter] for section, letter in pairs}


def compare(
    questionnaire: Questionnaire, given: Mapping[str, Given], before: UseLevels, now: UseLevels
) -> Iterator[UseChange]:
    """Give the sections that the form says something else about than it was written with."""
    for section in questionnaire.sections:
        stands, was = now.get(section.code, ""), before.get(section.code, "")
        said = given.get(tag_of(section)) if section.use_level else None
        if said is not None and _touched(said, was):
            choice = said.chosen[0] if said.chosen else ""
            if said.text or choice != stands:
                yield _change(section, said, stands, was)


def _touched(said: Given, was: str) -> bool:
    return said != Given(chosen=(was,) if was else ())


def _change(section: Section, said: Given, stands: str, was: str) -> UseChange:
    theirs = use_levels.name_of(stands)
    if said.text:
        return UseChange(section, "unreadable", said.text, theirs, stands, problems=(_UNKNOWN,))
    if not said.chosen:
        return UseChange(section, "emptied", "", theirs, stands, problems=(_TAKEN_BACK,))
    choice = said.chosen[0]
    state: State = "changed" if stands else "new"
    if was != stands:
        state = "both"
    return UseChange(section, state, use_levels.name_of(choice), theirs, stands, choice)
