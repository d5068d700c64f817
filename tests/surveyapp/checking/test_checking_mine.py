"""“Your surveys” says truthfully whether a check can still be answered."""

import datetime as dt
import html

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Build, MemberCheck, Person
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON
from tests.surveyapp.checking import building_checks

TODAY = dt.datetime.now(dt.UTC).date()
AHEAD = building_checks.DUE.replace(year=TODAY.year + 1)
CLOSED = f"closed on {NOON.day} {NOON:%B %Y}, when the review was signed off"


def line(client: CheckingClient, check: MemberCheck) -> str:
    """Return what stands behind the link to a check."""
    client.sign_in(check.person)
    page = html.unescape(client.get("/account/").text)
    return " ".join(page.partition(f"/checks/{check.id}/")[2].partition("</li>")[0].split())


def sign_off(session: Session, consultant: Person) -> Build:
    build = session.scalars(select(Build)).one()
    build.signed_off_at, build.signed_off_by = NOON, consultant
    session.commit()
    return build


def test_a_check_is_open_until_its_day(
    session: Session, client: CheckingClient, check: MemberCheck
) -> None:
    check.due_on = AHEAD
    session.commit()
    assert f"until {AHEAD.day} {AHEAD:%B %Y}" in line(client, check)

    check.due_on = building_checks.DUE
    session.commit()
    told = line(client, check)
    assert f"was due by {check.due_on.day} {check.due_on:%B %Y}: you can still answer" in told
    assert "until" not in told


@pytest.mark.parametrize("due", [building_checks.DUE, AHEAD])
def test_a_check_is_closed_once_the_review_is_signed_off(
    due: dt.date,
    session: Session,
    client: CheckingClient,
    check: MemberCheck,
    consultant: Person,
) -> None:
    check.due_on = due
    build = sign_off(session, consultant)

    told = line(client, check)

    assert CLOSED in told
    assert "until" not in told
    assert "still answer" not in told
    build.signed_off_at = build.signed_off_by = None
    session.commit()
    assert CLOSED not in line(client, check)


def test_an_answer_is_told_of_with_its_end(
    session: Session, client: CheckingClient, check: MemberCheck, consultant: Person
) -> None:
    check.returned_at = NOON
    session.commit()
    assert line(client, check).endswith(f"answered on {NOON.day} {NOON:%B %Y}")

    sign_off(session, consultant)

    assert line(client, check).endswith(CLOSED)
