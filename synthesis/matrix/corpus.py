"""The corpus: every passage that may be used, with who said it and the themes on it.

There may be very many. Where each is and what it carries is held in columns, a few bytes a passage,
and a passage is set out only while somebody looks at it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import reduce
from typing import NamedTuple, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from synthesis.codebook import Codebook
from synthesis.material import Response
from synthesis.matrix.columns import Columns, Entries
from synthesis.matrix.roster import Roster
from synthesis.passages import Passage, place_of
from synthesis.schedule import Schedule
from synthesis.tags import Tag

Numbers = NDArray[np.int32]


class Voice(NamedTuple):
    """A response that may be used, whose it is, and which theme it was asked about."""

    response: Response
    authority: str
    asked: str


class Heard(NamedTuple):
    """A passage that may be used: who said it, what it was asked about, and the themes on it."""

    passage: Passage
    voice: Voice
    number: int
    corpus: "Corpus"

    @property
    def id(self) -> str:
        """Return the passage's id."""
        return self.passage.id

    @property
    def response(self) -> Response:
        """Return the response the words stand in."""
        return self.voice.response

    @property
    def authority(self) -> str:
        """Return the code of the authority whose words these are."""
        return self.voice.authority

    @property
    def asked(self) -> str:
        """Return the theme that the words were asked about."""
        return self.voice.asked

    @property
    def themes(self) -> Mapping[str, float]:
        """Return the themes on it, each with its score."""
        return self.corpus.themes_of(self.number)


class Corpus(Collection[Heard]):
    """Every usable passage, in the order in which the tags name them."""

    def __init__(self, voices: Mapping[str, Voice], codes: Iterable[str], columns: Columns) -> None:
        """Hold passages by their columns; voices and codes of themes in the order of numbers."""
        self._voices = tuple(voices.values())
        self._turn = {id: turn for turn, id in enumerate(voices)}
        self._codes = tuple(codes)
        self._columns = columns
        self._under = {code: columns.under(number) for number, code in enumerate(self._codes)}

    def __len__(self) -> int:
        return len(self._columns)

    def __iter__(self) -> Iterator[Heard]:
        return map(self.heard, range(len(self)))

    def __contains__(self, heard: object) -> bool:
        return isinstance(heard, Heard) and heard.id in self.passages

    def heard(self, number: int) -> Heard:
        """Set out the passage with this number, the first being 0."""
        turn, start, end = self._columns.place(number)
        voice = self._voices[turn]
        return Heard(Passage(voice.response, start, end), voice, number, self)

    def id_of(self, number: int) -> str:
        """Return the id of a passage."""
        turn, start, end = self._columns.place(number)
        return Passage(self._voices[turn].response, start, end).id

    def themes_of(self, number: int) -> Mapping[str, float]:
        """Return the themes on a passage with their scores; of several the highest."""
        themes: dict[str, float] = {}
        for theme, score in self._columns.carried(number):
            code = self._codes[theme]
            themes[code] = max(score, themes.get(code, 0.0))
        return themes

    def voice_of(self, number: int) -> Voice:
        """Return the response that a passage stands in."""
        return self._voices[self._columns.place(number)[0]]

    @property
    def passages(self) -> "ById":
        """Return the passages by their ids."""
        return ById(self)

    def number_of(self, id: str) -> int | None:
        """Return the number of the passage with this id, or None where there is none."""
        place = place_of(id)
        turn = self._turn.get(place[0]) if place else None
        return self._columns.find(turn, *place[1:]) if place and turn is not None else None

    def about(self, *themes: str) -> "Selection":
        """Return the passages that carry every one of these themes."""
        none = np.empty(0, np.int32)
        lists = [self._under.get(theme, none) for theme in themes] or [none]
        return Selection(self, reduce(_both, lists))

    def everything(self) -> "Selection":
        """Return all of them."""
        return Selection(self, np.arange(len(self), dtype=np.int32))

    def of(self, ids: Collection[str]) -> "Selection":
        """Return the passages with these ids, in their order, without ids that are no passage's."""
        if isinstance(ids, Ids):
            return ids.chosen
        found = (self.number_of(id) for id in ids)
        return Selection.of(self, (number for number in found if number is not None))

    def by_authority(self, theme: str) -> dict[str, "Ids"]:
        """Return the ids of the passages under a theme, by authority."""
        found: dict[str, list[int]] = {}
        for number in self.about(theme).numbers.tolist():
            found.setdefault(self.voice_of(number).authority, []).append(number)
        return {code: Selection.of(self, numbers).ids for code, numbers in found.items()}

    def frame(self) -> pd.DataFrame:
        """Return one row for every passage and theme: passage and authority, numbered, and theme.

        Numbers take a hundredth of the room that names would.
        """
        codes, _ = pd.factorize(np.array([one.authority for one in self._voices], object))
        tags = self._columns.tags().drop_duplicates(["passage", "theme"])
        return pd.DataFrame(
            {
                "passage": tags["passage"],
                "authority": codes[tags["voice"]],
                "theme": pd.Categorical.from_codes(tags["theme"].to_numpy(), pd.Index(self._codes)),
            }
        )


