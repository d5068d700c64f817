"""The review’s input, gathered from the tables in a fixed number of queries."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from surveyapp import published
from surveyapp.definitions import codebook, lint
from surveyapp.files import uploads
from surveyapp.material import agreed, checked, concluded, decided, held, spoken, written
from surveyapp.material.file import File, returned
from surveyapp.models import (
    Answer,
    Authority,
    Correction,
    Interview,
    Note,
    Submission,
    Survey,
)
from synthesis import codebook as themes
from synthesis import material, schedule
from synthesis.codebook import Codebook
from synthesis.findings import Agreement
from synthesis.material import Material
from synthesis.review import outline
from synthesis.review.outline import Outline
from synthesis.schedule import Schedule

Kind = TypeVar("Kind")
Row = TypeVar("Row", Answer, Interview)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything one review is built from; `stale` counts decisions whose words have moved."""

    material: Material
    schedule: Schedule
    codebook: Codebook
    outline: Outline
    stale: int
    agreement: tuple[Agreement, ...] = ()


def gather(session: Session, survey: Survey) -> Gathered:
    """Return what a survey's authorities said, as the input of synthesis."""
    files = _files(session, survey)
    pieces = list(chain.from_iterable(_pieces(file) for file in files))
    overtaken = tuple(chain.from_iterable(_overtaken(file) for file in files))
    responses = _of(material.Response, pieces)
    kept = {response.id for response in _of(material.Response, overtaken)}
    made = [one for one in decided.decisions(session, survey) if one.response not in kept]
    texts = {response.id: response.text for response in responses}
    decisions = tuple(decided.standing(made, texts))
    unwanted = concluded.left_out(session, survey)
    collected = Material(
        authorities=tuple(_authority(file.submission.authority) for file in files),
        responses=responses,
        returns=tuple(returned(file) for file in files),
        ratings=_of(material.Rating, pieces),
        choices=_of(material.Choice, pieces),
        figures=_of(material.Figure, pieces),
        documents=_of(material.SharedDocument, pieces),
        contacts=_of(material.KeyContact, pieces),
        practices=tuple(one for one in _of(material.Practice, pieces) if one.id not in unwanted),
        decisions=decisions,
        corrections=tuple(chain.from_iterable(map(spoken.corrections, files))),
        overtaken=overtaken,
        held=held.held(session, survey),
        checked=checked.checked(session, survey),
        findings=concluded.findings(session, survey),
        as_of=_as_of(survey, files),
    )
    return Gathered(
        material=collected,
        schedule=_schedule(survey),
        codebook=read_codebook(survey),
        outline=_outline(survey),
        stale=len(made) - len(decisions),
        agreement=agreed.agreement(session, survey),
    )


def get_survey(session: Session, code: str) -> Survey:
    """Return the survey with this code."""
    return session.scalars(select(Survey).where(Survey.code == code)).one()


def read_codebook(survey: Survey) -> Codebook:
    """Return the codebook that a survey goes by now."""
    files = published.files(survey.codebook)
    return themes.parse(files[codebook.NAME], codebook.NAME, files)


def _files(session: Session, survey: Survey) -> list[File]:
    """Read everything a survey holds, a query a table."""
    submissions = session.scalars(
        select(Submission)
        .where(Submission.survey_id == survey.id)
        .options(
            joinedload(Submission.authority),
            joinedload(Submission.submitted_by),
            selectinload(Submission.sections),
            selectinload(Submission.questionnaire),
        )
        .order_by(Submission.authority_code)
    ).all()
    of_survey = Submission.survey_id == survey.id
    answers = _by_submission(
        session.scalars(select(Answer).join(Answer.submission).where(of_survey))
    )
    interviews = _by_submission(
        session.scalars(
            select(Interview)
            .join(Interview.submission)
            .where(of_survey, Interview.held_on.is_not(None), Interview.cancelled_at.is_(None))
            .options(
                selectinload(Interview.guide),
                selectinload(Interview.notes),
                selectinload(Interview.documents),
                selectinload(Interview.contacts),
            )
            .order_by(Interview.held_on, Interview.id)
        )
    )
    corrections = defaultdict(list)
    for one in _corrections(session, survey):
        corrections[one.note.interview.submission_id].append(one)
    names = uploads.names(uploads.of_survey(session, survey))
    return [
        File(
            one,
            tuple(answers[one.id]),
            tuple(interviews[one.id]),
            names,
            tuple(corrections[one.id]),
        )
        for one in submissions
    ]


def _corrections(session: Session, survey: Survey) -> Sequence[Correction]:
    """Return the corrections of a survey that nobody has undone."""
    return session.scalars(
        select(Correction)
        .join(Correction.note)
        .join(Note.interview)
        .join(Interview.submission)
        .where(Submission.survey_id == survey.id, Correction.undone_at.is_(None))
        .options(contains_eager(Correction.note).contains_eager(Note.interview))
        .order_by(Correction.at, Correction.id)
    ).all()


def _by_submission(rows: Iterable[Row]) -> dict[uuid.UUID, list[Row]]:
    found: dict[uuid.UUID, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.submission_id].append(row)
    return found


def _pieces(file: File) -> Iterable[written.Piece]:
    yield from written.pieces(file)
    yield from spoken.pieces(file)


def _overtaken(file: File) -> Iterable[material.Overtaken]:
    yield from written.overtaken(file)
    yield from spoken.overtaken(file)


def _of(kind: type[Kind], pieces: Iterable[object]) -> tuple[Kind, ...]:
    return tuple(piece for piece in pieces if isinstance(piece, kind))


def _authority(authority: Authority) -> material.Authority:
    return material.Authority(
        code=authority.code,
        name=authority.name,
        type=authority.type,
        aliases=(authority.official_name, *authority.aliases),
        places=tuple(authority.places),
        brands=tuple(authority.brands),
    )


def _as_of(survey: Survey, files: Iterable[File]) -> dt.date:
    """Return the day the review speaks of: the last on which anything came in."""
    returned_on = (file.submission.last_activity_at for file in files)
    written_on = [moment.date() for moment in returned_on if moment is not None]
    held_on = [day for file in files for day in file.held_on]
    return max((*written_on, *held_on, survey.opens_on))


def _schedule(survey: Survey) -> Schedule:
    asked = published.questionnaire(survey.questionnaire)
    return schedule.parse(asked.plain(), published.guide(survey.guide).plain())


def _outline(survey: Survey) -> Outline:
    return outline.parse(published.files(survey.outline)[lint.REVIEW], lint.REVIEW)
