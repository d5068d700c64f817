"""A return as it stood when a form was written: the form shows what was written then."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp.files import uploads
from surveyapp.interview.briefing import written
from surveyapp.interview.briefing.written import Return
from surveyapp.models import Answer, AnswerRevision, Submission


def read(session: Session, submission: Submission, moment: dt.datetime) -> Return:
    """Return what an authority had written by a moment."""
    revisions = session.scalars(
        select(AnswerRevision)
        .join(AnswerRevision.answer)
        .where(Answer.submission_id == submission.id, AnswerRevision.saved_at <= moment)
        .options(joinedload(AnswerRevision.answer), joinedload(AnswerRevision.author))
        .order_by(AnswerRevision.version)
    )
    # The last revision before the moment stands.
    last = {one.answer_id: one for one in revisions}
    files = uploads.of_submission(session, submission)
    return written.stand(submission, [_as_it_was(one) for one in last.values()], files)


def _as_it_was(revision: AnswerRevision) -> Answer:
    """Return an answer as it was, for reading only: it belongs to no session."""
    return Answer(
        question_code=revision.answer.question_code,
        entry_id=revision.answer.entry_id,
        value=revision.value,
        author=revision.author,
        created_at=revision.answer.created_at,
        updated_at=revision.saved_at,
    )
