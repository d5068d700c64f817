"""Answers saved while they are typed, and who else is here: what the page asks for by itself."""

import uuid
from collections.abc import Iterable

from flask import request

from surveyapp import audit, published
from surveyapp.errors import ReturnClosedError
from surveyapp.extensions import begin_writing, db, reads_first
from surveyapp.identifying import warning
from surveyapp.respond import forms, saving, teamwork
from surveyapp.respond import kept as words_kept
from surveyapp.respond.routes import doorway
from surveyapp.respond.routes.doorway import bp
from surveyapp.respond.saving import Outcome, key_of
from surveyapp.respond.services import Draft
from surveyapp.respond.sheets import name_of

Reply = tuple[dict[str, object], int]


@bp.post("/sections/<section_code>/typing")
@reads_first
def typing(submission_id: uuid.UUID, section_code: str) -> Reply:
    """Save what is being typed, and say what became of it.

    Every save is in the history of its answer, with its author and its time, and is read from there
    wherever the trail is shown.
    """
    contributor = doorway.writing(submission_id)
    submission, person = contributor.submission, contributor.person
    drafts = forms.drafts(request.form, published.asked(submission), section_code)
    at = doorway.now()
    try:
        outcome = saving.save_page(db.session, submission, drafts, person, at)
    except ReturnClosedError as closed:
        kept = saving.keep_unsaved(db.session, submission, drafts, person, at)
        audit.record(db.session, "answers.too_late", submission, person, count=len(kept))
        db.session.commit()
        return {"state": "closed", "message": str(closed)}, 409
    mended = forms.mended(request.form, outcome.settled(drafts))
    if mended:
        begin_writing(db.session)
        words_kept.let_go(db.session, submission, mended, person)
    db.session.commit()
    return _told(outcome, drafts)


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


def _told(outcome: Outcome, drafts: Iterable[Draft]) -> Reply:
    unsaved = {key_of(one) for one in outcome.conflicts} | outcome.refused.keys()
    versions = {name_of(*key): outcome.versions[key] for key in outcome.versions.keys() - unsaved}
    problems = {
        name_of(*key): " ".join(one.message for one in kept.problems)
        for key, kept in outcome.refused.items()
    }
    state = "conflict" if outcome.conflicts else "refused" if problems else "saved"
    told = {name_of(*key_of(one)): warning.told(warning.of_answer(one.value)) for one in drafts}
    reply: dict[str, object] = {"state": state, "versions": versions, "problems": problems}
    return reply | {"identifying": told}, 200
