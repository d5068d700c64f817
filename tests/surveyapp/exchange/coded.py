"""What Alder said of its front door, coded here."""

from sqlalchemy.orm import Session

from surveyapp.models import Decision, Person, Survey
from tests.surveyapp.building import NOON

HOME = "/exchange/tiny-survey-2015"
RESPONSE, WORDS = "X06000001/S01.2", "We count every call to the front door."


def decide(session: Session, survey: Survey, person: Person, theme: str = "A1") -> None:
    """Give a theme to those words."""
    session.add(
        Decision(
            survey=survey,
            response=RESPONSE,
            start=0,
            end=len(WORDS),
            words=WORDS,
            theme=theme,
            verdict="add",
            coder=person,
            codebook=survey.codebook,
            made_at=NOON,
        )
    )
    session.commit()
