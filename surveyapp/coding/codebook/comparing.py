"""What has become of a theme since somebody decided by an earlier version of the codebook."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from surveyapp.coding.codebook import reading
from surveyapp.material.decided import SecondLook
from surveyapp.models import CodebookChange, Survey

# What is said of a theme, in the order in which pages show it.
FIELDS: Final = ("name", "definition", "include", "exclude", "example", "cues", "hints")
MEANING: Final = ("definition", "include", "exclude")
Version = tuple[str, uuid.UUID]
"""A theme, and the version of the codebook that somebody decided by."""


@dataclass(frozen=True, slots=True)
class Compared:
    """How a theme was changed, and which of its fields read differently since.

    `fields` is empty where other themes stand for it now: they are to be read as they are.
    """

    changes: tuple[CodebookChange, ...]
    fields: tuple[str, ...]

    @property
    def means_the_same(self) -> bool:
        """Say whether its definition stands as it did, with what belongs and what does not."""
        return not set(self.fields) & set(MEANING)


def compare(
    session: Session, survey: Survey, listed: Iterable[SecondLook]
) -> Mapping[Version, Compared]:
    """Return what has become of the themes of decisions, in one query."""
    made = [one for one in reading.changes(session, survey) if one.before_id != one.after_id]
    return {
        (one.row.theme, one.row.codebook_id): Compared(
            tuple(change for change in _since(made, one.row.codebook_id) if _is_about(change, one)),
            _fields(one),
        )
        for one in listed
    }


def _since(made: Sequence[CodebookChange], seen: uuid.UUID) -> Sequence[CodebookChange]:
    """Return the changes made after a version was seen."""
    place = next((at for at, one in enumerate(made) if one.before_id == seen), len(made))
    return made[place:]


def _is_about(change: CodebookChange, one: SecondLook) -> bool:
    themes = {one.row.theme, *(theme.code for theme in one.now)}
    return change.theme in themes or bool(themes & set(change.into))


def _fields(one: SecondLook) -> tuple[str, ...]:
    """Return what reads differently, where the theme stands for itself."""
    same = next((theme for theme in one.now if theme.code == one.row.theme), None)
    if one.was is None or same is None:
        return ()
    return tuple(name for name in FIELDS if getattr(one.was, name) != getattr(same, name))
