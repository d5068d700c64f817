"""Pages of a return used as a browser without scripts uses them: opened, filled in, sent."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from flask import Flask, session
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from surveyapp import guards
from surveyapp.models import Contributor, Person, Submission
from tests.surveyapp.browsing import CheckingClient, parse

AGREED = dt.datetime(2015, 7, 1, 9, 0, tzinfo=dt.UTC)
Fields = dict[str, list[str]]


def join(database: Session, submission: Submission, name: str) -> Contributor:
    """Let a new colleague complete a return."""
    person = Person(name=name, email=f"{name.split()[0].lower()}@birch.example")
    contributor = Contributor(submission=submission, person=person, agreed_at=AGREED)
    database.add(contributor)
    database.commit()
    return contributor


def enter(client: CheckingClient, person: Person, *, strongly: bool = False) -> CheckingClient:
    """Sign a person in, as somebody who has agreed to who sees what."""
    for contributor in client.session.scalars(
        select(Contributor).where(Contributor.person_id == person.id)
    ):
        contributor.agreed_at = AGREED
    client.session.commit()
    with client.session_transaction() as cookie:
        cookie.update(signed_in(client.application, person, strongly=strongly))
    return client


def signed_in(app: Flask, person: Person, *, strongly: bool = False) -> dict[str, object]:
    """Return what the cookie of somebody who has signed in carries."""
    with app.test_request_context():
        guards.sign_in(person, strongly=strongly)
        return dict(session)


def address(submission: Submission, rest: str = "") -> str:
    """Return the address of a page of a return."""
    return f"/r/{submission.id}/{rest}"


def words(page: str) -> str:
    """Return the words of a page's main part, as they are read out."""
    return " ".join("".join(next(parse(page).iter("main")).itertext()).split())


def fields(page: str, marker: str = "csrf_token") -> Fields:
    """Return what a browser would send from the form that has a certain field."""
    for form in next(parse(page).iter("main")).iter("form"):
        found: Fields = {}
        for one in form.iter():
            for value in _sent(one):
                found.setdefault(one.get("name", ""), []).append(value)
        if marker in found:
            return found
    raise AssertionError(f"No form has a field {marker}.")


def _sent(one: Element) -> Sequence[str]:
    if not one.get("name") or one.tag not in ("input", "textarea", "select"):
        return ()
    if one.tag == "textarea":
        return [(one.text or "").removeprefix("\n")]
    if one.tag == "select":
        options = list(one.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        return [option.get("value", "") for option in chosen]
    if one.get("type") in ("radio", "checkbox") and one.get("checked") is None:
        return ()
    return [one.get("value", "")]


def fill(
    client: CheckingClient, url: str, typed: Mapping[str, object], press: str = ""
) -> TestResponse:
    """Open a page, type into its form and press a button (name=value)."""
    return send(client, url, client.get(url).text, typed, press)


def send(
    client: CheckingClient, url: str, page: str, typed: Mapping[str, object], press: str = ""
) -> TestResponse:
    """Type into the form of a page that was opened before, and send it."""
    form = fields(page)
    for name, value in typed.items():
        form[name] = [str(one) for one in (value if isinstance(value, list) else [value])]
    if press:
        name, _, value = press.partition("=")
        form[name] = [value]
    return client.post(url, data=form)


def entry_of(page: str, code: str) -> list[str]:
    """Return the entries of a repeating question that a page shows."""
    return list(dict.fromkeys(re.findall(rf'name="{re.escape(code)}@([\w-]+):seen"', page)))
