"""An example is for all to see; how far real authorities are is for staff."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from surveyapp.config import Settings
from surveyapp.models import Person, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import somebody

pytestmark = pytest.mark.access


@pytest.fixture
def real(session: Session, survey: Survey, settings: Settings) -> Iterator[Survey]:
    """A survey of real authorities, with a review."""
    survey.is_example = False
    session.commit()
    settings.review_file.write_bytes(b"x")
    yield survey
    settings.review_file.unlink()


@pytest.mark.parametrize("who", ["a stranger", "Cy Birch"])
def test_a_real_survey_is_not_for_everyone(
    who: str, client: CheckingClient, session: Session, real: Survey
) -> None:
    if who != "a stranger":
        client.sign_in(somebody(session, who))

    home = client.get("/")

    assert home.status_code == 200
    assert "Alder" not in home.text
    for address in (f"/surveys/{real.code}", "/review.docx"):
        assert client.get(address).status_code == 401


def test_a_real_survey_is_for_staff(client: CheckingClient, session: Session, real: Survey) -> None:
    iris = somebody(session, "Iris Notes")
    assert isinstance(iris, Person)
    client.sign_in(iris)

    assert "Alder" in client.get("/").text
    for address in (f"/surveys/{real.code}", "/review.docx"):
        assert client.get(address).status_code == 200


def test_an_example_is_for_everyone(client: CheckingClient, survey: Survey) -> None:
    assert "Alder" in client.get("/").text
