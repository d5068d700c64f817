"""The pages of the room: building, watching, taking files away, signing off, texts, registers."""

import io
import uuid
import zipfile
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from surveyapp import built
from surveyapp.models import AuditEvent, Build, Finding, Person, Response, StandingText, Survey
from surveyapp.review import builds, called, comparing, making, registers, texts
from surveyapp.review.making import Workshop
from synthesis.material import KeyContact
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, grow, queries
from tests.surveyapp.deriving import derive
from tests.surveyapp.review.made import make

HOME = "/review/tiny-survey-2015"
PLACE = "chapters.foreword.text"


def page_of(build: Build) -> str:
    return f"{HOME}/builds/{build.id}/"


def asked(session: Session, survey: Survey, person: Person) -> Build:
    one = builds.ask(session, survey, person, NOON)
    session.commit()
    return one


def sent(staff: CheckingClient, address: str, given: dict[str, str] | None = None) -> TestResponse:
    """Send a form, and return the page that it leads to."""
    answer = staff.post(address, data=given or {})
    assert answer.status_code in (302, 303)
    return staff.get(answer.location)


def test_a_build_is_asked_for_and_watched(
    staff: CheckingClient, session: Session, survey: Survey
) -> None:
    assert survey.code in HOME
    answer = sent(staff, f"{HOME}/builds")

    one = session.scalars(select(Build)).one()
    assert answer.request.path == page_of(one)
    assert "waiting to begin" in answer.text
    told = staff.get(page_of(one) + "progress").json
    assert told == {"doing": "waiting to begin", "share": 0.0, "is_under_way": True}


def test_a_build_that_is_done_is_listed_with_its_files(
    staff: CheckingClient, made: Build, session: Session
) -> None:
    assert "Build 1" in staff.get(f"{HOME}/").text

    page = staff.get(page_of(made)).text
    assert "The review with its evidence" in page
    assert "There is no earlier build that this one can be compared with" in page

    answer = staff.post(page_of(made) + "file", data={"name": "clean.docx"})
    assert answer.status_code == 200
    assert "tiny-survey-2015-1-clean.docx" in answer.headers["Content-Disposition"]
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "review.taken")).one()
    assert event.detail == {"file": "clean.docx", "number": 1}


@pytest.mark.parametrize("name", ["", "../clean.docx", "violations.json"])
def test_no_other_file_is_handed_out(staff: CheckingClient, made: Build, name: str) -> None:
    assert staff.post(page_of(made) + "file", data={"name": name}).status_code == 404


def test_findings_that_would_not_enter_it_are_listed_with_why(
    staff: CheckingClient, session: Session, survey: Survey, consultant: Person
) -> None:
    assert "Findings that would not enter it" not in staff.get(f"{HOME}/").text
    session.add(
        Finding(
            survey=survey,
            theme="S01",
            claim="have a front door",
            author=consultant,
            updated_at=NOON,
        )
    )
    session.commit()

    page = staff.get(f"{HOME}/").text

    assert "1 finding is written and not ready:" in page
    assert "have a front door</a>: No passage is chosen that speaks for it." in page


@pytest.mark.queries
def test_the_overview_asks_as_often_for_many_findings(
    staff: CheckingClient, session: Session, survey: Survey, consultant: Person
) -> None:
    counts = []
    for number in (1, 30):
        told = {"theme": "S01", "author": consultant, "updated_at": NOON}
        session.add_all(
            Finding(survey=survey, claim=f"have door {number} {one}", **told)
            for one in range(number)
        )
        session.commit()
        session.expire_all()
        with queries(session) as sent:
            assert "not ready" in staff.get(f"{HOME}/").text
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_a_build_of_another_survey_is_not_here(staff: CheckingClient, survey: Survey) -> None:
    assert survey.code in HOME
    assert staff.get(f"{HOME}/builds/{uuid.uuid4()}/").status_code == 404


def test_a_failed_build_lists_what_it_breaks(
    staff: CheckingClient,
    session: Session,
    survey: Survey,
    consultant: Person,
    workshop: Workshop,
) -> None:
    one = asked(session, survey, consultant)
    making._fail(workshop, one.id, ["S01.gaps: says 3, but 1 stand behind it."])
    session.expire_all()

    page = staff.get(page_of(one)).text

    assert "Why nothing is handed out" in page
    assert "S01.gaps: says 3, but 1 stand behind it." in page
    assert staff.post(page_of(one) + "file", data={"name": "violations.json"}).status_code == 404


