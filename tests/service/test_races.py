"""Four people save in one return at once, over HTTP: no word they were told is safe is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.orm import Session, sessionmaker

from surveyapp.extensions import begin_writing
from tests.service.conftest import birch_of, team, wrong
from tests.service.hands import Hand
from tests.service.serving import Service

pytestmark = [pytest.mark.races, pytest.mark.allow_hosts(["127.0.0.1"])]
ACTS = 50  # each; four people make two hundred
SUBMITS = (20, 35)  # the acts at which the coordinator hands the return in


def test_four_people_lose_nothing(served: Service, seed: int) -> None:
    served.start(workers=3)
    sessions, hands = served.sessions(), team(served, seed)
    hands[0].rate(3)  # which brings up a question that takes words

    def work(hand: Hand) -> None:
        for number in range(ACTS):
            if hand.number == 0 and number in SUBMITS:
                assert hand.submit()
                hand.act()
                open_again(sessions)
            hand.act()

    with ThreadPoolExecutor(len(hands)) as people:
        for done in [people.submit(work, hand) for hand in hands]:
            done.result()

    assert wrong(sessions, hands) == []
    assert sum(len(hand.ledger.saved) for hand in hands) > 2 * ACTS
    assert sum(hand.answers.count(409) for hand in hands) > ACTS / 2, "They hardly met."
    assert any(hand.ledger.kept for hand in hands), "Nobody came too late."


def open_again(sessions: sessionmaker[Session]) -> None:
    """Take the return back from the consultant, who has only just been given it."""
    with sessions() as session:
        begin_writing(session)
        birch = birch_of(session)
        birch.submitted_at = birch.submitted_by_id = None
        session.commit()
