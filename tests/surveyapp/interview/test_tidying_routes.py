"""The pages after the call: nothing typed is lost, and nobody reaches what is another's."""

import re
import uuid
from collections.abc import Mapping

import pytest
from sqlalchemy.orm import Session

from surveyapp.interview import notes, tidying
from surveyapp.interview.notes import Hand
from surveyapp.models import Interview, Note, Submission
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, save, somebody
from tests.surveyapp.interview.after_the_call import LATER, held, note, taker

REFUSED, TORN, NOT_THERE, NOT_YOURS = 422, 409, 404, 403


@pytest.fixture
def call(session: Session, birch: Submission) -> Interview:
    """A call that is over, with an answer in writing."""
    save(session, birch, "S01.4", {"number": 7})
    made = held(session)
    session.commit()
    return made


def _at(call: Interview, rest: str) -> str:
    return f"/interviews/{call.id}/{rest}"


def _one(session: Session, call: Interview, text: str = "School", **more: object) -> Note:
    made = note(session, call, text, **more)
    session.commit()
    return made


def _press(client: CheckingClient, where: str, data: Mapping[str, object] | None = None) -> str:
    """Return the page that a button leads to."""
    answer = client.post(where, data=data)
    assert answer.status_code == 302
    return client.get(answer.location).text


def _row(one: Note, text: str, seen: int | None = None) -> dict[str, object]:
    key = one.id.hex
    return {
        f"text-{key}": text,
        f"seen-{key}": seen or one.version,
        f"shown-{key}": tidying.digest(one.text),
    }


def _by_other(session: Session, one: Note, text: str) -> None:
    typed = tidying.typed_over(one, text, one.version)
    notes.reword(session, one, typed, Hand(taker(session), LATER))
    session.commit()


def test_the_list_shows_notes_and_saves_those_that_changed(
    iris: CheckingClient, session: Session, call: Interview
) -> None:
    one, other = _one(session, call), _one(session, call, "Clinic", second=90)
    page = iris.get(_at(call, "tidy")).text
    assert "School" in page
    assert "Clinic" in page

    sent = {**_row(one, "Schools\r\nand nurseries"), **_row(other, "Clinic")}
    page = _press(iris, _at(call, "tidy"), data=sent)
    assert "1 note is saved." in page
    assert (one.text, one.version, other.version) == ("Schools\nand nurseries", 2, 1)
    assert "As first typed" in page


def test_a_lost_race_on_the_list_shows_both_texts_and_the_next_save_settles_it(
    iris: CheckingClient, session: Session, call: Interview
) -> None:
    one = _one(session, call)
    sent = _row(one, "Mine", 1)
    _by_other(session, one, "Theirs")

    answer = iris.post(_at(call, "tidy"), data=sent)
    assert answer.status_code == TORN
    assert "Theirs" in answer.text
    assert "Mine</textarea>" in answer.text
    seen = re.search(r'name="seen-\w+" value="(\d+)"', answer.text)
    assert seen is not None
    again = _row(one, "Mine", int(seen[1]))
    assert iris.post(_at(call, "tidy"), data=again).status_code == 302
    assert one.text == "Mine"
    assert "Theirs" in [was.text for was in notes.history(session, one)]


def test_a_note_without_words_is_refused_and_the_others_are_saved(
    iris: CheckingClient, session: Session, call: Interview
) -> None:
    one, other = _one(session, call), _one(session, call, "Clinic", second=90)
    answer = iris.post(_at(call, "tidy"), data={**_row(one, ""), **_row(other, "Clinics")})
    assert answer.status_code == REFUSED
    assert "Enter the words of this note" in answer.text
    assert (one.text, other.text) == ("School", "Clinics")


def test_striking_out_saves_what_was_typed_beside_it_and_can_be_undone(
    iris: CheckingClient, session: Session, call: Interview
) -> None:
    one, other = _one(session, call), _one(session, call, "Clinic", second=90)
    where = _at(call, f"notes/{one.id}/strike")
    page = _press(iris, where, _row(other, "Clinics"))
    assert "Undo: put it back" in page
    assert (one.counts, other.text) == (False, "Clinics")

    iris.post(_at(call, f"notes/{one.id}/unstrike"))
    assert one.counts


