"""Interviews listed, and one of them."""

import uuid

from flask import render_template, request

from surveyapp import guards
from surveyapp.extensions import db
from surveyapp.forms import ButtonForm
from surveyapp.interview import arranging, listing, slots, telling
from surveyapp.interview.booking import as_id
from surveyapp.interview.listing import Wanted
from surveyapp.interview.routes import room
from surveyapp.interview.routes.room import bp, find, now, settings
from surveyapp.models import Interview
from surveyapp.standing import BEFORE, now_in

# The pages of one interview, beside those in the way above it.
BESIDE = (
    ("form", "The interview as a Word form, for a call without internet"),
    ("bring_in", "Bring in notes that were typed elsewhere"),
)


@bp.get("/")
def index() -> str:
    """List the interviews that are a person's own, or all of them, and what is next for each."""
    oversees, surveys = guards.is_staff(*guards.OVERSEEING), listing.surveys(db.session)
    survey = next((one for one in surveys if one.code == request.args.get("survey")), None)
    chosen = as_id(request.args.get("interviewer", "")) if oversees else None
    own = None if oversees else guards.signed_in()
    return render_template(
        "interview/index.html",
        lines=listing.lines(db.session, Wanted(survey, chosen, own), now()),
        not_arranged=listing.not_arranged(db.session, survey),
        oversees=oversees,
        surveys=surveys,
        survey=survey,
        staff=arranging.staff(db.session) if oversees else (),
        chosen=str(chosen or ""),
    )


@bp.get("/<uuid:interview_id>/")
def show(interview_id: uuid.UUID) -> str:
    """Show one interview: who, when, where, and what has happened."""
    return page(find(interview_id))


def page(interview: Interview, problem: str = "") -> str:
    """Return the page of one interview."""
    line = listing.line(interview, 0, now())
    survey = interview.submission.survey
    return room.show(
        "show",
        interview,
        "show",
        line=line,
        can_change=line.state in BEFORE,
        free=len(slots.free(db.session, interview, now_in(survey, now()))),
        tasks=[one for one in interview.follow_ups if one.done_at is None],
        events=tuple(listing.history(db.session, interview)),
        beside=BESIDE,
        is_silent=telling.is_silent(interview, settings()),
        form=ButtonForm(formdata=None),
        problem=problem,
    )
