"""What coders' decisions teach: the responses they have finished, with the themes they gave."""

import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from surveyapp.material import decided
from surveyapp.models import CodedPassage, Survey
from synthesis import learning, material
from synthesis.codebook import CodedExample
from synthesis.material import Finished


def finished(session: Session, survey_id: uuid.UUID) -> int:
    """Return how many passages are finished; what a blind coder finishes only measures."""
    asked = select(func.count()).select_from(CodedPassage)
    return session.scalar(asked.where(*_of(survey_id))) or 0


def stretches(
    session: Session, survey: Survey, responses: Iterable[material.Response]
) -> tuple[Finished, ...]:
    """Return the words that coders have finished, where they still stand, in a fixed order."""
    rows = session.scalars(select(CodedPassage).where(*_of(survey.id))).all()
    texts = {one.id: one for one in responses}
    found = {(one.response, one.start, one.end): one for one in _standing(rows, texts)}
    return tuple(one for _, one in sorted(found.items()))


def examples(
    session: Session, survey: Survey, responses: Iterable[material.Response]
) -> tuple[CodedExample, ...]:
    """Return what was decided on these responses as examples to learn from, in a fixed order.

    Whoever suggests tags gives them to the tagger beside the codebook's own.
    """
    rows = session.scalars(select(CodedPassage).where(*_of(survey.id))).all()
    done = {row.response for row in rows}
    if not done:
        return ()
    texts = {one.id: one for one in responses if one.id in done}
    made = [one for one in decided.decisions(session, survey) if one.response in texts]
    return tuple(
        learning.examples(
            [texts[key] for key in sorted(texts)],
            _standing(rows, texts),
            decided.standing(made, {key: one.text for key, one in texts.items()}),
        )
    )


def _standing(
    rows: Sequence[CodedPassage], texts: dict[str, material.Response]
) -> Iterable[Finished]:
    """Yield the stretches whose words are still where the coder saw them."""
    for row in rows:
        said = texts.get(row.response)
        if said is not None and said.text[row.start : row.end] == row.words:
            yield Finished(row.response, row.start, row.end)


def _of(survey_id: uuid.UUID) -> tuple[ColumnElement[bool], ...]:
    return CodedPassage.survey_id == survey_id, CodedPassage.sample_id.is_(None)
