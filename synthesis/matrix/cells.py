"""The cells of the matrix, and the four reasons for which one may be empty."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Literal

import pandas as pd

from synthesis.codebook import Codebook
from synthesis.material import Choice, Figure, Material, Rating, Response
from synthesis.matrix.corpus import Corpus, gather, speaker, topics_of
from synthesis.matrix.roster import Roster, call
from synthesis.schedule import Schedule
from synthesis.tags import Tag

State = Literal[
    "found", "not asked", "not answered", "no response", "nothing found", "not for publication"
]
"""Why a cell is empty; with no returns nobody is known to have been asked, and left no answer."""
Item = Response | Rating | Choice | Figure
Place = tuple[str, str]
"""An authority's code and a theme's."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one authority said under one theme.

    `passages` are ids; `ratings` are those it gave to questions on the theme; `worded` is true
    if it gave words that could have held the theme, and so belongs in the base of a count. Words
    on a theme nobody was asked about could stand anywhere.
    """

    authority: str
    theme: str
    state: State
    passages: Collection[str] = ()
    ratings: tuple[Rating, ...] = ()
    worded: bool = False


@dataclass(frozen=True, slots=True)
class Matrix:
    """Every authority by every strand and outcome.

    `topics` leads from a question to its theme; `speakers` gave words that may be used.
    """

    roster: Roster
    corpus: Corpus
    topics: Mapping[str, str]
    speakers: frozenset[str]
    cells: Mapping[Place, Cell]

    def cell(self, authority: str, theme: str) -> Cell:
        """Return one cell."""
        return self.cells[authority, theme]

    def answering(self, theme: str) -> frozenset[str]:
        """Return the authorities whose words could have held this theme: the base of a count."""
        return frozenset(
            cell.authority for cell in self.cells.values() if cell.theme == theme and cell.worded
        )

    def heard_from(self) -> frozenset[str]:
        """Return the authorities that said anything that may be used."""
        return self.speakers

    def counts(self) -> pd.DataFrame:
        """Return how many passages each authority has under each theme of the matrix."""
        rows = [(c.authority, c.theme, len(c.passages)) for c in self.cells.values()]
        frame = pd.DataFrame(rows, columns=["authority", "theme", "passages"])
        return frame.pivot(index="authority", columns="theme", values="passages")


@dataclass(frozen=True, slots=True)
class _Given:
    """What was asked and what came back, by authority and theme."""

    asked: frozenset[str]
    returns: bool
    worded: frozenset[Place]
    usable: frozenset[Place]
    withheld: frozenset[Place]
    speakers: frozenset[str]
    readers: frozenset[str]
    ratings: Mapping[Place, tuple[Rating, ...]]


def build(
    material: Material, schedule: Schedule, codebook: Codebook, tags: Iterable[Tag]
) -> Matrix:
    """Build the matrix of authorities by strands and outcomes."""
    roster = call(material)
    topics = topics_of(schedule, codebook, (item.question_code for item in _items(material)))
    corpus = gather(tags, roster, topics)
    given = _given(material, roster, topics)
    themes = [t.code for t in codebook if t.kind in ("strand", "outcome")]
    found = {theme: corpus.by_authority(theme) for theme in themes}
    cells = {
        (authority.code, theme): _cell(
            (authority.code, theme), found[theme].get(authority.code, ()), given
        )
        for authority in roster
        for theme in themes
    }
    return Matrix(roster, corpus, topics, given.speakers - {""}, cells)


def _cell(place: Place, passages: Collection[str], given: _Given) -> Cell:
    """Fill one cell."""
    authority, theme = place
    spoke = authority in given.speakers and theme not in given.asked
    worded = bool(passages) or place in given.worded or spoke
    return Cell(
        authority,
        theme,
        state="found" if passages else _empty(place, given),
        passages=passages,
        ratings=given.ratings.get(place, ()),
        worded=worded,
    )


def _empty(place: Place, given: _Given) -> State:
    """Say why a cell holds no passage. No answer is never taken for a no."""
    authority, theme = place
    if place in given.usable:
        return "nothing found"
    if place in given.withheld:
        return "not for publication"
    if theme in given.asked:
        return "not answered" if given.returns else "no response"
    return "nothing found" if authority in given.readers else "not asked"


def _given(material: Material, roster: Roster, topics: Mapping[str, str]) -> _Given:
    """Sort what came back by authority and theme."""
    items = [
        (item, (_who(item, roster), topics.get(item.question_code, "")))
        for item in _items(material)
    ]
    usable = [(item, place) for item, place in items if item.use_level != "withheld"]
    words = [(item, place) for item, place in usable if isinstance(item, Response)]
    ratings: dict[Place, tuple[Rating, ...]] = {}
    for item, place in usable:
        if isinstance(item, Rating):
            ratings[place] = (*ratings.get(place, ()), item)
    put = (topics.get(item.question_code, "") for item in _items(material))
    return _Given(
        asked=frozenset(topics.values() if material.returns else put) - {""},
        returns=bool(material.returns),
        worded=frozenset(place for _, place in words),
        usable=frozenset(place for _, place in usable),
        withheld=frozenset(place for item, place in items if item.use_level == "withheld"),
        speakers=frozenset(place[0] for _, place in words),
        readers=frozenset(place[0] for item, place in words if item.source == "document"),
        ratings=ratings,
    )


def _items(material: Material) -> Iterable[Item]:
    """Yield everything that answers a question."""
    return chain(material.responses, material.ratings, material.choices, material.figures)


def _who(item: Item, roster: Roster) -> str:
    """Return the code of the authority that gave an answer."""
    if isinstance(item, Response):
        return speaker(item, roster)
    return roster.code_of(item.authority)
