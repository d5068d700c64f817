"""Surveys set up and opened, authorities and people brought in."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import progress, published
from surveyapp.definitions.folder import Folder
from surveyapp.definitions.questionnaire import Privacy
from surveyapp.definitions.register import RegisteredAuthority
from surveyapp.definitions.snapshots import content_hash
from surveyapp.errors import AlreadyThereError
from surveyapp.models import (
    Authority,
    Contributor,
    Person,
    SectionState,
    Snapshot,
    Submission,
    Survey,
)
from surveyapp.models.survey import SnapshotKind

# Nobody has said for this survey who is responsible: the questionnaire says it.
UNSAID: Final = Privacy()


@dataclass(frozen=True, slots=True)
class Instruments:
    """What one survey is made of, each part as published."""

    questionnaire: Snapshot
    guide: Snapshot
    codebook: Snapshot
    outline: Snapshot


@dataclass(frozen=True, slots=True)
class Plan:
    """A survey to be set up: its name, its region and its dates."""

    code: str
    title: str
    region: str
    opens_on: dt.date
    closes_on: dt.date
    is_example: bool = False
    privacy: Privacy = UNSAID


def publish(session: Session, folder: Folder, at: dt.datetime) -> Instruments:
    """Publish everything in a folder; what was published before stays the snapshot it is."""
    return Instruments(
        questionnaire=publish_part(session, folder, "questionnaire", at),
        guide=publish_part(session, folder, "interview guide", at),
        codebook=publish_part(session, folder, "codebook", at),
        outline=publish_part(session, folder, "outline", at),
    )


def publish_part(session: Session, folder: Folder, kind: SnapshotKind, at: dt.datetime) -> Snapshot:
    """Publish one part of a folder; what says the same is the snapshot that is there already."""
    content = folder.snapshots[kind]
    known = content_hash(content)
    snapshot = session.scalars(select(Snapshot).where(Snapshot.content_hash == known)).one_or_none()
    if snapshot is None:
        snapshot = Snapshot(kind=kind, content_hash=known, content=content, published_at=at)
        session.add(snapshot)
        session.flush()
    return snapshot


def set_up(session: Session, plan: Plan, instruments: Instruments) -> Survey:
    """Set up a survey that pins what has been published; it is not open yet."""
    if session.scalars(select(Survey.id).where(Survey.code == plan.code)).first() is not None:
        raise AlreadyThereError(f"There is a survey with the code {plan.code} already.")
    survey = Survey(
        code=plan.code,
        title=plan.title,
        region=plan.region,
        opens_on=plan.opens_on,
        closes_on=plan.closes_on,
        is_example=plan.is_example,
        **plan.privacy.model_dump(),
        questionnaire=instruments.questionnaire,
        guide=instruments.guide,
        codebook=instruments.codebook,
        outline=instruments.outline,
    )
    session.add(survey)
    session.flush()
    return survey


def open_survey(session: Session, survey: Survey, at: dt.datetime) -> None:
    """Take answers from now on."""
    survey.opened_at = at
    survey.closed_at = None
    session.flush()


def close_survey(session: Session, survey: Survey, at: dt.datetime) -> None:
    """Take no more answers."""
    survey.closed_at = at
    session.flush()


def register(session: Session, authorities: Iterable[RegisteredAuthority]) -> tuple[Authority, ...]:
    """Bring authorities into the register; one that is there already is brought up to date."""
    known = {authority.code: authority for authority in session.scalars(select(Authority))}
    entries = tuple(authorities)
    registered = tuple(_bring_up_to_date(known.get(entry.code), entry) for entry in entries)
    session.add_all(registered)
    session.flush()
    codes = known.keys() | {authority.code for authority in registered}
    for authority, entry in zip(registered, entries, strict=True):
        # Only now is every successor in the register, but for those that are only named.
        authority.successor_code = entry.successor if entry.successor in codes else None
    session.flush()
    return registered


def invite(session: Session, survey: Survey, authority: Authority) -> Submission:
    """Give an authority its one submission, every section still to do."""
    submission = Submission(survey=survey, authority=authority, questionnaire=survey.questionnaire)
    questionnaire = published.questionnaire(survey.questionnaire)
    counts = progress.counts(questionnaire, {})
    submission.sections = [
        SectionState(section_code=section.code, position=at, asked=counts[section.code].asked)
        for at, section in enumerate(questionnaire.sections)
    ]
    session.add(submission)
    session.flush()
    return submission


def add_contributor(
    session: Session, submission: Submission, person: Person, job_title: str, *, coordinator: bool
) -> Contributor:
    """Let a person complete a submission; of all of them, one coordinates."""
    contributor = Contributor(
        submission=submission, person=person, job_title=job_title, coordinator=coordinator
    )
    session.add(contributor)
    session.flush()
    return contributor


def _bring_up_to_date(known: Authority | None, entry: RegisteredAuthority) -> Authority:
    authority = known or Authority(code=entry.code)
    authority.name = entry.name
    authority.official_name = entry.official_name
    authority.type = entry.type
    authority.valid_from = entry.valid_from
    authority.valid_to = entry.valid_to
    authority.aliases = list(entry.aliases)
    authority.places = list(entry.places)
    authority.brands = list(entry.brands)
    return authority
