"""Words that may identify a child, as marks that nobody has cleared."""

import uuid
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Clearing, Mark, Submission, Survey, Upload
from synthesis import material


def held(session: Session, survey: Survey) -> tuple[material.Held, ...]:
    """Return what is held back in a survey's responses, in three queries.

    A file holds back the document that it is: where words in it or in its name are held, and where
    nobody has looked yet at what no machine can read.
    """
    verdicts = _verdicts(session, survey)
    marks = select(Mark).where(Mark.survey_id == survey.id)
    found = [
        material.Held(one.place, one.start, one.end, one.kind)
        for one in session.scalars(marks.order_by(Mark.place, Mark.start, Mark.end, Mark.kind))
        if verdicts.get((one.place, one.words_sha256)) != "cleared"
    ]
    return (*found, *_documents(session, found))


def _documents(session: Session, found: Sequence[material.Held]) -> Iterator[material.Held]:
    """Yield the documents whose files are held, by the file's place in its answer."""
    parts = (one.response.split("/") for one in found)
    kinds = {
        uuid.UUID(part[1]): one.kind
        for part, one in zip(parts, found, strict=True)
        if part[0] == "upload"
    }
    if not kinds:
        return
    rows = (
        select(Upload.id, Submission.authority_code, Upload.question_code, Upload.entry_id)
        .join(Upload.submission)
        .where(Upload.id.in_(kinds), Upload.removed_at.is_(None))
        .order_by(Upload.id)
    )
    for id, *answer in session.execute(rows):
        place = "/".join((*filter(None, answer), "file"))
        yield material.Held(place, 0, 0, kinds[id])


def cleared(session: Session, survey: Survey) -> tuple[str, ...]:
    """Return the hashes of words that a person has cleared wherever they were marked."""
    verdicts = _verdicts(session, survey)
    refused = {words for (_, words), verdict in verdicts.items() if verdict != "cleared"}
    return tuple(sorted({words for _, words in verdicts} - refused))


def _verdicts(session: Session, survey: Survey) -> dict[tuple[str, str], str]:
    """Return what was decided last about words at a place."""
    made = select(Clearing).where(Clearing.survey_id == survey.id)
    found = session.scalars(made.order_by(Clearing.at, Clearing.id))
    return {(one.place, one.words_sha256): one.verdict for one in found}
