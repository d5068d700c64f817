"""Notes typed elsewhere, brought in: a person places them, and nothing is placed by guess alone."""

import datetime as dt
import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.config import Settings
from surveyapp.extensions import db
from surveyapp.interview import papers
from surveyapp.interview.bringing import drafts, suggesting
from surveyapp.interview.bringing.passages import Brought, Passage
from surveyapp.models import AuditEvent, Interview, Submission
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, somebody, submission_of
from tests.surveyapp.interview.brought import address, bring, bring_call, place, said, typed
from tests.surveyapp.interview.calls import TRANSCRIPT, call_with, word_file
from tests.surveyapp.respond.filling import words

NOTES = "Families find us through school.\n\nThey ring one number.\n\nBy the way."


@pytest.fixture
def call(session: Session, birch: Submission) -> Interview:
    """A call on which notes may be taken."""
    return call_with(session, birch, agreed=True)


def test_passages_are_placed_by_a_person(
    iris: CheckingClient, call: Interview, session: Session
) -> None:
    page = bring(iris, call, NOTES.encode())
    assert "0 passages are notes, 0 are left out, 3 wait." in words(page.text)
    assert set(typed(page).values()) == {*NOTES.split("\n\n"), ""}
    assert "Word for word" not in words(page.text)

    after = place(iris, page, where_1="under:I01", where_2="under:", where_3="leave")

    assert "2 passages are notes now. 1 left out." in words(after.text)
    assert "Every passage of this file is placed or left out" in words(after.text)
    assert set(said(session, call)) == {
        ("I01", "Families find us through school.", False, None),
        ("", "They ring one number.", False, None),
    }
    assert {one.origin for one in call.notes} == {"file"}
    assert {one.author_id for one in call.notes} == {call.interviewer_id}


def test_a_suggestion_is_named_with_its_reason_and_chosen_only_when_asked_for(
    iris: CheckingClient, call: Interview, session: Session, settings: Settings
) -> None:
    begun = bring(iris, call, NOTES.encode())
    assert "Suggested" not in words(begun.text)
    early = place(iris, begun, act="suggest")
    assert "We are looking for prompts to suggest" in words(early.text)
    key = begun.request.path.rpartition("/")[2]
    suggesting.make(db.sessionmaker, settings.instance, str(call.id), key)
    page = iris.get(begun.request.path)
    assert "Suggested" in words(page.text)
    assert "It shares ‘families’" in words(page.text).replace("Families", "families")
    assert not {one for name, one in typed(page).items() if name.startswith("where")} - {""}

    nothing = place(iris, page)
    assert said(session, call) == []
    assert "No passage was placed" in words(nothing.text)
    filled = place(iris, nothing, act="suggest", where_3="leave", text_2="They ring us.")

    assert typed(filled)["where-1"] == "under:I01"
    assert typed(filled)["where-3"] == "leave"
    assert typed(filled)["text-2"] == "They ring us."
    assert "Nothing is saved yet" in words(filled.text)
    assert said(session, call) == []


def test_a_transcript_asks_who_is_who_first(iris: CheckingClient, call: Interview) -> None:
    page = bring(iris, call, TRANSCRIPT.encode(), "call.vtt")
    assert "Who is who in the transcript" in words(page.text)
    assert " checked" not in page.text

    missing = iris.post(f"{page.request.path}/speakers", data={"who-0": "ours", "who-1": "x"})

    assert missing.status_code == 400
    assert "Say who Cy Birch is" in words(missing.text)


def test_only_the_person_interviewed_can_be_quoted_from_a_transcript(
    iris: CheckingClient, call: Interview, session: Session
) -> None:
    page = bring_call(iris, call)
    assert re.findall(r'name="verbatim-(\d)"', page.text) == ["2", "4"]
    assert [typed(page)[f"where-{n}"] for n in range(1, 5)] == ["leave", "", "leave", ""]

    place(
        iris,
        page,
        where_1="under:I01",
        verbatim_1="yes",
        where_2="under:I01",
        verbatim_2="yes",
        where_4="under:I02",
    )

    assert said(session, call) == [
        ("I01", "How do families find you?", False, 3),
        (
            "I01",
            "Mostly through schools & health visitors. One front door, since May.",
            True,
            7,
        ),
        ("I02", "Nothing, really.", False, 83),
    ]


