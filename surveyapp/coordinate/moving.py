"""A return that goes over to another questionnaire, with the state of its sections."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from surveyapp import progress, published
from surveyapp.models import SectionState, Snapshot, Submission
from surveyapp.progress import Count, Line


def move(
    session: Session, submission: Submission, snapshot: Snapshot, lines: Iterable[Line]
) -> None:
    """Let a return ask what a snapshot asks, and count its sections afresh."""
    submission.questionnaire = snapshot
    asked = published.questionnaire(snapshot)
    counts = progress.counts(asked, progress.collect(asked, lines))
    _put_in_order(session, submission, [section.code for section in asked.sections])
    for state in submission.sections:
        _count(state, counts[state.section_code])
    session.flush()


def _put_in_order(session: Session, submission: Submission, codes: list[str]) -> None:
    """Give a return these sections in this order; those it had keep their state."""
    held = {state.section_code: state for state in submission.sections}
    if [state.section_code for state in submission.sections] == codes:
        return
    for code in held.keys() - set(codes):
        session.delete(held.pop(code))
    # No two sections ever have one place, not even for a moment.
    for at, state in enumerate(held.values(), start=1):
        state.position = -at
    session.flush()
    for at, code in enumerate(codes):
        state = held.get(code) or SectionState(submission=submission, section_code=code)
        state.position = at
        session.add(state)
    session.flush()
    session.expire(submission, ["sections"])


def _count(state: SectionState, count: Count) -> None:
    """Write down how far a section is; one that asks more than it did is not finished any more."""
    is_unfinished = count.waits or count.asked > (state.asked or 0)
    if state.status == "finished" and is_unfinished:
        state.status = "in progress"
    state.asked, state.answered = count.asked, count.answered
