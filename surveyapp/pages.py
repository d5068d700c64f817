"""How pages are made: the template engine, dates and numbers in words, and honest transactions."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import jinja2
from flask import Flask, current_app, request
from jinja2.utils import missing

from surveyapp.config import Settings
from surveyapp.definitions.explanations import explain
from surveyapp.extensions import begin, db
from surveyapp.models import Survey

ENGLAND = ZoneInfo("Europe/London")
READING = {"GET", "HEAD", "OPTIONS"}
# Whether it was given a block, and nothing at all, as the components of GOV.UK Frontend ask it.
ASKED_BY_COMPONENTS = {"caller", "undefined"}


class StrictName(jinja2.Undefined):
    """A name that a template uses and nobody gave it: a mistake, so the page fails.

    Settings left out of a component are no mistake, so those stay empty as usual.
    """

    def _refuse_a_name(self) -> None:
        if self._undefined_obj is missing and self._undefined_name not in ASKED_BY_COMPONENTS:
            self._fail_with_undefined_error()

    def __bool__(self) -> bool:
        """Refuse to be tested when the name itself is unknown."""
        self._refuse_a_name()
        return False

    def __str__(self) -> str:
        """Refuse to be printed when the name itself is unknown."""
        self._refuse_a_name()
        return ""

    def __len__(self) -> int:
        """Refuse to be counted when the name itself is unknown."""
        self._refuse_a_name()
        return 0

    def __iter__(self) -> Iterator[object]:
        """Refuse to be gone through when the name itself is unknown."""
        self._refuse_a_name()
        return iter(())


def init_app(app: Flask) -> None:
    """Set up templates, and open a writing transaction for requests that may change something."""
    app.jinja_options = {
        "autoescape": True,
        "lstrip_blocks": True,
        "trim_blocks": True,
        "undefined": StrictName,
    }
    govuk = jinja2.PrefixLoader(
        {"govuk_frontend_jinja": jinja2.PackageLoader("govuk_frontend_jinja")}
    )
    ours = jinja2.PackageLoader("surveyapp")
    app.jinja_loader = jinja2.ChoiceLoader([ours, govuk])
    app.add_template_filter(day)
    app.add_template_filter(moment)
    app.add_template_filter(appointed)
    app.add_template_filter(counted)
    app.add_template_filter(explain, "explained")
    app.context_processor(_for_every_page)
    app.before_request(_begin)


def day(date: dt.date) -> str:
    """Write a date as people in England read it: 5 July 2015."""
    if isinstance(date, dt.datetime):
        date = date.astimezone(ENGLAND)
    return f"{date.day} {date:%B %Y}"


def today_in(survey: Survey, at: dt.datetime) -> dt.date:
    """Return the day it is where people answer; an example's time stands still at its last day."""
    day = at.astimezone(ENGLAND).date()
    return min(day, survey.closes_on) if survey.is_example else day


def moment(at: dt.datetime) -> str:
    """Write a moment as people in England read it: 5 July 2015, 2:05pm."""
    here = at.astimezone(ENGLAND)
    return f"{day(here)}, {here.hour % 12 or 12}:{here:%M}{'am' if here.hour < 12 else 'pm'}"


def appointed(at: dt.datetime) -> str:
    """Write a moment that is still to come: Sunday 5 July 2015, 2:05pm."""
    return f"{at.astimezone(ENGLAND):%A} {moment(at)}"


def counted(number: int, singular: str, plural: str) -> str:
    """Write a number with its noun: 1 authority, 12 authorities."""
    return f"{number:,} {singular if number == 1 else plural}"


def _for_every_page() -> dict[str, object]:
    settings: Settings = current_app.config["SETTINGS"]
    return {"service_name": settings.service_name}


def _begin() -> None:
    if request.method not in READING:
        # All of the form comes in first: while a file comes slowly, nobody may wait for us.
        request.form.get("")
        begin(db.session, current_app.view_functions.get(request.endpoint or ""))
