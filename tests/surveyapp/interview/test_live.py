"""The live screen without scripts: consent, the clock, notes by a button, what is unasked."""

import re
import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from surveyapp.interview.live import board
from surveyapp.models import AuditEvent, ConsentAnswer, Interview, Note, PromptState, Submission
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, submission_of
from tests.surveyapp.interview.calling import agreed, arranged, begun
from tests.surveyapp.respond.filling import fields, words

YES = {"notes": "yes", "quotes": "no", "use_level": "unnamed"}


@pytest.fixture
def call(session: Session, birch: Submission) -> Interview:
    """A call that is about to begin."""
    return arranged(session, birch)


def press(client: CheckingClient, call: Interview, button: str, **form: str) -> TestResponse:
    return client.post(f"/interviews/{call.id}/{button}", data=form)


def see(client: CheckingClient, call: Interview) -> str:
    answer = client.get(f"/interviews/{call.id}/live")
    assert answer.status_code == 200
    return answer.text


def acts(session: Session) -> list[str]:
    found = select(AuditEvent.action).where(AuditEvent.subject_type == "interview")
    return list(session.scalars(found.order_by(AuditEvent.at, AuditEvent.id)))


def test_consent_is_read_out_and_recorded_first(
    session: Session, call: Interview, iris: CheckingClient
) -> None:
    assert "May I take notes?" in words(see(iris, call))

    assert press(iris, call, "consent", **YES).status_code == 303

    session.refresh(call)
    assert (call.consent_notes, call.consent_quotes, call.use_level) == (True, False, "unnamed")
    assert "Notes: yes. Quotations: no. Use: without its name." in words(see(iris, call))


def test_a_change_of_mind_is_a_new_answer_and_the_same_answer_is_none(
    session: Session, call: Interview, iris: CheckingClient
) -> None:
    for form in (YES, YES, {**YES, "notes": "no"}, {**YES, "use_level": "as written"}):
        press(iris, call, "consent", **form)

    rows = session.scalars(select(ConsentAnswer).order_by(ConsentAnswer.at)).all()
    assert [(row.notes, row.use_level) for row in rows if row.interview_id == call.id] == [
        (True, "unnamed"),
        (False, "unnamed"),
        (True, None),
    ]


def test_who_wants_no_notes_need_not_answer_the_rest(
    session: Session, call: Interview, iris: CheckingClient
) -> None:
    press(iris, call, "consent", notes="no")
    session.refresh(call)
    assert (call.consent_notes, call.consent_quotes, call.use_level) == (False, False, "withheld")


def test_an_answer_that_is_missing_is_asked_for_and_the_others_stay(
    session: Session, call: Interview, iris: CheckingClient
) -> None:
    answer = press(iris, call, "consent", notes="yes", use_level="named")

    assert answer.status_code == 422
    assert "Select yes if they agree to be quoted word for word" in words(answer.text)
    assert re.search(r'value="named" checked', answer.text)
    session.refresh(call)
    assert call.consent_notes is None


@pytest.mark.parametrize("place", ["consent", "notes", "prompts/I02"])
def test_an_address_that_showed_a_fault_leads_back_to_the_screen_when_it_is_reloaded(
    call: Interview, iris: CheckingClient, place: str
) -> None:
    answer = iris.get(f"/interviews/{call.id}/{place}")
    assert answer.status_code == 303
    assert answer.location.startswith(f"/interviews/{call.id}/live")
    assert iris.get(answer.location).status_code == 200


def test_the_clock_runs_from_begin_to_end_and_on(
    session: Session, call: Interview, iris: CheckingClient
) -> None:
    assert "Not begun of 10 minutes" in words(see(iris, call))

    press(iris, call, "begin")
    press(iris, call, "begin", ago="100000")
    session.refresh(call)
    began = call.started_at
    assert began is not None
    assert call.held_on is not None

    assert "Take notes here" in words(see(iris, call))
    press(iris, call, "end")
    shown = words(see(iris, call))
    assert re.search(
        r"The call ended on \d+ \w+ \d{4}, \d+:\d\d[ap]m\. To add a note, go on", shown
    )
    assert "Take notes here" not in shown
    press(iris, call, "go-on")
    session.refresh(call)
    assert (call.started_at, call.ended_at) == (began, None)
    assert acts(session) == ["interview.begun", "interview.ended", "interview.went_on"]


