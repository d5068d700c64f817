"""A consultant sees whom checks go to, until when and in which words, before any is sent."""

import datetime as dt
import html
from pathlib import Path

import pytest
from lxml.html import fromstring
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from surveyapp.models import (
    Answer,
    Build,
    Contributor,
    Mail,
    MemberCheck,
    Passage,
    Person,
    Response,
    Submission,
    Survey,
)
from tests.surveyapp.agreement.two_coders import speak
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, queries
from tests.surveyapp.checking import building_checks
from tests.surveyapp.deriving import derive

HOME = "/checking/tiny-survey-2015"
DUE = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=20)


@pytest.fixture
def made(
    session: Session, survey: Survey, client: CheckingClient, consultant: Person, folder: Path
) -> Build:
    """A build that prints words of Alder's; the consultant has signed in."""
    build = building_checks.build(session, survey, consultant, folder)
    session.commit()
    client.sign_in(consultant)
    return build


def wish(**more: str) -> dict[str, str]:
    parts = {"due-day": DUE.day, "due-month": DUE.month, "due-year": DUE.year}
    return {"authority": "X06000001", **{name: str(part) for name, part in parts.items()}, **more}


def words(page: str) -> str:
    return " ".join(html.unescape(page).split())


def form_of(page: str) -> dict[str, str]:
    """Return what the form on a preview sends, its token left out."""
    form = next(one for one in fromstring(page).forms if one.action.endswith("/send"))
    return {name: value for name, value in form.form_values() if name != "csrf_token"}


def coordinator(session: Session) -> Person:
    part = select(Contributor).where(Contributor.coordinator.is_(True))
    return next(
        one.person for one in session.scalars(part) if one.submission.authority_code == "X06000001"
    )


def coordinate(session: Session, count: int) -> None:
    """Have somebody who coordinates the return of some authorities that were added."""
    grown = select(Submission).where(Submission.authority_code.like("X07%"))
    ordered = session.scalars(grown.order_by(Submission.authority_code).limit(count))
    for number, one in enumerate(ordered.all()):
        person = Person(name=f"Elm {number}", email=f"{number}@elm.example")
        session.add(Contributor(submission=one, person=person, coordinator=True))


def sent(session: Session) -> tuple[list[MemberCheck], list[Mail]]:
    session.expire_all()
    letters = select(Mail).where(Mail.kind == "check_sent")
    return list(session.scalars(select(MemberCheck))), list(session.scalars(letters))


@pytest.mark.usefixtures("made")
def test_everything_is_shown_before_anybody_is_written_to(
    session: Session, survey: Survey, client: CheckingClient, consultant: Person
) -> None:
    count = len(building_checks.passages(session, survey))
    who = coordinator(session)

    page = words(client.post(f"{HOME}/", data=wish()).text)

    assert f"Person: </span>{who.name}</td>" in page
    assert f"Address: </span>{who.email}</td>" in page
    assert f"Passages: </span>{count}</td>" in page
    assert f"{DUE.day} {DUE:%B %Y}</strong>" in page
    assert f"Subject:</strong> May we print this? {survey.title}, Alder" in page
    assert f"Dear {who.name}, The review" in page
    assert f"{consultant.name} would like you to see" in page
    assert "(their personal link)" in page
    assert "Send 1 check </button>" in page
    assert sent(session) == ([], [])


