"""What people decided about words moves along when other words of the same text are taken out."""

from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.derived import inspecting
from surveyapp.derived.keys import passage_key
from surveyapp.identifying import by_hand
from surveyapp.models import (
    Base,
    CheckItem,
    CodedPassage,
    Decision,
    Finding,
    FindingPassage,
    Mark,
    MemberCheck,
    Memo,
    Passage,
    Submission,
    Survey,
    Tag,
)
from surveyapp.privacy.erased import Moved

# Far from every place, so that rows on their way never meet those that are still to go.
_AWAY: Final = 100_000_000


def follow(session: Session, survey: Survey, moved: Mapping[str, Moved]) -> list[tuple[str, str]]:
    """Move every row that names a place in a text from which words were taken out.

    Return, by place, what is left of longer words that a person marked.
    """
    session.flush()
    _passages(session, survey, moved)
    of_survey = {"survey_id": survey.id}
    for model in (Decision, CodedPassage):
        _stretches(session, model, moved, _there(model, moved, **of_survey))
    findings = select(Finding.id).where(Finding.survey_id == survey.id)
    _stretches(
        session,
        FindingPassage,
        moved,
        sa.and_(FindingPassage.finding_id.in_(findings), FindingPassage.response.in_(moved)),
    )
    checks = (
        select(MemberCheck.id).join(MemberCheck.submission).where(Submission.survey_id == survey.id)
    )
    _stretches(
        session,
        CheckItem,
        moved,
        sa.and_(CheckItem.check_id.in_(checks), CheckItem.response.in_(moved)),
    )
    return _marks(session, survey, moved)


def _there(
    model: type[Base], moved: Mapping[str, Moved], **values: object
) -> sa.ColumnElement[bool]:
    table = model.__table__
    return sa.and_(table.c.response.in_(moved), *(table.c[k] == v for k, v in values.items()))


def _stretches(
    session: Session,
    model: type[Base],
    moved: Mapping[str, Moved],
    rows: sa.ColumnElement[bool],
) -> None:
    """Move rows with the words of a stretch; those whose words have changed since stay."""
    table = Base.metadata.tables[model.__tablename__]
    keys = list(table.primary_key)
    shown = select(*keys, table.c.response, table.c.start, table.c.end, table.c.words)
    names = [key.name for key in keys]
    going = []
    for row in session.execute(shown.where(rows)):
        *_, response, start, end, words = row
        text = moved[response]
        to = text.stretch(start, end)
        is_moved = (start, end, words) != (*to, text.after[slice(*to)])
        if is_moved and text.before[start:end] == words:
            going.append((dict(zip(names, row, strict=False)), row, to))
    for key, row, _ in going:
        away = {"start": row.start + _AWAY, "end": row.end + _AWAY}
        session.execute(sa.update(table).where(*_is(table, key)).values(away))
        key.update({name: value for name, value in away.items() if name in key})
    for key, row, (start, end) in going:
        words = moved[row.response].after[start:end]
        values = {"start": start, "end": end, "words": words}
        session.execute(sa.update(table).where(*_is(table, key)).values(values))


def _is(table: sa.Table, key: Mapping[str, object]) -> list[sa.ColumnElement[bool]]:
    return [table.c[name] == value for name, value in key.items()]


def _passages(session: Session, survey: Survey, moved: Mapping[str, Moved]) -> None:
    """Move derived passages, which are named after their words, and what hangs on their names."""
    rows = select(Passage.key, Passage.response, Passage.start, Passage.end).where(
        Passage.survey_id == survey.id, Passage.response.in_(moved)
    )
    for key, response, start, end in session.execute(rows).all():
        text = moved[response]
        now = text.stretch(start, end)
        words = text.after[slice(*now)]
        new = passage_key(survey.id, response, *now, words)
        values = {"key": new, "start": now[0], "end": now[1], "words": words}
        for changed in (
            sa.update(Passage).where(Passage.key == key).values(values),
            sa.update(Tag).where(Tag.passage_key == key).values(passage_key=new),
            sa.update(Memo)
            .where(Memo.survey_id == survey.id, Memo.about == "passage", Memo.subject == key)
            .values(subject=new),
        ):
            session.execute(changed, execution_options={"synchronize_session": False})


def _marks(session: Session, survey: Survey, moved: Mapping[str, Moved]) -> list[tuple[str, str]]:
    """Move marks along; one on words that are gone is gone with them."""
    left = []
    rows = select(Mark).where(Mark.survey_id == survey.id, Mark.place.in_(moved))
    for one in session.scalars(rows).all():
        text = moved[one.place]
        if any(start <= one.start and one.end <= end for start, end in text.gone):
            session.delete(one)
            continue
        one.start, one.end = text.stretch(one.start, one.end)
        words = text.after[one.start : one.end]
        known = inspecting.known_by(words)
        if one.kind == by_hand.KIND and known != one.words_sha256:
            left.append((one.place, words))
        one.words_sha256 = known
    session.flush()
    return left
