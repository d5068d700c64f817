"""Colleagues in one return: no word lost between them, sections handed over, comments, history."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.coordinate import services as coordinate
from surveyapp.models import (
    AnswerRevision,
    Comment,
    Contributor,
    Handover,
    Person,
    Presence,
    Submission,
    Unsaved,
)
from surveyapp.respond import services as respond
from surveyapp.respond import teamwork
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, save, somebody, submission_of
from tests.surveyapp.respond.filling import address, enter, fields, fill, join, send, words


@pytest.fixture
def dee(session: Session, birch: Submission) -> Contributor:
    """A colleague of Birch's coordinator."""
    return join(session, birch, "Dee Birch")


@pytest.fixture
def cy(client: CheckingClient, session: Session, dee: Contributor) -> CheckingClient:
    """Birch's coordinator, signed in."""
    save(session, submission_of(session, "Birch"), "S01.1", {"rating": 3}, seen=1)
    session.commit()
    return enter(client, somebody(session))


def value(session: Session, submission: Submission, code: str) -> object:
    session.expire_all()
    return next(
        dict(row.value)
        for row in session.scalars(
            select(AnswerRevision)
            .join(AnswerRevision.answer)
            .order_by(AnswerRevision.version.desc())
        )
        if row.answer.question_code == code and row.answer.submission_id == submission.id
    )


def clash(cy: CheckingClient, session: Session, birch: Submission) -> str:
    """Let Dee write while Cy has the page open; return what Cy is shown on saving."""
    url = address(birch, "sections/S01")
    page = cy.get(url).text
    dee = somebody(session, "Dee Birch")
    for code, theirs in (("S01.2", {"text": "Dee's words"}), ("S01.4", {"number": 10})):
        respond.save_answer(session, birch, respond.Draft(code, theirs), dee, NOON)
    session.commit()
    typed = {"S01.2:text": "Cy's words", "S01.4:number": "12", "S01.3:options": ["school"]}
    response = send(cy, url, page, typed)
    assert response.status_code == 409
    assert "<form" in response.text
    page = response.text
    assert response.request.path == url
    return page


