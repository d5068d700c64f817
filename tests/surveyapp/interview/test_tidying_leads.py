"""Links on the list of notes: each saves what was typed before it leads on."""

import html
import re

import pytest
from sqlalchemy.orm import Session

from surveyapp.interview import tidying
from surveyapp.interview.live import board
from surveyapp.models import Interview, Note, Submission
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.interview.after_the_call import held, note, taker

REFUSED, NOT_THERE = 422, 404


@pytest.fixture
def call(session: Session, birch: Submission) -> Interview:
    """A call that is over."""
    made = held(session)
    session.commit()
    return made


def _at(call: Interview, rest: str) -> str:
    return f"/interviews/{call.id}/{rest}"


def _row(one: Note, text: str) -> dict[str, object]:
    key = one.id.hex
    shown = tidying.digest(one.text)
    return {f"text-{key}": text, f"seen-{key}": one.version, f"shown-{key}": shown}


@pytest.mark.parametrize(
    ("button", "leads_to"),
    [
        ("Prompt, strand and marks", "notes/{}"),
        ("The answer has changed", "notes/{}/answer"),
        ("Add the document", "notes/{}/document"),
    ],
)
def test_a_button_that_leads_on_saves_what_was_typed_first(
    iris: CheckingClient, session: Session, call: Interview, button: str, leads_to: str
) -> None:
    one, other = note(session, call, "School"), note(session, call, "Clinic", second=90)
    one.mark = "document"
    session.commit()
    found = re.search(rf'formaction="([^"]+)">{button}', iris.get(_at(call, "tidy")).text)
    assert found is not None
    pressed = html.unescape(found[1])
    answer = iris.post(pressed, data=_row(other, "Clinics"))
    assert answer.location == _at(call, leads_to.format(one.id))
    assert other.text == "Clinics"
    assert "1 note is saved." in iris.get(answer.location).text

    # What cannot be saved is shown again, and nothing typed is lost.
    answer = iris.post(pressed, data=_row(other, " "))
    assert answer.status_code == REFUSED
    assert iris.post(_at(call, "tidy?to=reword&note_id=none")).status_code == NOT_THERE


def test_what_came_of_a_note_and_its_twin_lead_on_too(
    iris: CheckingClient, session: Session, call: Interview
) -> None:
    one = note(session, call, "School")
    other = note(session, call, "Clinic", second=62, by=taker(session))
    session.commit()
    iris.post(_at(call, f"notes/{one.id}/contact"), data={"name": "Sue Marsh", "theme": "S01"})
    iris.post(_at(call, f"notes/{one.id}/task"))
    session.refresh(call)
    page = iris.get(_at(call, "tidy")).text
    places = [
        iris.post(html.unescape(where)).location
        for where in re.findall(r'"([^"]+\?to=[^"]+)"', page)
    ]
    assert {
        _at(call, f"notes/{one.id}/contact?row={call.contacts[0].id}"),
        _at(call, f"follow-ups/{call.follow_ups[0].id}"),
        _at(call, f"notes/{one.id}/merge/{other.id}"),
    } <= set(places)
    assert {iris.get(place).status_code for place in places} == {200}


def test_the_strand_that_somebody_chose_stands_with_the_note(
    iris: CheckingClient, session: Session, call: Interview
) -> None:
    one = note(session, call, "School")
    session.commit()
    assert "Strand: " not in iris.get(_at(call, "tidy")).text
    theme, title = next(iter(board.strands(call).items()))
    one.theme = theme
    session.commit()
    assert f"Strand: {title}" in iris.get(_at(call, "tidy")).text