def test_two_notes_of_one_moment_are_merged_or_kept(
    iris: CheckingClient, session: Session, call: Interview
) -> None:
    one, other = _one(session, call), _one(session, call, "Clinic", by=taker(session))
    page = iris.get(_at(call, "tidy")).text
    assert "Two people noted this moment." in page
    merge = _at(call, f"notes/{one.id}/merge/{other.id}")
    assert "School\n\nClinic</textarea>" in iris.get(merge).text

    sent = {"text": "Both", "seen": one.version, "other_seen": 7}
    assert iris.post(merge, data=sent).status_code == TORN
    assert iris.post(merge, data=sent | {"text": "", "other_seen": 1}).status_code == REFUSED
    assert iris.post(merge, data=sent | {"other_seen": 1}).status_code == 302
    assert (one.text, other.counts) == ("Both", False)


def test_both_notes_of_one_moment_stay_once_it_is_said(
    iris: CheckingClient, session: Session, call: Interview
) -> None:
    one, other = _one(session, call), _one(session, call, "Clinic", by=taker(session))
    where = _at(call, f"notes/{one.id}/beside/{other.id}")
    page = _press(iris, where)
    assert "Two people noted this moment." not in page
    assert (one.counts, other.counts) == (True, True)


def test_a_note_on_its_own_page_says_that_it_was_confirmed(
    iris: CheckingClient, session: Session, call: Interview
) -> None:
    one = _one(session, call)
    where = _at(call, f"notes/{one.id}")
    assert "has confirmed these words" not in iris.get(where).text
    one.confirmed_version = one.version
    session.commit()
    assert "has confirmed these words" in iris.get(where).text
    assert "has confirmed these words" in iris.get(_at(call, "tidy")).text

    sent = {"text": "Other", "prompt": "I02", "theme": "A1", "verbatim": "y", "seen": 1, "mark": ""}
    assert iris.post(where, data=sent).status_code == 302
    assert (one.text, one.prompt_code, one.theme, one.verbatim) == ("Other", "I02", "A1", True)
    assert not one.is_confirmed


def test_a_note_keeps_what_was_typed_when_something_is_wrong(
    iris: CheckingClient, session: Session, call: Interview
) -> None:
    one = _one(session, call)
    where, sent = _at(call, f"notes/{one.id}"), {"prompt": "I02", "theme": "", "seen": 1}
    answer = iris.post(where, data=sent | {"text": ""})
    assert answer.status_code == REFUSED
    assert '<option value="I02" selected' in answer.text
    assert iris.post(where, data=sent | {"text": "a", "prompt": "I99"}).status_code == REFUSED


@pytest.mark.parametrize(
    ("keep", "stands"), [("mine", "Mine"), ("theirs", "Theirs"), ("merge", "Ours")]
)
def test_a_lost_race_is_settled_by_a_choice(
    iris: CheckingClient, session: Session, call: Interview, keep: str, stands: str
) -> None:
    one = _one(session, call)
    where, sent = _at(call, f"notes/{one.id}"), {"text": "Mine", "prompt": "I01", "theme": ""}
    _by_other(session, one, "Theirs")
    answer = iris.post(where, data=sent | {"seen": 1})
    assert answer.status_code == TORN
    assert "Theirs\n\nMine</textarea>" in answer.text

    sent |= {"settles": "yes", "seen": "2", "merged": "Ours"}
    assert iris.post(where, data=sent).status_code == REFUSED
    assert iris.post(where, data=sent | {"keep": keep}).status_code == 302
    assert one.text == stands


