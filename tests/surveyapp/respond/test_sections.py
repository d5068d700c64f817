"""A section is filled in without scripts: saved answer by answer, what is wrong shown as typed."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.coordinate import services as coordinate
from surveyapp.models import Answer, Submission, Survey, Unsaved
from surveyapp.respond import services as respond
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, queries, save, somebody, submission_of
from tests.surveyapp.respond.every_type import load_every_type
from tests.surveyapp.respond.filling import (
    address,
    enter,
    entry_of,
    fields,
    fill,
    join,
    send,
    words,
)


@pytest.fixture
def cy(client: CheckingClient, session: Session, birch: Submission) -> CheckingClient:
    """Birch's coordinator, signed in."""
    return enter(client, somebody(session))


@pytest.fixture
def every(session: Session, survey: Survey) -> Submission:
    """A return with a question of every type."""
    return load_every_type(session)


@pytest.fixture
def writer(client: CheckingClient, session: Session, every: Submission) -> CheckingClient:
    """Somebody who completes that return."""
    return enter(client, join(session, every, "Wim Writer").person)


def stored(session: Session, submission: Submission, code: str) -> list[dict[str, object]]:
    rows = select(Answer).where(Answer.submission_id == submission.id, Answer.question_code == code)
    return [row.value for row in session.scalars(rows.order_by(Answer.created_at))]


# One question of every type: what is typed, what is stored of it, and how the form shows it again.
TYPED = [
    ("S01.1", {"rating": "2"}, {"rating": 2}),
    ("S01.1", {"rating": "0"}, {"rating": 0}),
    ("S01.1", {"rating": "missing:don't know"}, {"missing": "don't know"}),
    ("S01.2", {"option": "health"}, {"option": "health"}),
    ("S01.2", {"option": "other", "other": "Police"}, {"option": "other", "other": "Police"}),
    ("S01.2", {"option": "missing:not applicable"}, {"missing": "not applicable"}),
    ("S01.3", {"options": ["school", "health"]}, {"options": ["school", "health"]}),
    ("S01.3", {"options": ["missing:don't know"]}, {"missing": "don't know"}),
    ("S01.4", {"number": "12.5"}, {"number": 12.5}),
    ("S01.4", {"number": "40", "period": "2013"}, {"number": 40, "period": "2013"}),
    ("S01.4", {"missing": "don't know"}, {"missing": "don't know"}),
    ("S01.5", {"date.day": "1", "date.month": "3", "date.year": "2015"}, {"date": "2015-03-01"}),
    ("S01.6", {"text": "The hub"}, {"text": "The hub"}),
    (
        "S01.7",
        {"text": "By\n\nmany <b>ways</b> & 😀 עברית"},
        {"text": "By\n\nmany <b>ways</b> & 😀 עברית"},
    ),
    ("S01.9", {"name": "Bo", "may_publish": "yes"}, {"name": "Bo", "may_publish": True}),
]


@pytest.mark.parametrize(("code", "typed", "value"), TYPED)
def test_an_answer_of_every_type_is_stored_and_shown_again(
    code: str,
    typed: dict[str, object],
    value: dict[str, object],
    writer: CheckingClient,
    every: Submission,
    session: Session,
) -> None:
    names = {f"{code}:{field}": one for field, one in typed.items()}
    url = address(every, "sections/S01")

    response = fill(writer, url, names)

    assert response.status_code == 303
    assert stored(session, every, code) == [value]
    again = fields(writer.get(url).text)
    for name, one in names.items():
        assert again[name] == (one if isinstance(one, list) else [one])
    assert fill(writer, url, {}).status_code == 303
    assert stored(session, every, code) == [value]


WRONG = [
    ("S01.2", {"option": "other", "other": ""}, "S01-2-other"),
    ("S01.3", {"options": ["other"], "other": ""}, "S01-3-other"),
    ("S01.4", {"number": "lots"}, "S01-4-number"),
    ("S01.4", {"number": "3", "missing": "don't know"}, "S01-4-missing"),
    ("S01.5", {"date.day": "31", "date.month": "2", "date.year": "2015"}, "S01-5-date-day"),
    ("S01.5", {"date.day": "", "date.month": "2", "date.year": "2015"}, "S01-5-date-day"),
    ("S01.6", {"text": "one two three four five six"}, "S01-6-text"),
    ("S01.7", {"text": "word " * 21}, "S01-7-text"),
    ("S01.9", {"name": "Bo", "email": "bo at home"}, "S01-9-email"),
    ("S01.9", {"email": "bo@birch.example"}, "S01-9-name"),
]


