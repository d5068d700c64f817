"""Choices on the page: something else, one that excludes the others, answers that are hidden."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Answer, Submission, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import save, somebody
from tests.surveyapp.respond.every_type import load_every_type
from tests.surveyapp.respond.filling import address, enter, entry_of, fill, join, send, words


@pytest.fixture
def every(session: Session, survey: Survey) -> Submission:
    """A return with a question of every type."""
    return load_every_type(session)


@pytest.fixture
def writer(client: CheckingClient, session: Session, every: Submission) -> CheckingClient:
    """Somebody who completes that return."""
    return enter(client, join(session, every, "Wim Writer").person)


def stored(session: Session, submission: Submission, code: str) -> object:
    session.expire_all()
    rows = select(Answer).where(Answer.submission_id == submission.id, Answer.question_code == code)
    return session.scalars(rows).one().value


@pytest.mark.parametrize(
    ("code", "chosen", "value"),
    [
        ("S01.3", {"options": ["school"]}, {"options": ["school"]}),
        ("S01.3", {"options": []}, {}),
        ("S01.3", {"options": ["missing:don't know"]}, {"missing": "don't know"}),
        ("S01.2", {"option": "health"}, {"option": "health"}),
        ("S01.2", {"option": "missing:don't know"}, {"missing": "don't know"}),
    ],
)
def test_words_in_the_box_of_a_choice_that_is_not_made_are_let_be(
    code: str,
    chosen: dict[str, object],
    value: dict[str, object],
    writer: CheckingClient,
    every: Submission,
    session: Session,
) -> None:
    url = address(every, "sections/S01")
    field = next(iter(chosen))
    other = ["other"] if field == "options" else "other"
    fill(writer, url, {f"{code}:{field}": other, f"{code}:other": "Police"})
    assert stored(session, every, code)["other"] == "Police"

    response = fill(writer, url, {f"{code}:{field}": chosen[field]})

    assert response.status_code == 303
    assert stored(session, every, code) == value
    history = words(writer.get(address(every, f"questions/{code}")).text)
    assert "Other: Police" in history


def test_an_answer_that_is_hidden_says_so_where_the_page_lands(
    client: CheckingClient, birch: Submission, session: Session
) -> None:
    save(session, birch, "S01.1", {"rating": 3}, seen=1)
    save(session, birch, "S01.2", {"text": "We count."})
    session.commit()
    enter(client, somebody(session))
    url = address(birch, "sections/S01")

    response = fill(client, url, {"S01.1:rating": "0"})

    assert response.location.endswith("/sections/S01#question-S01-1")
    told = words(client.get(url).text)
    assert (
        "S01.2 is not asked any more. Its answer is kept and is not part of the return unless you "
        "change S01.1 back."
    ) in told
    assert fill(client, url, {}).location.endswith("/sections/S01/finish")
    fill(client, url, {"S01.1:rating": "3"})
    assert "is not asked any more" not in words(client.get(url).text)


def test_an_entry_that_is_removed_says_so_where_the_page_lands(
    writer: CheckingClient, every: Submission
) -> None:
    url = address(every, "sections/S01")
    page = writer.get(url).text
    (entry,) = entry_of(page, "S01.10.a")
    send(writer, url, page, {f"S01.10.a@{entry}:text": "One"})

    removed = fill(writer, url, {}, f"remove=S01.10@{entry}")

    assert removed.location.endswith("?gone=S01.10#question-S01-10")
    page = writer.get(removed.location).text
    assert "The entry is removed from S01.10" in words(page)
    assert page.index('id="question-S01-10"') < page.index("The entry is removed")


def test_what_is_brought_up_is_told_at_the_question_it_brings_up(
    client: CheckingClient, birch: Submission, session: Session
) -> None:
    enter(client, somebody(session))
    response = fill(client, address(birch, "sections/S01"), {"S01.1:rating": "3"})

    page = client.get(response.location).text

    assert page.index('id="question-S01-2"') < page.index("have brought up more")
