"""The Word form goes out with what is stored, and only what a person ticks comes in."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from surveyapp.definitions.questions import TextQuestion
from surveyapp.errors import ReturnClosedError
from surveyapp.models import Submission, Survey
from surveyapp.wordform import accepting, services, stored
from surveyapp.wordform.accepting import Ticked
from surveyapp.wordform.comparing import Comparison
from surveyapp.wordform.layout import ROOM, slots
from synthesis.errors import InputError
from synthesis.word import check, text_of
from tests.surveyapp.building import NOON, save, somebody, submission_of
from tests.surveyapp.respond.every_type import load_every_type
from tests.surveyapp.wordform.paper import LATER, Filled, paper_of, sent_back


def compared(session: Session, submission: Submission, given: Filled) -> Comparison:
    docx = sent_back(paper_of(session, submission), given)
    return services.comparison(session, submission, docx)


def taken(session: Session, submission: Submission, given: Filled) -> dict[stored.Key, object]:
    """What the return says once everything in a form is taken."""
    docx = sent_back(paper_of(session, submission), given)
    names = [one.name for one in services.comparison(session, submission, docx).takeable]
    accepting.accept(session, submission, Ticked(docx, names), somebody(session), NOON)
    return {key: dict(row.value) for key, row in stored.now(session, submission).items()}


def entry(session: Session, submission: Submission, code: str, place: int = -ROOM) -> str:
    keys = [one.key for one in slots(paper_of(session, submission)) if one.key[0] == code]
    return keys[place][1]


def test_a_form_that_nobody_filled_in_changes_nothing(session: Session, birch: Submission) -> None:
    found = services.comparison(session, birch, services.form(session, birch, LATER))

    assert found.changes == ()
    assert found.leftovers == ()
    assert found.unchanged == len(stored.now(session, birch))


def test_a_form_keeps_to_our_rules_for_word(session: Session, birch: Submission) -> None:
    assert check(services.form(session, birch, LATER)) == []


def test_a_new_answer_is_offered_and_saved(session: Session, birch: Submission) -> None:
    (change,) = compared(session, birch, {"S01.4:number": "1,250"}).changes

    assert (change.state, change.mine, change.theirs) == (
        "new",
        "1,250 families (2014 to 2015)",
        "",
    )
    stored_now = taken(session, birch, {"S01.4:number": "1,250"})
    assert stored_now["S01.4", ""] == {"number": 1250}


def test_every_state_is_told_apart(session: Session, birch: Submission) -> None:
    save(session, birch, "S01.4", {"number": 7})
    save(session, birch, "S01.2", {"text": "Old"})
    given: Filled = {"S01.4:number": "seven", "S01.2:text": ""}

    found = {one.slot.key[0]: one for one in compared(session, birch, given).changes}
    assert found["S01.4"].state == "unreadable"
    assert found["S01.4"].mine == "seven"
    assert found["S01.4"].problems == ("Enter a number, in figures, such as 1,250.",)
    assert found["S01.2"].state == "emptied"
    (changed,) = compared(session, birch, {"S01.2:text": "New"}).changes
    assert (changed.state, changed.theirs, changed.author) == ("changed", "Old", "Cy Birch")


def test_what_was_changed_since_the_form_went_out_is_not_undone(
    session: Session, birch: Submission
) -> None:
    paper = paper_of(session, birch, NOON - dt.timedelta(minutes=1))
    save(session, birch, "S01.4", {"number": 7})
    save(session, birch, "S01.2", {"text": "Online"})

    docx = sent_back(paper, {"S01.2:text": "In the form"})
    (change,) = services.comparison(session, birch, docx).changes
    assert (change.slot.key[0], change.state) == ("S01.2", "both")


def test_an_answer_changed_while_somebody_looks_is_not_overwritten(
    session: Session, birch: Submission
) -> None:
    docx = sent_back(paper_of(session, birch), {"S01.2:text": "In the form"})
    names = [one.name for one in services.comparison(session, birch, docx).takeable]
    save(session, birch, "S01.2", {"text": "Online"})

    found = accepting.accept(session, birch, Ticked(docx, names), somebody(session), NOON)
    assert (found.saved, found.conflicts) == (0, ["S01.2"])
    assert stored.now(session, birch)["S01.2", ""].value == {"text": "Online"}


def test_what_is_not_ticked_or_is_forged_is_left(session: Session, birch: Submission) -> None:
    docx = sent_back(paper_of(session, birch), {"S01.2:text": "In the form"})
    names = ["S01.4::0", "S01.2::x", "S01.2", "Z9::0", "S01.2:other:0", "S01.2::²"]

    found = accepting.accept(session, birch, Ticked(docx, names), somebody(session), NOON)
    assert found.saved == 0


def test_a_new_entry_is_added_once_however_often_the_form_is_sent(
    session: Session, birch: Submission
) -> None:
    new = entry(session, birch, "S01.5")
    given: Filled = {
        f"S01.5@{new}:title": "Thresholds",
        f"S01.5@{new}:kind": ("Referral form",),
        f"S01.5@{new}:dated": "1 March 2015",
        f"S01.5@{new}:may_share": ("yes",),
    }
    docx = sent_back(paper_of(session, birch), given)
    names = [one.name for one in services.comparison(session, birch, docx).takeable]
    accepting.accept(session, birch, Ticked(docx, names), somebody(session), NOON)

    value = stored.now(session, birch)["S01.5", new].value
    assert value == {
        "title": "Thresholds",
        "kind": "Referral form",
        "dated": "2015-03-01",
        "may_share": True,
    }
    assert services.comparison(session, birch, docx).changes == ()


def test_an_uploaded_file_stays_with_its_document(session: Session, birch: Submission) -> None:
    save(session, birch, "S01.5", {"title": "A", "file": "key", "may_share": False}, 0, "e1")

    stored_now = taken(session, birch, {"S01.5@e1:title": "B"})
    assert stored_now["S01.5", "e1"] == {"title": "B", "file": "key", "may_share": False}


def test_the_form_of_another_return_is_refused(session: Session, birch: Submission) -> None:
    docx = services.form(session, submission_of(session, "Cedar"), LATER)

    with pytest.raises(InputError, match="another return"):
        services.comparison(session, birch, docx)


def test_a_form_of_an_earlier_version_loses_nothing(session: Session, birch: Submission) -> None:
    now = paper_of(session, birch)
    section, *others = now.questionnaire.sections
    kept, *_ = [one for one in section.questions if one.code == "S01.2"]
    asked_then = TextQuestion(code="S01.99", type="long", text="What did we ask then?")
    worded_then = kept.model_copy(update={"text": "How do you know that?"})
    then = section.model_copy(update={"questions": (worded_then, asked_then)})
    older = now.questionnaire.model_copy(update={"sections": (then, *others)})
    paper = replace(now, questionnaire=older, version="f" * 64)
    given = {"S01.2:text": "We count.", "S01.99:text": "Words of then", "S01:use_level": ("named",)}

    found = services.comparison(session, birch, sent_back(paper, given))

    assert found.is_older
    assert [(one.slot.question.code, one.mine) for one in found.changes] == [("S01.2", "We count.")]
    left = [one.text for one in found.leftovers]
    assert "Words of then" in left
    assert "S01.2 How do you know that?" in left


def test_a_form_of_this_version_is_not_called_older(session: Session, birch: Submission) -> None:
    assert not compared(session, birch, {}).is_older


def test_a_return_handed_in_takes_nothing(session: Session, birch: Submission) -> None:
    docx = sent_back(paper_of(session, birch), {"S01.2:text": "Late"})
    names = [one.name for one in services.comparison(session, birch, docx).takeable]
    birch.submitted_at, birch.submitted_by = NOON, somebody(session)

    with pytest.raises(ReturnClosedError):
        accepting.accept(session, birch, Ticked(docx, names), somebody(session), NOON)


def test_every_type_of_question_goes_out_and_comes_back(session: Session, survey: Survey) -> None:
    submission = load_every_type(session)
    questions = {one.question.type for one in slots(paper_of(session, submission))}
    assert questions == {
        *("maturity", "single", "multiple", "number", "date"),
        *("short", "long", "document", "contact"),
    }
    given: Filled = {}
    for slot in slots(paper_of(session, submission)):
        for field in slot.fields:
            name = field.tag.rpartition(":")[2]
            if name in SAMPLE:
                given[field.tag] = SAMPLE[name]
            elif name in ("rating", "option", "options", "kind"):
                given[field.tag] = (field.options[0].code,)

    found = taken(session, submission, given)
    paper = paper_of(session, submission)
    answered = {code for code, _ in found}
    assert answered == {one.question.code for one in slots(paper)}
    assert services.comparison(session, submission, sent_back(paper, {})).changes == ()


def test_not_knowing_is_an_answer(session: Session, survey: Survey) -> None:
    submission = load_every_type(session)
    given: Filled = {}
    for slot in slots(paper_of(session, submission)):
        for field in slot.fields:
            codes = [one.code for one in field.options if one.code.startswith("missing:don")]
            given |= {field.tag: tuple(codes)} if codes else {}

    found = taken(session, submission, given)
    assert len(found) == len(given) > 6
    assert all(value == {"missing": "don't know"} for value in found.values())
    paper = paper_of(session, submission)
    assert services.comparison(session, submission, sent_back(paper, {})).changes == ()


def test_a_form_is_kept_for_its_return_alone(
    session: Session, birch: Submission, tmp_path: Path
) -> None:
    docx = services.form(session, birch, LATER)
    key = services.keep(tmp_path, birch, docx)

    assert services.find(tmp_path, birch, key) == docx
    assert services.find(tmp_path, submission_of(session, "Cedar"), key) is None
    assert services.find(tmp_path, birch, f"../{key}") is None


def test_every_question_comes_as_a_blank_form(session: Session, birch: Submission) -> None:
    docx = services.blank(birch.questionnaire, LATER)

    assert check(docx) == []
    assert "S01.2 How do you know that it works?" in text_of(docx)


SAMPLE: Filled = {
    "number": "3",
    "date": "1 March 2015",
    "text": "Words",
    "title": "A title",
    "name": "Ann Birch",
}