def test_words_that_may_not_be_quoted_say_so(
    iris: CheckingClient, session: Session, call: Interview
) -> None:
    one = _one(session, call)
    one.verbatim = True
    session.commit()
    assert "Not to be quoted" not in iris.get(_at(call, "tidy")).text
    call.consent_quotes = False
    session.commit()
    assert "Not to be quoted" in iris.get(_at(call, "tidy")).text


def test_somebody_to_ask_is_checked_and_kept(
    iris: CheckingClient, session: Session, call: Interview
) -> None:
    one = _one(session, call, "Ask Sue Marsh, data manager, sue@birch.example")
    where = _at(call, f"notes/{one.id}/contact")
    assert 'value="sue@birch.example"' in iris.get(where).text

    sent = {"name": "Sue Marsh", "email": "sue at birch", "theme": ""}
    answer = iris.post(where, data=sent)
    assert answer.status_code == REFUSED
    assert "Choose a strand" in answer.text
    assert 'value="sue at birch"' in answer.text
    page = _press(iris, where, sent | {"email": "", "theme": "S01"})
    assert "Somebody to ask: Sue Marsh" in page

    session.refresh(call)
    row = call.contacts[0]
    sent = {"name": "Sue Marshall", "theme": "S01", "may_publish": "y"}
    iris.post(f"{where}?row={row.id}", data=sent)
    session.refresh(call)
    assert [(now.name, now.may_publish) for now in call.contacts] == [("Sue Marshall", True)]


def test_a_promised_document_becomes_a_task_in_one_press(
    iris: CheckingClient, session: Session, call: Interview
) -> None:
    one = _one(session, call, "They will send the plan")
    where = _at(call, f"notes/{one.id}/document")
    assert iris.get(where).status_code == 200
    sent = {"title": "Plan", "theme": "S01", "dated-day": "31", "url": "not a link at all"}
    answer = iris.post(where, data=sent)
    assert answer.status_code == REFUSED
    assert "The date must include a month and a year" in answer.text
    assert "Enter a web address" in answer.text

    page = _press(iris, where, {"title": "Plan", "theme": "S01"})
    found = re.search(r'action="([^"]+/task\?document=[^"]+)"', page)
    assert found is not None
    for _ in range(2):
        page = _press(iris, found[1])
    session.refresh(call)
    assert [row.text for row in call.follow_ups] == ["Get the document “Plan” from Cy Birch"]
    assert "Plan, no link yet" in page


def test_a_task_by_hand_is_checked_changed_done_and_not_done(
    iris: CheckingClient, session: Session, call: Interview
) -> None:
    where = _at(call, "follow-ups")
    answer = iris.post(where, data={"text": "", "due-day": "32", "due-month": "1"})
    assert answer.status_code == REFUSED
    assert "Enter what is to be done" in answer.text
    assert "The day must include a year" in answer.text

    iris.post(where, data={"text": "Ring", "due-day": "1", "due-month": "7", "due-year": "2015"})
    session.refresh(call)
    row = call.follow_ups[0]
    assert "Overdue" in iris.get(where).text
    assert "&lt;span" not in iris.get(where).text
    assert 'value="7"' in iris.get(f"{where}/{row.id}").text
    iris.post(f"{where}/{row.id}", data={"text": "Write"})
    assert (row.text, row.due_on) == ("Write", None)

    assert "Not done after all" in _press(iris, f"{where}/{row.id}/done?list=all")
    assert row.done_by is call.interviewer
    iris.post(f"{where}/{row.id}/not-done")
    assert row.done_at is None


def test_a_note_to_come_back_to_becomes_a_task(
    iris: CheckingClient, session: Session, call: Interview
) -> None:
    one = _one(session, call, "Ask for the figures")
    one.follow_up = True
    session.commit()
    assert "Make it a task" in iris.get(_at(call, "tidy")).text
    page = _press(iris, _at(call, f"notes/{one.id}/task"))
    assert "Make it a task" not in page
    assert "Ask for the figures" in iris.get("/interviews/tasks").text


