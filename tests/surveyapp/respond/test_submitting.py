"""A return is handed in under a reference of its own, and its people get a receipt."""

import datetime as dt
import re
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import example
from surveyapp.config import Settings
from surveyapp.models import AuditEvent, Mail, Submission, Survey
from surveyapp.respond import receipts, references
from synthesis.word import check, text_of
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, save, somebody, submission_of
from tests.surveyapp.respond.filling import address, enter, fill, join, words
from tests.surveyapp.rounds import LATER, reopen, submit

SHAPE = r"EH-[2-9A-Z]{4}-[2-9A-Z]{4}"


@pytest.fixture
def cy(client: CheckingClient, session: Session, birch: Submission) -> CheckingClient:
    """Birch's coordinator, signed in; every question that must be answered is."""
    return enter(client, somebody(session))


def mails(session: Session, kind: str = "receipt") -> list[Mail]:
    return list(session.scalars(select(Mail).where(Mail.kind == kind).order_by(Mail.created_at)))


def test_every_way_of_submitting_gives_a_reference(session: Session, survey: Survey) -> None:
    alder = submission_of(session, "Alder")

    assert re.fullmatch(SHAPE, alder.reference or "")
    assert alder.reference == references.written(alder.id)


def test_a_reference_that_is_taken_is_given_to_nobody_else(
    session: Session, birch: Submission
) -> None:
    alder = submission_of(session, "Alder")
    alder.reference = references.written(birch.id)
    session.flush()

    submit(session, birch)

    assert birch.reference == references.written(birch.id, 1) != alder.reference
    session.refresh(birch)
    assert re.fullmatch(SHAPE, birch.reference or "")


def test_a_return_keeps_its_reference(session: Session, birch: Submission) -> None:
    submit(session, birch)
    first = birch.reference
    reopen(session, birch)
    submit(session, birch, LATER + dt.timedelta(hours=1))

    assert birch.reference == first


def test_an_example_is_loaded_the_same_way_again(session: Session, survey: Survey) -> None:
    example.remove(session, survey)
    example.load(session, example.read(Path("tests/questionnaires/tiny_region")), lambda _: None)

    assert re.fullmatch(SHAPE, submission_of(session, "Alder").reference or "")


def test_the_coordinator_gets_a_receipt_with_the_return(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    fill(cy, address(birch, "submit"), {"declared": "yes"})

    (receipt,) = mails(session)
    assert (receipt.to_address, receipt.submission_id) == ("cy@birch.example", birch.id)
    assert birch.reference is not None
    assert birch.reference in receipt.text
    assert "Cy Birch" in receipt.text


def test_each_submission_has_a_receipt_of_its_own(session: Session, birch: Submission) -> None:
    settings = Settings()
    submit(session, birch)
    receipts.write(session, settings, birch, NOON)
    receipts.write(session, settings, birch, NOON)
    assert len(mails(session)) == 1
    reopen(session, birch)
    submit(session, birch, LATER + dt.timedelta(hours=1))

    receipts.write(session, settings, birch, LATER)

    assert len(mails(session)) == 2


def test_whoever_submitted_gets_a_receipt_too(session: Session, birch: Submission) -> None:
    submit(session, birch)
    join(session, birch, "Dee Birch")
    for part in birch.contributors:
        part.coordinator = False
    session.flush()
    for part in birch.contributors:
        part.coordinator = part.person.name == "Dee Birch"
    session.flush()

    receipts.write(session, Settings(), birch, NOON)

    assert {one.to_address for one in mails(session)} == {"dee@birch.example", "cy@birch.example"}


def test_nobody_of_an_example_is_written_to(session: Session, birch: Submission) -> None:
    submit(session, birch)

    assert receipts.write(session, Settings(mail="smtp"), birch, NOON) == []


def test_a_return_refused_writes_no_receipt(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    save(session, birch, "S01.1", {}, seen=1)
    session.commit()

    fill(cy, address(birch, "submit"), {"declared": "yes"})

    assert mails(session) == []


def test_the_receipt_says_who_and_when_and_leads_to_a_copy(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    fill(cy, address(birch, "submit"), {"declared": "yes"})

    page = cy.get(address(birch, "receipt")).text

    assert birch.reference is not None
    for one in (birch.reference, "Cy Birch", "Birch", "Tiny survey 2015"):
        assert one in words(page)
    assert address(birch, "receipt.docx") in page


def test_the_copy_holds_what_was_submitted(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    save(session, birch, "S01.4", {"number": 12})
    save(session, birch, "Z1.1.a", {"text": "The hub"}, entry_id="e1")
    save(session, birch, "Z1.1.c", {"text": "One line\nand another"}, entry_id="e1")
    save(session, birch, "S01.5", {"title": "A", "may_share": False}, entry_id="e1")
    save(session, birch, "S01.5", {"title": "B", "may_share": True}, entry_id="e2")
    session.commit()
    fill(cy, address(birch, "sections/S01/finish"), {"use_level": "withheld", "finished": "yes"})
    fill(cy, address(birch, "submit"), {"declared": "yes"})

    response = cy.get(address(birch, "receipt.docx"))

    assert response.mimetype.endswith("wordprocessingml.document")
    assert "attachment" in response.headers["Content-Disposition"]
    assert check(response.data) == []
    # Where a program never counts pages, a number would be wrong.
    assert not [one for one in text_of(response.data) if "\t" in one and one.startswith("Decl")]
    told = "\n".join(text_of(response.data))
    for one in (
        birch.reference or "",
        "Cy Birch",
        "names no child or family",
        "These words are not for publication.",
        "S01.4 How many families asked for help?",
        "12 families",
        "The hub",
        "and another",
        "Not answered.",
        "Entry 1: A\nMay be shared: no",
        "Entry 2: B\nMay be shared: yes",
    ):
        assert one in told


def test_there_is_no_copy_before_the_return_is_submitted(
    cy: CheckingClient, birch: Submission
) -> None:
    assert cy.get(address(birch, "receipt.docx")).location == address(birch)


def test_of_two_who_say_how_words_may_be_used_the_second_is_asked_again(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    url = address(birch, "sections/S01/finish")
    dee = join(session, birch, "Dee Birch").person
    seen_by_cy = cy.get(url).text
    fill(enter(cy, dee), url, {"use_level": "withheld", "finished": "no"})
    enter(cy, somebody(session))
    typed = {"use_level": "named", "finished": "yes", "use_level_seen": ""}
    assert 'name="use_level_seen"' in seen_by_cy

    response = cy.post(url, data=typed)

    assert response.status_code == 409
    told = words(response.text)
    assert "Dee Birch has chosen “Not for publication” since you opened this page" in told
    state = next(one for one in birch.sections if one.section_code == "S01")
    assert (state.use_level, state.status) == ("withheld", "in progress")
    typed["use_level_seen"] = "withheld"
    assert cy.post(url, data=typed).status_code == 303
    assert (state.use_level, state.status) == ("named", "finished")
    said = session.scalars(
        select(AuditEvent)
        .where(AuditEvent.action == "section.use_level")
        .order_by(AuditEvent.at, AuditEvent.id)
    ).all()
    assert [one.detail["use_level"] for one in said] == ["withheld", "named"]


def test_the_same_choice_of_two_people_is_no_conflict(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    url = address(birch, "sections/S01/finish")
    fill(cy, url, {"use_level": "named", "finished": "no"})

    typed = {"use_level": "named", "finished": "yes", "use_level_seen": "withheld"}

    assert cy.post(url, data=typed).status_code == 303
