"""Where two coders differ: the queue of passages, most common confusions first, and settling them.

Whoever settles decides as in any coding, and their decisions are laid over the suggestions. What
agreement is measured on was set down before, and stays as it is.
"""

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import audit
from surveyapp.agreement.drawing import SampleError, of_sample
from surveyapp.derived import acts, context
from surveyapp.derived.acts import Change, Hand, On, Place
from surveyapp.derived.context import InContext
from surveyapp.material import codebooks
from surveyapp.material.agreed import Both, Comparison
from surveyapp.models import CodingAct, Decision, Memo, Passage, Sample, Survey
from synthesis.agreement import Codes

# The kind of the decisions that settle a difference, and of what notes that it is settled.
SETTLING: Final = "settle"
SETTLED: Final = "settled"
Confusion = tuple[str, str]
"""A theme that only the first coder gave, and one that only the second gave; "" for none."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage that two coders coded differently.

    `often` counts how many passages have the most common of its confusions.
    """

    both: Both
    often: int
    # What was chosen, by theme, where it is settled.
    chosen: Mapping[str, bool] | None

    @property
    def only_first(self) -> Codes:
        """Return the themes that only the first coder gave."""
        return self.both.first - self.both.second

    @property
    def only_second(self) -> Codes:
        """Return the themes that only the second coder gave."""
        return self.both.second - self.both.first

    @property
    def themes(self) -> tuple[str, ...]:
        """Return the themes that are to be settled."""
        return tuple(sorted(self.only_first | self.only_second))

    @property
    def is_settled(self) -> bool:
        """Say whether somebody has settled it."""
        return self.chosen is not None


@dataclass(frozen=True, slots=True)
class Queue:
    """Where two coders differ: in what, how often, and on which passages; `gone` have new words.

    `first` are the ids of those who coded first.
    """

    confusions: tuple[tuple[Confusion, int], ...]
    differences: tuple[Difference, ...]
    gone: int
    first: tuple[uuid.UUID, ...]

    @property
    def open(self) -> tuple[Difference, ...]:
        """Return those that nobody has settled."""
        return tuple(one for one in self.differences if not one.is_settled)

    @property
    def settled(self) -> tuple[Difference, ...]:
        """Return those that somebody has settled."""
        return tuple(one for one in self.differences if one.is_settled)

    def find(self, key: str) -> Difference | None:
        """Return the difference about a passage."""
        return next((one for one in self.differences if one.both.key == key), None)


def queue(session: Session, sample: Sample, found: Comparison) -> Queue:
    """Return where two coders differ, most common confusions first, in three queries."""
    there = set(
        session.scalars(select(Passage.key).where(of_sample(sample.survey_id, sample.authorities)))
    )
    differing = [one for one in _of_now(sample, found) if one.first != one.second]
    often = Counter(confusion for one in differing for confusion in _confusions(one))
    settled = _settled(session, sample)
    differences = [
        Difference(one, max(often[each] for each in _confusions(one)), settled.get(one.key))
        for one in differing
        if one.key in there
    ]
    # The order of equals is that of the passages: sorting keeps it.
    differences.sort(key=lambda one: -one.often)
    counted = sorted(often.items(), key=lambda pair: (-pair[1], pair[0]))
    gone = len(differing) - len(differences)
    return Queue(tuple(counted), tuple(differences), gone, found.first)


@dataclass(frozen=True, slots=True)
class Ruling:
    """For each theme that two coders differ on, whether the passage keeps it; and why, if said."""

    keeps: Mapping[str, bool]
    reason: str = ""


