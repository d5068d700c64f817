"""The count that a page promises is the count that the review prints, whoever has words there."""

from collections.abc import Mapping

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.findings import drafting, listing, weighing, writing
from surveyapp.findings.writing import Hand
from surveyapp.interview import services as interview
from surveyapp.interview.services import Call, Consent, Said
from surveyapp.material import codebooks, gathering
from surveyapp.models import CodedPassage, Finding, Submission, Survey
from surveyapp.models.finding import Side
from surveyapp.review.inputs import commission
from synthesis import pipeline
from synthesis.findings import Basis, Inquiry, open_inquiry
from synthesis.findings.written import about_written
from synthesis.material import Cited
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, grow, save, somebody, submission_of
from tests.surveyapp.charting import hold
from tests.surveyapp.deriving import derive
from tests.surveyapp.findings.confirming import (
    ALDER,
    BIRCH,
    BIRCH_AGAINST,
    consultant,
    decide,
    passage,
    write_birch,
)

NEGLECT = "We hear of neglect from schools."
HELD = "The front door heard of neglect too."
WITHHELD = "Nobody else may read of our front door."
SPOKEN = "Neglect is what the front door hears of most."
UNASKED = "Without a front door nothing is found."
DRAWN = "Something else altogether is said."


def review(session: Session, survey: Survey) -> Inquiry:
    """Lay the review out as a build does."""
    gathered = gathering.gather(session, survey)
    asked = commission(gathered)
    tags = pipeline.tag(asked, lambda _, __: None)
    basis = Basis(asked.material, asked.codebook, asked.schedule, tags)
    return open_inquiry(basis, asked.outline.frame)


def find(
    session: Session, survey: Survey, theme: str, sides: Mapping[str, Side], claim: str = "it helps"
) -> Finding:
    """Write a finding that is ready."""
    chosen = {
        row.key: (Cited(row.response, row.start, row.end, row.words), side)
        for words, side in sides.items()
        for row in [passage(session, survey, words)]
    }
    hand = Hand(consultant(session), NOON)
    finding = writing.create(session, survey, drafting.Draft(theme, claim, chosen), hand)
    writing.looked(session, finding, hand)
    session.flush()
    return finding


def assert_alike(session: Session, survey: Survey) -> dict[str, str]:
    """Compare what the pages promise with what the review prints; return that by theme."""
    inquiry = review(session, survey)
    bases = weighing.bases(session, survey)
    printed = {}
    lines = {
        line.finding.id: line for group in listing.groups(session, survey) for line in group.lines
    }
    for theme in drafting.themes(codebooks.current(survey)):
        assert bases.get(theme.code, frozenset()) == inquiry.matrix.answering(theme.code)
        for claim in about_written(inquiry, theme.code):
            if claim.kind == "written":
                finding = next(
                    one.finding for one in lines.values() if one.finding.id.hex == claim.label
                )
                draft = drafting.draft_of(finding)
                assert weighing.weigh(session, survey, draft).printed == claim.text
                assert lines[finding.id].printed == claim.text
                printed[theme.code] = claim.text
    return printed


def elm(session: Session, number: int, words: str) -> Submission:
    """Let one of the authorities that joined answer in words."""
    there = submission_of(session, f"Elm {number}")
    save(session, there, "S01.1", {"rating": 3})
    save(session, there, "S01.2", {"text": words})
    return there


def talk(session: Session, there: Submission, words: str, prompt: str) -> None:
    """Let one of the authorities say something on the telephone."""
    iris = somebody(session, "Iris Notes")
    call = interview.record_interview(session, there, Call(iris, "Cy Birch", "Head", NOON.date()))
    interview.record_consent(session, call, Consent(notes=True, quotes=True), iris, NOON)
    interview.add_note(session, call, Said(words, prompt, 125), iris, NOON)


def test_the_tiny_region_is_counted_alike(session: Session, survey: Survey) -> None:
    write_birch(session, survey)
    for words in (ALDER, BIRCH):
        decide(session, survey, words)
    decide(session, survey, BIRCH, "A1")
    find(session, survey, "S01", {ALDER: "for"})
    find(session, survey, "A1", {BIRCH: "for"})
    assert set(assert_alike(session, survey)) == {"S01", "A1"}


def test_only_an_opposite_voice_joins_the_base_too(session: Session, survey: Survey) -> None:
    write_birch(session, survey)
    decide(session, survey, ALDER, "A1")
    find(session, survey, "A1", {ALDER: "for", BIRCH_AGAINST: "against"})
    assert assert_alike(session, survey)["A1"].startswith("One of the two authorities answering")


@pytest.fixture
def wide(session: Session, survey: Survey) -> Survey:
    """A survey whose authorities have words under a theme in every way there is."""
    grow(session, survey, 8)
    elm(session, 0, NEGLECT)
    elm(session, 1, HELD)
    hidden = elm(session, 2, WITHHELD)
    for state in hidden.sections:
        if state.section_code == "S01":
            state.use_level = "withheld"
    talk(session, submission_of(session, "Elm 3"), SPOKEN, "I01")
    talk(session, submission_of(session, "Elm 4"), UNASKED, "I02")
    elm(session, 5, DRAWN)
    write_birch(session, survey)
    decide(session, survey, ALDER)
    decide(session, survey, ALDER, "A1")
    session.commit()
    return survey


def test_words_under_a_theme_count_alike_wherever_they_stand(
    session: Session, wide: Survey
) -> None:
    find(session, wide, "S01", {ALDER: "for", BIRCH_AGAINST: "against"})
    find(session, wide, "A1", {ALDER: "for"})
    first = assert_alike(session, wide)
    assert set(first) == {"S01", "A1"}
    # Found by the tag alone: nobody asked them about neglect.
    assert "One of the four authorities" in first["A1"]
    hold(session, wide, HELD)
    assert "One of the three authorities" in assert_alike(session, wide)["A1"]
    decide(session, wide, NEGLECT, "A1", "reject")
    assert "One of the two authorities" in assert_alike(session, wide)["A1"]
    decide(session, wide, DRAWN, "A1", "add")
    assert "One of the three authorities" in assert_alike(session, wide)["A1"]
    session.commit()
    derive(session, wide)
    again = session.scalars(select(Survey).where(Survey.id == wide.id)).one()
    assert "One of the three authorities" in assert_alike(session, again)["A1"]


def test_the_page_says_that_a_review_learns_from_what_was_finished_since(
    client: CheckingClient, session: Session, survey: Survey
) -> None:
    write_birch(session, survey)
    decide(session, survey, BIRCH)
    find(session, survey, "S01", {BIRCH: "for"})
    coder = consultant(session)
    session.commit()
    client.sign_in(coder)
    page = "/findings/tiny-survey-2015/"
    assert "Since suggestions were last made" not in client.get(page).text
    row = passage(session, survey, BIRCH)
    place = {name: getattr(row, name) for name in ("response", "start", "end", "words")}
    told = {"survey_id": survey.id, "codebook_id": survey.codebook_id, "coder_id": coder.id}
    session.add(CodedPassage(**told, **place, at=NOON))
    session.commit()

    assert "suggestions were last made, 1 passage was finished" in client.get(page).text
