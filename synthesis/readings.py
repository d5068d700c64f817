"""Readings: a response as its sentences, the cues in them, and what it was asked about."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise

from synthesis import cues
from synthesis.codebook import Codebook, CodedExample
from synthesis.cues import Cue
from synthesis.language import Reader, Sentence
from synthesis.material import Response
from synthesis.passages import Passage

_CODE = re.compile(r"[A-Za-z]+\d*")


@dataclass(frozen=True)
class Reading:
    """One response, read: the theme its question asks about, if any, and its features."""

    response: Response
    sentences: tuple[Sentence, ...]
    asked: str
    question: tuple[str, ...]

    @cached_property
    def cues(self) -> frozenset[int]:
        """Return the places, in the reader's list, of the cues found anywhere in it."""
        return frozenset(hit.cue for sentence in self.sentences for hit in sentence.hits)

    @cached_property
    def length(self) -> int:
        """Return the number of terms."""
        return sum(len(sentence.terms) for sentence in self.sentences)

    def passage(self, sentence: Sentence) -> Passage:
        """Return the sentence as a passage of the response."""
        return Passage(self.response, sentence.start, sentence.end)

    @property
    def phrases(self) -> list[list[str]]:
        """Return, sentence by sentence, its terms and its pairs of neighbouring terms.

        They are many times as long as the words, so that lessons, which stay, do not keep them.
        """
        return [
            [*sentence.terms, *map(" ".join, pairwise(sentence.terms))]
            for sentence in self.sentences
        ]

    def features(self) -> list[str]:
        """Return what the learner goes by: terms, pairs of terms, and the question's terms."""
        return [*chain.from_iterable(self.phrases), *self.question]


class Readers:
    """Reads responses and coded examples with the cues of one codebook."""

    def __init__(self, codebook: Codebook) -> None:
        """Prepare to look for the codebook's cues."""
        self.codes = frozenset(theme.code for theme in codebook)
        self.cues: tuple[Cue, ...] = cues.of(codebook)
        self.theme_of = tuple(cue.theme for cue in self.cues)
        self.reader = Reader(self.cues)
        self._questions: dict[tuple[str, str], tuple[str, ...]] = {}

    def read(self, responses: Iterable[Response]) -> Iterator[Reading]:
        """Yield a reading a response, as a stream."""
        texts = ((response.text, response) for response in responses)
        for response, sentences in self.reader.read(texts):
            known = response.asked in self.codes
            asked = response.asked if known else self.asked(response.question_code)
            question = self._question(asked, response.question) if asked else ()
            yield Reading(response, sentences, asked, question)

    def asked(self, question_code: str) -> str:
        """Return the theme that a question's code begins with: S01 for S01.2; empty if none."""
        found = _CODE.match(question_code)
        return found.group() if found and found.group() in self.codes else ""

    def _question(self, asked: str, wording: str) -> tuple[str, ...]:
        """Return the features of a question, read once however many answer it."""
        if (asked, wording) not in self._questions:
            terms = sorted(set(self.reader.terms(wording)))
            features = (f"asked:{asked}", *(f"question:{term}" for term in terms))
            self._questions[asked, wording] = features
        return self._questions[asked, wording]


def as_response(example: CodedExample) -> Response:
    """Return a coded example as if it were a response."""
    return Response(
        id=example.id,
        text=example.text,
        authority=example.authority,
        question_code=example.question_code,
        question=example.question,
        asked=example.asked,
    )
