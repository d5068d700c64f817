"""Answers are saved with every revision, conflicts show both texts, and sections are counted."""

import datetime as dt
from collections.abc import Mapping

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.coordinate import services as coordinate
from surveyapp.definitions.answers import AnswerError
from surveyapp.errors import (
    AnswerConflictError,
    NotInTheQuestionnaireError,
    ReturnClosedError,
    UnansweredError,
)
from surveyapp.models import Answer, AnswerRevision, SectionState, Submission
from surveyapp.respond import services as respond
from tests.surveyapp.building import NOON, save, somebody, submission_of


def section(submission: Submission, code: str = "S01") -> SectionState:
    return next(one for one in submission.sections if one.section_code == code)


def revisions(session: Session, answer: Answer) -> list[tuple[int, Mapping[str, object]]]:
    rows = session.scalars(
        select(AnswerRevision)
        .where(AnswerRevision.answer_id == answer.id)
        .order_by(AnswerRevision.version)
    )
    return [(row.version, row.value) for row in rows]


def test_every_value_is_kept(session: Session, birch: Submission) -> None:
    save(session, birch, "S01.4", {"number": 10})
    save(session, birch, "S01.4", {"number": 12}, seen=1)
    answer = save(session, birch, "S01.4", {}, seen=2)

    assert answer.value == {}
    assert answer.version == 3
    assert revisions(session, answer) == [(1, {"number": 10}), (2, {"number": 12}), (3, {})]


def test_what_is_typed_is_read_as_the_question_asks(session: Session, birch: Submission) -> None:
    answer = save(session, birch, "S01.4", {"number": "1,250 families"})

    assert answer.value == {"number": 1250}


def test_a_value_the_question_does_not_take_is_refused(session: Session, birch: Submission) -> None:
    with pytest.raises(AnswerError, match="number"):
        save(session, birch, "S01.4", {"number": "lots"})

    assert not [one for one in answers(session, birch) if one.question_code == "S01.4"]


@pytest.mark.parametrize("code", ["S99.1", "Z1.1", "S01"])
def test_a_code_that_takes_no_answer_is_refused(
    code: str, session: Session, birch: Submission
) -> None:
    with pytest.raises(NotInTheQuestionnaireError):
        save(session, birch, code, {"text": "x"})


def test_a_change_nobody_saw_is_a_conflict_with_both_texts(
    session: Session, birch: Submission
) -> None:
    save(session, birch, "S01.4", {"number": 10})
    save(session, birch, "S01.4", {"number": 12}, seen=1)

    with pytest.raises(AnswerConflictError) as conflict:
        save(session, birch, "S01.4", {"number": 15}, seen=1)

    assert conflict.value.mine == {"number": 15}
    assert conflict.value.theirs.value == {"number": 12}
    assert conflict.value.theirs.version == 2
    assert conflict.value.theirs.author == "Cy Birch"
    assert conflict.value.theirs.at == NOON


def test_an_answer_that_was_begun_meanwhile_is_a_conflict(
    session: Session, birch: Submission
) -> None:
    save(session, birch, "S01.4", {"number": 10})

    with pytest.raises(AnswerConflictError):
        save(session, birch, "S01.4", {"number": 15}, seen=0)


@pytest.mark.parametrize("seen", [2, 99])
def test_a_forged_version_is_a_conflict(seen: int, session: Session, birch: Submission) -> None:
    save(session, birch, "S01.4", {"number": 10})

    with pytest.raises(AnswerConflictError) as conflict:
        save(session, birch, "S01.4", {"number": 15}, seen=seen)

    assert conflict.value.theirs.value == {"number": 10}


def test_a_version_of_what_was_never_answered_is_a_conflict(
    session: Session, birch: Submission
) -> None:
    with pytest.raises(AnswerConflictError) as conflict:
        save(session, birch, "S01.4", {"number": 15}, seen=1)

    assert conflict.value.theirs.value == {}


def test_sending_the_same_words_twice_changes_nothing(session: Session, birch: Submission) -> None:
    first = save(session, birch, "S01.4", {"number": 10})
    again = save(session, birch, "S01.4", {"number": 10}, seen=0)

    assert again.version == first.version == 1
    assert len(revisions(session, again)) == 1


