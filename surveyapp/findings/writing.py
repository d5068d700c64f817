"""Findings written down: saved unless somebody else has, moved, removed and brought back."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Final, Literal

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from surveyapp import audit
from surveyapp.errors import SurveyError
from surveyapp.findings.drafting import Chosen, Draft
from surveyapp.models import Finding, FindingPassage, Person, Survey
from synthesis.findings import claiming

LONGEST: Final = 600
Direction = Literal["up", "down"]


class FindingConflictError(SurveyError):
    """A finding was to be saved that somebody else has saved meanwhile."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Who acts, and when."""

    person: Person
    at: dt.datetime


def fault(claim: str) -> str:
    """Say what is wrong with a claim, and what to do; empty where nothing is."""
    match claiming.fault(claim):
        case "nothing":
            return "Enter what authorities say"
        case "count" | "share":
            return (
                f"Leave out “{claiming.typed(claim)}”: how many say so is counted from the "
                "passages that you choose"
            )
    if len(claim) > LONGEST:
        return f"Shorten what they say to {LONGEST} characters or fewer"
    return ""


def find(session: Session, survey: Survey, finding_id: uuid.UUID) -> Finding:
    """Return a finding of this survey, with its passages."""
    return session.scalars(
        select(Finding)
        .where(Finding.survey_id == survey.id, Finding.id == finding_id)
        .options(
            selectinload(Finding.passages),
            selectinload(Finding.author),
        )
    ).one()


def create(session: Session, survey: Survey, draft: Draft, hand: Hand) -> Finding:
    """Write a finding down, the last on its theme."""
    finding = Finding(
        survey=survey,
        theme=draft.theme,
        claim=claiming.clean(draft.claim),
        author=hand.person,
        updated_at=hand.at,
        place=_end(session, survey, draft.theme),
    )
    session.add(finding)
    session.flush()
    _keep(session, finding, draft.chosen)
    audit.record(session, "finding.written", survey, hand.person, finding=finding.id)
    return finding


def save(session: Session, finding: Finding, draft: Draft, seen: int, hand: Hand) -> None:
    """Save a finding, unless it has changed since it was seen.

    Whoever changes what the claim means has to look again for what speaks against it.
    """
    claim = claiming.clean(draft.claim)
    values: dict[str, object] = {"claim": claim, "updated_at": hand.at, "version": seen + 1}
    if claim != finding.claim and not draft.looked:
        values |= {"looked_against_at": None, "looked_against_by_id": None}
    saved = session.execute(
        sa.update(Finding)
        .where(Finding.id == finding.id, Finding.version == seen, Finding.removed_at.is_(None))
        .values(values)
        .execution_options(synchronize_session=False)
        .returning(Finding.id)
    ).one_or_none()
    if saved is None:
        raise FindingConflictError
    session.refresh(finding)
    _keep(session, finding, draft.chosen)
    audit.record(session, "finding.changed", finding.survey, hand.person, finding=finding.id)


def looked(session: Session, finding: Finding, hand: Hand) -> None:
    """Record that somebody has looked for what speaks against a finding."""
    finding.looked_against_at, finding.looked_against_by_id = hand.at, hand.person.id
    finding.version += 1
    audit.record(session, "finding.looked_against", finding.survey, hand.person, finding=finding.id)


def move(session: Session, finding: Finding, direction: Direction) -> None:
    """Change places with the finding before or after it on its theme."""
    there = list(
        session.scalars(
            select(Finding)
            .where(
                Finding.survey_id == finding.survey_id,
                Finding.theme == finding.theme,
                Finding.removed_at.is_(None),
            )
            .order_by(Finding.place, Finding.id)
        )
    )
    if finding not in there:
        return
    at = there.index(finding)
    there.insert(max(0, at + (-1 if direction == "up" else 1)), there.pop(at))
    for place, one in enumerate(there):
        one.place = place
    session.flush()


def remove(session: Session, finding: Finding, hand: Hand) -> None:
    """Take a finding off the list; it is kept."""
    if finding.removed_at is None:
        finding.removed_at = hand.at
        finding.version += 1
        audit.record(session, "finding.removed", finding.survey, hand.person, finding=finding.id)


def bring_back(session: Session, finding: Finding, hand: Hand) -> None:
    """Put a finding back, the last on its theme."""
    if finding.removed_at is not None:
        finding.place = _end(session, finding.survey, finding.theme)
        finding.removed_at = None
        finding.version += 1
        audit.record(
            session, "finding.brought_back", finding.survey, hand.person, finding=finding.id
        )


def _end(session: Session, survey: Survey, theme: str) -> int:
    last = session.scalar(
        select(func.max(Finding.place)).where(
            Finding.survey_id == survey.id, Finding.theme == theme
        )
    )
    return 0 if last is None else last + 1


def _keep(session: Session, finding: Finding, chosen: Chosen) -> None:
    """Let a finding rest on just these passages."""
    wanted = {(one.response, one.start, one.end): (one, side) for one, side in chosen.values()}
    there = {(row.response, row.start, row.end): row for row in finding.passages}
    for place, row in there.items():
        if place not in wanted:
            session.delete(row)
    session.flush()
    for place, (one, side) in wanted.items():
        if place in there:
            there[place].side, there[place].words = side, one.words
        else:
            response, start, end = place
            session.add(
                FindingPassage(
                    finding_id=finding.id,
                    response=response,
                    start=start,
                    end=end,
                    words=one.words,
                    side=side,
                )
            )
    session.flush()
    session.expire(finding, ["passages"])
