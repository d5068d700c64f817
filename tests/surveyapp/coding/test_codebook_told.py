"""What the codebook tells of a change: what reads differently, what stays, what is counted."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.coding.codebook import binding, planning
from surveyapp.material import codebooks
from surveyapp.models import Passage, Survey
from synthesis.codebook import Theme
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.coding.keeping_codebook import CALLS, decide, make
from tests.surveyapp.deriving import derive

ROOT = "/coding/tiny-survey-2015"


def test_what_changed_is_said_and_marked(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    decide(session, survey, "S02", "accept")
    new = replace(CALLS, definition="They ring.", include=("Calls", "Letters"))
    make(session, survey, planning.to_reword(new, changes_meaning=True))

    page = desk.get(f"{ROOT}/look-again/").text

    assert "Reworded by Kay Runs on" in page
    assert "Read differently: definition and what belongs." in page
    assert "before: </span>Families ring up.</del>" in page
    assert "now: </span>They ring.</ins>" in page
    assert "Belongs: Calls; <ins" in page
    assert "Keep S02 on it" in page
    assert "Take S02 off it" in page


def test_a_meaning_that_reads_the_same_is_shown_once(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    decide(session, survey, "S02", "accept")
    also = session.scalars(select(Passage).order_by(Passage.place.desc())).first()
    decide(session, survey, "S02", "add", on=also)
    decide(session, survey, "S02", "reject", on=session.scalars(select(Passage)).all()[1])
    new = replace(CALLS, cues=("call",))
    make(
        session,
        survey,
        planning.to_merge(codebooks.current(survey), ["S03"], new, changes_meaning=True),
    )

    page = desk.get(f"{ROOT}/look-again/").text

    assert "S03: Merged into S02 (Telephone calls) by Kay Runs" in page
    assert "Reads differently: cues." in page
    assert "The definition reads as it did" in page
    assert page.count("Families ring up.") == 1
    assert "Take S02 off all 2 on this page" in page
    turned = desk.get(f"{ROOT}/look-again/?verdict=no").text
    assert "Give S02 to it" in turned


def test_the_codebook_says_at_once_what_cannot_go(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    page = desk.get(f"{ROOT}/codebook/").text
    stays = len(binding.reasons(session, survey).keys() & {one.code for one in _book(survey)})
    assert 0 < stays < len(_book(survey))
    assert f"{stays} of them cannot be split, retired or merged into another" in page


def _book(survey: Survey) -> list[Theme]:
    return list(codebooks.current(survey))


def test_figures_of_another_codebook_are_not_shown_as_those_of_now(
    session: Session, survey: Survey, desk: CheckingClient
) -> None:
    decide(session, survey, "S02", "accept")
    derive(session, survey)
    assert "1 passage is decided" in desk.get(f"{ROOT}/codebook/S02/").text
    make(
        session,
        survey,
        planning.to_merge(codebooks.current(survey), ["S03"], CALLS, changes_meaning=True),
    )
    page = desk.get(f"{ROOT}/codebook/S02/").text
    assert "still being counted" in page
    assert "decided and" not in page.replace("how many passages are decided and", "")
    assert "still being counted" in desk.get(f"{ROOT}/codebook/").text
