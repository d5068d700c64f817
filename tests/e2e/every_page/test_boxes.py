"""Every box that people type into, on every page: looked through, or left out for a reason.

A new box is looked through without anybody remembering to. One that cannot be, because its form
asks for an address or carries no token, fails here; as does one whose words are saved unwarned.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from surveyapp.extensions import begin_writing, db, limiter
from surveyapp.identifying.boxes import EVERYWHERE, LEFT_OUT, why_not
from surveyapp.models import Survey
from tests.e2e.every_page import (
    entrance,
    furniture,
    returns,
    security,
    staff,
    test_interviews,
    test_workbench,
)
from tests.e2e.every_page.boxes import Form, forms
from tests.e2e.every_page.site import Site
from tests.e2e.every_page.states import NOBODY, State
from tests.surveyapp.deriving import derive

pytestmark = pytest.mark.privacy
# What is asked for with these stands in the address and is kept nowhere.
SEARCHES: Final = {"agreement.draw_form", "analysis.search"}
STORY: Final = "Zephyrine, 9, at Quillmoor Primary, was helped."
SAID: Final = "survey-warned__words"
# Whose boxes take numbers and codes; a story in them is refused.
_NUMBERS: Final = re.compile(r"(?:^|[-:.])(?:day|month|year|minutes|time|gap|until|code|number)$")
# What else has to be said before such a form is taken.
DAY: Final = {"day-day": "24", "day-month": "6", "day-year": "2031", "time": "10:00"}
ALSO: Final[Mapping[str, Mapping[str, str]]] = {
    "coding.add_theme_now": {
        "step": "make",
        "code": "Z9",
        "name": "Something new",
        "reason": "It is new.",
    },
    "coding.change_theme_now": {"step": "make", "part-1-code": "Z7", "part-2-code": "Z8"},
    "coordinate.set_up": {
        "code": "another-2015",
        "contact": "ask@tarn.example",
        "opens-day": "1",
        "opens-month": "6",
        "opens-year": "2015",
        "closes-day": "1",
        "closes-month": "7",
        "closes-year": "2031",
    },
    "interview.arranged": DAY | {"time": "14:00", "name": "Kay", "email": "kay@elder.example"},
    "interview.rescheduled": DAY,
    "respond.invited": {"name": "Kay Elder", "email": "kay@elder.example"},
    "respond.save": {"S01.4:number": "3"},
}
# Forms of which a story is always refused, or that need more than a page: what tries them.
APART: Final[Mapping[str, str]] = {
    "second_step.make_passkey": "needs a passkey: tests/e2e/test_second_factors.py",
    "signing_in.make_passkey": "needs a passkey: tests/e2e/test_second_factors.py",
}
Furnish = Callable[[Session], Mapping[str, str]]


@dataclass(frozen=True)
class Found:
    """A form, the page that it stands on, and the browser of somebody who sees that."""

    form: Form
    address: str
    browser: FlaskClient

    @property
    def free(self) -> list[str]:
        """Return the boxes that take a story."""
        return [
            one
            for one in self.form.boxes
            if not why_not(self.form.endpoint, one) and not _NUMBERS.search(one)
        ]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Found]:
    """Every form with boxes that stands on a page which is asked for by its address."""
    rooms = [one.furnish for one in test_workbench.ROOMS]
    plain = (*entrance.STATES, *returns.STATES, *security.STATES, *staff.STATES)
    sites = (
        (_site(tmp_path_factory.mktemp("plain"), (), is_derived=False), plain),
        (
            _site(tmp_path_factory.mktemp("calls"), test_interviews.FURNISH, is_derived=False),
            test_interviews.STATES,
        ),
        (_site(tmp_path_factory.mktemp("rooms"), rooms, is_derived=True), test_workbench.STATES),
    )
    return [one for site, states in sites for one in _of_site(site, states)]


def _site(folder: Path, furnishing: Sequence[Furnish], *, is_derived: bool) -> Site:
    app = furniture.application(folder)
    ids = dict(furniture.furnish(app))
    with app.app_context():
        if is_derived:
            of = select(Survey).where(Survey.code == furniture.OPEN)
            derive(db.session, db.session.scalars(of).one())
        for furnish in furnishing:
            begin_writing(db.session)
            ids |= furnish(db.session)
            db.session.commit()
    return Site(app, "", ids, {})


def _of_site(site: Site, states: Sequence[State]) -> Iterator[Found]:
    asked = {
        (site.url(page, one.parts).removeprefix("http://localhost"), one.who)
        for one in states
        if (page := one.begins_at or one.answered_by)
    }
    for address, who in sorted(asked):
        limiter.reset()
        browser = _browser(site, who)
        answer = browser.get(address)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            of_page = forms(site.app, answer.text, address)
            yield from (Found(one, address, browser) for one in of_page)


def _browser(site: Site, who: str) -> FlaskClient:
    client = site.app.test_client()
    if who != NOBODY:
        client.set_cookie("session", site.cookie(who))
    return client


def test_every_box_can_be_looked_through_before_it_is_sent(found: Sequence[Found]) -> None:
    asking = {one.form.endpoint for one in found if one.form.method == "GET"}
    unlooked = {one.form.endpoint for one in found if one.form.method != "GET"} - {
        one.form.endpoint for one in found if one.form.has_token
    }

    assert asking == SEARCHES
    assert unlooked == set()


def test_nothing_is_left_out_that_is_not_there(found: Sequence[Found]) -> None:
    def is_there(place: str, box: str) -> bool:
        here = (one.form for one in found if place in (EVERYWHERE, one.form.endpoint.split(".")[0]))
        return any(name.rpartition(":")[2] == box for form in here for name in form.boxes)

    gone = [
        (place, box)
        for place, boxes in LEFT_OUT.items()
        for box in boxes
        if box != "csrf_token" and not is_there(place, box)
    ]
    assert gone == []


def test_whatever_is_saved_is_warned_of_on_the_next_page(found: Sequence[Found]) -> None:
    warned: dict[str, str] = {}
    for one in (each for each in found if each.form.method == "POST" and each.free):
        if warned.get(one.form.endpoint) != "warned":
            warned[one.form.endpoint] = _send(one)

    wrong = {form: said for form, said in warned.items() if said != "warned" and form not in APART}
    assert wrong == {}, "\n".join(f"{form}: {said}" for form, said in wrong.items())
    assert APART.keys() - warned.keys() == set()


def _send(one: Found) -> str:
    """Send a story in every box of a form; say whether its writer is warned of it."""
    said = ""
    for is_second in (False, True):
        form = _again(one)
        chosen = form.chosen if is_second else {}
        data = MultiDict(form.given)
        said_so = chosen | dict.fromkeys(one.free, STORY) | ALSO.get(one.form.endpoint, {})
        for name, value in said_so.items():
            data.setlist(name, [value])
        limiter.reset()
        answer = one.browser.post(one.form.path, data=data)
        if answer.status_code in {302, 303}:
            return _next(one.browser, answer.location)
        told = re.findall(r'id="([^"]*-error)"', answer.text)
        said += f"not taken: {answer.status_code} {told} {one.form.path} {data.to_dict()}; "
    return said


def _again(one: Found) -> Form:
    """Return a form as it stands now: others were sent meanwhile."""
    page = one.browser.get(one.address).text
    now = forms(one.browser.application, page, one.address)
    return next((form for form in now if form.path == one.form.path), one.form)


def _next(browser: FlaskClient, address: str) -> str:
    answer = browser.get(address)
    while answer.status_code in {302, 303}:
        answer = browser.get(answer.location)
    return "warned" if SAID in answer.text else f"said nothing on {answer.request.path}"
