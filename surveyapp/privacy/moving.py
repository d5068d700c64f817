"""What people decided about words moves along when other words of the same text are taken out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.derived import inspecting
from surveyapp.derived.keys import passage_key
from surveyapp.identifying import by_hand, lasting
from surveyapp.models import (
    Base,
    CheckItem,
    Clearing,
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
from surveyapp.privacy.erased import INSTEAD, Moved

# Far from every place, so that rows on their way never meet those that are still to go.
_AWAY: Final = 100_000_000
# What is left of words says nothing with fewer letters and digits.
_FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Left:
    """Words that stay held back where others were taken out, and as what that is to be noted."""

    place: str
    words: str
    kind: str


def follow(session: Session, survey: Survey, moved: Mapping[str, Moved]) -> set[Left]:
    """Move every row that names a place in a text from which words were taken out.

    Return what stays held back there: a look through what is left may not find it any more.
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


def _marks(session: Session, survey: Survey, moved: Mapping[str, Moved]) -> set[Left]:
    """Move marks along; one on words that are gone is gone with them."""
    left = set()
    decided = _decided(session, survey, moved)
    rows = select(Mark).where(Mark.survey_id == survey.id, Mark.place.in_(moved))
    for one in session.scalars(rows).all():
        text, before = moved[one.place], one.words_sha256
        one.start, one.end = text.stretch(one.start, one.end)
        words = text.after[one.start : one.end]
        if sum(map(str.isalnum, words.replace(INSTEAD, ""))) < _FEWEST:
            session.delete(one)
            continue
        one.words_sha256 = inspecting.known_by(words)
        is_cleared = decided.get((one.place, before)) == "cleared"
        # What a person marked is found again by what was noted then, as long as it is whole.
        if not is_cleared and (one.kind != by_hand.KIND or one.words_sha256 != before):
            left.add(Left(one.place, words, _noted(words, one.kind)))
    session.flush()
    return left - _known(session, survey, left)


def _noted(words: str, kind: str) -> str:
    return by_hand.noted(words) if kind == by_hand.KIND else lasting.noted(words, kind)


def _decided(
    session: Session, survey: Survey, places: Collection[str]
) -> dict[tuple[str, str], str]:
    """Return what was decided last about words at some places."""
    made = select(Clearing.place, Clearing.words_sha256, Clearing.verdict).where(
        Clearing.survey_id == survey.id, Clearing.place.in_(places)
    )
    rows = session.execute(made.order_by(Clearing.at, Clearing.id))
    return {(place, words): verdict for place, words, verdict in rows}


def _known(session: Session, survey: Survey, left: Collection[Left]) -> set[Left]:
    """Return what of it was noted before, when yet other words were taken out."""
    made = select(Clearing.place, Clearing.words_sha256, Clearing.kind).where(
        Clearing.survey_id == survey.id, Clearing.place.in_({one.place for one in left})
    )
    there = {tuple(row) for row in session.execute(made)}
    return {one for one in left if (one.place, inspecting.known_by(one.words), one.kind) in there}