def test_entries_of_a_repeating_question_are_apart(session: Session, birch: Submission) -> None:
    save(session, birch, "Z1.1.a", {"text": "One"}, entry_id="e1")
    save(session, birch, "Z1.1.a", {"text": "Two"}, entry_id="e2")

    found = [one.value for one in answers(session, birch) if one.question_code == "Z1.1.a"]
    assert sorted(str(value["text"]) for value in found) == ["One", "Two"]
    assert section(birch, "Z1").answered == 1


def test_sections_are_counted_with_the_answer(session: Session, birch: Submission) -> None:
    before = section(birch)
    assert (before.answered, before.asked, before.status) == (2, 4, "in progress")

    save(session, birch, "S01.4", {"number": 10})

    after = section(birch)
    assert (after.answered, after.asked) == (3, 4)
    assert after.last_activity_at == birch.last_activity_at == NOON


def test_an_answer_that_opens_a_question_is_counted(session: Session, birch: Submission) -> None:
    save(session, birch, "S01.1", {"rating": 3}, seen=1)
    assert section(birch).asked == 5

    save(session, birch, "S01.2", {"text": "We count."})
    save(session, birch, "S01.1", {"rating": 0}, seen=2)

    assert (section(birch).asked, section(birch).answered) == (4, 2)


def test_a_section_is_finished_when_nothing_waits(session: Session, birch: Submission) -> None:
    save(session, birch, "S01.1", {}, seen=1)
    with pytest.raises(UnansweredError) as refusal:
        respond.finish_section(session, birch, "S01", NOON)
    assert refusal.value.codes == ("S01.1",)

    save(session, birch, "S01.1", {"rating": 0}, seen=2)
    respond.finish_section(session, birch, "S01", NOON)

    assert section(birch).status == "finished"


def test_a_finished_section_opens_again_when_what_must_be_answered_is_cleared(
    session: Session, birch: Submission
) -> None:
    respond.finish_section(session, birch, "S01", NOON)
    save(session, birch, "S01.3", {"options": ["school"]}, seen=1)
    assert section(birch).status == "finished"

    save(session, birch, "S01.1", {}, seen=1)

    assert section(birch).status == "in progress"


def test_clearing_the_only_answer_leaves_a_section_not_started(
    session: Session, birch: Submission
) -> None:
    save(session, birch, "A1.1", {"option": "no"})
    save(session, birch, "A1.1", {}, seen=1)

    assert section(birch, "A1").status == "not started"


def test_a_section_that_is_not_there_cannot_be_finished(
    session: Session, birch: Submission
) -> None:
    with pytest.raises(NotInTheQuestionnaireError):
        respond.finish_section(session, birch, "S99", NOON)


def test_words_that_come_after_the_close_are_handed_back(
    session: Session, birch: Submission
) -> None:
    coordinate.close_survey(session, birch.survey, NOON)

    with pytest.raises(ReturnClosedError) as refusal:
        save(session, birch, "S01.4", {"number": 10})

    assert refusal.value.words == {"number": 10}


def test_a_submitted_return_stands(session: Session, birch: Submission) -> None:
    respond.submit(session, birch, somebody(session), NOON)

    with pytest.raises(ReturnClosedError):
        save(session, birch, "S01.4", {"number": 10})
    with pytest.raises(ReturnClosedError):
        respond.set_use_level(session, birch, "S01", "named")
    with pytest.raises(ReturnClosedError):
        respond.submit(session, birch, somebody(session), NOON)

    assert birch.submitted_at == NOON
    assert birch.submitted_by is somebody(session)


def test_last_activity_never_goes_back(session: Session, birch: Submission) -> None:
    save(session, birch, "S01.4", {"number": 10})
    earlier = respond.Draft("A1.1", {"option": "no"})
    respond.save_answer(session, birch, earlier, somebody(session), NOON - dt.timedelta(days=9))

    assert birch.last_activity_at == NOON


def test_nothing_is_written_for_another_authority(session: Session, birch: Submission) -> None:
    alder = submission_of(session, "Alder")
    before = [(one.question_code, one.version) for one in answers(session, alder)]

    save(session, birch, "S01.4", {"number": 10})

    assert [(one.question_code, one.version) for one in answers(session, alder)] == before


def answers(session: Session, submission: Submission) -> list[Answer]:
    rows = select(Answer).where(Answer.submission_id == submission.id).order_by(Answer.id)
    return list(session.scalars(rows))
