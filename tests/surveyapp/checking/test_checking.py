"""An authority looks at its words before they are printed, and the build obeys."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import built, files
from surveyapp.checking import quotations, sending
from surveyapp.extensions import db
from surveyapp.material import checked, gathering
from surveyapp.models import (
    Answer,
    AuditEvent,
    Build,
    Cell,
    Link,
    Mail,
    MemberCheck,
    Passage,
    Person,
    Survey,
    Tag,
)
from surveyapp.review import building, inputs
from synthesis.material import CORRECTED
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, grow, queries, somebody
from tests.surveyapp.checking import building_checks
from tests.surveyapp.deriving import derive

HOME = "/checking/tiny-survey-2015"


def pressed(client: CheckingClient, address: str, form: dict[str, str]) -> str:
    """Send a form, and return the page that it leads on to."""
    return client.get(client.post(address, data=form).location).text


def marks(check: MemberCheck, *verdicts: str, **more: str) -> dict[str, str]:
    """Return a form in which the first passages are marked so."""
    form = {
        f"{item.id.hex}:verdict": verdict
        for item, verdict in zip(check.items, verdicts, strict=False)
    }
    return form | more


def test_an_authority_is_asked_about_what_a_build_prints(
    session: Session, check: MemberCheck
) -> None:
    words = [item.words for item in check.items]

    assert "We count every call to the front door." in words
    letter = session.scalars(select(Mail).where(Mail.kind == "check_sent")).one()
    assert letter.to_address == check.person.email
    assert words[0] not in letter.text
    link = session.scalars(select(Link).where(Link.check_id == check.id)).one()
    assert link.person_id == check.person_id


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({}, "Choose whom to ask"),
        ({"authority": "X06000001", "due-year": "2001"}, "must be in the future"),
        ({"authority": "X06000001", "due-day": ""}, "must include a day"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    typed: dict[str, str],
    why: str,
    session: Session,
    survey: Survey,
    client: CheckingClient,
    consultant: Person,
    folder: Path,
) -> None:
    building_checks.build(session, survey, consultant, folder)
    session.commit()
    client.sign_in(consultant)
    form = {"due-day": "2", "due-month": "3", "due-year": "2040", **typed}

    answer = client.post(f"{HOME}/", data=form)

    assert answer.status_code == 422
    assert why in answer.text
    assert 'value="3"' in answer.text


def test_without_a_build_nothing_can_be_sent(client: CheckingClient, consultant: Person) -> None:
    client.sign_in(consultant)

    assert "Build the review first" in client.get(f"{HOME}/").text
    for address in (f"{HOME}/", f"{HOME}/send"):
        assert client.post(address, data={"authority": "X06000001"}).status_code == 422


def test_what_is_marked_is_kept_and_sent_as_one(
    session: Session, client: CheckingClient, check: MemberCheck
) -> None:
    client.sign_in(check.person)
    client.post(f"/checks/{check.id}/typing", data=marks(check, "unnamed"))
    session.expire_all()
    assert (check.items[0].verdict, check.returned_at) == ("unnamed", None)

    refused = client.post(f"/checks/{check.id}/", data={"send": "yes"})
    assert refused.status_code == 422
    assert "Say what you think of every passage" in refused.text

    form = building_checks.whole(check, send="yes", rest="right")
    form["profile:instead"] = "We are fewer."
    assert "Your answer is sent" in pressed(client, f"/checks/{check.id}/", form)
    session.expire_all()
    assert check.returned_at is not None
    assert check.remark == "We are fewer."
    assert {item.verdict for item in check.items[1:]} <= {"confirmed"}
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "check.answered")).one()
    assert event.detail["unnamed"] == 1


def test_a_correction_needs_words(
    session: Session, client: CheckingClient, check: MemberCheck
) -> None:
    client.sign_in(check.person)
    form = marks(check, "corrected", send="yes", rest="right")

    refused = client.post(f"/checks/{check.id}/", data=form)

    assert refused.status_code == 422
    assert "Enter what the passage should say" in refused.text
    session.expire_all()
    assert check.returned_at is None


def test_only_an_answer_counts_and_only_while_it_stands(
    session: Session, survey: Survey, client: CheckingClient, check: MemberCheck
) -> None:
    item = check.items[0]
    client.sign_in(check.person)
    form = building_checks.whole(check, rest="right") | marks(check, "corrected")
    form[f"{item.id.hex}:instead"] = "We count most calls."
    client.post(f"/checks/{check.id}/", data=form | {"later": "yes"})
    assert checked.answered(session, survey) == []

    client.post(f"/checks/{check.id}/", data=form | {"send": "yes"})

    first = checked.answered(session, survey)[0]
    assert (first.verdict, first.instead) == ("corrected", "We count most calls.")
    sending.take_back(session, check, somebody(session, "Kay Runs"), NOON)
    assert checked.answered(session, survey) == []


def test_a_correction_takes_the_place_of_the_words_everywhere(
    session: Session, survey: Survey, client: CheckingClient, check: MemberCheck
) -> None:
    item = next(one for one in check.items if one.words.startswith("We count every"))
    form = building_checks.whole(check, rest="right", send="yes")
    form[f"{item.id.hex}:verdict"] = "corrected"
    form[f"{item.id.hex}:instead"] = "We count most calls to the front door."
    client.sign_in(check.person)
    client.post(f"/checks/{check.id}/", data=form)

    found = gathering.gather(session, survey).material
    derive(session, survey)

    corrected = f"{item.response}/corrected-{item.start}"
    texts = {one.id: one.text for one in found.responses}
    assert texts[corrected] == "We count most calls to the front door."
    assert [(one.response, one.kind) for one in found.held] == [(item.response, CORRECTED)]
    passages = {one.response: one for one in building_checks.passages(session, survey)}
    assert passages[item.response].held
    assert not passages[corrected].held
    cell = session.get_one(Cell, (survey.id, "X06000001", "S01"))
    counted = select(Tag).join(Passage, Passage.key == Tag.passage_key)
    of_cell = counted.where(Passage.response == item.response, Tag.theme == "S01")
    assert session.scalars(of_cell).all()
    assert cell.found == len(
        session.scalars(
            counted.where(
                Passage.authority_code == "X06000001",
                Passage.held.is_(False),
                Passage.use_level != "withheld",
                Tag.theme == "S01",
            )
        ).all()
    )


def test_words_that_are_not_to_be_named_make_their_response_unnamed(
    session: Session, survey: Survey, client: CheckingClient, check: MemberCheck
) -> None:
    item = next(one for one in check.items if one.words.startswith("We count every"))
    client.sign_in(check.person)
    form = building_checks.whole(check, rest="right", send="yes")
    form[f"{item.id.hex}:verdict"] = "unnamed"
    client.post(f"/checks/{check.id}/", data=form)

    found = gathering.gather(session, survey).material

    levels = {one.id: one.use_level for one in found.responses}
    assert levels[item.response] == "unnamed"
    assert levels["X06000001/S01.3/words"] == "named"


def test_silence_is_recorded_and_is_no_answer(
    session: Session, survey: Survey, check: MemberCheck
) -> None:
    after = dt.datetime.combine(building_checks.DUE, dt.time(12), dt.UTC) + dt.timedelta(days=1)

    sending.note_silence(db.sessionmaker, lambda: after - dt.timedelta(days=1))
    session.expire_all()
    assert check.silent_on is None
    sending.note_silence(db.sessionmaker, lambda: after)

    session.expire_all()
    assert check.silent_on == after.date()
    assert checked.answered(session, survey) == []


def test_once_the_review_is_signed_off_nothing_changes(
    session: Session, client: CheckingClient, check: MemberCheck, consultant: Person
) -> None:
    build = session.scalars(select(Build)).one()
    build.signed_off_at, build.signed_off_by = NOON, consultant
    session.commit()
    client.sign_in(check.person)

    answer = client.post(f"/checks/{check.id}/", data=marks(check, "unnamed", later="yes"))

    assert answer.status_code == 409
    assert "signed off" in answer.text
    session.expire_all()
    assert check.items[0].verdict == ""


def test_nobody_else_reaches_a_check(
    session: Session, client: CheckingClient, check: MemberCheck
) -> None:
    client.sign_in(somebody(session, "Cy Birch"))

    assert client.get(f"/checks/{check.id}/").status_code == 403


def test_words_that_changed_since_the_build_are_not_asked_about(
    session: Session, survey: Survey, consultant: Person, folder: Path
) -> None:
    made = building_checks.build(session, survey, consultant, folder)
    session.commit()
    answer = session.scalars(select(Answer).where(Answer.question_code == "S01.2")).first()
    assert answer is not None
    answer.value = {"text": "We count nothing."}
    derive(session, survey)

    printed = quotations.printed(session, made, folder, ["X06000001"])["X06000001"]

    assert "We count every call to the front door." not in [one.words for one in printed]


def test_a_reminder_and_taking_back_by_page(
    session: Session, client: CheckingClient, check: MemberCheck, consultant: Person
) -> None:
    client.sign_in(consultant)
    assert "has been reminded" in pressed(client, f"{HOME}/{check.id}/remind", {})
    assert session.scalars(select(Mail).where(Mail.kind == "check_reminder")).one()

    client.post(f"{HOME}/{check.id}/take-back")

    client.sign_in(check.person)
    assert client.get(f"/checks/{check.id}/").status_code == 404


@pytest.mark.queries
def test_the_page_asks_as_often_for_many_as_for_few(
    session: Session, survey: Survey, client: CheckingClient, check: MemberCheck, consultant: Person
) -> None:
    client.sign_in(consultant)

    def count() -> int:
        session.expire_all()
        with queries(session) as sent:
            client.get(f"{HOME}/")
        return len(sent)

    few = count()
    grow(session, survey, 20)
    session.commit()

    assert count() == few


def test_what_a_real_build_prints_is_found_in_its_manifest(
    session: Session, survey: Survey, consultant: Person, folder: Path
) -> None:
    made = building_checks.build(session, survey, consultant, folder)
    given = inputs.read(session, survey)
    drawn = building.draw(given, lambda *_: None)
    place = built.place(folder, survey.id, made.number)
    key = files.put(place, b"".join(building.told(given, drawn)))
    made.files = {built.MANIFEST: {"key": key, "size": 1, "sha256": "x"}}
    session.commit()

    codes = {one.authority for one in given.gathered.material.responses}
    printed = quotations.printed(session, made, folder, codes)

    told = {one.words for some in printed.values() for one in some}
    assert told
    assert {one.words for one in drawn.ledger.quotations if one.use_level == "named"} <= told
    texts = {one.id: one.text for one in given.gathered.material.responses}
    assert all(
        texts[one.response][one.start : one.end] == one.words
        for some in printed.values()
        for one in some
    )
