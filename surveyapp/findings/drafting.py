"""A finding as it is being written: its claim, and the passages chosen for it and against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.derived.keys import passage_key
from surveyapp.material import codebooks
from surveyapp.models import Finding, Passage, Survey
from surveyapp.models.finding import Side
from synthesis.codebook import Codebook, Theme
from synthesis.material import Cited, WrittenFinding

Chosen = Mapping[str, tuple[Cited, Side]]
"""The passages of a finding by their keys, and on which side each speaks."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """What was ticked on one page of passages; `shown` are the keys of all that stood there."""

    shown: frozenset[str] = frozenset()
    sides: Mapping[str, Side] | None = None
    both: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding as it is typed and ticked now, saved or not."""

    theme: str
    claim: str
    chosen: Chosen
    looked: bool = False

    def side(self, key: str) -> str:
        """Return on which side a passage speaks; empty where it is not chosen."""
        return self.chosen[key][1] if key in self.chosen else ""

    def on(self, side: Side) -> tuple[Cited, ...]:
        """Return the words that speak on one side."""
        return tuple(words for words, there in self.chosen.values() if there == side)

    def as_written(self, id: str = "") -> WrittenFinding:
        """Return it as synthesis reads it."""
        return WrittenFinding(id, self.theme, self.claim, self.on("for"), self.on("against"))


def theme_of(survey: Survey, code: str) -> Theme | None:
    """Return the strand or outcome with this code; None where there is none."""
    book = codebooks.current(survey)
    return next((theme for theme in themes(book) if theme.code == code), None)


def themes(book: Codebook) -> tuple[Theme, ...]:
    """Return the themes that findings are written on: strands, then outcomes."""
    return (*book.of_kind("strand"), *book.of_kind("outcome"))


def draft_of(finding: Finding) -> Draft:
    """Return a finding as it is saved."""
    chosen = {
        passage_key(finding.survey_id, row.response, row.start, row.end, row.words): (
            Cited(row.response, row.start, row.end, row.words),
            cast(Side, row.side),
        )
        for row in finding.passages
    }
    return Draft(finding.theme, finding.claim, chosen, finding.looked_against_at is not None)


def only_against(draft: Draft, ticked: Ticked) -> Ticked:
    """Return what was ticked as far as it may speak against a finding.

    What speaks for it already stays as it is, whatever stood on the page.
    """
    kept = {key for key, (_, side) in draft.chosen.items() if side == "for"}
    sides = {
        key: side
        for key, side in (ticked.sides or {}).items()
        if side == "against" and key not in kept
    }
    return Ticked(ticked.shown - kept, sides)


def choose(session: Session, survey: Survey, chosen: Chosen, ticked: Ticked) -> Chosen:
    """Return what is chosen once a page was ticked: what it did not show stays as it was."""
    sides = ticked.sides or {}
    stays = {key: one for key, one in chosen.items() if key not in ticked.shown}
    again = {key: (chosen[key][0], side) for key, side in sides.items() if key in chosen}
    asked = select(Passage).where(
        Passage.survey_id == survey.id, Passage.key.in_(sides.keys() - again.keys())
    )
    new = {
        row.key: (Cited(row.response, row.start, row.end, row.words), sides[row.key])
        for row in session.scalars(asked)
    }
    return {**stays, **again, **new}
