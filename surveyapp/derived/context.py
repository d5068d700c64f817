"""A passage in its context: its whole response, what stands beside it, and the themes on it.

What a coder sees is read here, for the consultant and for a blind second coder alike. A blind
coder sees no suggestion, nothing that others decided and no stretch that others drew.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeVarTuple, cast

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.material import codebooks
from surveyapp.models import (
    Authority,
    CodedPassage,
    Decision,
    Passage,
    Response,
    Sample,
    Survey,
    Tag,
)
from synthesis.codebook import Codebook

Edge = Literal["start", "end"]
Unit = Literal["word", "sentence"]
Asked = TypeVarTuple("Asked")
GIVEN: Final = ("accept", "add")
# How sure a suggestion is, in words: the least score that each is said of.
SURENESS: Final = ((0.9, "very likely"), (0.7, "likely"), (0.5, "possible"), (0.0, "doubtful"))
_WORD: Final = re.compile(r"\S+")
# What stands further off in a long response is folded away; before a passage it is less, so that
# the passage is in view where no script brings it there.
BEFORE: Final = 400
AFTER: Final = 1500


@dataclass(frozen=True, slots=True)
class OnIt:
    """A theme on a passage as a coder sees it: suggested, with a score and the reason, or decided.

    `number` is what the coder types for it. `verdict` is empty while it is only suggested.
    """

    number: int
    theme: str
    name: str
    score: float | None
    reason: str
    verdict: str

    @property
    def is_given(self) -> bool:
        """Say whether a coder has given the passage this theme."""
        return self.verdict in GIVEN

    @property
    def sureness(self) -> str:
        """Return the score in words."""
        score = self.score
        return "" if score is None else next(said for least, said in SURENESS if score >= least)


@dataclass(frozen=True, slots=True)
class InContext:
    """A passage in its whole response; `start` and `end` differ from its own while being changed.

    `beside` are the passages of the response in order, this one among them; `tags` leads from
    the key of each to what stands on it.
    """

    passage: Passage
    response: Response
    authority: str
    beside: tuple[Passage, ...]
    tags: Mapping[str, tuple[OnIt, ...]]
    start: int
    end: int

    @property
    def before(self) -> str:
        """Return what stands before the passage."""
        return self.response.text[: self.start]

    @property
    def words(self) -> str:
        """Return the words of the passage."""
        return self.response.text[self.start : self.end]

    @property
    def after(self) -> str:
        """Return what stands after the passage."""
        return self.response.text[self.end :]

    @property
    def far(self) -> tuple[str, str]:
        """Return what of a long response stands far before the passage, and far after it."""
        cut = len(self.before) - BEFORE
        first = self.before[: self._begins(cut)] if cut > 0 else ""
        last = self.after[_blank(self.after, AFTER) :] if len(self.after) > AFTER else ""
        return first, last

    def _begins(self, cut: int) -> int:
        """Return where a sentence begins soon after a place; or a word, where none does."""
        soon = range(cut, cut + BEFORE // 2)
        begins = (one.start for one in self.beside if not one.drawn and one.start in soon)
        return min(begins, default=_blank(self.before, cut))

    @property
    def near(self) -> tuple[str, str]:
        """Return what stands close by, before the passage and after it."""
        first, last = self.far
        return self.before[len(first) :], self.after[: len(self.after) - len(last)]

    @property
    def is_moved(self) -> bool:
        """Say whether other words are chosen than the passage has."""
        return (self.start, self.end) != (self.passage.start, self.passage.end)

    @property
    def on_it(self) -> tuple[OnIt, ...]:
        """Return what stands on the passage: suggestions first, by score, then added themes."""
        return self.tags[self.passage.key]

    @property
    def others(self) -> tuple[Passage, ...]:
        """Return the other passages of the response that share words with this one."""
        return tuple(
            one
            for one in self.beside
            if one.key != self.passage.key and one.start < self.end and self.start < one.end
        )

    def taking(self, start: int, end: int) -> "InContext":
        """Return the same passage with other words chosen; what is no stretch changes nothing."""
        text = self.response.text
        if 0 <= start < end <= len(text) and text[start:end].strip():
            return replace(self, start=start, end=end)
        return self

    def moving(self, edge: Edge, by: int, unit: Unit = "word") -> "InContext":
        """Return the same passage beginning or ending some words or sentences later or earlier."""
        stops = self._stops(edge, unit)
        here = self.start if edge == "start" else self.end
        if by > 0:
            ahead = [stop for stop in stops if stop > here]
            there = ahead[min(by, len(ahead)) - 1] if ahead else here
        else:
            behind = [stop for stop in stops if stop < here]
            there = behind[max(by, -len(behind))] if behind and by else here
        return self.taking(there, self.end) if edge == "start" else self.taking(self.start, there)

    def _stops(self, edge: Edge, unit: Unit) -> list[int]:
        """Return where a stretch may begin or end."""
        if unit == "sentence":
            own = (one for one in self.beside if not one.drawn)
            return sorted({one.start if edge == "start" else one.end for one in own})
        return [word[0] if edge == "start" else word[1] for word in words(self.response.text)]


def _blank(text: str, place: int) -> int:
    """Return where the next word ends, so that nothing is cut within one."""
    found = _WORD.search(text, place)
    return found.end() if found else len(text)


def words(text: str) -> list[tuple[int, int, str]]:
    """Return the words of a text with where each begins and ends."""
    return [(one.start(), one.end(), one.group()) for one in _WORD.finditer(text)]


def name_of(themes: Codebook, code: str) -> str:
    """Return the name of a theme; one that has left the codebook is called by its code."""
    return themes[code].name if code in themes else code


def read(
    session: Session, survey: Survey, passage_key: str, sample: Sample | None = None
) -> InContext | None:
    """Return a passage in its context, in two queries; None where the survey has no such one.

    With a sample it is as the sample's blind coder sees it.
    """
    found = session.execute(
        select(Passage, Response, Authority.name)
        .join(
            Response,
            (Response.survey_id == Passage.survey_id) & (Response.id == Passage.response),
        )
        .join(Authority, Authority.code == Passage.authority_code)
        .where(Passage.key == passage_key, Passage.survey_id == survey.id)
    ).one_or_none()
    if found is None:
        return None
    passage, response, authority = found
    themes = codebooks.current(survey)
    if sample is None:
        tagged = _tagged(session, passage)
        beside = tuple(tagged)
        tags = {one.key: _numbered(on_it, themes) for one, on_it in tagged.items()}
    else:
        beside = _beside(session, passage, sample)
        tags = dict(_blind(session, sample, beside, themes))
    return InContext(
        passage, response, authority, beside, tags, start=passage.start, end=passage.end
    )


def _tagged(session: Session, passage: Passage) -> dict[Passage, list[Tag]]:
    """Return the passages of a response in order, each with what stands on it for the review."""
    found: dict[Passage, list[Tag]] = defaultdict(list)
    asked = select(Passage, Tag).outerjoin(Tag, Tag.passage_key == Passage.key)
    rows = session.execute(_of_response(asked, passage)).all()
    for one, tag in cast(Sequence[tuple[Passage, Tag | None]], rows):
        found[one] += () if tag is None else (tag,)
    return found


def _beside(session: Session, passage: Passage, sample: Sample) -> tuple[Passage, ...]:
    """Return the passages of a response in order, as a blind coder sees them."""
    rows = session.scalars(_of_response(select(Passage), passage)).all()
    own = _drawn_by(session, sample, passage)
    return tuple(
        one for one in rows if not one.drawn or (one.start, one.end) in own or one is passage
    )


def _of_response(asked: sa.Select[*Asked], passage: Passage) -> sa.Select[*Asked]:
    """Ask for what is of a passage's response, in the order of the words."""
    here = (Passage.survey_id == passage.survey_id, Passage.response == passage.response)
    return asked.where(*here).order_by(Passage.start, Passage.end.desc())


