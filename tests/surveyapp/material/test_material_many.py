"""What was decided from a list: counted as long as it stands and nobody has opened the passage."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.coding import bulk
from surveyapp.coding.bulk import Wanted
from surveyapp.coding.queue import Way
from surveyapp.material import gathering
from surveyapp.models import Decision, Survey
from tests.surveyapp.building import queries
from tests.surveyapp.coding.at_work import Coder, coder

S01 = Way(theme="S01")


@pytest.fixture
def kay(session: Session, survey: Survey) -> Coder:
    return coder(session, survey)


def told(session: Session, kay: Coder) -> tuple[int, int, int]:
    """Return the decisions there are, and what of them and of passages was never opened."""
    found = gathering.gather(session, kay.survey).material
    return len(found.decisions), found.decided_in_bulk, found.finished_in_bulk


def everything(
    session: Session, kay: Coder, at_least: float = 0.8, *, finishes: bool = False
) -> Wanted:
    """Want every suggestion of a theme that a page shows to be accepted."""
    rows = bulk.look(session, kay.survey, S01, at_least).rows
    return Wanted(S01, at_least, "accept", [one.key for one, _ in rows], finishes)


def test_what_is_accepted_from_a_list_is_counted(session: Session, kay: Coder) -> None:
    assert told(session, kay) == (0, 0, 0)
    bulk.decide(session, kay.survey, kay.hand(), everything(session, kay))
    assert told(session, kay) == (2, 2, 0)
    kay.undo()
    assert told(session, kay) == (0, 0, 0)


def test_a_passage_that_is_opened_later_was_looked_at(session: Session, kay: Coder) -> None:
    wanted = everything(session, kay)
    [key, *_] = wanted.keys
    bulk.decide(session, kay.survey, kay.hand(), wanted)
    kay.type(key, ".")
    decisions, in_bulk, finished = told(session, kay)
    assert (in_bulk, finished) == (1, 0)
    assert decisions == len(session.scalars(select(Decision)).all())


def test_what_is_finished_from_a_list_was_not_opened(session: Session, kay: Coder) -> None:
    act = bulk.decide(session, kay.survey, kay.hand(), everything(session, kay, finishes=True))
    assert act is not None
    assert told(session, kay) == (2, 2, len(act.after["finished"]))


@pytest.mark.queries
def test_it_is_counted_in_as_many_queries(session: Session, kay: Coder) -> None:
    counts = []
    for at_least in (0.8, 0.0):
        bulk.decide(session, kay.survey, kay.hand(), everything(session, kay, at_least))
        session.expire_all()
        with queries(session) as sent:
            told(session, kay)
        counts.append(len(sent))
    assert counts[0] == counts[1]
