"""A member of staff, at every stage of getting in."""

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from surveyapp import links
from surveyapp.models import Person, Survey
from tests.surveyapp.browsing import CheckingClient

OpenLink = Callable[[], None]


@pytest.fixture
def staff(session: Session, survey: Survey) -> Person:
    """A consultant who has set up nothing yet."""
    person = Person(email="ada@tarn.example", name="Ada Tarn", staff_role="consultant")
    session.add(person)
    session.commit()
    return person


@pytest.fixture
def open_link(client: CheckingClient, session: Session, staff: Person) -> OpenLink:
    """A function that signs out and opens a new link: then they are half in."""

    def act() -> None:
        client.sign_out()
        token = links.sign_in(session, staff, dt.datetime.now(dt.UTC))
        session.commit()
        client.post(f"/link/{token}")

    return act


@pytest.fixture
def half_in(client: CheckingClient, open_link: OpenLink) -> CheckingClient:
    """A browser in which they have opened their link."""
    open_link()
    return client
