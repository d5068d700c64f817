"""Many suggestions decided at once, as one act that one undo takes back."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.coding import bulk
from surveyapp.coding.bulk import AllLeftOutError, OthersThanShownError, Wanted
from surveyapp.coding.queue import Way
from surveyapp.derived import acts
from surveyapp.models import CodedPassage, CodingAct, Decision, Survey, Tag
from tests.surveyapp.building import queries
from tests.surveyapp.coding.at_work import Coder, coder, everything
from tests.surveyapp.coding.growing import grow_passages

S01 = Way(theme="S01")


@pytest.fixture
def kay(session: Session, survey: Survey) -> Coder:
    return coder(session, survey)


def test_what_is_likely_enough_is_shown_and_accepted(session: Session, kay: Coder) -> None:
    before = everything(session)
    found = bulk.look(session, kay.survey, S01, 0.8, None)
    assert (found.count, found.authorities, found.has_more) == (2, 2, False)
    assert [tag.score for _, tag in found.rows] == [0.85, 0.85]

    bulk.decide(session, kay.survey, kay.hand(), Wanted(S01, 0.8, 2, "accept"))

    tags = select(Tag.score, Tag.verdict).where(Tag.theme == "S01")
    assert {row.score: row.verdict for row in session.execute(tags)} == {0.85: "accept", 0.6: ""}
    assert session.scalar(select(func.count()).select_from(CodingAct)) == 1
    assert bulk.look(session, kay.survey, S01, 0.8, None).count == 0
    kay.undo()
    assert everything(session) == before


def test_some_are_left_out_and_the_rest_finished(session: Session, kay: Coder) -> None:
    [(first, _), (second, _)] = bulk.look(session, kay.survey, S01, 0.8, None).rows
    tags = select(Tag.theme).where(Tag.passage_key == second.key, Tag.theme != "S01")
    kay.type(second.key, " ".join(f"-{theme}" for theme in session.scalars(tags)))
    before = everything(session)
    wanted = Wanted(S01, 0.8, 2, "accept", left_out=(first.key,), finishes=True)
    act = bulk.decide(session, kay.survey, kay.hand(), wanted)

    assert act is not None
    assert (act.kind, acts.finished(act)) == ("many", 1)
    session.expire_all()
    assert (first.coded, second.coded) == (False, True)
    kept = session.scalars(select(CodedPassage)).one()
    assert kept.suggested["S01"] == 0.85
    kay.undo()
    assert everything(session) == before


def test_what_has_other_open_suggestions_is_not_finished(session: Session, kay: Coder) -> None:
    way = Way(theme="E1")
    [(one, _)] = bulk.look(session, kay.survey, way, 0.0, None).rows
    wanted = Wanted(way, 0.0, 1, "accept", finishes=True)
    bulk.decide(session, kay.survey, kay.hand(), wanted)
    session.expire_all()
    assert not one.coded


def test_all_left_out_is_refused(session: Session, kay: Coder) -> None:
    keys = [one.key for one, _ in bulk.look(session, kay.survey, S01, 0.8, None).rows]
    with pytest.raises(AllLeftOutError):
        bulk.decide(session, kay.survey, kay.hand(), Wanted(S01, 0.8, 2, "accept", keys))


def test_what_has_come_in_since_is_not_decided_unseen(session: Session, kay: Coder) -> None:
    before = everything(session)
    with pytest.raises(OthersThanShownError):
        bulk.decide(session, kay.survey, kay.hand(), Wanted(S01, 0.0, 2, "reject"))
    assert everything(session) == before


def test_it_is_narrowed_as_the_list_is(session: Session, kay: Coder) -> None:
    way = Way(theme="S01", authority="X06000002")
    assert bulk.look(session, kay.survey, way, 0.0, None).count == 1
    bulk.decide(session, kay.survey, kay.hand(), Wanted(way, 0.0, 1, "reject"))
    rejected = session.scalars(select(Decision)).one()
    assert (rejected.verdict, rejected.response) == ("reject", "X06000002/S01.2")


def test_finished_passages_are_left_alone(session: Session, kay: Coder) -> None:
    [(first, _), *_] = bulk.look(session, kay.survey, S01, 0.0, None).rows
    kay.type(first.key, ".")
    assert first.key not in [
        one.key for one, _ in bulk.look(session, kay.survey, S01, 0, None).rows
    ]


@pytest.mark.queries
@pytest.mark.parametrize("many", [1500])
def test_many_are_decided_in_few_queries(session: Session, kay: Coder, many: int) -> None:
    counts = []
    for number in (10, many):
        grow_passages(session, kay.survey, number)
        found = bulk.look(session, kay.survey, S01, 0.95, None)
        assert found.count == number
        with queries(session) as sent:
            bulk.decide(session, kay.survey, kay.hand(), Wanted(S01, 0.95, number, "accept"))
        counts.append(len(sent))
        session.expire_all()
    small, large = counts
    # Rows are written in stretches of as many as the database takes at once.
    assert large <= small + 12, counts
    kay.undo()
    assert bulk.look(session, kay.survey, S01, 0.95, None).count == many