class Selection(Collection[Heard]):
    """Some of the passages, by their numbers; each is set out when its turn comes."""

    def __init__(self, corpus: Corpus, numbers: Numbers) -> None:
        """Choose the passages with these numbers."""
        self.corpus, self.numbers = corpus, numbers

    @classmethod
    def of(cls, corpus: Corpus, numbers: Iterable[int]) -> Self:
        """Choose the passages with these numbers."""
        return cls(corpus, np.fromiter(numbers, np.int32))

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[Heard]:
        return map(self.corpus.heard, self.numbers.tolist())

    def __contains__(self, heard: object) -> bool:
        return any(one == heard for one in self)

    def __add__(self, others: "Selection") -> "Selection":
        return Selection(self.corpus, np.concatenate([self.numbers, others.numbers]))

    def __and__(self, others: "Selection") -> "Selection":
        return Selection(self.corpus, _both(self.numbers, others.numbers))

    @property
    def ids(self) -> "Ids":
        """Return their ids."""
        return Ids(self)

    @property
    def authorities(self) -> frozenset[str]:
        """Return the codes of the authorities whose words these are."""
        return frozenset(
            self.corpus.voice_of(number).authority for number in set(self.numbers.tolist())
        )

    def those(self, are: Callable[[Heard], bool]) -> "Selection":
        """Return those of which something is true."""
        numbers = self.numbers.tolist()
        return Selection.of(
            self.corpus, (number for number in numbers if are(self.corpus.heard(number)))
        )


class Ids(Collection[str]):
    """The ids of some passages, each spelled out when it is needed."""

    def __init__(self, chosen: Selection) -> None:
        """Name these passages."""
        self.chosen = chosen

    def __len__(self) -> int:
        return len(self.chosen)

    def __iter__(self) -> Iterator[str]:
        return map(self.chosen.corpus.id_of, self.chosen.numbers.tolist())

    def __contains__(self, id: object) -> bool:
        return any(one == id for one in self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Collection) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


class ById(Mapping[str, Heard]):
    """The passages of a corpus by their ids."""

    def __init__(self, corpus: Corpus) -> None:
        """Look them up in this corpus."""
        self._corpus = corpus

    def __getitem__(self, id: str) -> Heard:
        number = self._corpus.number_of(id)
        if number is None:
            raise KeyError(id)
        return self._corpus.heard(number)

    def __iter__(self) -> Iterator[str]:
        return (heard.id for heard in self._corpus)

    def __len__(self) -> int:
        return len(self._corpus)


def gather(tags: Iterable[Tag], roster: Roster, topics: Mapping[str, str]) -> Corpus:
    """Gather the passages that may be used from their tags.

    Withheld words are left out here, before anything is counted, and so are words of which nobody
    knows whose they are. `topics` leads from a question's code to the theme it asks about. A tag
    without a theme brings in its passage, and nothing else.
    """
    entries, voices = Entries(), dict[str, Voice]()
    turns: dict[str, int | None] = {}
    codes: dict[str, int] = {}
    for passage, theme, score, *_ in tags:
        response = passage.response
        if response.id not in turns:
            voice = _voice(response, roster, topics)
            turns[response.id] = None if voice is None else len(voices)
            if voice is not None:
                voices[response.id] = voice
        turn = turns[response.id]
        if turn is not None:
            number = codes.setdefault(theme, len(codes)) if theme else None
            entries.add((turn, passage.start, passage.end), number, score)
    return Corpus(voices, codes, entries.laid())


def _voice(response: Response, roster: Roster, topics: Mapping[str, str]) -> Voice | None:
    """Return whose a response is and what it was asked about; None where it may not be used."""
    authority = speaker(response, roster)
    if not authority or response.use_level == "withheld":
        return None
    return Voice(response, authority, topics.get(response.question_code, ""))


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


def _both(some: Numbers, others: Numbers) -> Numbers:
    return np.intersect1d(some, others)