def settle(
    session: Session, sample: Sample, difference: Difference, ruling: Ruling, hand: Hand
) -> None:
    """Let a passage carry what somebody chose; SampleError where they may not, or did not."""
    survey, shown = sample.survey, context.read(session, sample.survey, difference.both.key)
    if shown is None:
        raise SampleError("The words have changed, so there is nothing to settle any more")
    if set(ruling.keeps) != set(difference.themes):
        raise SampleError("Choose for each theme whether the passage keeps it")
    place = Place(shown.passage.response, shown.passage.start, shown.passage.end)
    if hand.coder.id == sample.coder_id or _coded_blind(session, survey, hand.coder.id, place):
        raise SampleError("You coded these words without seeing others’, so somebody else settles")
    verdicts = {
        On(place, theme): verdict
        for theme, keeps in ruling.keeps.items()
        if (verdict := _verdict(shown, theme, keeps=keeps))
    }
    act = acts.perform(session, survey, hand, SETTLING, Change(verdicts))
    _note(session, sample, difference, (ruling, act), hand)


def _of_now(sample: Sample, found: Comparison) -> Iterator[Both]:
    """Yield what two coders gave, without the themes that have left the codebook since."""
    there = {theme.code for theme in codebooks.current(sample.survey)}
    for one in found.passages:
        yield replace(one, first=one.first & there, second=one.second & there)


def _verdict(shown: InContext, theme: str, *, keeps: bool) -> str:
    """Return the verdict that is needed; "" where what stands is right already."""
    near = (shown.passage.key, *(one.key for one in shown.others))
    here = [tag for key in near for tag in shown.tags[key] if tag.theme == theme]
    if not keeps:
        return "reject" if any(tag.verdict != "reject" for tag in here) else ""
    if any(tag.is_given for tag in here):
        return ""
    return "accept" if any(tag.theme == theme for tag in shown.on_it) else "add"


def _note(
    session: Session,
    sample: Sample,
    difference: Difference,
    done: tuple[Ruling, CodingAct | None],
    hand: Hand,
) -> None:
    """Note that a difference is settled, by which decisions; the reason is a memo."""
    ruling, act = done
    key = difference.both.key
    chosen = {"key": key, "themes": dict(ruling.keeps), "act": act.id.hex if act else ""}
    of = {"survey_id": sample.survey_id, "at": hand.at}
    noted = {"kind": SETTLED, "before": {}, "after": chosen, "sample_id": sample.id}
    session.add(CodingAct(coder_id=hand.coder.id, **of, **noted))
    if ruling.reason:
        about = {"about": "passage", "subject": key, "text": ruling.reason}
        session.add(Memo(author=hand.coder, **of, **about))
    audit.record(session, "difference.settled", sample.survey, hand.coder, passage=key)


def _settled(session: Session, sample: Sample) -> Mapping[str, Mapping[str, bool]]:
    """Return what was chosen for each settled passage; undone decisions settle nothing."""
    undone = {
        act_id.hex
        for act_id in session.scalars(
            select(CodingAct.id).where(
                CodingAct.survey_id == sample.survey_id,
                CodingAct.kind == SETTLING,
                CodingAct.undone_at.is_not(None),
            )
        )
    }
    noted = session.scalars(
        select(CodingAct.after)
        .where(CodingAct.sample_id == sample.id, CodingAct.kind == SETTLED)
        .order_by(CodingAct.at, CodingAct.id)
    )
    return {one["key"]: one["themes"] for one in noted if one["act"] not in undone}


def _coded_blind(session: Session, survey: Survey, person_id: uuid.UUID, place: Place) -> bool:
    """Say whether a person has coded words in a sample: they have their own verdict there."""
    theirs = select(Decision.id).where(
        Decision.survey_id == survey.id,
        Decision.coder_id == person_id,
        Decision.response == place.response,
        Decision.sample_id.is_not(None),
    )
    return session.scalar(theirs.limit(1)) is not None


def _confusions(one: Both) -> Iterator[Confusion]:
    """Yield each pair of themes that stand against each other in a passage."""
    first, second = one.first - one.second, one.second - one.first
    yield from product(sorted(first) or [""], sorted(second) or [""])


def words_of(session: Session, shown: Sequence[Difference]) -> Mapping[str, Passage]:
    """Return the passages of a page of differences, by key."""
    keys = [one.both.key for one in shown]
    rows = session.scalars(select(Passage).where(Passage.key.in_(keys)))
    return {one.key: one for one in rows}
