"""Notes sent by the live screen itself: every one is kept, and what comes back says what became."""

import uuid
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from surveyapp.interview import notes
from surveyapp.interview.live import wire
from surveyapp.interview.notes import Kept
from surveyapp.models import Interview, Note, Submission
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import queries, somebody
from tests.surveyapp.interview.calling import agreed, arranged, staff, typed


@pytest.fixture
def call(session: Session, birch: Submission) -> Interview:
    """A call on which notes are agreed."""
    return agreed(session, arranged(session, birch))


def send(client: CheckingClient, call: Interview, note: dict[str, Any]) -> TestResponse:
    return client.post(f"/interviews/{call.id}/typing", json=note)


def noted(session: Session, call: Interview) -> list[str]:
    session.expire_all()
    found = select(Note).where(Note.interview_id == call.id).order_by(Note.created_at)
    return [note.text for note in session.scalars(found)]


def test_a_note_is_kept_as_it_is_sent(
    session: Session, call: Interview, iris: CheckingClient
) -> None:
    marks = {"verbatim": True, "follow_up": True, "mark": "contact", "theme": "S01"}
    note = typed(call.interviewer, "Di Ash knows.", **marks)

    told = send(iris, call, note).json

    told.pop("identifying")
    assert told == {"state": "saved", "id": note["id"], "seen": 1, "twin_of": None}
    kept = session.get_one(Note, uuid.UUID(note["id"]))
    assert (kept.text, kept.second, kept.prompt_code) == ("Di Ash knows.", 12, "I01")
    assert {name: getattr(kept, name) for name in marks} == marks


def test_a_note_sent_again_after_a_lost_answer_is_kept_once(
    session: Session, call: Interview, iris: CheckingClient
) -> None:
    first = typed(call.interviewer, "We count")
    send(iris, call, first)

    later = first | {"text": "We count calls.", "write": str(uuid.uuid4())}
    told = send(iris, call, later | {"unanswered": [first["write"]]}).json

    assert (told["seen"], told["twin_of"]) == (2, None)
    assert noted(session, call) == ["We count calls."]


def test_a_new_note_that_arrives_twice_at_once_is_kept_once(
    session: Session, call: Interview, iris: CheckingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = notes.keep
    told: list[Kept] = []

    def late(*arguments: Any) -> Kept:
        if not told:
            # The other one is kept between our looking for the note and our writing it.
            told.append(keep(*arguments))
            session.commit()
            raise IntegrityError("INSERT", {}, ValueError("twice"))
        return keep(*arguments)

    monkeypatch.setattr(notes, "keep", late)
    answer = send(iris, call, typed(call.interviewer, "We count.")).json

    assert answer is not None
    assert (answer["seen"], answer["twin_of"]) == (1, None)
    assert noted(session, call) == ["We count."]


def test_anothers_words_in_the_same_note_come_back_with_the_twin(
    session: Session, call: Interview, client: CheckingClient
) -> None:
    zoe = staff(session, "Zoe Types")
    call.note_taker = zoe
    session.commit()
    client.sign_in(call.interviewer)
    note = typed(call.interviewer, "We")
    send(client, call, note)
    send(client, call, note | {"text": "We count.", "seen": 1, "write": str(uuid.uuid4())})

    client.sign_in(zoe)
    theirs = note | {"by": str(zoe.id), "text": "We ask.", "seen": 1, "write": str(uuid.uuid4())}
    told = send(client, call, theirs).json

    assert told["id"] != note["id"]
    assert told["twin_of"]["text"] == "We count."
    assert sorted(noted(session, call)) == ["We ask.", "We count."]


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ({"text": "a" * (wire.MOST_LETTERS + 1)}, 400),
        ({"seen": "1"}, 400),
        ({"seen": -1}, 400),
        ({"id": "one"}, 400),
        ({"mark": "star"}, 400),
        ({"colour": "red"}, 400),
        ({"prompt_code": "I99"}, 422),
        ({"theme": "S99"}, 422),
    ],
)
def test_what_is_no_note_of_this_call_is_refused(
    session: Session, call: Interview, iris: CheckingClient, fault: dict[str, Any], status: int
) -> None:
    answer = send(iris, call, typed(call.interviewer, "x") | fault)

    assert answer.status_code == status
    assert answer.json is not None
    assert answer.json["state"] == "refused"
    assert noted(session, call) == []


def test_more_than_any_note_is_not_even_read(call: Interview, iris: CheckingClient) -> None:
    answer = iris.post(
        f"/interviews/{call.id}/typing",
        data=b"x" * (wire.MOST_SENT + 1),
        content_type="application/json",
    )
    assert answer.status_code == 413


def test_a_page_of_somebody_who_has_signed_out_does_not_write_for_the_next(
    session: Session, call: Interview, iris: CheckingClient
) -> None:
    answer = send(iris, call, typed(somebody(session), "Cy's"))

    assert (answer.status_code, answer.json) == (409, {"state": "somebody else"})
    assert noted(session, call) == []


@pytest.mark.parametrize("said", ["nothing", "no"])
def test_without_consent_nothing_is_kept(
    session: Session, birch: Submission, client: CheckingClient, said: str
) -> None:
    call = arranged(session, birch)
    if said == "no":
        agreed(session, call, notes=False)
    client.sign_in(call.interviewer)

    answer = send(client, call, typed(call.interviewer, "x"))

    assert (answer.status_code, answer.json) == (409, {"state": "not agreed"})
    assert noted(session, call) == []


def test_nobody_signed_in_is_told_so_in_data(call: Interview, client: CheckingClient) -> None:
    answer = send(client, call, typed(call.interviewer, "x"))
    assert (answer.status_code, answer.json) == (401, {"error": "sign in"})


def test_a_nul_is_no_letter(session: Session, call: Interview, iris: CheckingClient) -> None:
    send(iris, call, typed(call.interviewer, "one\0two"))
    assert noted(session, call) == ["onetwo"]


def test_a_save_takes_few_statements(
    session: Session, call: Interview, iris: CheckingClient
) -> None:
    note = typed(call.interviewer, "We")
    send(iris, call, note)
    session.expire_all()

    address = f"/interviews/{call.id}/typing"

    with queries(session) as sent:
        iris.post(address, json=note | {"text": "We ", "seen": 1, "write": str(uuid.uuid4())})

    # Who asks, the interview, the note, and the note as it is now.
    own = [one for one in sent if not one.startswith(("SAVEPOINT", "RELEASE"))]
    assert len(own) == 4, own


def test_what_others_noted_is_heard_and_only_what_is_new(
    session: Session, call: Interview, iris: CheckingClient
) -> None:
    send(iris, call, typed(call.interviewer, "We count."))

    first = iris.get(f"/interviews/{call.id}/heard").json
    assert first is not None
    again = iris.get(f"/interviews/{call.id}/heard?since=2999-01-01T00:00:00%2B00:00").json

    assert [note["text"] for note in first["notes"]] == ["We count."]
    assert first["notes"][0]["author"] == "Iris Notes"
    assert first["consent"] == {"notes": True, "quotes": True, "use_level": "named"}
    assert first["person"] == str(call.interviewer_id)
    assert again["notes"] == []


def test_hearing_does_not_keep_a_session_alive(call: Interview, iris: CheckingClient) -> None:
    iris.get(f"/interviews/{call.id}/heard")  # the first brings the token that forms carry

    answer = iris.get(f"/interviews/{call.id}/heard")

    assert "Set-Cookie" not in answer.headers
