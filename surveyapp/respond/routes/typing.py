"""Answers saved while they are typed, and who else is here: what the page asks for by itself."""

import uuid

from flask import request

from surveyapp import audit, published
from surveyapp.errors import ReturnClosedError
from surveyapp.extensions import db
from surveyapp.models import Submission
from surveyapp.respond import forms, saving, teamwork
from surveyapp.respond.routes import doorway
from surveyapp.respond.routes.doorway import bp
from surveyapp.respond.saving import Outcome
from surveyapp.respond.services import Draft
from surveyapp.respond.sheets import name_of

Reply = tuple[dict[str, object], int]


@bp.post("/sections/<section_code>/typing")
def typing(submission_id: uuid.UUID, section_code: str) -> Reply:
    """Save what is being typed, and say what became of it."""
    contributor = doorway.writing(submission_id)
    submission, person = contributor.submission, contributor.person
    questionnaire = published.questionnaire(submission.questionnaire)
    drafts = forms.drafts(request.form, questionnaire, section_code)
    try:
        outcome = saving.save_page(db.session, submission, drafts, person, doorway.now())
    except ReturnClosedError as closed:
        kept = saving.keep_unsaved(db.session, submission, drafts, person, doorway.now())
        audit.record(db.session, "answers.too_late", submission, person, count=len(kept))
        db.session.commit()
        return {"state": "closed", "message": str(closed)}, 409
    for draft in outcome.saved:
        audit.record(db.session, "answers.saved", submission, person, codes=[draft.question_code])
    db.session.commit()
    return _told(submission, drafts, outcome)


@bp.post("/sections/<section_code>/here")
def here(submission_id: uuid.UUID, section_code: str) -> Reply:
    """Note that the person is in this section, and say who else is."""
    contributor = doorway.writing(submission_id)
    submission, person = contributor.submission, contributor.person
    known = {state.section_code for state in submission.sections}
    if section_code in known:
        teamwork.arrive(db.session, contributor, section_code, doorway.now())
        db.session.commit()
    present = teamwork.here(db.session, submission, section_code, doorway.now())
    return {"here": [one.name for one in present if one.id != person.id]}, 200


def _told(submission: Submission, drafts: list[Draft], outcome: Outcome) -> Reply:
    standing = doorway.standing_of(submission)
    unsaved = {(one.question_code, one.entry_id) for one in outcome.conflicts}
    unsaved |= outcome.refused.keys()
    versions = {
        name_of(*key): standing.version(*key)
        for key in ((one.question_code, one.entry_id) for one in drafts)
        if key not in unsaved
    }
    problems = {
        name_of(*key): " ".join(one.message for one in kept.problems)
        for key, kept in outcome.refused.items()
    }
    state = "conflict" if outcome.conflicts else "refused" if problems else "saved"
    return {"state": state, "versions": versions, "problems": problems}, 200
