"""What responses said before they were changed: every version of an answer or a note is stored."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.definitions.values import OTHER
from surveyapp.models import (
    Answer,
    AnswerRevision,
    Interview,
    Note,
    NoteRevision,
    Submission,
    Survey,
)


def texts(
    session: Session, survey: Survey, responses: Collection[str]
) -> Mapping[str, Collection[str]]:
    """Return the earlier words of these responses, by id, in two queries at most."""
    found: dict[str, set[str]] = defaultdict(set)
    if not responses:
        return found
    codes = {one.partition("/")[0] for one in responses}
    of_these = (Submission.survey_id == survey.id, Submission.authority_code.in_(codes))
    answers = session.execute(
        select(
            Submission.authority_code, Answer.question_code, Answer.entry_id, AnswerRevision.value
        )
        .join(AnswerRevision.answer)
        .join(Answer.submission)
        .where(*of_these, Answer.question_code.in_({_question(one) for one in responses}))
    )
    for *place, value in answers:
        id = "/".join(filter(None, place))
        found[id].add(str(value.get("text", "")))
        found[f"{id}/words"].add(str(value.get(OTHER, "")))
    notes = session.execute(
        select(Submission.authority_code, Note.id, NoteRevision.text)
        .join(NoteRevision.note)
        .join(Note.interview)
        .join(Interview.submission)
        .where(*of_these)
    )
    for code, note, text in notes:
        found[f"{code}/interview/{note.hex[:12]}"].add(text)
    return found


def _question(response: str) -> str:
    """Return the question's code of a response's id; of a note it is none."""
    return response.split("/")[1] if "/" in response else ""
