"""The pages of a blind coder: by typing codes, or by ticking themes."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import CodedPassage, Decision, Sample, Survey
from tests.surveyapp.agreement.two_coders import draw, elms, iris, speak
from tests.surveyapp.browsing import CheckingClient


def test_a_blind_coder_codes_by_commands_alone(
    session: Session, survey: Survey, client: CheckingClient
) -> None:
    speak(session, survey, 1)
    sample = draw(session, survey)
    session.commit()
    client.sign_in(iris(session))
    assert f"/blind/{sample.id}/" in client.get("/account/").text

    where = client.get(f"/blind/{sample.id}/next").headers["Location"]
    page = client.get(where)
    while page.status_code == 200 and "/passages/" in where:
        assert "suggest" not in page.text.replace("without suggestions", "")
        where = client.post(where, data={"command": "+E2 ."}).headers["Location"]
        page = client.get(where)

    assert where == f"/blind/{sample.id}/"
    assert "Finish the sample" in page.text
    client.post(f"/blind/{sample.id}/finish")
    assert session.get_one(Sample, sample.id).finished_at is not None
    assert "There is nothing more to do" in client.get(where).text
    assert f"/blind/{sample.id}/" not in client.get("/account/").text
    assert client.get(f"/blind/{sample.id}/passages/{elms(session)[0].key}").status_code == 302


@pytest.fixture
def blind_page(session: Session, survey: Survey, client: CheckingClient) -> str:
    """Where Iris codes the first passage of Elm blind."""
    speak(session, survey, 1)
    sample = draw(session, survey)
    session.commit()
    client.sign_in(iris(session))
    return f"/blind/{sample.id}/passages/{elms(session)[0].key}"


def test_whoever_begins_by_ticks_goes_on_by_ticks(
    session: Session, client: CheckingClient, blind_page: str
) -> None:
    begun = client.get(blind_page.split("passages")[0] + "next?by=ticks").headers["Location"]
    left_open = {"by": "ticks", "seen": "", "theme": ["E2", "S01"], "then": "skip"}

    where = client.post(blind_page, data=left_open).headers["Location"]

    assert begun.endswith("?by=ticks")
    assert where.endswith(f"/passages/{elms(session)[1].key}?by=ticks")
    page = client.get(where).text
    assert 'id="command"' not in page
    assert "suggest" not in page


def test_ticks_give_themes_take_them_off_and_finish(
    session: Session, client: CheckingClient, blind_page: str
) -> None:
    client.post(blind_page, data={"by": "ticks", "theme": ["E2", "S01"], "then": "skip"})
    page = client.get(f"{blind_page}?by=ticks").text
    changed = {"by": "ticks", "seen": "E2 S01", "theme": ["S01", "P1"], "then": "finish"}

    client.post(blind_page, data=changed)

    assert 'value="E2" checked' in page
    assert 'name="seen" value="E2 S01"' in page
    assert sorted(session.scalars(select(Decision.theme))) == ["P1", "S01"]
    assert session.scalars(select(CodedPassage.words)).all() == [elms(session)[0].words]
    client.post(blind_page, data={"by": "ticks", "seen": "P1 S01", "then": "undo"})
    assert sorted(session.scalars(select(Decision.theme))) == ["E2", "S01"]
    assert session.scalars(select(CodedPassage.words)).all() == []


def test_ticks_that_cannot_be_kept_stay_on_the_page(
    session: Session, client: CheckingClient, blind_page: str
) -> None:
    ticks = {"by": "ticks", "seen": "", "theme": ["E2", "X9"], "then": "finish"}

    answer = client.post(blind_page, data=ticks)

    assert answer.status_code == 422
    assert "There is no theme X9" in answer.text
    assert 'value="E2" checked' in answer.text
    assert session.scalars(select(Decision)).all() == []
    assert client.post(blind_page, data={**ticks, "then": "fly"}).status_code == 400


def test_a_slip_of_the_blind_coder_stays_in_the_box(
    session: Session, survey: Survey, client: CheckingClient
) -> None:
    speak(session, survey, 1)
    sample = draw(session, survey)
    session.commit()
    client.sign_in(iris(session))
    where = f"/blind/{sample.id}/passages/{elms(session)[0].key}"

    answer = client.post(where, data={"command": "+E2 +X9 ."})

    assert answer.status_code == 422
    assert 'value="+E2 +X9 ."' in answer.text
    assert "There is no theme X9" in answer.text
    assert session.scalars(select(Decision)).all() == []
    assert client.post(f"/blind/{sample.id}/finish").status_code == 422
