"""What coders' decisions teach: the responses they have finished, with the themes they gave."""

import uuid
from collections.abc import Iterable

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from surveyapp.models import CodedPassage, Sample, Survey
from synthesis import learning, material
from synthesis.codebook import CodedExample
from synthesis.material import Finished


def finished(session: Session, survey_id: uuid.UUID) -> int:
    """Return how many passages are finished; what a blind coder finishes only measures.

    A coder waits for this: it is counted from indexes alone.
    """
    all_of_them = select(func.count()).where(CodedPassage.survey_id == survey_id)
    samples = select(Sample.id).where(Sample.survey_id == survey_id)
    blind = select(func.count()).where(CodedPassage.sample_id.in_(samples))
    both = session.execute(select(all_of_them.scalar_subquery(), blind.scalar_subquery())).one()
    return int(both[0] - both[1])


def stretches(
    session: Session, survey: Survey, responses: Iterable[material.Response]
) -> tuple[Finished, ...]:
    """Return the words that coders have finished, where they still stand, in a fixed order."""
    texts = {one.id: one.text for one in responses}
    places = (CodedPassage.response, CodedPassage.start, CodedPassage.end)
    rows = session.execute(select(*places, CodedPassage.words).where(*_of(survey.id)))
    standing = {
        (id, start, end) for id, start, end, words in rows if texts.get(id, "")[start:end] == words
    }
    return tuple(Finished(*place) for place in sorted(standing))


def examples(
    finished: Iterable[Finished],
    decisions: Iterable[material.Decision],
    responses: Iterable[material.Response],
) -> tuple[CodedExample, ...]:
    """Return what was decided on finished words as examples to learn from, in a fixed order.

    Whoever suggests tags gives them to the tagger beside the codebook's own.
    """
    in_order = sorted(responses, key=lambda one: one.id)
    return tuple(learning.examples(in_order, finished, decisions))


def _of(survey_id: uuid.UUID) -> tuple[ColumnElement[bool], ...]:
    return CodedPassage.survey_id == survey_id, CodedPassage.sample_id.is_(None)