def _drawn_by(session: Session, sample: Sample, passage: Passage) -> set[tuple[int, int]]:
    """Return the places in a response that a blind coder finished or ruled on."""
    return {
        (start, end)
        for model in (CodedPassage, Decision)
        for start, end in session.execute(
            select(model.start, model.end).where(
                model.sample_id == sample.id, model.response == passage.response
            )
        )
    }


def _numbered(tags: Sequence[Tag], themes: Codebook) -> tuple[OnIt, ...]:
    """Return tags in an order that no decision changes: numbers must not move under a coder."""
    ordered = sorted(tags, key=lambda tag: (-2 if tag.score is None else -tag.score, tag.theme))
    suggested = [tag for tag in ordered if tag.score is not None]
    added = [tag for tag in ordered if tag.score is None]
    return tuple(
        OnIt(number, tag.theme, name_of(themes, tag.theme), tag.score, tag.reason, tag.verdict)
        for number, tag in enumerate((*suggested, *added), 1)
    )


def _blind(
    session: Session, sample: Sample, beside: Sequence[Passage], themes: Codebook
) -> Mapping[str, tuple[OnIt, ...]]:
    """Return what a blind coder gave passages, and nothing else."""
    made = session.scalars(
        select(Decision)
        .where(
            Decision.sample_id == sample.id,
            Decision.response.in_({one.response for one in beside}),
            Decision.verdict.in_(GIVEN),
        )
        .order_by(Decision.theme)
    ).all()
    found: dict[tuple[int, int], list[Decision]] = defaultdict(list)
    for one in made:
        found[one.start, one.end].append(one)
    return {
        one.key: tuple(
            OnIt(number, each.theme, name_of(themes, each.theme), None, "", each.verdict)
            for number, each in enumerate(found[one.start, one.end], 1)
        )
        for one in beside
    }
