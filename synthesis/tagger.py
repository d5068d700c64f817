"""The tagger: suggests themes for passages, and says why.

A response gets the themes that its words, its cues and its question make likely; each theme is then
pinned to the sentences that carry it. Coded examples teach it (`synthesis.learner`); a codebook
without enough of them is followed to the letter (`synthesis.rules`).
"""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import chain, islice
from operator import attrgetter

import numpy as np

from synthesis import rules
from synthesis.codebook import Codebook, CodedExample
from synthesis.learner import Learner, Opinion
from synthesis.lessons import Lesson
from synthesis.material import Replaced, Response
from synthesis.passages import Passage
from synthesis.readings import Readers, Reading, as_response
from synthesis.tags import Tag

PLACE = attrgetter("passage.start")
Pins = dict[int, list[str]]
"""Places of sentences, each with the words there that speak for a theme."""
BATCH = 64
OWN, GIVEN = 0.5, 1.0
"""How much one of the codebook's examples counts, and one coded in this review."""
ENOUGH = 40
"""Examples below which the cues alone do better."""
NAMED = 3
"""How many words or phrases a reason names."""
KEPT = "carried by the words that these take the place of"
UNSAID = "X0"
"""The theme of what no other theme covers: nothing suggests it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A response with every passage of it, the tags suggested, and how unsure they are, 0 to 1."""

    response: Response
    passages: tuple[Passage, ...]
    tags: tuple[Tag, ...]
    doubt: float


