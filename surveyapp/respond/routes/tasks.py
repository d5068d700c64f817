"""The list of sections, and every question to read before starting."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from flask import render_template

from surveyapp import guards, published
from surveyapp.extensions import db
from surveyapp.models import Contributor, Person, SectionState, Submission
from surveyapp.pages import today_in
from surveyapp.respond import teamwork
from surveyapp.respond.routes import doorway
from surveyapp.respond.routes.doorway import bp


@bp.get("/")
def tasks(submission_id: uuid.UUID) -> str:
    """Show the sections with how far each is and who has it, and what there is to do now."""
    submission = doorway.opened(submission_id)
    team = teamwork.contributors(db.session, submission)
    person = guards.signed_in()
    me = next((one for one in team if one.person_id == person.id), None)
    return render_template(
        "respond/tasks.html",
        submission=submission,
        questionnaire=published.questionnaire(submission.questionnaire),
        team=team,
        me=me,
        yours=_of(submission, me),
        days_left=(submission.survey.closes_on - _today(submission)).days,
        handovers=teamwork.last_handovers(db.session, submission),
        finished=sum(state.status == "finished" for state in submission.sections),
        comments=teamwork.open_comments(db.session, submission),
        here=_others(submission, person),
    )


@bp.get("/questions")
def questions(submission_id: uuid.UUID) -> str:
    """Show every question there is, to read or print before starting."""
    submission = doorway.opened(submission_id)
    return render_template(
        "respond/questions.html",
        submission=submission,
        questionnaire=published.questionnaire(submission.questionnaire),
    )


def _of(submission: Submission, me: Contributor | None) -> list[SectionState]:
    """Return the sections that the person has, in their order."""
    return [one for one in submission.sections if me and one.assigned_to_id == me.id]


def _others(submission: Submission, person: Person) -> Mapping[str, Sequence[str]]:
    """Return the names of who else is in each section now."""
    present = teamwork.everywhere(db.session, submission, doorway.now())
    return {code: [one.name for one in here if one != person] for code, here in present.items()}


def _today(submission: Submission) -> dt.date:
    """Return the day it is where people answer: a survey closes at its end."""
    return today_in(submission.survey, doorway.now())
