"""The brief as a page and in Word: the order of its parts, who reads it, and that it is noted."""

from typing import Literal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import AuditEvent, Interview, Person, Submission
from surveyapp.people import know
from synthesis.word import check, text_of
from tests.surveyapp.browsing import CheckingClient, parse
from tests.surveyapp.building import save, somebody, submission_of
from tests.surveyapp.interview.calls import call_with
from tests.surveyapp.rounds import next_round, reopen, submit

PARTS = [
    "Start here",
    "Gaps",
    "Low ratings",
    "Claims without evidence",
    "Documents promised",
    "The guide, prompt by prompt",
    "The last round",
    "Who is who",
]


@pytest.fixture
def call(session: Session, birch: Submission) -> Interview:
    """A call with a return in which there is something for every part of the brief."""
    save(session, birch, "S01.1", {"rating": 1}, seen=1)
    save(session, birch, "S01.3", {"options": ["other"], "other": "Odd <b>fellows</b>"}, seen=1)
    save(session, birch, "S01.5", {"title": "Thresholds"}, entry_id="e1")
    save(session, birch, "Z1.1.c", {"text": "It works well.\nWe will send it."}, entry_id="z1")
    return call_with(session, birch)


@pytest.fixture
def iris(client: CheckingClient, call: Interview) -> Person:
    client.sign_in(call.interviewer)
    return call.interviewer


def headings(html: str, level: str = "h2") -> list[str]:
    return ["".join(one.itertext()).strip() for one in parse(html).iter(level)]


def test_the_parts_stand_in_their_order(
    client: CheckingClient, call: Interview, iris: Person
) -> None:
    page = client.get(f"/interviews/{call.id}/brief").text

    assert [one for one in headings(page) if one in PARTS] == PARTS
    prompts = [one for one in headings(page, "h3") if one.startswith("I0")]
    assert prompts == [
        "I01 (5 minutes). How do families find you?",
        "I02 (5 minutes). What else should we know?",
    ]
    assert "What stands in the way of one front door?" in page
    assert "Because S01.1 is 1 (Emerging) or less." in page
    assert "Odd &lt;b&gt;fellows&lt;/b&gt;" in page


def test_a_probe_that_is_not_called_for_is_not_printed(
    client: CheckingClient, session: Session, call: Interview, iris: Person
) -> None:
    save(session, call.submission, "S01.1", {"rating": 2}, seen=2)

    page = client.get(f"/interviews/{call.id}/brief").text

    assert "What stands in the way" not in page


def test_the_word_file_is_sound_and_says_the_same(
    client: CheckingClient, call: Interview, iris: Person
) -> None:
    answer = client.get(f"/interviews/{call.id}/brief.docx")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="Brief Birch.docx"'
    assert check(answer.data) == []
    words = text_of(answer.data)
    last = {part: len(words) - words[::-1].index(part) for part in PARTS}
    assert list(last.values()) == sorted(last.values())
    page = client.get(f"/interviews/{call.id}/brief").text
    for told in ("Odd <b>fellows</b>", "Thresholds", "It works well.", "We will send it."):
        assert any(told in one for one in words)
        assert told.replace("<", "&lt;").replace(">", "&gt;") in page


def test_the_word_file_of_a_whole_story_is_sound(
    client: CheckingClient, session: Session, birch: Submission
) -> None:
    """With a last round, a return opened again, nothing asked by telephone and nobody invited."""
    alder = submission_of(session, "Alder")
    now = next_round(session, alder.authority)
    save(session, now, "S01.1", {"rating": 4})
    submit(session, now)
    reopen(session, now)
    save(session, now, "S01.1", {"missing": "don't know"}, seen=1)
    made = call_with(session, now)
    client.sign_in(made.interviewer)

    page = client.get(f"/interviews/{made.id}/brief").text
    docx = client.get(f"/interviews/{made.id}/brief.docx").data

    assert check(docx) == []
    assert "Before: 4 (Embedded). Now: Don&#39;t know." in page
    assert any("Before: 4 (Embedded). Now: Don't know." in one for one in text_of(docx))
    assert "Cannot be compared" in page
    assert "Cannot be compared" in text_of(docx)


def test_reading_a_brief_is_noted_without_words(
    client: CheckingClient, session: Session, call: Interview, iris: Person
) -> None:
    client.get(f"/interviews/{call.id}/brief")

    (event,) = session.scalars(select(AuditEvent).where(AuditEvent.action == "answers.read"))
    assert event.person_id == iris.id
    assert event.submission_id == call.submission_id


@pytest.mark.parametrize("file", ["brief", "brief.docx"])
@pytest.mark.parametrize(
    ("who", "status"), [("consultant", 200), ("interviewer", 403), ("coordinator", 403)]
)
def test_only_who_holds_or_oversees_a_call_reads_its_brief(
    client: CheckingClient,
    session: Session,
    call: Interview,
    who: Literal["consultant", "interviewer", "coordinator"],
    status: int,
    file: str,
) -> None:
    if who == "coordinator":
        person = somebody(session)
    else:
        person = know(session, f"{who}@x.example", who, who)
    session.commit()
    client.sign_in(person)

    answer = client.get(f"/interviews/{call.id}/{file}")

    assert answer.status_code == status
    if status == 403:
        read = select(AuditEvent).where(AuditEvent.action == "answers.read")
        assert session.scalars(read).all() == []
