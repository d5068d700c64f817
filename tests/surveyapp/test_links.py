"""Personal links: a hash, a time, and good again until they are not."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import links
from surveyapp.config import Settings
from surveyapp.models import Contributor, Link, Submission
from tests.surveyapp.building import NOON, somebody

LATER = NOON + dt.timedelta(days=59)


def test_only_a_hash_is_kept(session: Session, birch: Submission) -> None:
    token = links.invite(session, somebody(session), birch, NOON)

    kept = session.scalars(select(Link)).one()
    assert token not in {str(getattr(kept, column.key)) for column in Link.__table__.columns}
    assert len(token) >= 43


def test_a_link_works_again(session: Session, birch: Submission) -> None:
    token = links.invite(session, somebody(session), birch, NOON)
    for at in (NOON, LATER):
        found = links.find(session, token, at)
        assert found is not None
        links.claim(session, found, at)

    kept = session.scalars(select(Link)).one()
    assert (kept.first_used_at, kept.last_used_at) == (NOON, LATER)


def test_a_claim_says_when_a_contributor_first_came(session: Session, birch: Submission) -> None:
    cy = somebody(session)
    part = session.scalars(select(Contributor).where(Contributor.person_id == cy.id)).first()
    assert part is not None
    part.opened_at = None
    session.flush()
    found = links.find(session, links.invite(session, cy, part.submission, NOON), NOON)
    assert found is not None

    links.claim(session, found, NOON)
    session.expire_all()

    assert part.opened_at == NOON


def test_an_expired_a_revoked_and_an_unknown_link_are_not_found(
    session: Session, birch: Submission
) -> None:
    cy = somebody(session)
    old = links.invite(session, cy, birch, NOON)
    assert links.find(session, old, NOON + dt.timedelta(days=60)) is None

    links.revoke(session, cy, birch, NOON)

    assert links.find(session, old, NOON) is None
    assert links.find(session, "guessed", NOON) is None


def test_revoking_one_return_leaves_the_other_links(session: Session, birch: Submission) -> None:
    cy = somebody(session)
    general = links.sign_in(session, cy, NOON)

    links.revoke(session, cy, birch, NOON)
    assert links.find(session, general, NOON) is not None
    links.revoke(session, cy, None, NOON)
    assert links.find(session, general, NOON) is None


def test_a_link_to_sign_in_is_short_for_staff_only(session: Session, birch: Submission) -> None:
    cy = somebody(session)
    links.sign_in(session, cy, NOON)
    cy.staff_role = "consultant"
    links.sign_in(session, cy, NOON)

    lasting = {link.purpose: link.expires_at - NOON for link in session.scalars(select(Link)).all()}
    assert lasting == {"contribute": dt.timedelta(days=60), "sign in": dt.timedelta(days=1)}


def test_an_address_is_that_of_the_service() -> None:
    settings = Settings(service_url="https://review.example/")

    assert links.address(settings, "abc") == "https://review.example/link/abc"
