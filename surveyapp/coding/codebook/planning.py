"""What a change comes to: the themes that go, what takes their place, and how the files change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from surveyapp.coding.codebook.editing import Edit
from surveyapp.models.codebook import ChangeKind
from synthesis.codebook import Codebook, Theme


@dataclass(frozen=True, slots=True)
class Plan:
    """A change that has been thought through and not made yet.

    `of` are the themes that it is about, or the key of a proposal; `into` those that take their
    place. `changes_meaning` has the decisions made so far looked at again.
    """

    kind: ChangeKind
    of: tuple[str, ...]
    into: tuple[str, ...]
    edit: Edit
    changes_meaning: bool

    @property
    def written(self) -> tuple[Theme, ...]:
        """Return the themes as they would stand in the codebook."""
        return self.edit.write

    @property
    def goes(self) -> frozenset[str]:
        """Return the themes that would be in the codebook no more."""
        return self.edit.remove


def to_add(theme: Theme) -> Plan:
    """Add a theme."""
    return Plan("add", (theme.code,), (), Edit(write=(theme,)), changes_meaning=False)


def to_reword(theme: Theme, *, changes_meaning: bool) -> Plan:
    """Put a theme in other words."""
    return Plan("reword", (theme.code,), (), Edit(write=(theme,)), changes_meaning)


def to_merge(book: Codebook, gone: Sequence[str], into: Theme, *, changes_meaning: bool) -> Plan:
    """Merge themes into another, which takes over the words that suggest them."""
    themes = [book[code] for code in gone]
    joined = replace(
        into,
        include=_joined(into.include, *(one.include for one in themes)),
        cues=_joined(into.cues, *(one.cues for one in themes)),
        hints=_joined(into.hints, *(one.hints for one in themes)),
    )
    edit = Edit((joined,), frozenset(gone), dict.fromkeys(gone, into.code))
    return Plan("merge", tuple(gone), (into.code,), edit, changes_meaning)


def to_split(code: str, parts: Sequence[Theme]) -> Plan:
    """Split a theme into others."""
    into = tuple(part.code for part in parts)
    edit = Edit(tuple(parts), frozenset({code}), unclear=frozenset({code}))
    return Plan("split", (code,), into, edit, changes_meaning=True)


def to_retire(code: str) -> Plan:
    """Use a theme no more."""
    return Plan("retire", (code,), (), Edit(remove=frozenset({code})), changes_meaning=False)


def to_promote(key: str, theme: Theme) -> Plan:
    """Take a proposal up as a theme."""
    return Plan("promote", (key,), (theme.code,), Edit(write=(theme,)), changes_meaning=False)


def to_take_in(book: Codebook, key: str, code: str, cues: Sequence[str]) -> Plan:
    """Let a theme take in a proposal, with the words that pointed to it."""
    theme = book[code]
    wider = replace(theme, cues=_joined(theme.cues, tuple(cues)))
    return Plan("merge", (key,), (code,), Edit(write=(wider,)), changes_meaning=False)


def is_other_meaning(before: Theme, after: Theme) -> bool:
    """Say whether a theme is defined in other words, so that it may mean something else."""
    return (before.definition, before.include, before.exclude) != (
        after.definition,
        after.include,
        after.exclude,
    )


def _joined(*lists: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(lists)))
