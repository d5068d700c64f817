"""What changed after a return was submitted and opened again is marked wherever it is read."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import Submission, Upload
from surveyapp.respond import changes, standing
from surveyapp.respond.changes import Change
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, queries, save, somebody
from tests.surveyapp.respond.filling import address, enter, fill, join, words
from tests.surveyapp.rounds import LATER, REASON, reopen, submit

MARK = "Changed since it was submitted"


@pytest.fixture
def again(session: Session, birch: Submission) -> Submission:
    """Birch's return, submitted and opened again."""
    save(session, birch, "S01.4", {"number": 12})
    save(session, birch, "Z1.1.a", {"text": "The hub"}, entry_id="e1")
    save(session, birch, "Z1.1.c", {"text": "Everybody meets."}, entry_id="e1")
    submit(session, birch)
    reopen(session, birch)
    session.commit()
    return birch


@pytest.fixture
def cy(client: CheckingClient, session: Session, again: Submission) -> CheckingClient:
    """Birch's coordinator, signed in."""
    return enter(client, somebody(session))


def found(session: Session, submission: Submission) -> dict[str, Change]:
    return changes.since_submitted(session, standing.read(session, submission))


def test_a_return_that_was_never_opened_again_has_no_changes(
    session: Session, birch: Submission
) -> None:
    save(session, birch, "S01.4", {"number": 12})

    assert found(session, birch) == {}


def test_each_change_has_both_texts(session: Session, again: Submission) -> None:
    save(session, again, "S01.4", {"number": 21}, seen=1)
    save(session, again, "S01.3", {}, seen=1)
    save(session, again, "S01.1", {"rating": 3}, seen=1)

    now = found(session, again)

    assert {code: (one.before, one.now) for code, one in now.items()} == {
        "S01.1": (("Don't know",), ("3 (Established)",)),
        "S01.3": (("Health visitors",), ()),
        "S01.4": (("12 families (2014 to 2015)",), ("21 families (2014 to 2015)",)),
    }
    assert (now["S01.4"].author, now["S01.4"].at) == ("Cy Birch", NOON)
    assert now["S01.4"].is_asked


def test_an_answer_changed_back_is_not_changed(session: Session, again: Submission) -> None:
    save(session, again, "S01.4", {"number": 21}, seen=1)
    save(session, again, "S01.4", {"number": 12}, seen=2)

    assert found(session, again) == {}


def test_a_new_answer_and_a_new_entry_are_changes(session: Session, again: Submission) -> None:
    save(session, again, "A1.1", {"option": "no"})
    save(session, again, "Z1.1.a", {"text": "Another"}, entry_id="e2")

    now = found(session, again)

    assert (now["A1.1"].before, now["A1.1"].now) == ((), ("No",))
    assert len(now["Z1.1"].before) == 1
    assert len(now["Z1.1"].now) == 2
    assert "The hub" in now["Z1.1"].before[0]


def test_a_change_to_what_is_no_longer_asked_is_told(session: Session, again: Submission) -> None:
    save(session, again, "S01.1", {"rating": 3}, seen=1)
    save(session, again, "S01.2", {"text": "We count."})
    save(session, again, "S01.1", {"rating": 0}, seen=2)

    assert not found(session, again)["S01.2"].is_asked


def test_only_changes_since_the_last_time_count(session: Session, again: Submission) -> None:
    save(session, again, "S01.4", {"number": 21}, seen=1)
    submit(session, again, LATER)
    assert set(found(session, again)) == {"S01.4"}
    reopen(session, again, LATER.replace(day=28))

    assert found(session, again) == {}


@pytest.mark.queries
def test_changes_take_two_queries_however_many_there_are(
    session: Session, again: Submission
) -> None:
    save(session, again, "S01.4", {"number": 21}, seen=1)
    now = standing.read(session, again)
    with queries(session) as few:
        changes.since_submitted(session, now)
    for code, value, seen in (
        ("S01.1", {"rating": 3}, 1),
        ("S01.3", {"options": ["school"]}, 1),
        ("A1.1", {"option": "yes"}, 0),
    ):
        save(session, again, code, value, seen=seen)
    now = standing.read(session, again)
    with queries(session) as many:
        assert len(changes.since_submitted(session, now)) == 4

    assert len(few) == len(many) == 2


@pytest.mark.parametrize(
    "rest",
    ["", "sections/S01", "sections/A1/A1.1", "check", "submit"],
)
def test_everybody_reads_why_it_is_open_again(
    rest: str, client: CheckingClient, session: Session, again: Submission
) -> None:
    enter(client, join(session, again, "Dee Birch").person)

    told = words(client.get(address(again, rest)).text)

    assert "Kay Runs opened this return again on 26 July 2015" in told
    assert REASON in told
    assert "by 31 July 2015" in told


def test_the_notice_goes_once_it_is_submitted_again(
    cy: CheckingClient, session: Session, again: Submission
) -> None:
    submit(session, again, LATER)
    session.commit()

    for rest in ("", "sections/S01", "check"):
        assert REASON not in words(cy.get(address(again, rest)).text)


def test_a_change_is_marked_where_it_is_made_and_where_it_is_read(
    cy: CheckingClient, session: Session, again: Submission
) -> None:
    assert MARK not in words(cy.get(address(again, "sections/S01")).text)
    fill(cy, address(again, "sections/S01"), {"S01.4:number": "21"})

    form = words(cy.get(address(again, "sections/S01")).text)
    check = cy.get(address(again, "check")).text
    declaration = words(cy.get(address(again, "submit")).text)

    assert form.count(MARK) == 1
    assert "12 families" in form
    assert 'href="#answer-S01-4"' in check
    assert "Changed by Cy Birch" in words(check)
    assert "12 families" in words(check)
    for one in ("Changed since it was submitted", "21 families", "12 families"):
        assert one in declaration


def test_a_return_submitted_again_unchanged_says_so(
    cy: CheckingClient, session: Session, again: Submission
) -> None:
    assert "No answer has been changed." in words(cy.get(address(again, "submit")).text)


def test_changes_stay_marked_once_it_is_submitted_again(
    cy: CheckingClient, session: Session, again: Submission
) -> None:
    save(session, again, "S01.4", {"number": 21}, seen=1)
    submit(session, again, LATER)
    session.commit()

    for rest in ("sections/S01", "check"):
        assert MARK in words(cy.get(address(again, rest)).text)


def test_a_file_that_was_taken_out_is_told_by_its_name(session: Session, again: Submission) -> None:
    upload = Upload(
        submission=again,
        question_code="S01.5",
        entry_id="e1",
        file_key="k",
        file_name="threshold.pdf",
        media_type="application/pdf",
        size=1,
        sha256="0" * 64,
        uploaded_by=somebody(session),
        at=NOON,
    )
    session.add(upload)
    session.flush()
    document = {"title": "Levels", "kind": "Threshold document", "file": str(upload.id)}
    save(session, again, "S01.5", document, entry_id="e1")
    submit(session, again, LATER)
    reopen(session, again, LATER.replace(day=28))
    save(session, again, "S01.5", {}, seen=1, entry_id="e1")

    (before,) = found(session, again)["S01.5"].before

    assert "threshold.pdf" in before
