"""People are known by their address, and keep the name they have."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import people
from surveyapp.models import Person, Survey


def test_a_person_is_known_by_their_address(session: Session, survey: Survey) -> None:
    before = session.scalar(select(func.count(Person.id)))

    person = people.know(session, " CY@birch.example ", "Somebody Else")

    assert person.name == "Cy Birch"
    assert session.scalar(select(func.count(Person.id))) == before


def test_somebody_new_is_added_under_their_own_name(session: Session) -> None:
    person = people.know(session, " New@Birch.example ", "New Birch")

    assert (person.email, person.name, person.staff_role) == (
        "new@birch.example",
        "New Birch",
        None,
    )