def test_a_press_that_waited_for_the_connection_counts_from_then(
    session: Session, call: Interview, iris: CheckingClient
) -> None:
    press(iris, call, "begin", ago="90000")
    session.refresh(call)
    assert 89 <= (board.elapsed(call, NOON.now(NOON.tzinfo)) or 0) <= 120


def test_a_cancelled_call_does_not_begin(
    session: Session, call: Interview, iris: CheckingClient
) -> None:
    call.cancelled_at = NOON
    session.commit()

    press(iris, call, "begin")

    session.refresh(call)
    assert call.started_at is None
    assert "This interview was cancelled" in words(see(iris, call))


def test_a_call_whose_record_was_offered_does_not_go_on(
    session: Session, call: Interview, iris: CheckingClient
) -> None:
    begun(session, call, 60)
    call.ended_at = call.offered_at = NOON
    session.commit()

    press(iris, call, "go-on")

    session.refresh(call)
    assert call.ended_at is not None


def test_a_note_is_saved_by_its_button_once_however_often_it_is_pressed(
    session: Session, call: Interview, iris: CheckingClient
) -> None:
    begun(session, agreed(session, call), 75)
    form = {name: found[0] for name, found in fields(see(iris, call), "text").items()}
    form |= {"text": "Schools ring.\r\nSo do families.", "prompt_code": "I02", "verbatim": "yes"}

    assert [press(iris, call, "notes", **form).status_code for _ in range(2)] == [303, 303]

    note = session.scalars(select(Note).where(Note.interview_id == call.id)).one()
    assert (note.text, note.prompt_code) == ("Schools ring.\nSo do families.", "I02")
    assert (note.verbatim, note.follow_up, note.version) == (True, False, 1)
    assert 75 <= (note.second or 0) < 100
    shown = words(see(iris, call))
    assert "“Schools ring." in shown
    assert re.search(r"01:\d\d I02 · word for word", shown)


def test_a_note_without_consent_stays_in_the_box(
    session: Session, call: Interview, iris: CheckingClient
) -> None:
    answer = press(iris, call, "notes", id=str(uuid.uuid4()), text="Schools ring.", theme="S01")

    assert answer.status_code == 422
    assert "Ask for consent to take notes" in words(answer.text)
    box = fields(answer.text, "text")
    assert (box["text"], box["theme"]) == (["Schools ring."], ["S01"])
    assert session.scalars(select(Note).where(Note.interview_id == call.id)).all() == []


@pytest.mark.parametrize(
    "form",
    [{"text": " "}, {"text": "x", "id": "one"}, {"text": "x", "prompt_code": "I99"}],
    ids=str,
)
def test_what_is_no_note_is_said_to_be_none(
    session: Session, call: Interview, iris: CheckingClient, form: dict[str, str]
) -> None:
    agreed(session, call)
    answer = press(iris, call, "notes", **form)
    assert answer.status_code == 422
    assert "There is a problem" in words(answer.text)


def test_what_is_unasked_is_counted(
    session: Session, call: Interview, iris: CheckingClient
) -> None:
    begun(session, agreed(session, call))
    assert "Still unasked: 2 (10 minutes)" in words(see(iris, call))

    press(iris, call, "notes", id=str(uuid.uuid4()), text="Schools ring.", prompt_code="I01")
    press(iris, call, "prompts/I02", state="skipped")
    assert "Still unasked: 0 (0 minutes)" in words(see(iris, call))

    press(iris, call, "prompts/I02", state="asked")
    assert session.get_one(PromptState, (call.id, "I02")).state == "asked"
    press(iris, call, "prompts/I02", state="")
    assert "Still unasked: 1 (5 minutes)" in words(see(iris, call))


def test_a_prompt_that_is_not_in_the_guide_is_not_asked(
    session: Session, call: Interview, iris: CheckingClient
) -> None:
    assert press(iris, call, "prompts/I99", state="asked").status_code == 404
    assert session.scalars(select(PromptState)).all() == []


def test_the_guide_shows_what_was_written(
    session: Session, call: Interview, iris: CheckingClient
) -> None:
    shown = words(see(iris, call))
    assert "No answer to:" in shown
    assert "Who asks for help on behalf of families?" in shown


def test_a_call_brought_in_from_elsewhere_is_over(
    session: Session, birch: Submission, client: CheckingClient
) -> None:
    alder = submission_of(session, "Alder")
    call = session.scalars(select(Interview).where(Interview.submission_id == alder.id)).one()
    client.sign_in(call.interviewer)
    shown = see(client, call)
    assert "The call has ended" in words(shown)
    assert 'id="words"' not in shown
