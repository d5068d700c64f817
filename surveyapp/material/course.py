"""Where themes have gone: merged, split, retired, or come to mean something else."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, load_only

from surveyapp.material import codebooks
from surveyapp.models import CodebookChange, Person, Survey

# What has to do with the themes that decisions are about; proposals go by their own keys.
_OF_THEMES: Final = ("reword", "merge", "split", "retire")


@dataclass(frozen=True, slots=True)
class Course:
    """What became of every theme, as far as the codebook that a survey goes by now.

    `there` are its themes. A theme that stands in it has gone nowhere, whatever happened before.
    """

    there: frozenset[str]
    changes: tuple[CodebookChange, ...] = ()

    def ends(self, theme: str) -> tuple[str, ...]:
        """Return the themes that a theme has gone over to: itself, another, several or none."""
        return tuple(self._ends(theme, frozenset()))

    def _ends(self, theme: str, seen: frozenset[str]) -> list[str]:
        if theme in self.there:
            return [theme]
        last = self._end(theme)
        if last is None or theme in seen:
            return []
        ends = (end for one in last.into for end in self._ends(one, seen | {theme}))
        return list(dict.fromkeys(ends))

    def _end(self, theme: str) -> CodebookChange | None:
        """Return the change that took a theme out of the codebook."""
        gone = (one for one in self.changes if one.theme == theme and one.kind != "reword")
        return next((one for one in reversed(tuple(gone))), None)

    def is_split(self, theme: str) -> bool:
        """Say whether a theme was split, so that nobody knows which of its parts is meant."""
        for _ in self.changes:
            last = self._end(theme)
            if theme in self.there or last is None:
                return False
            if last.kind != "merge":
                return last.kind == "split"
            theme = last.into[0]
        return False

    def changed_at(self, theme: str) -> dt.datetime | None:
        """Return when what a theme stands for last changed its meaning."""
        found = None
        for one in self.changes:
            takes_in = one.kind == "merge" and theme in one.into
            if one.theme != theme and not takes_in:
                continue
            if one.changes_meaning:
                found = one.at
            if one.kind == "merge" and one.theme == theme and theme not in self.there:
                theme = one.into[0]
        return found

    def joined_at(self, theme: str) -> dt.datetime | None:
        """Return when another theme was last merged into this one."""
        joined = [one.at for one in self.changes if one.kind == "merge" and theme in one.into]
        return max(joined, default=None)

    def reworded_at(self, theme: str) -> dt.datetime | None:
        """Return when a theme was last reworded, and perhaps other words suggest it since."""
        reworded = [one.at for one in self.changes if one.kind == "reword" and one.theme == theme]
        return max(reworded, default=None)

    @property
    def themes(self) -> tuple[str, ...]:
        """Return every theme that something happened to."""
        named = (code for one in self.changes for code in (one.theme, *one.into))
        return tuple(dict.fromkeys(named))


def read(session: Session, survey: Survey) -> Course:
    """Return what became of a survey's themes, in one query."""
    asked = (
        select(CodebookChange)
        .where(CodebookChange.survey_id == survey.id, CodebookChange.kind.in_(_OF_THEMES))
        .order_by(CodebookChange.at, CodebookChange.id)
    )
    there = frozenset(theme.code for theme in codebooks.current(survey))
    return Course(there, tuple(session.scalars(asked)))


def proposals(session: Session, survey: Survey) -> Mapping[str, CodebookChange]:
    """Return what was last decided about each emergent theme that was proposed, by its key.

    One that was set aside and is proposed again goes over into itself.
    """
    asked = (
        select(CodebookChange)
        .where(
            CodebookChange.survey_id == survey.id,
            CodebookChange.kind.in_(("promote", "merge", "set aside")),
        )
        .options(joinedload(CodebookChange.by).options(load_only(Person.name)))
        .order_by(CodebookChange.at, CodebookChange.id)
    )
    return {one.theme: one for one in session.scalars(asked)}


def is_set_aside(change: CodebookChange) -> bool:
    """Say whether a proposal was set aside, and nobody has taken that back."""
    return change.kind == "set aside" and not change.into


def newest_first(changes: Sequence[CodebookChange]) -> list[CodebookChange]:
    """Return changes, the latest first."""
    return sorted(changes, key=lambda one: (one.at, str(one.id)), reverse=True)
