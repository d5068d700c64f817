"""What a later build prints is told of, and can be added; and a signature ends what is open."""

import datetime as dt
import html
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import built, files
from surveyapp.checking import adding, listing, quotations, sending
from surveyapp.checking.quotations import Quotation
from surveyapp.checking.sending import CannotSendError, Sender
from surveyapp.config import Settings
from surveyapp.extensions import db
from surveyapp.material import checked
from surveyapp.models import AuditEvent, Build, Mail, MemberCheck, Passage, Person, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, queries
from tests.surveyapp.checking import building_checks
from tests.surveyapp.checking.building_checks import NUMBER, whole

HOME = "/checking/tiny-survey-2015"
SINCE = "1 passage printed since is not in this check"
TOMORROW = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)


@pytest.fixture
def later(
    session: Session, survey: Survey, consultant: Person, folder: Path, check: MemberCheck
) -> Build:
    """A build that prints one passage more than the check, which is open, was sent with."""
    check.due_on = TOMORROW
    session.delete(check.items.pop())
    made = building_checks.build(session, survey, consultant, folder, NUMBER + 1)
    session.commit()
    return made


def read(client: CheckingClient, address: str) -> str:
    """Return the words of a page, on one line."""
    return " ".join(html.unescape(client.get(address).text).split())


def add(client: CheckingClient, check: MemberCheck) -> str:
    """Press the button, and return the page that it leads to."""
    return read(client, client.post(f"{HOME}/{check.id}/add").location)


@pytest.mark.usefixtures("later")
def test_the_list_counts_the_check_and_tells_of_what_was_printed_since(
    client: CheckingClient, consultant: Person, check: MemberCheck
) -> None:
    client.sign_in(consultant)

    page = read(client, f"{HOME}/")

    assert f"Passages: </span>{len(check.items)}</td>" in page
    assert f"{SINCE}." in page


@pytest.mark.usefixtures("later")
def test_what_was_printed_since_is_added_and_what_was_marked_stays(
    session: Session, client: CheckingClient, consultant: Person, check: MemberCheck, later: Build
) -> None:
    first, had = check.items[0], len(check.items)
    first.verdict, first.at = "unnamed", NOON
    session.commit()
    client.sign_in(consultant)
    assert SINCE in read(client, f"{HOME}/{check.id}/")

    assert "1 passage is added." in add(client, check)
    session.expire_all()

    assert [one.verdict for one in check.items] == ["unnamed"] + [""] * had
    assert check.build_id == later.id
    assert SINCE not in read(client, f"{HOME}/{check.id}/")
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "check.added")).one()
    assert event.detail == {"count": 1}
    assert session.scalars(select(Mail).where(Mail.kind == "check_sent")).one()
    assert "0 passages are added." in add(client, check)
    client.sign_in(check.person)
    assert check.items[-1].words in read(client, f"/checks/{check.id}/")


@pytest.mark.usefixtures("later")
def test_nothing_is_added_to_an_answer_or_once_its_time_has_run_out(
    session: Session, client: CheckingClient, consultant: Person, check: MemberCheck
) -> None:
    had = len(check.items)
    client.sign_in(consultant)
    check.returned_at = NOON
    session.commit()
    page = read(client, f"{HOME}/{check.id}/")
    assert SINCE in page
    assert "Ask Alder again" in page
    assert "to this check</button>" not in page.replace(" </button>", "</button>")
    assert "not open any more" in add(client, check)

    check.returned_at, check.due_on = None, building_checks.DUE
    session.commit()
    assert "Take the check back and ask again." in read(client, f"{HOME}/{check.id}/")
    assert "not open any more" in add(client, check)

    session.expire_all()
    assert len(check.items) == had


def test_what_was_added_while_their_page_was_open_is_not_confirmed_unseen(
    session: Session, client: CheckingClient, check: MemberCheck, consultant: Person, later: Build
) -> None:
    opened = whole(check, send="yes", rest="right")
    client.sign_in(consultant)
    add(client, check)
    client.sign_in(check.person)

    refused = client.post(f"/checks/{check.id}/", data=opened)

    assert refused.status_code == 422
    assert "added after you opened the page" in refused.text
    session.expire_all()
    assert (check.returned_at, check.items[-1].verdict) == (None, "")
    assert later.id == check.build_id
    client.post(f"/checks/{check.id}/", data=whole(check, send="yes", rest="right"))
    session.expire_all()
    assert check.returned_at is not None


def test_words_in_whose_place_others_stand_are_asked_about_anew(
    session: Session, settings: Settings, check: MemberCheck, later: Build, consultant: Person
) -> None:
    item = check.items[0]
    item.verdict = "confirmed"
    now = Quotation("X06000001", item.response, item.start, item.end, "We count nothing.")
    by = Sender(consultant, dt.datetime.now(dt.UTC), settings)

    assert adding.add(session, check, [now], later, by) == 1

    session.commit()
    session.expire_all()
    assert item not in check.items
    assert [one.verdict for one in check.items if one.words == now.words] == [""]


