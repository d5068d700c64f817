"""GOV.UK Notify tells us which mail came back; nobody else can say so."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.config import Settings
from surveyapp.mail import state
from surveyapp.models import AuditEvent, Mail, Survey
from tests.surveyapp.browsing import CheckingClient

pytestmark = pytest.mark.mail
ADDRESS = "/mail/notify/delivery"
BEARER = "a long token of the tests"
REFERENCE = "<abc@tarn.example>"
NOW = dt.datetime(2015, 7, 25, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def notified(
    client: CheckingClient, app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CheckingClient]:
    """The application as GOV.UK Notify finds it: it has a token, and no session."""
    changed = Settings(instance=Path(settings.instance), notify_callback_token=BEARER)
    monkeypatch.setitem(app.config, "SETTINGS", changed)
    client.forges = True
    return client


@pytest.fixture
def mail(session: Session, survey: Survey) -> Mail:
    """A mail that Notify accepted."""
    sent = Mail(
        key="k",
        kind="reminder",
        to_address="cy@birch.example",
        subject="s",
        text="t",
        html="h",
        created_at=NOW,
        due_at=NOW,
        sent_at=NOW,
        attempts=1,
        provider_reference=REFERENCE,
    )
    session.add(sent)
    session.commit()
    return sent


def tell(client: CheckingClient, token: str = BEARER, **receipt: object) -> int:
    told = {"reference": REFERENCE, "status": "permanent-failure", **receipt}
    headers = {"Authorization": f"Bearer {token}"}
    return client.post(ADDRESS, json=told, headers=headers).status_code


@pytest.mark.parametrize("status", ["permanent-failure", "temporary-failure", "technical-failure"])
def test_mail_that_came_back_is_noted(
    status: str, notified: CheckingClient, session: Session, mail: Mail
) -> None:
    for _ in range(2):
        assert tell(notified, status=status) == 204

    session.refresh(mail)
    assert state(mail, NOW) == "bounced"
    assert mail.last_error is not None
    assert mail.last_error.startswith("GOV.UK Notify could not")
    assert session.scalars(select(AuditEvent.action)).all().count("mail.bounced") == 1


@pytest.mark.parametrize(
    "receipt", [{"status": "delivered"}, {"status": None}, {"reference": "x"}, {"reference": None}]
)
def test_anything_else_changes_nothing(
    receipt: dict[str, object], notified: CheckingClient, session: Session, mail: Mail
) -> None:
    assert tell(notified, **receipt) == 204

    session.refresh(mail)
    assert mail.bounced_at is None


@pytest.mark.parametrize("token", ["", "guessed", BEARER[:-1], "é"])
def test_without_the_token_nothing_is_heard(
    token: str, notified: CheckingClient, session: Session, mail: Mail
) -> None:
    assert tell(notified, token=token) == 401

    session.refresh(mail)
    assert mail.bounced_at is None


@pytest.mark.parametrize("body", ["", "nonsense", "[]", "1"])
def test_what_is_no_receipt_is_refused(body: str, notified: CheckingClient, mail: Mail) -> None:
    headers = {"Authorization": f"Bearer {BEARER}"}

    answer = notified.post(ADDRESS, data=body, headers=headers, content_type="application/json")

    assert answer.status_code == 400


def test_where_no_token_is_set_there_is_no_such_address(
    client: CheckingClient, session: Session, mail: Mail
) -> None:
    client.forges = True

    assert tell(client, token="") == 404
