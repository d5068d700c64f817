"""The server is killed in the middle of saving: what it had acknowledged is there."""

import random
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from requests import RequestException

from tests.service.conftest import team, wrong
from tests.service.hands import Hand
from tests.service.serving import Service, opens_without_repair

pytestmark = [pytest.mark.crash, pytest.mark.allow_hosts(["127.0.0.1"])]
ROUNDS = 20
LONGEST = 0.5  # seconds of saving before the end, once the server is warm
PATIENCE = 30


def test_what_was_acknowledged_survives_the_end_of_the_server(served: Service, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - chance, and no secret
    sessions = served.sessions()
    saved = 0
    for number in range(ROUNDS):
        served.start()
        hands = team(served, seed, first=1000 * number)
        with ThreadPoolExecutor(len(hands)) as people:
            done = [people.submit(work, hand, number) for hand in hands]
            wait_for_a_save(hands)
            threading.Event().wait(chance.uniform(0, LONGEST))
            served.kill()
        for one in done:
            one.result()
        saved += sum(len(hand.ledger.saved) for hand in hands)
        assert opens_without_repair(sessions)
        assert wrong(sessions, hands) == []
    assert saved > ROUNDS, "The server was killed before anybody had saved much."


def wait_for_a_save(hands: Sequence[Hand]) -> None:
    until = time.monotonic() + PATIENCE
    while not any(hand.ledger.saved for hand in hands):
        assert time.monotonic() < until, "Nobody could save."
        threading.Event().wait(0.01)


def work(hand: Hand, number: int) -> None:
    """Save until the server is gone: one person with pages and buttons, the others by typing."""
    try:
        if hand.number == 0:
            hand.rate(2 + number % 3)
        while True:
            hand.type() if hand.number else hand.act()
    except RequestException:
        return