def test_what_they_put_there_themselves_is_not_missing(check: MemberCheck) -> None:
    item = check.items[0]
    item.verdict, item.instead = "corrected", "We count most calls. Not all."
    corrected = f"{item.response}/corrected-{item.start}"

    def quoted(words: str) -> Quotation:
        return Quotation("X06000001", corrected, 0, len(words), words)

    assert quotations.missing(check.items, [quoted("We count most calls.")]) == ()
    other = quoted("We count no calls.")
    assert quotations.missing(check.items, [other]) == (other,)


def test_checks_end_with_the_signature_and_that_is_said(
    session: Session, client: CheckingClient, check: MemberCheck, consultant: Person, later: Build
) -> None:
    later.signed_off_at, later.signed_off_by = NOON, consultant
    session.commit()
    client.sign_in(consultant)
    ended = f"with the signature of build {later.number}"

    page = read(client, f"{HOME}/")
    assert ended in page
    assert "until" not in page.partition("<table")[2].partition("</table>")[0]
    assert "Checks ended when build" in page
    assert client.post(f"{HOME}/", data={"authority": "X06000001"}).status_code == 422

    page = read(client, f"{HOME}/{check.id}/")
    assert ended in page
    assert "Nobody can answer it any more" in page
    assert "Remind" not in page
    assert "its checks have ended" in add(client, check)
    answer = client.post(f"{HOME}/{check.id}/remind")
    assert "has been reminded" not in read(client, answer.location)


def test_what_ended_with_a_signature_is_never_noted_as_silent(
    session: Session, check: MemberCheck, consultant: Person, later: Build
) -> None:
    later.signed_off_at, later.signed_off_by = NOON, consultant
    session.commit()

    sending.note_silence(db.sessionmaker, lambda: NOON + dt.timedelta(days=10_000))

    session.expire_all()
    assert check.silent_on is None
    later.signed_off_at = later.signed_off_by = None
    session.commit()
    sending.note_silence(db.sessionmaker, lambda: NOON + dt.timedelta(days=10_000))
    session.expire_all()
    assert check.silent_on is not None


def test_the_one_asked_for_again_on_the_same_day_is_the_latest(
    session: Session, survey: Survey, check: MemberCheck, settings: Settings
) -> None:
    check.returned_at = NOON
    again = [
        MemberCheck(
            submission=check.submission,
            person=check.person,
            sent_by=check.sent_by,
            sent_on=check.sent_on,
            due_on=check.due_on,
            taken_back_at=taken_back_at,
        )
        for taken_back_at in (None, NOON)
    ]
    session.add_all(again)
    session.commit()

    assert checked.sent(session, survey)[-1] is again[0]
    assert listing.is_latest(session, again[0])
    assert not listing.is_latest(session, check)
    with pytest.raises(CannotSendError):
        sending.remind(session, check, Sender(check.sent_by, NOON, settings))


@pytest.mark.queries
@pytest.mark.usefixtures("later")
def test_one_check_asks_as_often_for_many_passages_as_for_few(
    session: Session, client: CheckingClient, check: MemberCheck, consultant: Person
) -> None:
    client.sign_in(consultant)

    def count() -> int:
        session.expire_all()
        with queries(session) as sent:
            client.get(f"{HOME}/{check.id}/")
        return len(sent)

    few = count()
    for item in list(check.items):
        session.delete(item)
    session.commit()

    assert count() == few


@pytest.mark.queries
def test_a_manifest_is_read_once_and_words_only_to_compare_them_once(
    session: Session,
    client: CheckingClient,
    check: MemberCheck,
    consultant: Person,
    later: Build,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It may be tens of megabytes long, and there may be very many passages."""
    opened: list[str] = []
    get = files.get
    monkeypatch.setattr(files, "get", lambda place, key: opened.append(key) or get(place, key))
    client.sign_in(consultant)

    def asked() -> str:
        session.expire_all()
        with queries(session) as sent:
            assert SINCE in read(client, f"{HOME}/")
        return " ".join(sent)

    assert "check_item.words" in asked()
    assert "check_item.words" not in asked()
    assert "response.text" not in asked()
    for address in (f"{HOME}/{check.id}/", f"{HOME}/"):
        client.get(address)
    client.sign_in(check.person)
    client.get(f"/checks/{check.id}/")

    theirs = later.files[built.MANIFEST]["key"]
    assert opened.count(theirs) == 1
    assert len(opened) <= 2


def test_the_list_compares_anew_once_something_is_said(
    session: Session,
    client: CheckingClient,
    check: MemberCheck,
    consultant: Person,
    later: Build,
    folder: Path,
) -> None:
    client.sign_in(consultant)
    item = check.items[0]
    own = f"{item.response}/corrected-{item.start}"
    place = building_checks.passages(session, check.submission.survey)[-1]
    said = Passage(response=own, start=0, end=9, words="We count.")
    building_checks.print_these(later, folder, [place, said])
    session.commit()
    assert "2 passages printed since are not in this check" in read(client, f"{HOME}/")

    item.verdict, item.instead, item.at = "corrected", "We count. Mostly.", NOON
    session.commit()

    assert SINCE in read(client, f"{HOME}/")
