"""The samples of a survey and how far each is, for the first page of the room and its own."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from surveyapp.agreement.drawing import SECONDS_A_PASSAGE, stands
from surveyapp.material import agreed
from surveyapp.models import CodedPassage, CodingAct, Passage, Sample, Survey

State = Literal["Not begun", "Under way", "Finished", "Compared", "Set aside"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A sample, and how far it is."""

    sample: Sample
    state: State
    passages: int
    done: int

    @property
    def minutes(self) -> int:
        """Return about how long the rest of it takes."""
        return max(1, round((self.passages - self.done) * SECONDS_A_PASSAGE / 60))


def standings(session: Session, survey: Survey) -> Sequence[Standing]:
    """Return the samples of a survey, the latest first, in four queries."""
    samples = session.scalars(
        select(Sample)
        .where(Sample.survey_id == survey.id)
        .options(joinedload(Sample.coder), joinedload(Sample.drawn_by))
        .order_by(Sample.drawn_at.desc(), Sample.id)
    ).all()
    there = _passages(session, survey)
    done = Counter[uuid.UUID | None](
        dict(
            session.execute(
                select(CodedPassage.sample_id, func.count())
                .join(Passage, stands())
                .where(CodedPassage.survey_id == survey.id, CodedPassage.sample_id.is_not(None))
                .where(Passage.drawn.is_(False), Passage.held.is_(False))
                .group_by(CodedPassage.sample_id)
            ).all()
        )
    )
    begun = {
        (sample_id, kind)
        for sample_id, kind in session.execute(
            select(CodingAct.sample_id, CodingAct.kind)
            .where(CodingAct.survey_id == survey.id, CodingAct.sample_id.is_not(None))
            .distinct()
        )
    }
    return [
        Standing(
            one,
            _state(one, {kind for sample_id, kind in begun if sample_id == one.id}),
            passages=sum(there[code] for code in one.authorities),
            done=done[one.id],
        )
        for one in samples
    ]


def standing(session: Session, sample: Sample) -> Standing:
    """Return how far one sample is."""
    return next(one for one in standings(session, sample.survey) if one.sample.id == sample.id)


def _passages(session: Session, survey: Survey) -> Counter[str]:
    """Count the passages that a blind coder would code, by authority."""
    rows = session.execute(
        select(Passage.authority_code, func.count())
        .where(Passage.survey_id == survey.id, Passage.drawn.is_(False), Passage.held.is_(False))
        .group_by(Passage.authority_code)
    )
    return Counter(dict(rows.all()))


def _state(sample: Sample, kinds: set[str]) -> State:
    if sample.dropped_at is not None:
        return "Set aside"
    if agreed.COMPARED in kinds:
        return "Compared"
    if sample.finished_at is not None:
        return "Finished"
    return "Under way" if kinds else "Not begun"
