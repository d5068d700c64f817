"""Learning from decisions: what they teach, and by how much suggestions get better for it.

The unit is what the tagger judges, a response. It teaches whole once a coder has finished all of
it; before, the stretches that are finished teach together. Either did better than teaching stretch
by stretch: samples-F1 of strands .72 against .68 for whole responses, .70 against .69 for halves.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from synthesis import agreement
from synthesis.agreement import SAMPLES, Codes, Coding, Scores
from synthesis.codebook import CodedExample
from synthesis.material import Decision, Finished, Response
from synthesis.readings import as_response
from synthesis.tagger import Tagger

CHECKPOINTS: Final = (0, 25, 50, 100, 200)
STEP: Final = 25
"""Responses that are coded before the rest is judged afresh."""
FOLDS: Final = 5
MOST: Final = 4_000
"""Responses that teach at most; twenty authorities have not as many."""
Order = Literal["arrival", "random", "least certain"]
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Point:
    """How well what nobody has coded yet is tagged, after so many responses were coded."""

    coded: int
    strands: Scores
    themes: Scores


@dataclass(frozen=True, slots=True)
class Worth:
    """Samples-F1 without and with the decisions, on responses whose authority taught nothing.

    `low` and `high` are the 95% interval of the difference, from drawing authorities.
    """

    responses: int
    authorities: int
    without: float
    taught: float
    low: float
    high: float


def examples(
    responses: Iterable[Response], finished: Iterable[Finished], decisions: Iterable[Decision]
) -> Iterator[CodedExample]:
    """Yield what finished stretches teach, in the order of the responses.

    Of very many responses `MOST` teach, as the lots of their ids fall: whichever teaches mostly
    still does when more are finished.
    """
    stretches: dict[str, list[Finished]] = defaultdict(list)
    for one in finished:
        stretches[one.response].append(one)
    for id in sorted(stretches, key=lambda id: crc32(id.encode()))[MOST:]:
        del stretches[id]
    made: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.response in stretches:
            made[decision.response].append(decision)
    for response in responses:
        if response.id in stretches:
            done = _joined(stretches[response.id])
            yield CodedExample(
                id=response.id,
                text=_said(response.text, done),
                codes=frozenset(_codes(stretches[response.id], made[response.id])),
                authority=response.authority,
                question_code=response.question_code,
                question=response.question,
                asked=response.asked,
            )


def _joined(stretches: Iterable[Finished]) -> list[tuple[int, int]]:
    """Return the places that stretches cover, those that touch or overlap as one."""
    places: list[tuple[int, int]] = []
    for start, end in sorted((one.start, one.end) for one in stretches):
        if places and start <= places[-1][1]:
            places[-1] = (places[-1][0], max(end, places[-1][1]))
        else:
            places.append((start, end))
    return places


def _said(text: str, places: Sequence[tuple[int, int]]) -> str:
    """Return the words that are finished; the text as it is where those are all of its words."""
    edges = [0, *(edge for place in places for edge in place), len(text)]
    between = (text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    if not any(words.strip() for words in between):
        return text
    return "\n".join(text[start:end] for start, end in places)


def _codes(stretches: Collection[Finished], decisions: Sequence[Decision]) -> Iterator[str]:
    """Yield the themes that a coder gave finished stretches: of several verdicts the last holds."""
    for stretch in stretches:
        verdicts: dict[str, str] = {}
        for one in decisions:
            if one.start < stretch.end and stretch.start < one.end:
                verdicts[one.theme] = one.verdict
        yield from (theme for theme, verdict in verdicts.items() if verdict != "reject")


def in_order(coded: Sequence[CodedExample], order: Order, seed: int = 0) -> list[CodedExample]:
    """Return coded responses as they arrived, or shuffled."""
    ordered = list(coded)
    if order == "random":
        random.Random(seed).shuffle(ordered)  # noqa: S311 - shuffled, not kept secret
    return ordered


def replay(
    tagger: Tagger, coded: Sequence[CodedExample], order: Order, seed: int = 0
) -> Iterator[Point]:
    """Code responses again in some order, and yield how well those not yet coded are tagged.

    Least certain first, the rest is judged afresh after every `STEP`.
    """
    rest = in_order(coded, order, seed)
    seen: list[CodedExample] = []
    stops = [stop for stop in CHECKPOINTS if stop < len(coded)]
    for done in range(0, stops[-1] + 1, STEP):
        if order == "least certain" or done in stops:
            judging = tagger.taught(seen)
            given, doubt = _tagged(judging, rest)
            if done in stops:
                yield _point(judging, done, rest, given)
            if order == "least certain":
                rest.sort(key=lambda one: -doubt[one.id])
        seen, rest = seen + rest[:STEP], rest[STEP:]


def _point(tagger: Tagger, coded: int, rest: Sequence[CodedExample], given: Coding) -> Point:
    strands = frozenset(theme.code for theme in tagger.codebook.of_kind("strand"))
    gold = {one.id: one.codes for one in rest}
    return Point(
        coded,
        strands=agreement.score(_only(gold, strands), _only(given, strands)),
        themes=agreement.score(_only(gold, _taught(tagger)), given),
    )


def _taught(tagger: Tagger) -> frozenset[str]:
    """Return the themes that can be learnt: the emergent ones go by their cues."""
    return frozenset(theme.code for theme in tagger.codebook if theme.kind != "emergent")


def _only(coding: Coding, themes: frozenset[str]) -> dict[str, Codes]:
    return {key: codes & themes for key, codes in coding.items()}


def worth(
    tagger: Tagger, coded: Sequence[CodedExample], measured: Sequence[CodedExample] | None = None
) -> Worth | None:
    """Return how much better suggestions are for decisions; None where that cannot be measured.

    What was coded is dealt into folds, every authority whole; each fold is tagged by what the
    others teach, and without that. `measured` are those to go by, where not all of them tell: all
    teach.
    """
    measured = coded if measured is None else measured
    folds = deal([one.authority for one in coded])
    given: dict[str, Codes] = {}
    for fold in sorted(set(folds)):
        seen = [one for one, into in zip(coded, folds, strict=True) if into != fold]
        authorities = {
            one.authority for one, into in zip(coded, folds, strict=True) if into == fold
        }
        held = [one for one in measured if one.authority in authorities]
        if seen:
            given |= _tagged(tagger.taught(seen), held)[0]
    if not given:
        return None
    plain, _ = _tagged(tagger.taught(()), measured)
    themes = _taught(tagger)
    gold = {one.id: one.codes & themes for one in measured}
    kept = [one for one in measured if gold[one.id] or given[one.id] or plain[one.id]]
    pairs = [(_f1(gold[one.id], plain[one.id]), _f1(gold[one.id], given[one.id])) for one in kept]
    return _compare(np.array(pairs), [one.authority for one in kept]) if kept else None


def deal(authorities: Sequence[str]) -> list[int]:
    """Deal texts into folds of much the same size, the texts of an authority into the same one."""
    counts = Counter(authorities)
    sizes = [0] * min(FOLDS, len(counts))
    fold: dict[str, int] = {}
    for name in sorted(counts, key=lambda name: (-counts[name], name)):
        fold[name] = sizes.index(min(sizes))
        sizes[fold[name]] += counts[name]
    return [fold[name] for name in authorities]


def _f1(gold: Codes, given: Codes) -> float:
    """Return the F1 of two sets of codes; where both are empty, they agree."""
    return agreement.f1(gold, given) if gold or given else 1.0


def _compare(pairs: Values, authorities: Sequence[str]) -> Worth:
    """Compare a column without and a column with, by drawing authorities again and again."""
    names, rows = np.unique(np.array(authorities), return_inverse=True)
    gains = np.bincount(rows, pairs[:, 1] - pairs[:, 0])
    counts = np.bincount(rows).astype(float)
    shares = np.full(len(names), 1 / len(names))
    drawn = np.random.default_rng(0).multinomial(len(names), shares, size=SAMPLES)
    low, high = np.percentile((drawn @ gains) / (drawn @ counts), [2.5, 97.5])
    without, taught = pairs.mean(axis=0)
    return Worth(
        responses=len(pairs),
        authorities=len(names),
        without=float(without),
        taught=float(taught),
        low=float(low),
        high=float(high),
    )


def _tagged(
    tagger: Tagger, some: Iterable[CodedExample]
) -> tuple[dict[str, Codes], dict[str, float]]:
    """Return the themes suggested for each text, and the doubt about them."""
    given: dict[str, Codes] = {}
    doubt: dict[str, float] = {}
    for one in tagger.judge(map(as_response, some)):
        given[one.response.id] = frozenset(tag.theme for tag in one.tags)
        doubt[one.response.id] = one.doubt
    return given, doubt