@pytest.mark.parametrize(("code", "typed", "at"), WRONG)
def test_what_cannot_be_an_answer_is_shown_as_typed_and_the_rest_is_saved(
    code: str,
    typed: dict[str, object],
    at: str,
    writer: CheckingClient,
    every: Submission,
    session: Session,
) -> None:
    names = {f"{code}:{field}": one for field, one in typed.items()}

    response = fill(writer, address(every, "sections/S01"), {**names, "S01.12:option": "yes"})

    assert response.status_code == 422
    assert f'href="#{at}"' in response.text
    assert f'id="{at}"' in response.text
    again = fields(response.text)
    for name, one in names.items():
        assert again.get(name, [""]) == (one if isinstance(one, list) else [one])
    assert stored(session, every, code) == []
    assert stored(session, every, "S01.12") == [{"option": "yes"}]


def test_entries_are_added_and_removed_and_their_words_are_kept(
    writer: CheckingClient, every: Submission, session: Session
) -> None:
    url = address(every, "sections/S01")
    page = writer.get(url).text
    (first,) = entry_of(page, "S01.10.a")

    response = send(writer, url, page, {f"S01.10.a@{first}:text": "One"}, "add=S01.10")
    page = writer.get(response.location).text
    one, two = entry_of(page, "S01.10.a")
    assert one == first
    send(writer, url, page, {f"S01.10.a@{two}:text": "Two"})
    assert [value["text"] for value in stored(session, every, "S01.10.a")] == ["One", "Two"]

    removed = fill(writer, url, {}, f"remove=S01.10@{first}")

    assert removed.status_code == 303
    assert entry_of(writer.get(url).text, "S01.10.a") == [two]
    assert [value.get("text") for value in stored(session, every, "S01.10.a")] == [None, "Two"]


def test_a_document_is_an_entry_with_its_kind_and_date(
    writer: CheckingClient, every: Submission, session: Session
) -> None:
    url = address(every, "sections/S01")
    page = writer.get(url).text
    (entry,) = entry_of(page, "S01.8")
    typed = {
        "title": "Strategy",
        "kind": "Audit",
        "url": "birch.example/audit",
        "dated.day": "1",
        "dated.month": "9",
        "dated.year": "2014",
        "may_share": "yes",
    }

    send(writer, url, page, {f"S01.8@{entry}:{field}": one for field, one in typed.items()})

    assert stored(session, every, "S01.8") == [
        {
            "title": "Strategy",
            "kind": "Audit",
            "url": "https://birch.example/audit",
            "dated": "2014-09-01",
            "may_share": True,
        }
    ]


def test_what_the_form_does_not_show_of_an_answer_stays(
    writer: CheckingClient, every: Submission, session: Session
) -> None:
    person = every.contributors[0].person
    draft = respond.Draft("S01.9", {"name": "Bo", "strands": ["S01"]})
    respond.save_answer(session, every, draft, person, NOON)
    session.commit()

    fill(writer, address(every, "sections/S01"), {"S01.9:role": "Head"})

    (contact,) = stored(session, every, "S01.9")
    assert contact == {"name": "Bo", "role": "Head", "strands": ["S01"], "may_publish": False}


def test_a_page_that_is_sent_untouched_changes_nothing(
    writer: CheckingClient, every: Submission, session: Session
) -> None:
    person = every.contributors[0].person
    draft = respond.Draft("S01.9", {"name": "Bo", "strands": ["S01"]})
    respond.save_answer(session, every, draft, person, NOON)
    session.commit()

    fill(writer, address(every, "sections/S01"), {})

    (answer,) = session.scalars(select(Answer).where(Answer.submission_id == every.id))
    assert answer.version == 1


def test_an_answer_that_brings_up_a_question_leads_to_it(
    cy: CheckingClient, birch: Submission
) -> None:
    url = address(birch, "sections/S01")
    assert "S01.2" not in words(cy.get(url).text)

    response = fill(cy, url, {"S01.1:rating": "3"})

    assert response.location.endswith("?opened=S01.2#question-S01-2")
    assert "brought up more to answer" in words(cy.get(response.location).text)
    onward = fill(cy, response.location, {"S01.2:text": "We count."})
    assert onward.location.endswith("/sections/S01/finish")


def test_a_section_can_be_one_question_a_page(cy: CheckingClient, birch: Submission) -> None:
    url = address(birch, "sections/A1")
    assert "A1.2" not in words(cy.get(url).text)

    second = fill(cy, url, {"A1.1:option": "yes"}).location
    assert second.endswith("/sections/A1/A1.2")
    assert "A1.1" not in words(cy.get(second).text)
    assert fill(cy, second, {}).location.endswith("/sections/A1/finish")
    assert fill(cy, url, {"A1.1:option": "no"}).location.endswith("/sections/A1/finish")


