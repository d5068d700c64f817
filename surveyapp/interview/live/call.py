"""What happens on a call besides talking: it begins and ends, consent is given, prompts are put."""

import datetime as dt

from sqlalchemy.orm import Session

from surveyapp import audit, standing
from surveyapp.interview import services
from surveyapp.interview.live import answers
from surveyapp.interview.notes import Hand
from surveyapp.interview.services import Consent
from surveyapp.models import Interview, PromptState
from surveyapp.models.interview import PromptAsked


def begin(session: Session, interview: Interview, by: Hand, day: dt.date) -> bool:
    """Start the clock, on a day in England; say whether that was still to be done."""
    if standing.state(interview, by.at) not in standing.BEFORE:
        return False
    interview.started_at, interview.held_on = by.at, day
    audit.record(session, "interview.begun", interview, by.author)
    return True


def end(session: Session, interview: Interview, by: Hand) -> bool:
    """Stop the clock; say whether it was running."""
    if interview.started_at is None or interview.ended_at is not None:
        return False
    interview.ended_at = max(by.at, interview.started_at)
    count = sum(note.counts for note in interview.notes)
    audit.record(session, "interview.ended", interview, by.author, notes=count)
    return True


def can_go_on(interview: Interview) -> bool:
    """Say whether a call that has ended may go on: not once its record has been offered."""
    has_ended = interview.started_at is not None and interview.ended_at is not None
    return has_ended and interview.offered_at is None and interview.cancelled_at is None


def go_on(session: Session, interview: Interview, by: Hand) -> bool:
    """Let a call that was ended too early go on; say whether it may."""
    if not can_go_on(interview):
        return False
    interview.ended_at = None
    audit.record(session, "interview.went_on", interview, by.author)
    return True


def agree(session: Session, interview: Interview, consent: Consent, by: Hand) -> None:
    """Record what the person interviewed agreed to, unless it is what they said last."""
    if stands(interview) == consent:
        return
    services.record_consent(session, interview, consent, by.author, by.at)
    audit.record(
        session,
        "interview.consent",
        interview,
        by.author,
        notes=consent.notes,
        quotes=consent.quotes,
        use_level=consent.use_level,
    )


def stands(interview: Interview) -> Consent | None:
    """Return what was agreed to as it stands now; None where nobody has asked."""
    if interview.consent_notes is None:
        return None
    return Consent(
        interview.consent_notes,
        bool(interview.consent_quotes),
        answers.level(interview.use_level or ""),
    )


def put(
    session: Session, interview: Interview, code: str, state: PromptAsked | None, by: Hand
) -> None:
    """Note that a prompt was asked or left out; None takes that back.

    Raises NotInTheGuideError for a prompt that the guide does not have.
    """
    services.refuse_unknown_prompt(interview, code)
    found = session.get(PromptState, (interview.id, code), with_for_update=True)
    if state is None:
        if found is not None:
            session.delete(found)
    elif found is None:
        session.add(_state(interview, code, state, by))
    else:
        found.state, found.set_by_id, found.at = state, by.author.id, by.at
    audit.record(
        session, "interview.prompt", interview, by.author, prompt=code, state=state or "unasked"
    )


def _state(interview: Interview, code: str, state: PromptAsked, by: Hand) -> PromptState:
    return PromptState(
        interview_id=interview.id, prompt_code=code, state=state, set_by_id=by.author.id, at=by.at
    )
