"""The states of the pages of member checking, on both sides."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.built import FOLDER
from surveyapp.models import MemberCheck, Survey
from tests.e2e.every_page.furniture import OPEN, PEOPLE
from tests.e2e.every_page.states import State, press, tick
from tests.surveyapp.building import NOON, somebody
from tests.surveyapp.checking import building_checks

ME: Final = "consultant"
THEM: Final = "handed in"
SURVEY: Final = {"code": OPEN}


def _page(name: str, answered_by: str, **parts: str) -> State:
    return State(f"checking: {name}", ME, f"checking.{answered_by}", {**SURVEY, **parts})


def _theirs(name: str, answered_by: str, check: str) -> State:
    return State(f"checking: {name}", THEM, f"member.{answered_by}", {"check_id": check})


STATES: Final = (
    _page("overview", "overview"),
    _page("sent", "one", check_id="check sent"),
    _page("answered", "one", check_id="check answered"),
    _theirs("theirs", "check", "check sent"),
    _theirs("theirs, answered", "check", "check answered"),
    State(
        "checking: look before sending",
        ME,
        "checking.look",
        SURVEY,
        (tick("Alder"), press("Look at what would be sent")),
        "checking.overview",
    ),
    State(
        "checking: nobody chosen",
        ME,
        "checking.look",
        SURVEY,
        (press("Look at what would be sent"),),
        "checking.overview",
        422,
    ),
    State(
        "checking: theirs, corrected without words",
        THEM,
        "member.save",
        {"check_id": "check sent"},
        (tick("Correct it"), tick("Print this without our name"), press("Send the answer")),
        "member.check",
        422,
    ),
    State(
        "checking: theirs, not all said",
        THEM,
        "member.save",
        {"check_id": "check sent"},
        (tick("Print it without our name"), press("Send the answer")),
        "member.check",
        422,
    ),
)
NO_PAGES: Final[Mapping[str, str]] = {}
LEAD_ON: Final[Mapping[str, str]] = {
    "checking.add": "a button",
    "checking.remind": "a button",
    "checking.send": "a button",
    "checking.take_back": "a button",
    "member.marking": "asked by a script, answers with data",
}


def furnish(session: Session) -> Mapping[str, str]:
    """Send Alder a check, and let it have answered an earlier one."""
    survey = session.scalars(select(Survey).where(Survey.code == OPEN)).one()
    folder = current_app.config["SETTINGS"].instance / FOLDER
    sent = building_checks.send(session, survey, somebody(session, PEOPLE[ME]), folder)
    answered = MemberCheck(
        submission=sent.submission,
        person=sent.person,
        sent_by=sent.sent_by,
        # The later of the two: an authority that has answered can be asked again.
        sent_on=NOON.date() + dt.timedelta(days=1),
        due_on=NOON.date() + dt.timedelta(days=1),
        returned_at=NOON,
        profile_verdict="wrong",
        remark="We are fewer now.",
    )
    session.add(answered)
    session.flush()
    return {"check sent": str(sent.id), "check answered": str(answered.id)}
