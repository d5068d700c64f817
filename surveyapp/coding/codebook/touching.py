"""What a change would touch, counted before it is made."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import published
from surveyapp.coding.codebook import editing
from surveyapp.coding.codebook.planning import Plan
from surveyapp.material import course
from surveyapp.models import Decision, Finding, Memo, Passage, Summary, Survey, Tag


@dataclass(frozen=True, slots=True)
class Touched:
    """How much rests on the themes that a change is about."""

    given: int
    turned_down: int
    suggested: int
    authorities: int
    findings: int
    summaries: int
    memos: int
    examples: int


def of(session: Session, survey: Survey, plan: Plan) -> Touched:
    """Return what a change touches, in a fixed number of queries."""
    # Nothing rests yet on a theme that is new, nor on the proposal that it is made of.
    themes = {*plan.goes, *(plan.of if plan.kind == "reword" else ())}
    if plan.kind == "merge":
        themes |= set(plan.into)
    given, turned_down = _decided(session, survey, themes)
    suggested, authorities = _suggested(session, survey, themes)
    written = session.execute(
        select(
            _count(
                Finding.survey_id == survey.id,
                Finding.theme.in_(themes),
                Finding.removed_at.is_(None),
            ),
            _count(Summary.survey_id == survey.id, Summary.theme.in_(themes)),
            _count(
                Memo.survey_id == survey.id,
                Memo.about == "theme",
                Memo.subject.in_(themes),
                Memo.removed_at.is_(None),
            ),
        )
    ).one()
    return Touched(
        given=given,
        turned_down=turned_down,
        suggested=suggested,
        authorities=authorities,
        findings=written[0],
        summaries=written[1],
        memos=written[2],
        examples=editing.touched(published.files(survey.codebook), plan.goes),
    )


def _count(*which: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return select(func.count()).where(*which).scalar_subquery()


def _decided(session: Session, survey: Survey, themes: Collection[str]) -> tuple[int, int]:
    """Count decisions that give a theme, and those that turn it down."""
    gone = course.read(session, survey)
    earlier = {one for one in gone.themes if set(gone.ends(one)) & set(themes)}
    rows = session.execute(
        select(Decision.verdict, func.count())
        .where(
            Decision.survey_id == survey.id,
            Decision.sample_id.is_(None),
            Decision.theme.in_(earlier | set(themes)),
        )
        .group_by(Decision.verdict)
    )
    counts = dict(rows.all())
    turned_down = counts.pop("reject", 0)
    return sum(counts.values()), turned_down


def _suggested(session: Session, survey: Survey, themes: Collection[str]) -> tuple[int, int]:
    row = session.execute(
        select(
            func.count(sa.distinct(Passage.key)),
            func.count(sa.distinct(Passage.authority_code)),
        )
        .join(Tag, Tag.passage_key == Passage.key)
        .where(
            Tag.survey_id == survey.id,
            Tag.theme.in_(themes),
            Tag.verdict == "",
            Passage.survey_id == survey.id,
        )
    ).one()
    return row[0], row[1]