def test_save_and_come_back_later_leads_to_the_sections(
    cy: CheckingClient, birch: Submission, session: Session
) -> None:
    response = fill(cy, address(birch, "sections/S01"), {"S01.4:number": "7"}, "later=yes")

    assert response.location == address(birch)
    assert stored(session, birch, "S01.4") == [{"number": 7}]


@pytest.mark.parametrize(
    "rest", ["sections/S99", "sections/S01/S01.99", "sections/S01/A1.1", "questions/S99.1"]
)
def test_a_page_that_is_not_there_is_not_found(
    rest: str, cy: CheckingClient, birch: Submission
) -> None:
    assert cy.get(address(birch, rest)).status_code == 404


@pytest.mark.parametrize("seen", ["", "-1", "x", "9" * 40, "²"])
def test_a_forged_version_is_no_fault_of_ours(
    seen: str, cy: CheckingClient, birch: Submission, session: Session
) -> None:
    save(session, birch, "S01.4", {"number": 1})
    session.commit()

    response = fill(cy, address(birch, "sections/S01"), {"S01.4:number": "2", "S01.4:seen": seen})

    assert response.status_code == 409
    assert stored(session, birch, "S01.4") == [{"number": 1}]


def test_forged_names_are_left_alone(
    cy: CheckingClient, birch: Submission, session: Session
) -> None:
    before = session.scalars(select(Answer)).all()
    forged = {
        "A1.1:seen": "0",
        "A1.1:option": "yes",
        "Z1.1:seen": "0",
        "S01.4@e1:seen": "0",
        "S01.4@e1:number": "5",
        "S99.9:seen": "0",
        "S01.5:seen": "0",
        "S01.5:title": "No entry",
        "S01.5@<script>:seen": "0",
    }

    assert fill(cy, address(birch, "sections/S01"), forged).status_code == 303
    assert session.scalars(select(Answer)).all() == before


def test_a_very_long_paste_is_refused_in_words_and_shown_again(
    cy: CheckingClient, birch: Submission, session: Session
) -> None:
    save(session, birch, "S01.1", {"rating": 3}, seen=1)
    session.commit()
    paste = "word " * 400_000

    response = fill(cy, address(birch, "sections/S01"), {"S01.2:text": paste})

    assert response.status_code == 422
    assert "Your answer is 400000 words" in words(response.text)
    assert fields(response.text)["S01.2:text"] == [paste]


def test_words_that_come_after_the_close_are_kept_and_shown(
    cy: CheckingClient, birch: Submission, session: Session
) -> None:
    url = address(birch, "sections/S01")
    page = cy.get(url).text
    coordinate.close_survey(session, birch.survey, NOON)
    session.commit()

    response = send(cy, url, page, {"S01.4:number": "41", "S01.3:options": ["school"]})

    assert response.status_code == 409
    assert "41 families" in words(response.text)
    assert "Schools" in words(response.text)
    kept = {row.question_code: (row.value, row.reason) for row in session.scalars(select(Unsaved))}
    assert kept["S01.4"][0]["number"] == "41"
    assert {reason for _, reason in kept.values()} == {"closed"}
    assert set(kept) == {"S01.4", "S01.3"}
    assert "<form" not in cy.get(url).text.partition("<main")[2]


def test_a_page_asks_as_often_for_many_answers_as_for_few(
    writer: CheckingClient, every: Submission, session: Session
) -> None:
    url = address(every, "sections/S01")
    author = every.contributors[0].person

    def count() -> int:
        session.commit()
        session.expire_all()
        with queries(session) as sent:
            assert writer.get(url).status_code == 200
        return len([one for one in sent if "SAVEPOINT" not in one])

    count()  # fetches the questionnaire, which never changes, once
    few = count()
    for n in range(12):
        draft = respond.Draft("S01.10.a", {"text": f"Entry {n}"}, entry_id=f"e{n}")
        at = NOON + dt.timedelta(minutes=n)
        respond.save_answer(session, every, draft, author, at)
        respond.save_answer(
            session,
            every,
            replace(draft, question_code="S01.10.b", value={"number": n}),
            author,
            at,
        )

    assert count() == few


def test_another_authority_is_none_of_ours(cy: CheckingClient, session: Session) -> None:
    alder = submission_of(session, "Alder")

    assert cy.get(address(alder, "sections/S01")).status_code == 403
