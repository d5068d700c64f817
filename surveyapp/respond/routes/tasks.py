"""The list of sections, and every question to read before starting."""

import uuid

from flask import render_template

from surveyapp import guards, published
from surveyapp.extensions import db
from surveyapp.respond import teamwork
from surveyapp.respond.routes import doorway
from surveyapp.respond.routes.doorway import bp


@bp.get("/")
def tasks(submission_id: uuid.UUID) -> str:
    """Show the sections with how far each is and who has it."""
    submission = doorway.opened(submission_id)
    team = teamwork.contributors(db.session, submission)
    person = guards.signed_in()
    return render_template(
        "respond/tasks.html",
        submission=submission,
        questionnaire=published.questionnaire(submission.questionnaire),
        team=team,
        me=next((one for one in team if one.person_id == person.id), None),
        handovers=teamwork.last_handovers(db.session, submission),
        finished=sum(state.status == "finished" for state in submission.sections),
        comments=sum(teamwork.open_comments(db.session, submission).values()),
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
