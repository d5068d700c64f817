"""Standing texts: every version kept, a conflict shown, the outline's own put back."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from surveyapp.material import gathering, standing_texts
from surveyapp.models import Person, Survey
from surveyapp.review import texts
from surveyapp.review.texts import Draft, OvertakenError, UnfitTextError
from synthesis.review import outline
from tests.surveyapp.building import NOON

OUTLINE = Path(__file__).parents[3] / "questionnaires" / "early_help" / "review.toml"
PLACE = "chapters.foreword.text"


def save(session: Session, survey: Survey, person: Person, text: str, seen: int) -> None:
    texts.save(session, survey, PLACE, Draft(text, seen, person, NOON))


def printed(session: Session, survey: Survey) -> str:
    return gathering.gather(session, survey).outline.chapters["foreword"].text


def test_a_text_stands_in_the_outline_until_its_own_is_put_back(
    session: Session, survey: Survey, consultant: Person
) -> None:
    own = printed(session, survey)

    save(session, survey, consultant, "We thank\r\nyou all.", 0)
    assert printed(session, survey) == "We thank\nyou all."

    save(session, survey, consultant, "", 1)
    assert printed(session, survey) == own
    rows = texts.versions(session, survey, PLACE)
    assert [(row.version, row.text) for row in rows] == [(2, ""), (1, "We thank\nyou all.")]


def test_of_two_who_write_at_once_the_second_is_shown_the_first(
    session: Session, survey: Survey, consultant: Person
) -> None:
    save(session, survey, consultant, "First.", 0)

    with pytest.raises(OvertakenError) as caught:
        save(session, survey, consultant, "Second.", 0)

    assert caught.value.now.text == "First."
    assert caught.value.now.version == 1


@pytest.mark.parametrize("text", ["{count} authorities", "x" * (texts.LONGEST + 1)])
def test_what_cannot_stand_there_is_refused(
    session: Session, survey: Survey, consultant: Person, text: str
) -> None:
    with pytest.raises(UnfitTextError):
        save(session, survey, consultant, text, 0)


def test_introductions_of_strands_can_be_changed() -> None:
    own = outline.parse(OUTLINE.read_text("utf-8"), OUTLINE.name)
    place = next(
        one
        for one in standing_texts.places(own, {"S01": "Understanding need"})
        if one.place == "strands.S01.introduction"
    )

    changed = standing_texts.put_in(own, {place.place: "Ours.", "strands.S02.introduction": " "})

    assert place.title == "Understanding need"
    assert place.own == own.strands[0].introduction
    assert [one.introduction for one in changed.strands[:2]] == [
        "Ours.",
        own.strands[1].introduction,
    ]
