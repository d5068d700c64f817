"""How far coders agreed: on what each gave a passage while neither knew of the other.

What two coders gave is kept in a coding act of its own when their codings are compared, before
anybody sees where they differ. Settling differences afterwards changes decisions, and changes
nothing of what agreement is measured on.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import CodingAct, Sample, Survey
from synthesis import reliability
from synthesis.agreement import Codes
from synthesis.findings import Agreement
from synthesis.reliability import Reliability, Unit

# The kind of act that keeps what two coders gave.
COMPARED: Final = "compare"


@dataclass(frozen=True, slots=True)
class Both:
    """A passage as two coders coded it; `machine` is what was suggested to the first coder then."""

    # The passage's key, made from its place and its words.
    key: str
    authority: str
    first: Codes
    second: Codes
    machine: Codes
    # They went by different versions of the codebook.
    versions_differ: bool = False

    def written(self) -> dict[str, object]:
        """Return it as an act keeps it: passages and themes, and no words."""
        return {
            "key": self.key,
            "authority": self.authority,
            "first": sorted(self.first),
            "second": sorted(self.second),
            "machine": sorted(self.machine),
            "versions_differ": self.versions_differ,
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two coders gave the passages that both finished; `first` are the ids of who was first.

    `themes` are those they could choose from, in the order of the codebook.
    """

    themes: tuple[str, ...]
    passages: tuple[Both, ...]
    first: tuple[uuid.UUID, ...]

    @property
    def used(self) -> tuple[str, ...]:
        """Return the themes that a coder or the tagger gave, in order."""
        given = {code for one in self.passages for code in one.first | one.second | one.machine}
        return tuple(theme for theme in self.themes if theme in given)


def agreement(session: Session, survey: Survey) -> tuple[Agreement, ...]:
    """Return how far two coders agreed on each theme; nothing where no sample is compared.

    The sample finished last counts.
    """
    acts = session.scalars(
        select(CodingAct)
        .join(Sample, Sample.id == CodingAct.sample_id)
        .where(
            CodingAct.kind == COMPARED,
            Sample.survey_id == survey.id,
            Sample.finished_at.is_not(None),
            Sample.dropped_at.is_(None),
        )
        .order_by(Sample.finished_at.desc(), Sample.id, CodingAct.at, CodingAct.id)
    ).all()
    if not acts:
        return ()
    found = _read([act for act in acts if act.sample_id == acts[0].sample_id])
    _, *of_themes = between_coders(found, found.themes)
    return tuple(_agreement(one) for one in of_themes)


def comparison(session: Session, sample: Sample) -> Comparison | None:
    """Return what the two coders of a sample gave; None where they are not compared yet."""
    acts = session.scalars(_acts().where(CodingAct.sample_id == sample.id)).all()
    return _read(acts) if acts else None


def known_first(session: Session, survey: Survey) -> Mapping[str, Both]:
    """Return the passages compared in any sample, as the first coder coded them alone.

    Whoever has seen where somebody differed does not code them independently any more.
    """
    acts = session.scalars(_acts().where(CodingAct.survey_id == survey.id))
    found: dict[str, Both] = {}
    for one in (_both(told) for act in acts for told in act.after["passages"]):
        found.setdefault(one.key, one)
    return found


def between_coders(found: Comparison, themes: Sequence[str]) -> tuple[Reliability, ...]:
    """Return how far the two coders agree: pooled, and on each of some themes."""
    units = [Unit(one.authority, one.first, one.second) for one in found.passages]
    return reliability.measure(units, themes)


def kept(
    themes: Iterable[str], passages: Iterable[Both], first: Iterable[uuid.UUID]
) -> dict[str, Any]:
    """Return a comparison as an act keeps it."""
    return {
        "themes": list(themes),
        "passages": [one.written() for one in passages],
        "first": sorted(person.hex for person in first),
    }


def _acts() -> sa.Select[CodingAct]:
    compared = select(CodingAct).where(CodingAct.kind == COMPARED)
    return compared.order_by(CodingAct.at, CodingAct.id)


def _read(acts: Sequence[CodingAct]) -> Comparison:
    """Read what acts keep; a later one adds passages, and the themes new since."""
    themes = dict.fromkeys(theme for act in acts for theme in act.after["themes"])
    passages = (_both(one) for act in acts for one in act.after["passages"])
    first = {uuid.UUID(person) for act in acts for person in act.after["first"]}
    return Comparison(tuple(themes), tuple(passages), tuple(sorted(first)))


def _both(told: Mapping[str, Any]) -> Both:
    first, second, machine = (frozenset(told[who]) for who in ("first", "second", "machine"))
    return Both(told["key"], told["authority"], first, second, machine, told["versions_differ"])


def _agreement(one: Reliability) -> Agreement:
    return Agreement(
        theme=one.theme,
        n=one.passages,
        alpha=None if one.alpha is None else one.alpha.value,
        kappa=None if one.kappa is None else one.kappa.value,
    )
