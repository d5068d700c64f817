"""What pages say where answers have changed since passages were read, and what they offer."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Derivation
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON
from tests.surveyapp.coding.at_work import Coder

HERE = "tiny-survey-2015"
WRITTEN_ON = (
    f"/review/{HERE}/text?place=particulars.status",
    f"/coding/{HERE}/memos/new?about=survey",
    f"/coding/{HERE}/suggestions/?theme=S01",
)
READ = (f"/coding/{HERE}/", f"/analysis/{HERE}/", f"/analysis/{HERE}/search/?q=door")


@pytest.fixture
def derivation(session: Session, kay: Coder) -> Derivation:
    """What is said of the passages, which other answers have come after."""
    row = session.scalars(select(Derivation)).one_or_none()
    if row is None:
        row = Derivation(survey_id=kay.survey.id, codebook_id=kay.survey.codebook_id)
        session.add(row)
    row.fingerprint, row.derived_at = "of other answers", NOON
    session.commit()
    return row


@pytest.mark.parametrize(
    ("address", "offered"), [*((one, 1) for one in READ), *((one, 0) for one in WRITTEN_ON)]
)
def test_no_button_leads_away_from_what_somebody_writes(
    client: CheckingClient, session: Session, derivation: Derivation, address: str, offered: int
) -> None:
    page = client.get(address).text
    assert "Answers or notes have changed since passages were last read" in page
    assert "figures on this page" not in page
    assert page.count("Read them now") == offered

    derivation.failed_at = NOON
    session.commit()
    page = client.get(address).text
    assert page.count("Read them now") == offered
    way = "to date. Try again" if offered else "Go to Coding when you are done here, and try again"
    assert way in page


def test_a_page_that_stays_open_learns_how_far_it_is(
    client: CheckingClient, session: Session, derivation: Derivation
) -> None:
    derivation.asked_at = derivation.started_at = NOON
    derivation.doing, derivation.share_done = "reading", 0.4
    session.commit()

    page = client.get(f"/analysis/{HERE}/").text
    assert "brought up to date: reading, 40% when this page was opened. You can go on" in page
    assert f'data-progress="/coding/{HERE}/deriving"' in page
    told = client.get(f"/coding/{HERE}/deriving").json
    words = "Passages and suggestions are being brought up to date: reading, 40%."
    assert told == {"said": f"{words} You can go on meanwhile.", "is_under_way": True}

    derivation.asked_at = derivation.started_at = None
    session.commit()
    told = client.get(f"/coding/{HERE}/deriving").json
    assert told["is_under_way"] is False
    assert "Load this page again" in told["said"]

    derivation.failed_at = NOON
    session.commit()
    assert "could not be" in client.get(f"/coding/{HERE}/deriving").json["said"]