def test_two_builds_of_the_same_are_told_to_be(
    staff: CheckingClient,
    session: Session,
    survey: Survey,
    consultant: Person,
    made: Build,
    workshop: Workshop,
) -> None:
    later = make(session, survey, consultant, workshop)

    assert later.inputs == made.inputs
    assert "it was made from the same, and is the same" in staff.get(page_of(later)).text


def test_signing_off_makes_it_the_review_on_the_home_page(
    staff: CheckingClient, made: Build, session: Session
) -> None:
    refused = staff.post(page_of(made) + "sign-off", data={})
    assert refused.status_code == 422
    assert "Tick the box" in refused.text

    staff.post(page_of(made) + "sign-off", data={"sure": "yes"})
    home = staff.get("/surveys/tiny-survey-2015").text
    assert "/surveys/tiny-survey-2015/review.docx" in home
    assert staff.get("/surveys/tiny-survey-2015/review.docx").data[:2] == b"PK"

    staff.post(page_of(made) + "sign-off", data={"undo": "yes"})
    assert staff.get("/surveys/tiny-survey-2015/review.docx").status_code == 404
    session.expire_all()
    assert made.signed_off_at is None


def test_a_standing_text_is_changed_and_put_back(
    staff: CheckingClient, session: Session, survey: Survey
) -> None:
    assert survey.code in HOME
    assert "Foreword" in staff.get(f"{HOME}/texts").text
    address = f"{HOME}/text?place={PLACE}"
    assert staff.get(address).status_code == 200

    given = {"place": PLACE, "seen": "0", "act": "save", "text": "We thank you all."}
    done = sent(staff, f"{HOME}/text", given)
    assert "The text is changed: Foreword" in done.text
    assert "Changed by Kay Runs" in done.text

    given = {"place": PLACE, "seen": "1", "act": "put back", "text": "We thank you all."}
    done = sent(staff, f"{HOME}/text", given)
    assert "own text is back" in done.text
    assert session.scalars(select(StandingText.text)).all() == ["We thank you all.", ""]


def test_nothing_typed_is_lost_where_a_text_was_changed_meanwhile(
    staff: CheckingClient, session: Session, survey: Survey
) -> None:
    assert survey.code in HOME
    given = {"place": PLACE, "seen": "0", "act": "save"}
    staff.post(f"{HOME}/text", data={**given, "text": "Theirs."})

    answer = staff.post(f"{HOME}/text", data={**given, "text": "Mine."})

    assert answer.status_code == 409
    assert "Theirs." in answer.text
    assert "Mine." in answer.text
    assert (
        staff.post(f"{HOME}/text", data={**given, "seen": "1", "text": "Mine."}).status_code == 302
    )
    assert len(session.scalars(select(StandingText)).all()) == 2


@pytest.mark.parametrize(("text", "fault"), [("", "Enter the text"), ("{n} say", "Take out {n}")])
def test_a_text_that_cannot_stand_is_refused(
    staff: CheckingClient, survey: Survey, text: str, fault: str
) -> None:
    assert survey.code in HOME
    given = {"place": PLACE, "seen": "0", "act": "save", "text": text}

    answer = staff.post(f"{HOME}/text", data=given)

    assert answer.status_code == 422
    assert fault in answer.text


def test_a_place_that_is_not_there_is_not_found(staff: CheckingClient, survey: Survey) -> None:
    assert survey.code in HOME
    assert staff.get(f"{HOME}/text?place=chapters.nowhere.text").status_code == 404


def test_registers_show_what_was_agreed_to(staff: CheckingClient, survey: Survey) -> None:
    assert survey.is_example
    page = staff.get(f"{HOME}/registers").text
    assert "their links are not tried" in page
    assert "Try the links" not in page

    done = sent(staff, f"{HOME}/registers/links")
    assert "are not tried" in done.text


def test_a_person_who_answers_for_two_strands_is_listed_once(
    session: Session, survey: Survey
) -> None:
    given = KeyContact(
        "k1", "X1", "S01", "Ash Alder", "Head", "ash@alder.example", may_publish=True
    )
    again = replace(given, id="k2", theme="A1", phone="01632 960001")
    made = [registers.together("Alder", [given, again], {"S01": "Needs", "A1": "Neglect"})]

    assert [(one.topics, one.reached_at) for one in made] == [
        ("Needs; Neglect", "ash@alder.example, 01632 960001")
    ]
    listed = registers.read(session, survey).contacts
    assert len({(one.authority, one.name) for one in listed}) == len(listed)


def test_links_are_tried_when_asked_for(
    staff: CheckingClient, session: Session, survey: Survey
) -> None:
    survey.is_example = False
    session.commit()

    done = sent(staff, f"{HOME}/registers/links")

    assert "The links are being tried" in done.text


