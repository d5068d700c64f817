"""A return that four people complete, on a real server over either database."""

import os
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from surveyapp.models import Submission
from tests.service.hands import Hand, keys_of
from tests.service.ledger import faults
from tests.service.serving import Service, service
from tests.surveyapp.building import load_tiny, somebody, submission_of
from tests.surveyapp.respond.filling import AGREED, join

COLLEAGUES = ("Ada Birch", "Bo Birch", "Dee Birch")


@pytest.fixture(params=["sqlite", "postgresql"])
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Service]:
    """The service with the tiny region, not yet started."""
    url = ""
    if request.param == "postgresql":
        url = request.getfixturevalue("new_postgres_database")()
    with service(tmp_path, url) as found:
        with found.sessions()() as session:
            load_tiny(session)
            invite(session)
            session.commit()
        yield found


def invite(session: Session) -> None:
    """Let three colleagues help Birch's coordinator."""
    birch = submission_of(session, "Birch")
    for name in COLLEAGUES:
        join(session, birch, name)
    for contributor in birch.contributors:
        contributor.agreed_at = AGREED


def team(served: Service, seed: int, first: int = 0) -> list[Hand]:
    """Return the hands of everybody who completes Birch's return, the coordinator's first."""
    with served.sessions()() as session:
        url = f"{served.url}/r/{birch_of(session).id}"
        people = [somebody(session, name) for name in ("Cy Birch", *COLLEAGUES)]
        keys = [keys_of(served.app, person) for person in people]
        return [
            Hand(
                url=url,
                cookie=cookie,
                token=token,
                person_id=person.id,
                chance=random.Random(f"{seed}-{number}-{first}"),  # noqa: S311 - chance, no secret
                number=number,
                first=first,
            )
            for number, (person, (cookie, token)) in enumerate(zip(people, keys, strict=True))
        ]


def birch_of(session: Session) -> Submission:
    """Return the return that they complete."""
    return submission_of(session, "Birch")


def wrong(sessions: sessionmaker[Session], hands: Sequence[Hand]) -> list[str]:
    """Return what was acknowledged and is missing, and what else is wrong with the return."""
    with sessions() as session:
        # One moment for all that is read: a server that was killed may still be committing.
        session.connection(execution_options={"isolation_level": "SERIALIZABLE"})
        birch = birch_of(session)
        missing = [fault for hand in hands for fault in hand.ledger.missing(session, birch.id)]
        return [*missing, *faults(session, birch.id)]


@pytest.fixture
def seed() -> int:
    """What chance starts from; a failure can be had again with the SURVEY_SEED it prints."""
    found = int(os.environ.get("SURVEY_SEED", 0)) or random.SystemRandom().randrange(1, 10**6)
    sys.stdout.write(f"SURVEY_SEED={found}\n")
    return found
