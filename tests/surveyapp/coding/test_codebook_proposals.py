"""What words no theme explains is proposed, and taken up or set aside for good."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.coding.codebook import planning
from surveyapp.material import codebooks, decided
from surveyapp.models import Passage, Survey, Tag
from synthesis.codebook import Theme
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.coding.keeping_codebook import (
    CALLS,
    DOORS,
    add,
    kay,
    make,
    propose,
    theme,
    typed,
)
from tests.surveyapp.deriving import derive

ROOT = "/coding/tiny-survey-2015"


@pytest.fixture
def desk(session: Session, survey: Survey, client: CheckingClient) -> CheckingClient:
    """Kay's browser, at a survey with two strands that nobody asks about."""
    client.sign_in(kay(session))
    add(session, survey, CALLS, DOORS)
    derive(session, survey)
    return client


def test_a_proposal_becomes_a_theme_that_its_passages_have(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    row = propose(session, survey)
    listed = desk.get(f"{ROOT}/emerging/").text
    assert "2 passages from 2 authorities" in listed
    page = desk.get(f"{ROOT}/emerging/staff/").text
    assert 'value="X1"' in page
    assert "front door\nevery call</textarea>" in page
    new = Theme("X1", "emergent", "First contact", "How it begins.", cues=("front door",))
    form = typed(new, survey, "", what="promote", gives="yes", reason="It keeps coming up.")

    desk.post(f"{ROOT}/emerging/staff/", data=form)

    assert theme(survey, "X1") == new
    assert {one.response for one in decided.decisions(session, survey)} <= set(
        session.scalars(select(Passage.response).where(Passage.key.in_(row.passages)))
    )
    given = session.scalars(select(Tag.passage_key).where(Tag.theme == "X1", Tag.verdict == "add"))
    assert set(given) == set(row.passages)
    assert "Nothing is proposed" in desk.get(f"{ROOT}/emerging/").text
    assert desk.get(f"{ROOT}/emerging/staff/").status_code == 404
    assert "Promoted from a proposal" in desk.get(f"{ROOT}/versions/").text
    assert "A proposal: Promoted into X1" in desk.get(f"{ROOT}/codebook/X1/").text


def test_a_theme_takes_a_proposal_in(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    propose(session, survey)
    form = typed(CALLS, survey, "", what="merge", into="S02", reason="The same.")

    assert desk.post(f"{ROOT}/emerging/staff/", data={**form, "into": ""}).status_code == 422
    desk.post(f"{ROOT}/emerging/staff/", data=form)

    assert theme(survey, "S02").cues == ("call", "telephone", "front door", "every call")
    assert "Nothing is proposed" in desk.get(f"{ROOT}/emerging/").text


def test_what_is_set_aside_stays_away_until_it_is_brought_back(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    row = propose(session, survey)
    assert desk.post(f"{ROOT}/emerging/staff/", data=typed(CALLS, survey, "")).status_code == 400
    no_reason = typed(CALLS, survey, "", what="aside")
    assert "Enter why" in desk.post(f"{ROOT}/emerging/staff/", data=no_reason).text
    before = survey.codebook_id

    desk.post(f"{ROOT}/emerging/staff/", data={**no_reason, "reason": "Mere phrase."})
    session.delete(row)
    session.commit()
    propose(session, survey)  # as a rebuild does

    page = desk.get(f"{ROOT}/emerging/").text
    assert "Nothing is proposed" in page
    assert "Mere phrase." in page
    assert desk.get(f"{ROOT}/emerging/staff/").status_code == 404
    assert desk.post(f"{ROOT}/emerging/other/back").status_code == 404
    desk.post(f"{ROOT}/emerging/staff/back")
    assert desk.get(f"{ROOT}/emerging/staff/").status_code == 200
    assert survey.codebook_id == before


def test_a_proposal_is_refused_where_the_codebook_changed_meanwhile(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    propose(session, survey)
    new = Theme("X1", "emergent", "What I typed", "How it begins.")
    form = typed(new, survey, "", what="promote", reason="R.")
    make(session, survey, planning.to_retire("S03"))

    page = desk.post(f"{ROOT}/emerging/staff/", data=form)

    assert (page.status_code, "What I typed" in page.text) == (409, True)
    assert "X1" not in codebooks.current(survey)
