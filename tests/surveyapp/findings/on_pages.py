"""Findings written through their pages, for tests of these pages."""

from sqlalchemy import select

from surveyapp.findings.contrary import KINDS
from surveyapp.models import Finding
from tests.surveyapp.browsing import CheckingClient

BASE = "/findings/tiny-survey-2015"
CLAIM = "one front door brings families to notice"
PRINTED = "of the two authorities answering say that one front door brings families to notice."


def write(client: CheckingClient, **typed: object) -> Finding | None:
    """Write a finding down."""
    client.post(f"{BASE}/new/S01", data={"claim": CLAIM, **typed})
    return client.session.scalars(select(Finding).order_by(Finding.updated_at.desc())).first()


def written(client: CheckingClient, **typed: object) -> Finding:
    found = write(client, **typed)
    assert found is not None
    return found


def open_all(client: CheckingClient, finding: Finding) -> None:
    """Open all three places where something may speak against a finding."""
    for kind in KINDS:
        client.get(f"{BASE}/{finding.id}/against?kind={kind}")
