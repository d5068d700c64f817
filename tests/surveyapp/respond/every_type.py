"""A return whose questionnaire has a question of every type."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy.orm import Session

from surveyapp import example
from surveyapp.coordinate import services as coordinate
from surveyapp.definitions import questionnaire
from surveyapp.models import Submission
from tests.surveyapp.building import NOON, TINY, submission_of

FILE = Path(__file__).parents[2] / "questionnaires" / "types" / "every_type.toml"


def load_every_type(session: Session) -> Submission:
    """Ask Cedar, which has not started, a question of every type, in another survey."""
    folder = example.read(TINY).folder
    asked = questionnaire.parse(FILE.read_text(encoding="utf-8"))
    snapshots = {**folder.snapshots, "questionnaire": asked.canonical()}
    instruments = coordinate.publish(session, replace(folder, snapshots=snapshots), NOON)
    opens, closes = NOON.date().replace(day=1), NOON.date().replace(day=31)
    plan = coordinate.Plan("every-type", "Every type", "Tiny", opens, closes)
    survey = coordinate.set_up(session, plan, instruments)
    coordinate.open_survey(session, survey, NOON)
    authority = submission_of(session, "Cedar").authority
    submission = coordinate.invite(session, survey, authority)
    session.commit()
    return submission
