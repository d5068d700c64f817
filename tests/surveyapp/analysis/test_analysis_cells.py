"""A cell's page: passages in context, the summary with its references, and when it is stale."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import (
    Answer,
    AuditEvent,
    Cell,
    Person,
    Submission,
    Survey,
    Tag,
)
from tests.surveyapp.analysis.summing_up import CELL, SAID, hidden, kept, write
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, save, somebody, submission_of
from tests.surveyapp.charting import (
    ALDER,
    BIRCH,
    FRONT_DOOR,
    ROOM,
    decide,
    hold,
    passage,
    undo,
)
from tests.surveyapp.deriving import derive


def test_a_passage_stands_in_its_context(staff: CheckingClient, derived: Survey) -> None:
    page = staff.get(CELL).text

    assert "3 passages, 0 decided by a coder." in page
    assert f"<mark>{FRONT_DOOR}</mark>" in page
    assert "Questionnaire, S01.2: How do you know that it works?" in page
    assert "Suggested" in page
    assert "With the authority’s name" in page
    assert "3 Established" in page


def test_a_summary_that_no_build_will_print_says_so(
    staff: CheckingClient, derived: Survey, session: Session
) -> None:
    assert "leaves this summary out" not in staff.get(CELL).text
    passage(session, FRONT_DOOR).use_level = "unnamed"
    session.commit()
    page = staff.get(CELL).text
    assert "1 passage here is not to be used with the authority’s name." in page
    assert "A build leaves this summary out" in page


@pytest.mark.parametrize(
    ("code", "theme", "words"),
    [
        (BIRCH, "S01", "Answered, and nothing found"),
        (ALDER, "A1", "Not for publication."),
        ("X06000003", "S01", "Asked, and not answered."),
    ],
)
def test_an_empty_cell_says_why(
    code: str, theme: str, words: str, staff: CheckingClient, derived: Survey
) -> None:
    page = staff.get(f"{ROOM}cells/{code}/{theme}/").text

    assert words in page
    assert "There are no passages here." in page


@pytest.mark.parametrize("place", ["X06000009/S01", f"{ALDER}/E1", f"{ALDER}/S99"])
def test_what_is_no_cell_of_the_survey_is_not_found(
    place: str, staff: CheckingClient, derived: Survey
) -> None:
    assert staff.get(f"{ROOM}cells/{place}/").status_code == 404
    assert staff.post(f"{ROOM}cells/{place}/still-right").status_code == 404


def test_the_cells_beside_it_are_a_link_away(staff: CheckingClient, derived: Survey) -> None:
    page = staff.get(f"{ROOM}cells/{BIRCH}/S01/").text

    for beside in (f"{ALDER}/S01", "X06000003/S01", f"{BIRCH}/A1"):
        assert f'href="{ROOM}cells/{beside}/"' in page


def test_an_answer_stands_once_with_its_passages_marked_and_listed(
    staff: CheckingClient, session: Session, survey: Survey, consultant: Person
) -> None:
    birch = submission_of(session, "Birch")
    told = "The front door is shared. It opens at nine. Every front door call is counted."
    rated = next(one for one in birch_answers(session) if one.question_code == "S01.1")
    save(session, birch, "S01.1", {"rating": 4}, seen=rated.version)
    save(session, birch, "S01.2", {"text": told})
    derive(session, survey)
    for words in ("The front door is shared.", "Every front door call is counted."):
        decide(session, survey, words, "S01", "add", consultant)

    page = staff.get(f"{ROOM}cells/{BIRCH}/S01/").text

    assert page.count("How do you know that it works?") == 1
    marked = re.findall(r"<sup><span[^>]*>passage </span>(\d+)</sup><mark>([^<]*)</mark>", page)
    assert [words for _, words in marked if "front door" in words] == [
        "The front door is shared.",
        "Every front door call is counted.",
    ]
    assert "</mark> It opens at nine. <sup>" in page or "It opens at nine.</mark>" in page
    for number, words in marked:
        assert f"<strong>{number}</strong> “{words}”" in page


def birch_answers(session: Session) -> list[Answer]:
    asked = select(Answer).join(Answer.submission).where(Submission.authority_code == BIRCH)
    return list(session.scalars(asked))


def test_it_says_where_summaries_go(staff: CheckingClient, derived: Survey) -> None:
    assert "Summaries go into the authority profiles and the matrix workbook" in (
        staff.get(CELL).text
    )


def test_words_of_a_return_that_was_not_submitted_are_marked(
    staff: CheckingClient, session: Session, derived: Survey
) -> None:
    alder = submission_of(session, "Alder")
    mark = "Return not submitted yet"
    somebody_there = somebody(session)
    for is_submitted in (False, True):
        alder.submitted_by = somebody_there if is_submitted else None
        alder.submitted_at = NOON if is_submitted else None
        session.commit()
        cell, beside = staff.get(CELL).text, staff.get(f"{ROOM}beside/{ALDER}/").text
        found = staff.get(f"{ROOM}search/?q=door").text
        matrix = staff.get(ROOM).text
        assert [mark in page for page in (cell, beside, found)] == [not is_submitted] * 3
        assert ("Alder</a> <i>not submitted</i>" in matrix) is not is_submitted
    said = cell.partition("Most families come through")[2]
    assert mark not in said


def test_nothing_and_too_much_are_refused(staff: CheckingClient, derived: Survey) -> None:
    assert "Enter the summary" in write(staff, "  ").text
    answer = write(staff, "x" * 10_001)
    assert "10,000 characters or fewer" in answer.text
    assert "x" * 10_001 in answer.text


def test_of_two_who_write_at_once_the_second_sees_both_texts(
    staff: CheckingClient, session: Session, derived: Survey
) -> None:
    page = staff.get(CELL).text
    data = {"seen": hidden(page, "seen"), "rests_on": hidden(page, "rests_on")}
    staff.post(CELL, data=data | {"text": "Theirs."})

    answer = staff.post(CELL, data=data | {"text": "Mine."})

    assert answer.status_code == 409
    assert "Mine.</textarea>" in answer.text
    assert "Theirs." in answer.text
    assert kept(session).text == "Theirs."
    seen = {"seen": hidden(answer.text, "seen"), "rests_on": hidden(answer.text, "rests_on")}
    staff.post(CELL, data=seen | {"text": "Theirs and mine."})
    assert (kept(session).text, kept(session).version) == ("Theirs and mine.", 2)
    # And for one that was there before.
    assert staff.post(CELL, data=seen | {"text": "Late."}).status_code == 409


def test_a_summary_is_stale_once_what_it_rests_on_changes(
    staff: CheckingClient, session: Session, derived: Survey, consultant: Person
) -> None:
    decide(session, derived, SAID, "S01", "reject", consultant)
    write(staff, "They count calls.")
    decide(session, derived, FRONT_DOOR, "S01", "accept", consultant)
    page = staff.get(CELL).text
    assert "The summary is out of date" in page
    assert f"“{FRONT_DOOR}”: was suggested, now decided" in page
    assert SAID not in page.partition("is still right")[0]

    undo(session, derived, SAID)
    assert f"“{SAID}”: new here, now suggested" in staff.get(CELL).text

    hold(session, derived, FRONT_DOOR)
    assert f"“{FRONT_DOOR}”: held back: it may identify a child" in staff.get(CELL).text


def test_what_was_rejected_is_said_to_be(
    staff: CheckingClient, session: Session, derived: Survey, consultant: Person
) -> None:
    write(staff, "They count calls.")
    decide(session, derived, FRONT_DOOR, "S01", "reject", consultant)

    page = staff.get(CELL).text

    assert f"“{FRONT_DOOR}”: rejected" in page
    assert "1 passage was rejected" in page


def test_a_passage_whose_words_are_gone_is_said_to_be(
    staff: CheckingClient, session: Session, derived: Survey
) -> None:
    key = passage(session, FRONT_DOOR).key[:8]
    write(staff, f"They count calls [{key}].")
    session.delete(passage(session, FRONT_DOOR))
    session.query(Tag).filter_by(theme="S01").delete()
    session.get_one(Cell, (derived.id, ALDER, "S01")).rests_on = "other"
    session.commit()

    page = staff.get(CELL).text

    assert "A passage: its words are no longer there." in page
    assert f"[{key}: gone]" in page


def test_it_comes_back_to_what_it_rests_on_when_nothing_differs_any_more(
    staff: CheckingClient, session: Session, derived: Survey
) -> None:
    write(staff, "They count calls.")
    before = session.get_one(Cell, (derived.id, ALDER, "S01"))
    was, before.rests_on = before.rests_on, "other"
    session.commit()
    assert "The summary is out of date" in staff.get(CELL).text

    session.get_one(Cell, (derived.id, ALDER, "S01")).rests_on = was
    session.commit()

    assert "The summary is out of date" not in staff.get(CELL).text


def test_a_summary_that_is_still_right_stands_with_its_words_and_author(
    staff: CheckingClient, session: Session, derived: Survey, consultant: Person
) -> None:
    write(staff, "They count calls.")
    at = kept(session).updated_at
    decide(session, derived, FRONT_DOOR, "S01", "accept", consultant)
    page = staff.get(CELL).text
    seen = {"seen": hidden(page, "seen"), "rests_on": hidden(page, "rests_on")}

    assert staff.post(f"{CELL}still-right", data=seen).status_code == 302

    row = kept(session)
    assert (row.text, row.updated_at, row.version) == ("They count calls.", at, 2)
    assert "The summary is out of date" not in staff.get(CELL).text
    decide(session, derived, SAID, "S01", "accept", consultant)
    told = staff.get(CELL).text
    assert f"“{SAID}”: was suggested" in told
    assert f"“{FRONT_DOOR}”: was" not in told


def test_it_does_not_stand_on_passages_that_nobody_has_seen(
    staff: CheckingClient, session: Session, derived: Survey, consultant: Person
) -> None:
    write(staff, "They count calls.")
    decide(session, derived, FRONT_DOOR, "S01", "accept", consultant)
    page = staff.get(CELL).text
    seen = {"seen": hidden(page, "seen"), "rests_on": hidden(page, "rests_on")}
    decide(session, derived, SAID, "S01", "add", consultant)

    answer = staff.post(f"{CELL}still-right", data=seen)

    assert answer.status_code == 409
    assert "The passages changed again while you were reading" in answer.text
    assert kept(session).version == 1


def test_a_summary_written_while_passages_changed_is_stale_from_the_start(
    staff: CheckingClient, session: Session, derived: Survey, consultant: Person
) -> None:
    page = staff.get(CELL).text
    data = {"seen": hidden(page, "seen"), "rests_on": hidden(page, "rests_on")}
    decide(session, derived, FRONT_DOOR, "S01", "accept", consultant)
    staff.post(CELL, data=data | {"text": "They count calls."})

    page = staff.get(CELL).text

    assert "The summary is out of date" in page
    assert "Which ones cannot be told." in page


def test_a_summary_can_be_taken_out_and_written_again(
    staff: CheckingClient, session: Session, derived: Survey
) -> None:
    write(staff, "They count calls.")
    write(staff, "")
    assert (kept(session).text, kept(session).version) == ("", 2)
    assert "Write the summary" in staff.get(CELL).text

    assert write(staff, "They count every call.").status_code == 302

    assert kept(session).version == 3


def test_the_trail_says_who_wrote_and_holds_no_words(
    staff: CheckingClient, session: Session, derived: Survey
) -> None:
    write(staff, "They count calls.")

    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "summary.saved")).one()

    key = passage(session, FRONT_DOOR).key
    assert event.detail["theme"] == "S01"
    assert f"{key}:" in event.detail["passages"]
    assert "Wrote the summary of S01" in staff.get("/staff/tiny-survey-2015/trail").text
