"""A person gets in by their own link and a button, and tells us nothing by asking for a new one."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import create_app, links, migrating, published
from surveyapp.config import Settings
from surveyapp.definitions.questionnaire import Privacy
from surveyapp.extensions import db, limiter
from surveyapp.models import AuditEvent, Contributor, Link, Mail, Snapshot, Submission
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import somebody

LONG_AGO = dt.datetime(2015, 7, 1, tzinfo=dt.UTC)


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@pytest.fixture
def part(session: Session, birch: Submission) -> Contributor:
    """Cy's part in Birch's return, not agreed to yet."""
    cy = somebody(session)
    found = session.scalars(
        select(Contributor).where(Contributor.person == cy, Contributor.submission == birch)
    ).one()
    found.opened_at = found.agreed_at = None
    session.commit()
    return found


@pytest.fixture
def link(session: Session, part: Contributor) -> str:
    token = links.invite(session, part.person, part.submission, now())
    session.commit()
    return f"/link/{token}"


def test_opening_a_link_claims_nothing(
    link: str, client: CheckingClient, session: Session, part: Contributor
) -> None:
    page = client.get(link)

    assert page.status_code == 200
    assert "Continue as Cy Birch" in page.text
    assert "Birch" in page.text
    assert client.get("/account/").status_code == 401
    assert session.scalars(select(Link.first_used_at)).one() is None


def test_the_button_lets_in_as_often_as_it_is_pressed(
    link: str, client: CheckingClient, session: Session, part: Contributor
) -> None:
    for _ in range(2):
        client.sign_out()
        answer = client.post(link)
        assert answer.status_code == 302
        assert answer.location == f"/r/{part.submission_id}/"

    assert client.get("/account/").status_code == 200
    session.expire_all()
    assert part.opened_at is not None
    assert part.person.signed_in_at is not None
    actions = session.scalars(select(AuditEvent.action)).all()
    assert actions.count("link.claimed") == 2


def test_who_sees_what_comes_before_the_first_answer(
    link: str, client: CheckingClient, session: Session, part: Contributor
) -> None:
    notice = f"/account/returns/{part.submission_id}/notice"
    home = client.post(link).location

    assert client.get(home).location == notice
    assert "I agree" in client.get(notice).text
    assert client.post(notice).location == home
    assert client.get(home).status_code == 200
    assert "I agree" not in client.get(notice).text


@pytest.mark.parametrize(
    ("section", "rest"),
    [
        ("A1", "sections/A1"),
        ("S01.2", "questions/S01.2"),
        ("S99", ""),
        ("//evil.example", ""),
        ("", ""),
    ],
)
def test_a_link_leads_on_to_what_it_is_about(
    section: str, rest: str, link: str, client: CheckingClient, part: Contributor
) -> None:
    page = client.get(f"{link}?section={section}").text
    action = page.partition('<form method="post" action="')[2].partition('"')[0]

    assert client.post(action).location == f"/r/{part.submission_id}/{rest}"


def test_the_notice_says_who_answers_for_it(
    client: CheckingClient, session: Session, part: Contributor
) -> None:
    client.sign_in(part.person)
    address = f"/account/returns/{part.submission_id}/notice"

    page = client.get(address).text

    assert "Alder Council is responsible" in page
    assert 'href="mailto:privacy@alder.example"' in page
    assert "for one year after the review is published" in page


def test_what_was_said_for_the_survey_stands_before_the_questionnaire(
    client: CheckingClient, session: Session, part: Contributor
) -> None:
    survey = part.submission.survey
    survey.controller, survey.contact, survey.kept_for = "Larch Council", "0161 496 0000", "a month"
    session.commit()
    client.sign_in(part.person)

    page = client.get(f"/account/returns/{part.submission_id}/notice").text

    assert "Larch Council is responsible" in page
    assert "0161 496 0000" in page
    assert "for a month" in page
    assert "Alder Council" not in page


def test_a_notice_without_names_says_whom_to_ask(
    client: CheckingClient, session: Session, part: Contributor
) -> None:
    asked = published.questionnaire(part.submission.questionnaire)
    silent = asked.model_copy(update={"privacy": Privacy()})
    part.submission.questionnaire = Snapshot(
        kind="questionnaire",
        content_hash=silent.content_hash(),
        content=silent.canonical(),
        published_at=LONG_AGO,
    )
    session.commit()
    client.sign_in(part.person)

    page = client.get(f"/account/returns/{part.submission_id}/notice").text

    assert "The person who invited you can say which that is." in page
    assert "for no longer than the review needs them" in page


@pytest.mark.parametrize("fault", ["expired", "revoked", "unknown"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_is_no_longer_good_offers_a_new_one(
    fault: str, method: str, client: CheckingClient, session: Session, part: Contributor
) -> None:
    made = LONG_AGO if fault == "expired" else now()
    token = links.invite(session, part.person, part.submission, made)
    if fault == "revoked":
        links.revoke(session, part.person, part.submission, now())
    session.commit()

    page = getattr(client, method)("/link/" + ("guessed" if fault == "unknown" else token))

    assert page.status_code == 410
    assert "Send me a link" in page.text
    assert "Cy Birch" not in page.text
    assert client.get("/account/").status_code == 401


def test_asking_for_a_link_tells_nobody_who_is_known(
    client: CheckingClient, session: Session, part: Contributor
) -> None:
    known = client.post("/account/sign-in", data={"email": " CY@Birch.example "})
    unknown = client.post("/account/sign-in", data={"email": "nobody@birch.example"})

    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert known.text == unknown.text
    mail = session.scalars(select(Mail)).one()
    assert (mail.person, mail.kind) == (part.person, "new_link")


def test_the_link_that_was_asked_for_lets_in(
    client: CheckingClient, session: Session, part: Contributor
) -> None:
    client.post("/account/sign-in", data={"email": "cy@birch.example"})
    text = session.scalars(select(Mail.text)).one()
    token = text.split("/link/")[1].split()[0]

    assert client.post(f"/link/{token}").location == "/account/"
    assert "Birch" in client.get("/account/").text


def test_staff_are_sent_a_link_to_their_second_step(
    client: CheckingClient, session: Session, part: Contributor
) -> None:
    part.person.staff_role = "interviewer"
    session.commit()

    client.post("/account/sign-in", data={"email": "cy@birch.example"})

    assert session.scalars(select(Mail.kind)).all() == ["sign_in"]
    assert session.scalars(select(Link.purpose)).all() == ["sign in"]


def test_two_presses_send_one_mail(
    client: CheckingClient, session: Session, part: Contributor
) -> None:
    for _ in range(2):
        client.post("/account/sign-in", data={"email": "cy@birch.example"})

    assert len(session.scalars(select(Mail)).all()) == 1


@pytest.mark.parametrize("typed", ["", "cy", "cy@", "a@b.example\nBcc: x@y.example", "x" * 3000])
def test_what_is_no_address_is_shown_again(typed: str, client: CheckingClient) -> None:
    page = client.post("/account/sign-in", data={"email": typed})

    assert page.status_code == 400
    assert "There is a problem" in page.text
    assert 'href="#email"' in page.text


def test_asking_again_and_again_is_slowed_down(client: CheckingClient, part: Contributor) -> None:
    asked = [client.post("/account/sign-in", data={"email": "cy@birch.example"}) for _ in range(7)]

    assert [one.status_code for one in asked] == [302] * 6 + [429]
    assert "Too many tries" in asked[-1].text
    assert "Wait an hour" in asked[-1].text
    assert 'name="email" value="cy@birch.example"' in asked[-1].text


def test_trying_links_again_and_again_is_slowed_down(client: CheckingClient) -> None:
    assert {client.get("/link/guessed").status_code for _ in range(120)} == {410}
    assert client.get("/link/guessed").status_code == 429


def test_signing_out_ends_it(client: CheckingClient, part: Contributor) -> None:
    client.sign_in(part.person)

    assert client.get("/account/still-here").json == {"minutes": 120}
    assert client.post("/account/sign-out").location == "/account/signed-out"
    assert client.get("/account/signed-out").status_code == 200
    assert client.get("/account/").status_code == 401


def test_staff_are_only_half_in_by_a_link(
    client: CheckingClient, session: Session, part: Contributor
) -> None:
    part.person.staff_role = "consultant"
    token = links.sign_in(session, part.person, now())
    session.commit()

    assert client.post(f"/link/{token}").location == "/account/code"
    assert client.get("/account/").status_code == 401


def test_an_invitation_gives_staff_no_more_than_their_return(
    link: str, client: CheckingClient, session: Session, part: Contributor
) -> None:
    part.person.staff_role = "consultant"
    session.commit()
    client.post(link)

    assert client.get("/staff/").status_code == 401
    assert client.get(f"/account/returns/{part.submission_id}/notice").status_code == 200


def test_who_comes_through_a_server_of_ours_is_told_apart(tmp_path: Path) -> None:
    app = create_app(Settings(instance=tmp_path, proxies=1))
    with app.app_context(), db.engine.connect() as connection:
        migrating.upgrade(connection)
    limiter.reset()

    def ask(address: str) -> int:
        headers = {"X-Forwarded-For": address, "X-Forwarded-Proto": "https"}
        return app.test_client().get("/link/guessed", headers=headers).status_code

    assert {ask("192.0.2.1") for _ in range(120)} == {410}
    assert (ask("192.0.2.1"), ask("192.0.2.2")) == (429, 410)
    with app.app_context():
        db.engine.dispose()