class Tagger:
    """Suggests tags with one codebook and what its coded examples teach."""

    def __init__(self, codebook: Codebook, examples: Sequence[CodedExample] = ()) -> None:
        """Learn from the codebook's examples and from those given."""
        self.codebook = codebook
        self.readers = Readers(codebook)
        self._own = tuple(self._lessons(codebook.examples, OWN))
        self._learn(examples)

    def taught(self, examples: Sequence[CodedExample]) -> "Tagger":
        """Return a tagger with these examples in place of those given; the codebook's are kept."""
        another = copy(self)
        another._learn(examples)
        return another

    def _learn(self, examples: Sequence[CodedExample]) -> None:
        lessons = [*self._own, *self._lessons(examples, GIVEN)]
        enough = len(lessons) >= ENOUGH
        self._learner = Learner(self.codebook, self.readers.cues, lessons) if enough else None
        taught = set(self._learner.kinds if self._learner else ())
        # No example teaches an emergent theme: one that was made of a proposal goes by its cues.
        self._untaught = {
            theme.code
            for theme in self.codebook
            if theme.kind not in taught and theme.code != UNSAID
        }

    def _lessons(self, examples: Sequence[CodedExample], weight: float) -> Iterator[Lesson]:
        readings = self.readers.read(map(as_response, examples))
        for example, reading in zip(examples, readings, strict=True):
            if reading.length:
                yield Lesson(reading, example.codes, weight)

    def suggest(self, responses: Iterable[Response]) -> Iterator[Tag]:
        """Yield tags, response by response, in order of place; holds one batch at a time."""
        return chain.from_iterable(judged.tags for judged in self.judge(responses))

    def judge(self, responses: Iterable[Response]) -> Iterator[Judged]:
        """Yield every response with its passages, its tags and the doubt about them."""
        readings = self.readers.read(responses)
        while batch := list(islice(readings, BATCH)):
            for reading, opinion in zip(batch, self._judge(batch), strict=True):
                tags = tuple(sorted(self._tags(reading, opinion.scores), key=PLACE))
                passages = tuple(reading.passage(sentence) for sentence in reading.sentences)
                yield Judged(reading.response, passages, tags, opinion.doubt)

    def _judge(self, readings: Sequence[Reading]) -> list[Opinion]:
        """Ask the learner, and the rules about the kinds of theme that no example taught it."""
        if self._learner is None:
            judged = (rules.judge(reading, self.readers.cues) for reading in readings)
            return [Opinion(scores, _doubt(scores.values())) for scores in judged]
        opinions = self._learner.opinions(readings)
        if self._untaught:
            for reading, (scores, _) in zip(readings, opinions, strict=True):
                by_rule = rules.judge(reading, self.readers.cues)
                scores |= {code: by_rule[code] for code in by_rule if code in self._untaught}
        return opinions

    def _tags(self, reading: Reading, scores: Mapping[str, float]) -> Iterator[Tag]:
        """Pin each theme to the sentences with a cue of it, or else to the one that says most."""
        replaced = reading.response.instead_of
        carried = self._carried(replaced) if replaced else {}
        scores = self._still(scores, carried) if replaced else scores
        said = self._said(reading, scores)
        unsaid = self._likeliest(reading, [theme for theme in scores if theme not in said])
        passages = [reading.passage(sentence) for sentence in reading.sentences]
        for theme, score in scores.items():
            rounded, cued, asked = round(score, 3), theme in said, reading.asked == theme
            for place, phrases in (said if cued else unsaid)[theme].items():
                yield Tag(passages[place], theme, rounded, _reason(phrases, cued=cued, asked=asked))
        yield from self._kept(reading, scores, carried)

    def _still(
        self, scores: Mapping[str, float], carried: Mapping[str, float]
    ) -> Mapping[str, float]:
        """Return what is heard in words that take the place of others, and was in those as well.

        A sentence that was put right says too little to be judged like a whole answer. Of strengths
        and gaps it speaks for itself if the words before spoke of them: it may be turned round.
        """
        spoke = any(map(self._is_stance, carried))
        return {
            theme: score
            for theme, score in scores.items()
            if theme in carried or (spoke and self._is_stance(theme))
        }

    def _kept(
        self, reading: Reading, scores: Collection[str], carried: Mapping[str, float]
    ) -> Iterator[Tag]:
        """Pin what words before carried, and these do not say, to the sentence that says most."""
        if carried and reading.sentences:
            fullest = max(reading.sentences, key=lambda sentence: len(sentence.terms))
            turned = any(map(self._is_stance, scores))
            for theme, score in carried.items():
                if theme not in scores and not (turned and self._is_stance(theme)):
                    yield Tag(reading.passage(fullest), theme, score, KEPT)

    def _is_stance(self, theme: str) -> bool:
        return self.codebook[theme].kind == "stance"

    def _carried(self, replaced: Replaced) -> Mapping[str, float]:
        """Return the themes of words that were replaced: given by a coder, or still suggested."""
        given = dict.fromkeys(replaced.given, 1.0)
        if replaced.finished:
            return given
        suggested = {
            tag.theme: tag.score
            for tag in self.suggest([replaced.response])
            if tag.passage.start < replaced.end and replaced.start < tag.passage.end
            if tag.theme not in replaced.refused
        }
        return suggested | given

    def _said(self, reading: Reading, themes: Container[str]) -> dict[str, Pins]:
        """Find, theme by theme, the sentences with a cue and the words that the cue found."""
        said: dict[str, Pins] = {}
        text, theme_of = reading.response.text, self.readers.theme_of
        for place, sentence in enumerate(reading.sentences):
            for hit in sentence.hits:
                theme = theme_of[hit.cue]
                if theme in themes:
                    found = said.setdefault(theme, {}).setdefault(place, [])
                    found.append(text[hit.start : hit.end])
        return said

    def _likeliest(self, reading: Reading, themes: Sequence[str]) -> dict[str, Pins]:
        """Find, theme by theme, the sentence whose words speak most for it, and those words."""
        if self._learner is None or not themes:
            return {theme: {0: []} for theme in themes}
        worths = [self._learner.worth(phrases) for phrases in reading.phrases]
        totals = np.array([worth.sum(axis=0) for _, worth in worths])
        likeliest: dict[str, Pins] = {}
        for theme in themes:
            if theme not in self._learner.themes:
                likeliest[theme] = {0: []}
                continue
            column = self._learner.themes.index(theme)
            place = int(totals[:, column].argmax())
            known, worth = worths[place]
            order = np.argsort(-worth[:, column], kind="stable")[:NAMED]
            telling = [known[row] for row in order if worth[row, column] > 0]
            likeliest[theme] = {place: [reading.sentences[place].written(word) for word in telling]}
        return likeliest


def _doubt(scores: Collection[float]) -> float:
    """Return how much of what rules suggest they expect to be wrong, as `learner.doubts` does.

    Where nothing is suggested, nobody knows.
    """
    return 1 - 2 * sum(scores) / (len(scores) + sum(scores)) if scores else 1.0


def _reason(phrases: list[str], *, cued: bool, asked: bool) -> str:
    """Say in words why a theme is suggested: the longest phrases first, none twice."""
    if cued and len(phrases) > 1:
        phrases = sorted(sorted(set(phrases)), key=len, reverse=True)
    if phrases:
        named = f"‘{'’, ‘'.join(phrases[:NAMED])}’"
        said = f"says {named}" if cued else f"worded like coded examples: {named}"
        return f"{said}; the question asks about it" if asked else said
    return "the question asks about it" if asked else "as in answers to the same question"
