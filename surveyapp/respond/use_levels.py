"""How the words of a section may be used: chosen by one person, without a word past the others."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import audit
from surveyapp.models import AuditEvent, Person, SectionState, Submission
from surveyapp.respond import services

CHOSEN = "section.use_level"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose for a section, and what stood there when they did ("" for nothing)."""

    section_code: str
    use_level: str
    seen: str


def choose(
    session: Session, submission: Submission, choice: Choice, person: Person
) -> SectionState:
    """Record how words may be used, and who said so.

    UseLevelConflictError where somebody else has said otherwise since the person looked.
    """
    before = next(
        one.use_level for one in submission.sections if one.section_code == choice.section_code
    )
    state = services.set_use_level(
        session, submission, choice.section_code, choice.use_level, choice.seen
    )
    if state.use_level != before:
        section = choice.section_code
        audit.record(session, CHOSEN, state, person, section=section, use_level=state.use_level)
    return state


def chosen_by(session: Session, state: SectionState) -> str:
    """Return the name of who said last how the words of a section may be used, if it is known."""
    name = session.scalars(
        select(Person.name)
        .join(AuditEvent, AuditEvent.person_id == Person.id)
        .where(
            AuditEvent.submission_id == state.submission_id,
            AuditEvent.action == CHOSEN,
            AuditEvent.subject_id == f"{state.submission_id}/{state.section_code}",
        )
        .order_by(AuditEvent.at.desc(), AuditEvent.id)
        .limit(1)
    ).first()
    return name or "Somebody else"