def test_the_consultant_sees_everybodys_tasks_and_an_interviewer_their_own(
    iris: CheckingClient, session: Session, call: Interview
) -> None:
    iris.post(_at(call, "follow-ups"), data={"text": "Ring the school"})
    other = taker(session)
    call.note_taker = None
    session.commit()

    iris.sign_in(other)
    assert "Ring the school" not in iris.get("/interviews/tasks").text
    other.staff_role = "consultant"
    session.commit()
    assert "Ring the school" in iris.get("/interviews/tasks").text


def test_the_answer_has_changed(iris: CheckingClient, session: Session, call: Interview) -> None:
    one = _one(session, call, "Ten families")
    where = _at(call, f"notes/{one.id}/answer")
    assert "7 families" in iris.get(where).text
    assert "Choose the answer that has changed" in iris.get(f"{where}?asked=yes").text
    about = f"{where}?answer=S01.4"
    page = iris.get(about).text
    assert "Ten families" in page
    assert "7 families" in page

    assert iris.post(about, data={}).status_code == REFUSED
    answer = iris.post(about, data={"kind": "corrects", "prevails": "nobody"})
    assert "Choose which words count" in answer.text
    page = _press(iris, about, data={"kind": "corrects", "prevails": "note"})
    assert "Corrects the answer to S01.4" in page
    undo = re.search(r'formaction="([^"]+/corrections/[^"]+)"', page)
    assert undo is not None

    page = _press(iris, undo[1])
    assert "Corrects the answer to" not in page
    assert iris.post(f"{where}?answer=S01.5", data={"kind": "deepens"}).status_code == NOT_THERE


def test_whoever_reads_answers_side_by_side_is_led_to_the_note(
    iris: CheckingClient, session: Session, call: Interview
) -> None:
    one = _one(session, call, "Ten families")
    told = {"kind": "corrects", "prevails": "note"}
    iris.post(_at(call, f"notes/{one.id}/answer?answer=S01.4"), data=told)
    consultant = taker(session)
    consultant.staff_role = "consultant"
    session.commit()

    iris.sign_in(consultant)
    page = iris.get(f"/staff/{call.submission.survey.code}/answers/S01.4").text
    assert "An interview note corrects this" in page
    assert f"tidy#note-{one.id.hex}" in page


PLACES = (
    "notes/{note}",
    "notes/{note}/contact",
    "notes/{note}/document",
    "notes/{note}/answer",
    "notes/{note}/merge/{note}",
    "follow-ups/{note}",
)
ACTS = (
    "notes/{note}",
    "notes/{note}/strike",
    "notes/{note}/unstrike",
    "notes/{note}/beside/{note}",
    "notes/{note}/task",
    "follow-ups/{note}/done",
    "follow-ups/{note}/not-done",
    "corrections/{note}/undo",
)


@pytest.mark.access
def test_another_interviews_notes_are_not_under_this_one(
    iris: CheckingClient, session: Session, call: Interview
) -> None:
    theirs = _one(session, held(session))
    for place in PLACES:
        where = _at(call, place.format(note=theirs.id))
        assert iris.get(where).status_code == NOT_THERE, place
    for place in ACTS:
        where = _at(call, place.format(note=theirs.id))
        assert iris.post(where).status_code == NOT_THERE, place


@pytest.mark.access
def test_nobody_else_reaches_the_notes(
    client: CheckingClient, session: Session, call: Interview
) -> None:
    one = _one(session, call)
    stranger = taker(session)
    call.note_taker = None
    session.commit()
    for person in (stranger, somebody(session)):
        client.sign_in(person)
        for place in ("tidy", "follow-ups", *PLACES):
            where = _at(call, place.format(note=one.id))
            assert client.get(where).status_code == NOT_YOURS, place
        for place in ("tidy", *ACTS):
            where = _at(call, place.format(note=one.id))
            assert client.post(where).status_code == NOT_YOURS, place
    assert client.get(f"/interviews/{uuid.uuid4()}/tidy").status_code in {NOT_YOURS, NOT_THERE}
    assert one.updated_at == NOON