@pytest.mark.queries
@pytest.mark.parametrize("address", ["/", "/texts", f"/text?place={PLACE}", "/registers"])
def test_pages_ask_as_often_for_many_authorities(
    staff: CheckingClient, session: Session, survey: Survey, address: str
) -> None:
    session.expire_all()
    with queries(session) as few:
        staff.get(HOME + address)
    grow(session, survey, 12)
    session.commit()
    session.expire_all()
    with queries(session) as many:
        staff.get(HOME + address)

    assert len(many) == len(few)


@pytest.mark.queries
def test_the_page_of_a_build_asks_as_often_for_many_authorities(
    staff: CheckingClient,
    session: Session,
    survey: Survey,
    consultant: Person,
    made: Build,
    workshop: Workshop,
) -> None:
    one = make(session, survey, consultant, workshop)
    with queries(session) as few:
        staff.get(page_of(one))
    grow(session, survey, 12)
    session.commit()
    later = make(session, survey, consultant, workshop)
    session.expire_all()
    with queries(session) as many:
        staff.get(page_of(later))

    assert made.number < one.number < later.number
    assert len(many) == len(few)


def test_what_to_settle_before_it_is_signed_off_is_listed(
    staff: CheckingClient, session: Session, survey: Survey, made: Build
) -> None:
    status = f"{HOME}/text?place=particulars.status"
    staff.post(status, data={"text": "Draft for the leads", "seen": "0"})
    settle = " ".join(staff.get(page_of(made)).text.split())

    assert "Before you sign it off" in settle
    assert "Says that it is a draft: " in settle
    assert "place=particulars.status" in settle
    assert "never asked to check their words: 3. Asked, and silent when" in settle
    assert "on passages that nobody has finished: " in settle

    staff.post(status, data={"text": "Agreed by the project board", "seen": "1"})
    settle = " ".join(staff.get(page_of(made)).text.split())
    assert "place=particulars.status" not in settle
    assert "Not in this build" in settle
    assert "changed the standing text “Status, on the cover”" in settle


def test_the_cover_says_the_status_and_the_number_of_the_build(
    session: Session, survey: Survey, consultant: Person, made: Build, workshop: Workshop
) -> None:
    draft = texts.Draft("Agreed by the project board", 0, consultant, NOON)
    texts.save(session, survey, "particulars.status", draft)
    session.commit()

    second = make(session, survey, consultant, workshop)

    first, last = (_cover(workshop, one) for one in (made, second))
    assert "Version 1" in first
    assert "Version 2" in last
    assert "Agreed by the project board" in last
    assert "Agreed by the project board" not in first


def _cover(workshop: Workshop, one: Build) -> str:
    with zipfile.ZipFile(io.BytesIO(built.read(workshop.folder, one, built.CLEAN) or b"")) as file:
        parts = (file.read(name).decode() for name in file.namelist() if name.endswith(".xml"))
        return "\n".join(parts)


def test_quotations_that_came_or_went_are_told_in_words(
    staff: CheckingClient,
    session: Session,
    survey: Survey,
    consultant: Person,
    made: Build,
    workshop: Workshop,
) -> None:
    derive(session, survey)
    told = built.manifest(workshop.folder, made)
    source, passage = next(iter(told["passages"].items()))
    text = session.get_one(Response, (survey.id, passage["response"])).text
    quoted = comparing.Quoted("gone", source, passage["words_sha256"])

    found = called.words(session, survey, [quoted])
    names = called.names(session, survey)

    assert found[quoted] == text[passage["start"] : passage["end"]]
    assert names.authority(passage["response"].partition("/")[0]) in {"Alder", "Birch", "Cedar"}
    assert names.asked(passage["response"]) or "/interview/" in passage["response"]

    otherwise = comparing.Quoted("gone", source, "0" * 64)
    assert called.words(session, survey, [otherwise])[otherwise] == called.GONE
    session.get_one(Response, (survey.id, passage["response"])).use_level = "withheld"
    assert called.words(session, survey, [quoted])[quoted] == called.GONE


def test_a_build_given_up_because_words_were_taken_back_says_so_plainly(
    staff: CheckingClient, session: Session, survey: Survey, consultant: Person, workshop: Workshop
) -> None:
    one = asked(session, survey, consultant)
    making._fail(workshop, one.id, ["Alder, S01.2: not for publication"], broken=0)
    session.expire_all()

    page = " ".join(staff.get(page_of(one)).text.split())

    assert "Words were taken back while it was built" in page
    assert "Alder, S01.2: not for publication" in page
    assert "rule broken" not in page