def test_both_texts_of_every_conflict_are_shown_at_once(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    page = clash(cy, session, birch)

    said = words(page)
    for one in (
        "2 answers were changed",
        "Cy's words",
        "Dee's words",
        "12 families",
        "10 families",
    ):
        assert one in said
    assert "What Dee Birch saved on 25 July 2015" in said
    assert fields(page)["S01.2:merged"] == ["Dee's words\n\nCy's words"]
    assert "S01.4:merged" not in fields(page)
    assert value(session, birch, "S01.3") == {"options": ["school"]}


@pytest.mark.parametrize(
    ("choice", "text", "number"),
    [("mine", "Cy's words", 12), ("theirs", "Dee's words", 10)],
)
def test_a_person_keeps_one_of_two(
    choice: str,
    text: str,
    number: int,
    cy: CheckingClient,
    session: Session,
    birch: Submission,
) -> None:
    page = clash(cy, session, birch)

    kept = {"S01.2:keep": choice, "S01.4:keep": choice}
    response = send(cy, address(birch, "sections/S01/conflicts"), page, kept)

    assert response.status_code == 303
    assert value(session, birch, "S01.2") == {"text": text}
    assert value(session, birch, "S01.4") == {"number": number}


def test_a_person_makes_one_of_both(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    page = clash(cy, session, birch)

    kept = {"S01.2:keep": "merge", "S01.2:merged": "Our words", "S01.4:keep": "theirs"}
    send(cy, address(birch, "sections/S01/conflicts"), page, kept)

    assert value(session, birch, "S01.2") == {"text": "Our words"}


def test_who_does_not_choose_is_asked_again_and_keeps_both(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    page = clash(cy, session, birch)

    response = send(cy, address(birch, "sections/S01/conflicts"), page, {"S01.4:keep": "mine"})

    assert response.status_code == 409
    assert 'href="#S01-2-keep"' in response.text
    assert "Cy's words" in words(response.text)
    assert "Dee's words" in words(response.text)


def test_a_third_change_is_a_conflict_again(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    page = clash(cy, session, birch)
    save(session, birch, "S01.2", {"text": "Once more"}, seen=1)
    session.commit()

    kept = {"S01.2:keep": "mine", "S01.4:keep": "theirs"}
    response = send(cy, address(birch, "sections/S01/conflicts"), page, kept)

    assert response.status_code == 409
    assert "Once more" in words(response.text)
    assert "Cy's words" in words(response.text)


def test_an_answer_left_alone_does_not_undo_a_colleagues(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    url = address(birch, "sections/S01")
    page = cy.get(url).text
    save(session, birch, "S01.3", {"options": ["school"]}, seen=1)
    save(session, birch, "S01.2", {"text": "New"})
    session.commit()

    response = send(cy, url, page, {"S01.4:number": "5"})

    assert response.status_code == 303
    assert value(session, birch, "S01.3") == {"options": ["school"]}
    assert value(session, birch, "S01.2") == {"text": "New"}


def typing(
    client: CheckingClient, birch: Submission, page: str, typed: dict[str, str]
) -> tuple[int, dict[str, object]]:
    """Send one box, as the script of the page does."""
    code = next(iter(typed)).partition(":")[0]
    form = {name: one for name, one in fields(page).items() if name.startswith(f"{code}:")}
    form["csrf_token"] = fields(page)["csrf_token"]
    url = address(birch, "sections/S01/typing")
    response = client.post(url, data={**form, **typed})
    found: dict[str, object] = response.get_json()
    return response.status_code, found


def test_what_is_typed_is_saved_by_itself(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    page = cy.get(address(birch, "sections/S01")).text

    first = typing(cy, birch, page, {"S01.2:text": "We"})
    stale = typing(cy, birch, page, {"S01.2:text": "We count"})
    wrong = typing(cy, birch, page, {"S01.4:number": "lots"})

    rest = {"problems": {}, "identifying": {"S01.2": []}}
    assert first == (200, {"state": "saved", "versions": {"S01.2": 1}, **rest})
    assert stale == (200, {"state": "conflict", "versions": {}, **rest})
    assert wrong[1]["state"] == "refused"
    assert "number" in str(wrong[1]["problems"])
    assert value(session, birch, "S01.2") == {"text": "We"}


def test_what_is_typed_after_the_close_is_kept(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    page = cy.get(address(birch, "sections/S01")).text
    coordinate.close_survey(session, birch.survey, NOON)
    session.commit()

    status, reply = typing(cy, birch, page, {"S01.2:text": "Too late"})

    assert (status, reply["state"]) == (409, "closed")
    assert [row.value["text"] for row in session.scalars(select(Unsaved))] == ["Too late"]


def test_a_section_is_handed_over_with_a_note_and_taken_back(
    cy: CheckingClient, session: Session, birch: Submission, dee: Contributor
) -> None:
    url = address(birch, "sections/S01/hand-over")

    fill(cy, url, {"to": str(dee.id), "note": "You know the front door."})
    page = words(cy.get(address(birch)).text)
    assert "Dee Birch has this section. Cy Birch says: “You know the front door.”" in page

    fill(cy, url, {"to": "nobody", "note": ""})
    assert "Dee Birch has this section" not in words(cy.get(address(birch)).text)
    history = session.scalars(select(Handover).order_by(Handover.at))
    assert [one.to_id for one in history] == [dee.id, None]


@pytest.mark.parametrize("to", ["", "somebody", "alder"])
def test_a_section_goes_only_to_a_colleague(
    to: str, cy: CheckingClient, session: Session, birch: Submission
) -> None:
    alder = submission_of(session, "Alder").contributors[0]
    chosen = str(alder.id) if to == "alder" else to

    response = fill(cy, address(birch, "sections/S01/hand-over"), {"to": chosen, "note": "For you"})

    assert response.status_code == 422
    assert fields(response.text)["note"] == ["For you"]
    giver = birch.contributors[0]
    with pytest.raises(teamwork.NotAColleagueError):
        teamwork.give(session, giver, teamwork.Giving(birch.sections[0], alder.id), NOON)


def test_colleagues_comment_on_a_question_and_mark_it_as_dealt_with(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    url = address(birch, "questions/S01.4")
    page = cy.get(url).text

    empty = send(cy, f"{url}/comments", page, {"comment": "  "})
    assert empty.status_code == 422
    said = send(cy, f"{url}/comments", page, {"comment": "Is <b>this</b> all?"})
    assert said.status_code == 303
    assert "Is <b>this</b> all?" in words(cy.get(url).text)
    assert "1 comment and history" in words(cy.get(address(birch, "sections/S01")).text)

    (comment,) = session.scalars(select(Comment))
    send(cy, f"{url}/comments/{comment.id}/resolve", page, {})
    assert "Dealt with by Cy Birch" in words(cy.get(url).text)
    assert "1 comment" not in words(cy.get(address(birch, "sections/S01")).text)


def test_who_wrote_what_is_shown_the_latest_first(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    save(session, birch, "S01.2", {"text": "First words"})
    session.commit()
    fill(cy, address(birch, "sections/S01"), {"S01.2:text": "Second words"})

    page = words(cy.get(address(birch, "questions/S01.2")).text)

    assert page.index("Second words") < page.index("First words")


def test_who_is_here_is_told_to_the_others(
    cy: CheckingClient, session: Session, birch: Submission, dee: Contributor
) -> None:
    url = address(birch, "sections/S01")
    token = fields(cy.get(url).text)["csrf_token"]
    now = dt.datetime.now(dt.UTC)
    teamwork.arrive(session, dee, "S01", now)
    session.commit()

    reply = cy.post(f"{url}/here", data={"csrf_token": token}).get_json()

    assert reply == {"here": ["Dee Birch"]}
    assert "Also in this section now: Dee Birch." in words(cy.get(url).text)
    assert session.scalars(select(Presence)).all()
    assert not teamwork.here(session, birch, "S01", now + dt.timedelta(minutes=5))


def test_staff_may_read_and_not_write(
    client: CheckingClient, session: Session, birch: Submission, cy: CheckingClient
) -> None:
    page = cy.get(address(birch, "sections/S01")).text
    staff = Person(name="Una Staff", email="una@review.example", staff_role="consultant")
    session.add(staff)
    session.commit()
    enter(client, staff, strongly=True)

    reading = client.get(address(birch, "sections/S01"))
    assert reading.status_code == 200
    assert "<form" not in reading.text.partition("<main")[2]
    sent = fields(page)
    sent["csrf_token"] = [""]
    assert client.post(address(birch, "sections/S01"), data=sent).status_code in (400, 403)
