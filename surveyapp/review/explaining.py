"""What changed between two builds told together with the acts that it may follow from."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from surveyapp.review.causes import ONLY_CONFIRMS, Acts, Cause
from surveyapp.review.comparing import Changed, Quoted

One = TypeVar("One", Changed, Quoted)
# Acts as they are told.
Line = tuple[tuple[str, str, dt.datetime], ...]


@dataclass(frozen=True, slots=True)
class Group(Generic[One]):
    """Changes that may all follow from the same acts; from nobody's where there are none."""

    causes: tuple[Cause, ...]
    changes: tuple[One, ...]

    @property
    def is_only_confirmed(self) -> bool:
        """Say whether words were only confirmed, so that others may be behind the change."""
        return any(one.strength == ONLY_CONFIRMS for one in self.causes)


def claims(changes: Iterable[Changed], acts: Acts) -> Sequence[Group[Changed]]:
    """Return claims that changed, with what was done to what they rest on."""
    return _grouped((one, acts.explaining(one.rests_on, one.theme)) for one in changes)


def quotations(changes: Iterable[Quoted], acts: Acts) -> Sequence[Group[Quoted]]:
    """Return quotations that came or went, with what was done to their words or chose them."""
    return _grouped((one, acts.explaining(one.places, quoted=True)) for one in changes)


def _grouped(pairs: Iterable[tuple[One, tuple[Cause, ...]]]) -> Sequence[Group[One]]:
    """Put together what follows from the same acts, in order; what nothing explains comes last."""
    found: dict[Line, tuple[tuple[Cause, ...], list[One]]] = {}
    for one, theirs in pairs:
        line = tuple((cause.who, cause.what, cause.at) for cause in theirs)
        found.setdefault(line, (theirs, []))[1].append(one)
    groups = [Group(theirs, tuple(changes)) for theirs, changes in found.values()]
    return sorted(groups, key=lambda group: not group.causes)
