"""The corpus: every passage that may be used, with who said it and the themes on it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from synthesis.codebook import Codebook
from synthesis.material import Response
from synthesis.matrix.roster import Roster
from synthesis.passages import Passage
from synthesis.schedule import Schedule
from synthesis.tags import Tag


@dataclass(frozen=True, slots=True)
class Heard:
    """A passage that may be used: who said it, what it was asked about, and the themes on it.

    Its id is kept: much is counted by it, and each copy made afresh would take up room.
    """

    id: str
    passage: Passage
    authority: str
    asked: str
    themes: dict[str, float]

    @property
    def response(self) -> Response:
        """Return the response the words stand in."""
        return self.passage.response


@dataclass(frozen=True, slots=True)
class Corpus:
    """Every usable passage by its id, and the passages under each theme, in the tags' order."""

    passages: Mapping[str, Heard]
    by_theme: Mapping[str, tuple[Heard, ...]]

    def __iter__(self) -> Iterator[Heard]:
        return iter(self.passages.values())

    def about(self, *themes: str) -> tuple[Heard, ...]:
        """Return the passages that carry every one of these themes."""
        lists = [self.by_theme.get(theme, ()) for theme in themes]
        shortest = min(lists, key=len, default=())
        return tuple(heard for heard in shortest if all(t in heard.themes for t in themes))

    def frame(self) -> pd.DataFrame:
        """Return one row for every passage and theme: passage, authority and theme."""
        rows = [(heard.id, heard.authority, theme) for heard in self for theme in heard.themes]
        return pd.DataFrame(rows, columns=["passage", "authority", "theme"])


def gather(tags: Iterable[Tag], roster: Roster, topics: Mapping[str, str]) -> Corpus:
    """Gather the passages that may be used from their tags.

    Withheld words are left out here, before anything is counted, and so are words of which nobody
    knows whose they are. `topics` leads from a question's code to the theme it asks about.
    """
    heard: dict[str, Heard] = {}
    for tag in tags:
        passage, response = tag.passage, tag.passage.response
        authority = speaker(response, roster)
        if authority and response.use_level != "withheld":
            id = passage.id
            known = heard.get(id)
            if known is None:
                asked = topics.get(response.question_code, "")
                known = heard[id] = Heard(id, passage, authority, asked, {})
            known.themes[tag.theme] = max(tag.score, known.themes.get(tag.theme, 0.0))
    return Corpus(heard, _by_theme(heard.values()))


def speaker(response: Response, roster: Roster) -> str:
    """Return the code of the authority whose words these are; empty where nobody knows."""
    return roster.code_of(response.authority if roster.unit == "authority" else response.id)


def topics_of(schedule: Schedule, codebook: Codebook, codes: Iterable[str]) -> dict[str, str]:
    """Say which theme each question asks about.

    A question that the schedule does not know is placed by the theme its code opens with.
    """
    topics = {question.code: question.theme for question in schedule.questions()}
    for code in codes:
        theme = code.partition(".")[0]
        if code not in topics and theme in codebook:
            topics[code] = theme
    return topics


def _by_theme(passages: Iterable[Heard]) -> dict[str, tuple[Heard, ...]]:
    """List the passages under each theme."""
    lists: dict[str, list[Heard]] = {}
    for heard in passages:
        for theme in heard.themes:
            lists.setdefault(theme, []).append(heard)
    return {theme: tuple(found) for theme, found in lists.items()}
