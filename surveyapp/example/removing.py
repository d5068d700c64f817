"""An example taken out of the database again, with everything that hangs on it."""

import uuid
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from surveyapp.errors import NotAnExampleError
from surveyapp.models import (
    Answer,
    AnswerRevision,
    AuditEvent,
    Comment,
    ConsentAnswer,
    Contributor,
    Correction,
    Decision,
    Export,
    Finding,
    FindingPassage,
    FollowUp,
    Handover,
    Interview,
    InterviewSlot,
    KeyContact,
    Link,
    Mail,
    Note,
    NoteRevision,
    Presence,
    PromptState,
    Reopening,
    SectionState,
    SentenceVerdict,
    SharedDocument,
    Submission,
    Summary,
    Survey,
    Unsaved,
    Upload,
)


def remove(session: Session, survey: Survey) -> None:
    """Remove an example survey and all that was said in it; a real one is refused."""
    if not survey.is_example:
        raise NotAnExampleError(f"{survey.title} is not an example.")
    for statement in _statements(survey):
        session.execute(statement.execution_options(synchronize_session=False))
    session.expire_all()


def _statements(survey: Survey) -> Iterator[sa.Delete]:
    """Yield what to delete, each row before those it refers to."""
    submissions = sa.select(Submission.id).where(Submission.survey_id == survey.id)
    answers = sa.select(Answer.id).where(Answer.submission_id.in_(submissions))
    calls = sa.select(Interview.id).where(Interview.submission_id.in_(submissions))
    findings = sa.select(Finding.id).where(Finding.survey_id == survey.id)
    yield sa.delete(FindingPassage).where(FindingPassage.finding_id.in_(findings))
    for written in (Finding, Summary, Decision, Export):
        yield sa.delete(written).where(written.survey_id == survey.id)
    yield from _of_interviews(survey, calls)
    yield sa.delete(AnswerRevision).where(AnswerRevision.answer_id.in_(answers))
    people = sa.select(Contributor.id).where(Contributor.submission_id.in_(submissions))
    yield sa.delete(Presence).where(Presence.contributor_id.in_(people))
    # Links to what was said on the telephone may be links to nothing else.
    yield sa.delete(Link).where(Link.interview_id.in_(calls))
    for kept in (Comment, Handover, Reopening, Upload, Unsaved, Link, Mail, AuditEvent):
        yield sa.delete(kept).where(kept.submission_id.in_(submissions))
    for given in (Interview, Answer, SectionState, Contributor):
        yield sa.delete(given).where(given.submission_id.in_(submissions))
    yield sa.delete(Submission).where(Submission.survey_id == survey.id)
    yield sa.delete(Survey).where(Survey.id == survey.id)


def _of_interviews(survey: Survey, calls: sa.Select[uuid.UUID]) -> Iterator[sa.Delete]:
    """Yield what to delete of interviews: what became of the notes, the notes, and the rest."""
    notes = sa.select(Note.id).where(Note.interview_id.in_(calls))
    for became in (NoteRevision, Correction, SentenceVerdict, FollowUp, SharedDocument, KeyContact):
        yield sa.delete(became).where(became.note_id.in_(notes))
    for said in (FollowUp, SharedDocument, KeyContact, Note, PromptState, ConsentAnswer):
        yield sa.delete(said).where(said.interview_id.in_(calls))
    yield sa.delete(InterviewSlot).where(InterviewSlot.survey_id == survey.id)
