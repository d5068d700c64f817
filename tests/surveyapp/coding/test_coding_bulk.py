"""Many suggestions decided at once, as one act that one undo takes back."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.coding import bulk
from surveyapp.coding.bulk import NoneTickedError, OthersThanShownError, Turn, Wanted
from surveyapp.coding.queue import Way
from surveyapp.derived import acts
from surveyapp.models import CodedPassage, CodingAct, Decision, Tag
from tests.surveyapp.building import queries
from tests.surveyapp.coding.at_work import Coder, everything
from tests.surveyapp.coding.growing import grow_passages

S01 = Way(theme="S01")


def want(found: bulk.Found, way: Way = S01, verdict: bulk.Many = "accept") -> Wanted:
    """Want everything that a page shows."""
    return Wanted(way, 0.0, verdict, [one.key for one, _ in found.rows])


def test_what_is_likely_enough_is_shown_and_accepted(session: Session, kay: Coder) -> None:
    before = everything(session)
    found = bulk.look(session, kay.survey, S01, 0.8)
    assert (found.count, found.authorities, found.past, found.has_more) == (2, 2, 0, False)
    assert [tag.score for _, tag in found.rows] == [0.85, 0.85]

    bulk.decide(session, kay.survey, kay.hand(), want(found))

    tags = select(Tag.score, Tag.verdict).where(Tag.theme == "S01")
    assert {row.score: row.verdict for row in session.execute(tags)} == {0.85: "accept", 0.6: ""}
    assert session.scalar(select(func.count()).select_from(CodingAct)) == 1
    assert bulk.look(session, kay.survey, S01, 0.8).count == 0
    kay.undo()
    assert everything(session) == before


def test_some_are_left_out_and_the_rest_finished(session: Session, kay: Coder) -> None:
    [(first, _), (second, _)] = bulk.look(session, kay.survey, S01, 0.8).rows
    tags = select(Tag.theme).where(Tag.passage_key == second.key, Tag.theme != "S01")
    kay.type(second.key, " ".join(f"-{theme}" for theme in session.scalars(tags)))
    before = everything(session)
    wanted = Wanted(S01, 0.8, "accept", [second.key], finishes=True)
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
    [(one, _)] = bulk.look(session, kay.survey, way, 0.0).rows
    wanted = Wanted(way, 0.0, "accept", [one.key], finishes=True)
    bulk.decide(session, kay.survey, kay.hand(), wanted)
    session.expire_all()
    assert not one.coded


def test_nothing_ticked_is_refused(session: Session, kay: Coder) -> None:
    with pytest.raises(NoneTickedError):
        bulk.decide(session, kay.survey, kay.hand(), Wanted(S01, 0.8, "accept", []))


def test_what_was_not_shown_is_never_decided(session: Session, kay: Coder) -> None:
    """Of many pages only the one that was looked at is decided, whatever the others hold."""
    grow_passages(session, kay.survey, 2 * bulk.PAGE + 5)
    found = bulk.look(session, kay.survey, S01, 0.95)
    assert (found.count, len(found.rows), found.elsewhere) == (105, bulk.PAGE, 55)
    keys = [one.key for one, _ in found.rows]
    bulk.decide(session, kay.survey, kay.hand(), Wanted(S01, 0.95, "accept", keys[1:]))
    decided = select(Tag.passage_key).where(Tag.theme == "S01", Tag.verdict != "")
    assert set(session.scalars(decided)) == set(keys[1:])


@pytest.mark.parametrize("change", ["decided", "scored lower", "of another survey"])
def test_what_is_open_no_more_is_not_decided(session: Session, kay: Coder, change: str) -> None:
    keys = [one.key for one, _ in bulk.look(session, kay.survey, S01, 0.8).rows]
    if change == "decided":
        kay.type(keys[0], "-S01")
    elif change == "scored lower":
        session.get_one(Tag, (keys[0], "S01")).score = 0.5
    else:
        keys.append("guessed")
    session.flush()
    before = everything(session)
    with pytest.raises(OthersThanShownError):
        bulk.decide(session, kay.survey, kay.hand(), Wanted(S01, 0.8, "reject", keys))
    assert everything(session) == before


def test_pages_go_on_and_back(session: Session, kay: Coder) -> None:
    grow_passages(session, kay.survey, 2 * bulk.PAGE + 5)

    def look(turn: Turn = bulk.FIRST) -> bulk.Found:
        return bulk.look(session, kay.survey, S01, 0.95, turn)

    first = look()
    second = look(Turn(first.rows[-1][0]))
    third = look(Turn(second.rows[-1][0]))
    assert [one.past for one in (first, second, third)] == [0, 50, 100]
    assert [one.has_more for one in (first, second, third)] == [True, True, False]
    assert len({row[0].key for one in (first, second, third) for row in one.rows}) == 105
    back = look(Turn(third.rows[0][0], is_back=True))
    assert [row[0].key for row in back.rows] == [row[0].key for row in second.rows]

    # Once the first ten are decided, what is left before the second page is a page too few.
    keys = [one.key for one, _ in first.rows[:10]]
    bulk.decide(session, kay.survey, kay.hand(), Wanted(S01, 0.95, "accept", keys))
    again = look(Turn(second.rows[0][0], is_back=True))
    assert (again.past, len(again.rows)) == (0, bulk.PAGE)
    # A page on which everything has been decided gives way to the first.
    assert look(Turn(third.rows[-1][0])).past == 0


def test_it_is_narrowed_as_the_list_is(session: Session, kay: Coder) -> None:
    way = Way(theme="S01", authority="X06000002")
    assert bulk.look(session, kay.survey, way, 0.0).count == 1
    bulk.decide(
        session,
        kay.survey,
        kay.hand(),
        want(bulk.look(session, kay.survey, way, 0.0), way, "reject"),
    )
    rejected = session.scalars(select(Decision)).one()
    assert (rejected.verdict, rejected.response) == ("reject", "X06000002/S01.2")


def test_finished_passages_are_left_alone(session: Session, kay: Coder) -> None:
    [(first, _), *_] = bulk.look(session, kay.survey, S01, 0.0).rows
    kay.type(first.key, ".")
    assert first.key not in [one.key for one, _ in bulk.look(session, kay.survey, S01, 0).rows]


@pytest.mark.queries
@pytest.mark.parametrize("many", [1500])
def test_many_are_decided_in_few_queries(session: Session, kay: Coder, many: int) -> None:
    counts = []
    tags = select(Tag.passage_key).where(Tag.theme == "S01", Tag.score >= 0.95, Tag.verdict == "")
    for number in (10, many):
        grow_passages(session, kay.survey, number)
        keys = session.scalars(tags).all()
        assert bulk.look(session, kay.survey, S01, 0.95).count == len(keys) == number
        with queries(session) as sent:
            bulk.decide(session, kay.survey, kay.hand(), Wanted(S01, 0.95, "accept", keys))
        counts.append(len(sent))
        session.expire_all()
    small, large = counts
    # Rows are written in stretches of as many as the database takes at once.
    assert large <= small + 12, counts
    kay.undo()
    assert bulk.look(session, kay.survey, S01, 0.95).count == many
