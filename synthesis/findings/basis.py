"""What the findings rest on, and what the outline tells them to look for."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from pydantic import ConfigDict

from synthesis import holding
from synthesis.codebook import Codebook, Theme
from synthesis.findings.names import pattern
from synthesis.findings.people import People, Terms, shown
from synthesis.findings.plain_sense import stands
from synthesis.findings.tracing import Tracer
from synthesis.findings.wording import Scale, Speech, Voice
from synthesis.holding import Holding
from synthesis.material import Material, UseLevel
from synthesis.matrix import Matrix, build, cited
from synthesis.schedule import Schedule
from synthesis.tags import Tag

EMERGENT = "X0"
"""The theme of whatever no other holds."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two coders agreed on one theme; None where it could not be worked out."""

    theme: str
    n: int
    alpha: float | None = None
    kappa: float | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """Everything one review is drawn from; of very many tags none need be kept once it is read."""

    material: Material
    codebook: Codebook
    schedule: Schedule = field(default_factory=Schedule)
    tags: Iterable[Tag] = ()
    agreement: tuple[Agreement, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """An approach, tool, measure or partner: its name in the review and the words it goes by."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notes:
    """What the outline says about one strand or outcome.

    `topic` is how a sentence names it; `short` heads a column of the matrix; `data`, `audit`,
    `case_study` and `quality` say what the framework could ask for where each is thin.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    code: str
    topic: str = ""
    short: str = ""
    introduction: str = ""
    data: str = ""
    audit: str = ""
    case_study: str = ""
    quality: str = ""
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What to look for: notes on strands and outcomes, tools, partners, and the scale of words."""

    scale: Scale
    strands: tuple[Notes, ...] = ()
    outcomes: tuple[Notes, ...] = ()
    tools: tuple[Term, ...] = ()
    partners: tuple[Term, ...] = ()

    def notes(self, theme: Theme) -> Notes:
        """Return the notes on a theme, or what its name alone gives."""
        for notes in self.strands + self.outcomes:
            if notes.code == theme.code:
                return notes
        shout = theme.name[1:2].isupper()
        topic = theme.name if shout else theme.name[:1].lower() + theme.name[1:]
        return Notes(theme.code, topic=topic, short=theme.name)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A basis laid out for reading: its matrix, what to look for and how to speak of it.

    Of its tags only the number is kept: of those that a coder has decided, and of the others.

    `names` matches whatever would give away whose words are unnamed; `people` finds personal
    names, and `tracer` words that tell the same story.
    """

    basis: Basis
    frame: Frame
    matrix: Matrix
    speech: Speech
    names: re.Pattern[str]
    people: People
    tracer: Tracer
    decided: int
    undecided: int

    @property
    def material(self) -> Material:
        """Return the material."""
        return self.basis.material

    def shown(self, text: str, use_level: UseLevel, *, verbatim: bool = True) -> str:
        """Return words as they may be printed at a use level, and if they are anybody's own."""
        return shown(text, Terms(use_level, verbatim), self.names, self.people)

    def strands(self) -> Iterable[tuple[int, Theme, Notes]]:
        """Yield each strand with its place in the order and its notes."""
        for place, theme in enumerate(self.basis.codebook.of_kind("strand")):
            yield place, theme, self.frame.notes(theme)

    def outcomes(self) -> Iterable[tuple[int, Theme, Notes]]:
        """Yield each adverse outcome with its place in the order and its notes."""
        for place, theme in enumerate(self.basis.codebook.of_kind("outcome")):
            yield place, theme, self.frame.notes(theme)

    def promoted(self) -> Iterator[tuple[Theme, Notes]]:
        """Yield the themes that coders made of words which no theme explained, with their notes."""
        for theme in self.basis.codebook.of_kind("emergent"):
            if theme.code != EMERGENT:
                yield theme, self.frame.notes(theme)


def open_inquiry(basis: Basis, frame: Frame) -> Inquiry:
    """Lay out a basis for reading: questions as they were put, without tags that words deny.

    What may identify a child is left out here, before anything is counted.
    """
    material, held = basis.material, holding.of(basis.material.held)
    schedule = basis.schedule.as_put(_wordings(material))
    counted: Counter[bool] = Counter()
    tags = (
        tag for tag in _counting(basis.tags, counted) if stands(tag) and not _is_held(held, tag)
    )
    basis = replace(basis, schedule=schedule, material=holding.hold_back(material), tags=())
    said = chain(tags, cited(basis.material))
    matrix = build(material, basis.schedule, basis.codebook, said)
    sources = {heard.response.source == "document" for heard in matrix.corpus}
    voice: Voice = "both" if len(sources) == 2 else "documents" if sources == {True} else "answers"
    speech = Speech(frame.scale, voice, matrix.roster.unit)
    tracer = Tracer.of(material, matrix.roster)
    return Inquiry(
        basis,
        frame,
        matrix,
        speech,
        pattern(material),
        People.of(material),
        tracer,
        decided=counted[True],
        undecided=counted[False],
    )


def _counting(tags: Iterable[Tag], counted: Counter[bool]) -> Iterator[Tag]:
    """Pass tags on, counting how many are decided."""
    for tag in tags:
        counted[tag.decided] += 1
        yield tag


def _is_held(held: Holding, tag: Tag) -> bool:
    passage = tag.passage
    return held.touches(passage.response.id, passage.start, passage.end)


def _wordings(material: Material) -> dict[str, str]:
    """Return the wording that the responses give each question, where it is one and no other.

    Unnamed responses have no say: their wording may tell whom it asks.
    """
    found: dict[str, set[str]] = {}
    for one in material.responses:
        if one.question_code and one.question and one.use_level == "named":
            found.setdefault(one.question_code, set()).add(one.question)
    return {code: words.pop() for code, words in found.items() if len(words) == 1}