@pytest.mark.usefixtures("made")
def test_what_was_shown_is_sent_word_for_word(session: Session, client: CheckingClient) -> None:
    page = client.post(f"{HOME}/", data=wish()).text

    answer = client.post(f"{HOME}/send", data=form_of(page))

    assert "1 check is on the way." in client.get(answer.location).text
    [check], [letter] = sent(session)
    assert check.due_on == DUE
    assert letter.to_address == coordinator(session).email
    shown = fromstring(page).xpath("//pre")[0].text_content()
    before, after = shown.strip().split("(their personal link)")
    assert letter.text.startswith(before)
    assert letter.text.strip().endswith(after)
    # A second press finds nobody left to ask.
    assert client.post(f"{HOME}/send", data=form_of(page)).status_code == 422
    assert len(sent(session)[1]) == 1


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("changed", ["words", "person", "day", "nothing seen"])
def test_nothing_is_sent_that_was_not_shown(
    changed: str, session: Session, survey: Survey, client: CheckingClient
) -> None:
    form = form_of(client.post(f"{HOME}/", data=wish()).text)
    if changed == "words":
        answer = session.scalars(select(Answer).where(Answer.question_code == "S01.2")).first()
        assert answer is not None
        answer.value = {"text": "We count nothing."}
        derive(session, survey)
    elif changed == "person":
        coordinator(session).email = "new@alder.example"
        session.commit()
    elif changed == "day":
        form["due-year"] = str(DUE.year + 1)
    else:
        del form["seen"]

    again = client.post(f"{HOME}/send", data=form)

    assert again.status_code == 409
    assert "Nobody has been written to: something is not as you saw it." in again.text
    assert sent(session) == ([], [])
    client.post(f"{HOME}/send", data=form_of(again.text))
    assert len(sent(session)[1]) == 1


@pytest.mark.usefixtures("made")
def test_the_choice_can_be_changed_and_is_not_lost(client: CheckingClient) -> None:
    form = form_of(client.post(f"{HOME}/", data=wish()).text)

    page = client.post(f"{HOME}/", data=form | {"change": "yes"})

    assert page.status_code == 200
    assert f'value="{DUE.year}"' in page.text
    assert 'value="X06000001" checked' in page.text


def test_all_that_were_not_asked_are_chosen_by_one_button(
    session: Session,
    survey: Survey,
    client: CheckingClient,
    made: Build,
    folder: Path,
) -> None:
    speak(session, survey, 3)
    coordinate(session, 2)
    everything = session.scalars(select(Passage)).all()
    building_checks.print_these(made, folder, everything)
    session.commit()
    form = wish() | {"everyone": "yes"}
    del form["authority"]

    page = client.post(f"{HOME}/", data=form).text

    # Nobody coordinates the return of the third of those.
    shown = fromstring(page).xpath("//input[@name='authority']/@value")
    assert shown == ["X06000001", "X07000000", "X07000001"]
    assert "Choose all 3 not asked yet, and look" in client.get(f"{HOME}/").text
    assert "Not asked, though" not in page
    client.post(f"{HOME}/send", data=form_of(client.post(f"{HOME}/", data=wish()).text))
    [check], _ = sent(session)
    check.returned_at = NOON
    session.commit()
    page = client.post(f"{HOME}/", data=form).text
    shown = fromstring(page).xpath("//input[@name='authority']/@value")
    assert shown == ["X07000000", "X07000001"]


@pytest.mark.usefixtures("made")
def test_an_address_that_mail_came_back_from_is_told_of(
    session: Session, client: CheckingClient
) -> None:
    client.post(f"{HOME}/send", data=form_of(client.post(f"{HOME}/", data=wish()).text))
    [check], [letter] = sent(session)
    check.taken_back_at = letter.bounced_at = NOON
    session.commit()

    page = client.post(f"{HOME}/", data=wish()).text

    assert "A message to this address came back." in page


@pytest.mark.usefixtures("made")
def test_who_has_nothing_to_look_at_any_more_is_not_asked(
    session: Session, client: CheckingClient
) -> None:
    session.execute(update(Response).values(text="It is otherwise now."))
    session.commit()

    refused = client.post(f"{HOME}/", data=wish())

    assert refused.status_code == 422
    assert "None of those you chose can be asked now." in refused.text


@pytest.mark.queries
def test_the_preview_asks_as_often_for_many_as_for_few(
    session: Session, survey: Survey, client: CheckingClient, made: Build, folder: Path
) -> None:
    speak(session, survey, 6)
    coordinate(session, 6)
    everything = session.scalars(select(Passage).where(Passage.authority_code.like("X07%"))).all()
    building_checks.print_these(made, folder, everything)
    session.commit()
    codes = sorted({one.authority_code for one in everything})

    def count(some: list[str]) -> int:
        session.expire_all()
        with queries(session) as asked:
            page = client.post(f"{HOME}/", data=wish() | {"authority": some})
        assert page.text.count("Passages: </span>3</td>") == len(some)
        return len(asked)

    assert len(codes) == 6
    assert count(codes[:1]) == count(codes)
