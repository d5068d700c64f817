"""What coders decided for the review, laid on the words as they stand now."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp.models import Decision, Survey
from surveyapp.models.decision import Verdict
from synthesis import material


def decisions(
    session: Session, survey: Survey, responses: Collection[str] | None = None
) -> Sequence[Decision]:
    """Return what coders decided, in order; on these responses, or on all.

    A blind coder's verdicts only measure agreement, and are not among them.
    """
    asked = (
        select(Decision)
        .where(Decision.survey_id == survey.id, Decision.sample_id.is_(None))
        .options(joinedload(Decision.coder), joinedload(Decision.codebook))
        .order_by(Decision.made_at, Decision.id)
    )
    if responses is not None:
        asked = asked.where(Decision.response.in_(responses))
    return session.scalars(asked).all()


def standing(made: Sequence[Decision], texts: Mapping[str, str]) -> Iterator[material.Decision]:
    """Yield the decisions whose words are still where the coder saw them.

    `texts` leads from a response's id to its words.
    """
    for one in made:
        if texts.get(one.response, "")[one.start : one.end] == one.words:
            yield material.Decision(
                response=one.response,
                start=one.start,
                end=one.end,
                words=one.words,
                theme=one.theme,
                verdict=cast(Verdict, one.verdict),
                coder=one.coder.name,
                codebook=one.codebook.content_hash,
            )
