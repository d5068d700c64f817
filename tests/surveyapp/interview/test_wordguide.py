"""The guide as a Word form: handed out, sent back, compared, taken, and never twice."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from surveyapp.interview import notes
from surveyapp.interview.notes import Hand, Typed
from surveyapp.models import Interview, SentenceVerdict, Submission
from synthesis.word import check, text_of
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, save, somebody
from tests.surveyapp.interview.calls import (
    LATER,
    Filled,
    form_sent_back,
)
from tests.surveyapp.interview.sending import NOTED, address, said, send, sent_and_taken, take
from tests.surveyapp.respond.filling import fields, words
from tests.synthesis.word.inspection.planting import plant, without


def test_the_form_holds_what_was_asked_and_written(
    iris: CheckingClient, call: Interview, session: Session
) -> None:
    docx = iris.get(address(call, ".docx"))
    text = "\n".join(text_of(docx.data))

    assert docx.headers["Content-Disposition"].startswith("attachment")
    assert check(docx.data) == []
    assert "May I quote you?" in text
    assert "I01 How do families find you?" in text
    assert "S01.3 Who asks for help on behalf of families? Health visitors" in text
    assert "No answer to S01.4, S01.5, S01.1." in text
    assert "What stands in the way" not in text


def test_the_form_offers_the_probes_that_the_answers_fire(
    iris: CheckingClient, call: Interview, session: Session, birch: Submission
) -> None:
    save(session, birch, "S01.1", {"rating": 1}, seen=1)
    session.commit()

    text = "\n".join(text_of(iris.get(address(call, ".docx")).data))

    assert "I01.a What stands in the way of one front door?" in text


def test_a_filled_in_form_becomes_consent_and_notes(
    iris: CheckingClient, call: Interview, session: Session
) -> None:
    page = send(iris, call, form_sent_back(session, call, NOTED))
    assert "4 things in the form are not saved yet" in words(page.text)
    assert "“One front door.”" in words(page.text)
    assert "“Ring before nine.”" not in words(page.text)
    assert said(session, call) == set()

    after = take(iris, page)

    assert "4 things are saved." in words(after.text)
    assert "nothing to take from this form: everything in its boxes is saved" in words(after.text)
    assert said(session, call) == {
        ("I01", "Mostly through school.\nAnd GPs.", False, "word form"),
        ("I01", "One front door.", True, "word form"),
        ("", "Ring before nine.", False, "word form"),
    }
    assert (call.consent_notes, call.consent_quotes, call.use_level) == (True, True, "unnamed")
    assert {one.original_text for one in call.notes} == {one.text for one in call.notes}


def test_notes_need_the_consent_that_stands_beside_them(
    iris: CheckingClient, call: Interview, session: Session
) -> None:
    page = send(iris, call, form_sent_back(session, call, NOTED))
    after = take(iris, page, "consent@")

    assert after.status_code == 409
    assert "Tick the consent too" in words(after.text)
    assert fields(after.text, "take")["take"] == [
        one for one in fields(page.text, "take")["take"] if one != "consent@0"
    ]
    assert said(session, call) == set()


def test_who_said_no_to_notes_is_believed(
    iris: CheckingClient, call: Interview, session: Session
) -> None:
    refused: Filled = {**NOTED, "consent:notes": ("no",)}
    page = send(iris, call, form_sent_back(session, call, refused))
    assert "did not agree to notes" in words(page.text)

    after = take(iris, page)
    assert after.status_code == 409
    alone = take(iris, page, "note")

    assert "1 thing is saved" in words(alone.text)
    assert said(session, call) == set()
    assert call.consent_notes is False


def test_the_same_form_twice_changes_nothing_twice(
    iris: CheckingClient, call: Interview, session: Session
) -> None:
    first = send(iris, call, form_sent_back(session, call, NOTED))
    take(iris, first)
    before = {(one.id, one.version) for one in call.notes}

    again = send(iris, call, form_sent_back(session, call, NOTED))
    stale = iris.post(first.request.path, data=fields(first.text, "take"))

    assert "There is nothing to take" in words(again.text)
    assert stale.status_code == 303
    session.expire_all()
    assert {(one.id, one.version) for one in call.notes} == before


def test_a_form_that_has_lost_its_name_is_taken_with_a_warning_and_not_twice(
    iris: CheckingClient, call: Interview, session: Session
) -> None:
    docx = without(form_sent_back(session, call, NOTED), "docProps/custom.xml")
    docx = plant(docx, "[Content_Types].xml", "/docProps/custom.xml", "/docProps/none.xml")
    page = send(iris, call, docx)
    assert "does not say any more which interview" in words(page.text)

    take(iris, page)
    named = send(iris, call, form_sent_back(session, call, NOTED))

    assert "There is nothing to take" in words(named.text)


def test_another_form_of_the_same_interview_adds_its_own_notes(
    iris: CheckingClient, call: Interview, session: Session
) -> None:
    sent_and_taken(iris, call, NOTED)
    other = form_sent_back(session, call, {"note:I01:1": "Nurses ring."}, LATER + dt.timedelta(1))

    take(iris, send(iris, call, other))

    assert {text for _, text, _, _ in said(session, call)} >= {
        "Nurses ring.",
        "Mostly through school.\nAnd GPs.",
    }


def test_a_note_changed_in_the_form_is_changed_with_its_history(
    iris: CheckingClient, call: Interview, session: Session
) -> None:
    sent_and_taken(iris, call, NOTED)
    page = send(
        iris, call, form_sent_back(session, call, {**NOTED, "note:-:1": "Ring before ten."})
    )
    assert "Changed In the interviewer’s words" in words(page.text)

    take(iris, page)

    session.expire_all()
    (note,) = [one for one in call.notes if not one.prompt_code]
    assert (note.text, note.original_text, note.version) == (
        "Ring before ten.",
        "Ring before nine.",
        2,
    )
    assert [one.text for one in notes.history(session, note)] == ["Ring before nine."]


def test_a_note_tidied_since_is_not_offered_again_unless_the_form_changed(
    iris: CheckingClient, call: Interview, session: Session
) -> None:
    sent_and_taken(iris, call, NOTED)
    (note,) = [one for one in call.notes if not one.prompt_code]
    notes.reword(
        session, note, Typed(note.id, "They say: before nine.", 1), Hand(call.interviewer, NOON)
    )
    session.commit()

    same = send(iris, call, form_sent_back(session, call, NOTED))
    both = send(
        iris, call, form_sent_back(session, call, {**NOTED, "note:-:1": "Ring before ten."})
    )

    assert "There is nothing to take" in words(same.text)
    assert "Changed in both" in words(both.text)
    assert "Take what the form says" in words(both.text)
    assert " checked" not in both.text


def test_a_note_changed_while_the_page_was_open_is_shown_again(
    iris: CheckingClient, call: Interview, session: Session
) -> None:
    sent_and_taken(iris, call, NOTED)
    page = send(
        iris, call, form_sent_back(session, call, {**NOTED, "note:-:1": "Ring before ten."})
    )
    (note,) = [one for one in call.notes if not one.prompt_code]
    notes.reword(session, note, Typed(note.id, "Mine.", 1), Hand(call.interviewer, NOON))
    session.commit()

    after = take(iris, page)

    assert after.status_code == 409
    assert "Somebody changed Unprompted just now" in words(after.text)
    assert "Mine." in words(after.text)


@pytest.mark.parametrize("how", ["withdrawn", "struck"])
def test_words_that_were_taken_out_do_not_come_back(
    how: str, iris: CheckingClient, call: Interview, session: Session
) -> None:
    sent_and_taken(iris, call, NOTED)
    (note,) = [one for one in call.notes if not one.prompt_code]
    if how == "struck":
        note.struck_at, note.text = NOON, "Ring."
    else:
        note.text = note.original_text = "Ring."
        verdict = {"verdict": "withdrawn", "at": NOON, "sent_at": NOON, "note_version": 1}
        session.add(
            SentenceVerdict(
                interview=call, note=note, person=somebody(session), start=0, end=9, **verdict
            )
        )
    session.commit()

    page = send(iris, call, form_sent_back(session, call, NOTED))

    assert "This cannot be taken." in words(page.text)
    forced = iris.post(page.request.path, data={"take": "note:-:1@1"})
    assert forced.status_code == 409
    session.expire_all()
    assert note.text == "Ring."


def test_what_was_offered_and_promised_is_taken_too(
    iris: CheckingClient, call: Interview, session: Session
) -> None:
    offered: Filled = {
        "contact:1:name": "Di Birch",
        "contact:1:email": "di@birch.example",
        "contact:1:theme": ("S01",),
        "contact:1:may_publish": ("yes",),
        "document:2:title": "Audit of plans",
        "follow_up:1:text": "Ask for the audit",
        "follow_up:1:due_on": "3 August 2015",
    }
    sent_and_taken(iris, call, offered)
    session.expire_all()

    (contact,), (document,), (task,) = call.contacts, call.documents, call.follow_ups
    assert (contact.name, contact.theme, contact.may_publish) == ("Di Birch", "S01", True)
    assert (document.title, document.may_share) == ("Audit of plans", False)
    assert (task.text, task.due_on) == ("Ask for the audit", dt.date(2015, 8, 3))
    assert task.made_by_id == call.interviewer_id
    again = send(iris, call, form_sent_back(session, call, offered))
    assert "There is nothing to take" in words(again.text)