def test_changed_words_are_not_word_for_word(
    iris: CheckingClient, call: Interview, session: Session
) -> None:
    page = bring_call(iris, call)
    changed = place(
        iris, page, text_2="Mostly schools.", where_2="under:I01", verbatim_2="yes", where_4="leave"
    )

    assert changed.status_code == 400
    assert "Passage 2 says something else than the file" in words(changed.text)
    assert (typed(changed)["text-2"], typed(changed)["where-4"]) == ("Mostly schools.", "leave")
    assert said(session, call) == []

    place(iris, changed, text_2="One front door,\r\nsince May.")
    assert [one for one in said(session, call) if one[2]] == [
        ("I01", "One front door,\nsince May.", True, 7)
    ]


def test_passages_are_joined_and_split(
    iris: CheckingClient, call: Interview, session: Session
) -> None:
    page = bring(iris, call, b"One\n\nTwo\n\nThree\n\nFour")
    joined = place(iris, page, where_1="under:I01", where_2="join", where_3="join")
    assert said(session, call) == [("I01", "One\nTwo\nThree", False, None)]

    split = place(iris, joined, text_4="Fo\r\n\r\nur", where_4="split")
    assert {one for name, one in typed(split).items() if name.startswith("text")} == {"Fo", "ur"}
    place(iris, split, **{"where_4.1": "under:I02", "where_4.2": "under:"})

    assert {one[:2] for one in said(session, call)} >= {("I02", "Fo"), ("", "ur")}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"where_1": "under:I01", "text_1": " "}, "There are no words in passage 1"),
        ({"where_1": "join"}, "no passage before passage 1"),
        ({"where_1": "leave", "where_2": "join"}, "no passage before passage 2"),
        ({"where_1": "split"}, "Put an empty line into passage 1"),
        ({"where_1": "under:I99", "where_2": "under:I01"}, "no such prompt"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_lost(
    data: dict[str, str], told: str, iris: CheckingClient, call: Interview, session: Session
) -> None:
    page = place(iris, bring(iris, call, NOTES.encode()), **data, text_3="Typed here")

    assert page.status_code == 400
    assert told in words(page.text)
    assert said(session, call) == []
    again = iris.get(page.request.path)
    assert typed(again)["text-3"] == "Typed here"


def test_work_goes_on_after_a_closed_tab(
    iris: CheckingClient, call: Interview, session: Session
) -> None:
    page = place(iris, bring(iris, call, NOTES.encode()), where_1="under:I01", text_2="Half")

    begun = iris.get(address(call))
    assert "2 passages wait" in words(begun.text)
    again = bring(iris, call, NOTES.encode())

    assert again.request.path == page.request.path
    assert typed(again) == {
        "text-2": "Half",
        "where-2": "",
        "text-3": "By the way.",
        "where-3": "",
    }


def test_the_same_page_sent_twice_makes_no_second_note(
    iris: CheckingClient, call: Interview, session: Session
) -> None:
    page = bring(iris, call, NOTES.encode())
    place(iris, page, where_1="under:I01")
    place(iris, page, where_1="under:I02", text_1="Otherwise")

    assert [one[0] for one in said(session, call)] == ["I01"]


def test_a_colleague_who_brings_in_the_same_file_finds_what_is_placed(
    iris: CheckingClient, call: Interview, session: Session
) -> None:
    page = bring(iris, call, NOTES.encode())
    place(iris, page, where_1="under:I01")
    call.note_taker = colleague = somebody(session, "Cy Birch")
    colleague.staff_role = "interviewer"
    session.commit()
    iris.sign_in(colleague)

    theirs = bring(iris, call, NOTES.encode())

    assert "1 passage is a note" in words(theirs.text)
    assert theirs.request.path != page.request.path
    assert iris.get(page.request.path).status_code == 404


def test_left_out_passages_come_back_and_the_rest_is_thrown_away(
    iris: CheckingClient, call: Interview, session: Session, settings: Settings
) -> None:
    page = place(iris, bring(iris, call, NOTES.encode()), where_1="leave")
    back = iris.get(iris.post(f"{page.request.path}/back", data={"passage": "1"}).location)
    assert "0 are left out, 3 wait" in words(back.text)

    after = iris.get(iris.post(f"{page.request.path}/forget").location)

    assert "Files you have begun" not in words(after.text)
    assert iris.get(page.request.path).status_code == 404
    assert not list(papers.drafts(settings.instance, call).iterdir())


def test_long_files_are_shown_a_page_at_a_time(
    iris: CheckingClient, call: Interview, session: Session
) -> None:
    page = bring(iris, call, "\n".join(f"Line {n}" for n in range(40)).encode())
    last = iris.get(f"{page.request.path}?page=9")
    assert "This is page 3 of 3" in words(last.text)

    saved = iris.post(f"{page.request.path}?page=3", data={"text-31": "x", "where-31": "under:"})

    assert saved.location.endswith("?page=3")
    assert said(session, call) == [("", "x", False, None)]
    assert iris.get(f"{page.request.path}?page=no").status_code == 200


def test_notes_need_consent(iris: CheckingClient, call: Interview, session: Session) -> None:
    page = bring(iris, call, NOTES.encode())
    call.consent_notes = False
    session.commit()

    placed = place(iris, page, where_1="under:I01")
    refused = bring(iris, call, b"More")

    assert placed.status_code == 409
    assert "has not agreed to notes" in words(placed.text)
    assert refused.status_code == 400
    assert "Record their consent" in words(refused.text)
    assert "file" not in re.findall(r'name="(\w+)"', refused.text)
    assert said(session, call) == []


def test_the_day_of_the_call_is_asked_for_where_nobody_knows_it(
    iris: CheckingClient, call: Interview, session: Session
) -> None:
    call.held_on = None
    session.commit()
    for day, told in (("", "Enter the date of the call"), ("32", "Enter a real date")):
        date = {"held_on-day": day, "held_on-month": "7" if day else "", "held_on-year": "2015"}
        date = date if day else {}
        refused = bring(iris, call, NOTES.encode(), **date)
        assert refused.status_code == 400
        assert told in words(refused.text)
    future = {"held_on-day": "1", "held_on-month": "1", "held_on-year": "2090"}
    assert "today or in the past" in words(bring(iris, call, NOTES.encode(), **future).text)

    bring(iris, call, NOTES.encode(), **(future | {"held_on-year": "2015"}))

    session.expire_all()
    assert call.held_on == dt.date(2015, 1, 1)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("", b"", "Choose the file"),
        ("notes.txt", b"", "The file is empty"),
        ("notes.pdf", b"%PDF-1.4\n%%EOF", "must be a Word document"),
        ("call.vtt", b"Hello", "first line is not WEBVTT"),
        ("notes.docx", b"PK\x03\x04", "damaged"),
        ("notes.docx", word_file(""), "no words in this file"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_on_the_page(
    name: str, content: bytes, told: str, iris: CheckingClient, call: Interview
) -> None:
    page = bring(iris, call, content, name)

    assert page.status_code == 400
    assert told in words(page.text)
    assert 'href="#file"' in page.text


def test_what_is_kept_of_a_file_is_its_passages_and_what_proves_it(
    iris: CheckingClient, call: Interview, session: Session
) -> None:
    page = bring(iris, call, NOTES.encode(), "Birch notes.txt")
    place(iris, page, where_1="under:I01", where_2="leave")
    told = {
        one.action: one.detail
        for one in session.scalars(select(AuditEvent).where(AuditEvent.subject_id == str(call.id)))
    }

    brought = told["interview.file_brought_in"]
    assert (brought["size"], brought["passages"], len(brought["file"])) == (len(NOTES), 3, 16)
    assert told["interview.passages_placed"] == {"notes": 1, "left_out": 1}
    assert "Birch" not in str(told)


def test_nobody_else_gets_in(iris: CheckingClient, call: Interview, session: Session) -> None:
    page = bring(iris, call, NOTES.encode())
    iris.sign_in(submission_of(session, "Alder").contributors[0].person)
    for path in (address(call), page.request.path):
        assert iris.get(path).status_code == 403
    for rest in ("", "/speakers", "/back", "/forget"):
        assert iris.post(f"{page.request.path}{rest}").status_code == 403


def test_a_long_file_gets_no_suggestions(call: Interview) -> None:
    brought = Brought("txt", (Passage("Families " * 20_000),))
    draft = drafts.make(brought, "notes.txt", b"x", call.interviewer, NOON)

    assert suggesting.is_too_long(draft)
