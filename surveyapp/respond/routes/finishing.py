"""The end of a section, and the end of the whole return."""

import uuid
from collections.abc import Iterator

from flask import current_app, redirect, render_template, request, url_for

from surveyapp import audit, guards
from surveyapp.config import Settings
from surveyapp.definitions import use_levels as asked
from surveyapp.errors import SurveyError, UnansweredError, UseLevelConflictError
from surveyapp.extensions import db
from surveyapp.models import Person, Submission
from surveyapp.models.submission import USE_LEVELS
from surveyapp.respond import changes, gaps, handing_in, receipts, services, sheets, use_levels
from surveyapp.respond.routes import doorway
from surveyapp.respond.routes.doorway import bp
from surveyapp.respond.routes.sections import Page, Place, address, find
from surveyapp.respond.use_levels import Choice


@bp.get("/sections/<section_code>/finish")
def finish(submission_id: uuid.UUID, section_code: str) -> Page:
    """Ask whether a section is finished, and how its words may be used."""
    place = find(doorway.opened(submission_id), section_code, "")
    return _ask(place, ())


@bp.post("/sections/<section_code>/finish")
def finished(submission_id: uuid.UUID, section_code: str) -> Page:
    """Take the answer, and show again what is missing."""
    submission = doorway.writing(submission_id).submission
    place = find(submission, section_code, "")
    errors = _missing(place)
    if errors:
        return _ask(place, errors), 422
    try:
        _finish(submission, section_code)
    except UnansweredError as unanswered:
        db.session.commit()  # how the words may be used has been said all the same
        return _ask(place, tuple(_waiting(place, unanswered))), 422
    except UseLevelConflictError as conflict:
        return _ask(place, (("#use_level", _said_otherwise(place, conflict)),)), 409
    except SurveyError as closed:
        return _ask(place, (("", str(closed)),)), 409
    status, level = place.state.status, place.state.use_level
    audit.record(db.session, "section.marked", place.state, _me(), status=status, use_level=level)
    db.session.commit()
    return redirect(url_for("respond.tasks", submission_id=submission.id), 303)


@bp.get("/check")
def check(submission_id: uuid.UUID) -> str:
    """Show every answer, to be read through before the return is submitted."""
    submission = doorway.opened(submission_id)
    doorway.note_reading(submission)
    standing = doorway.standing_of(submission)
    return render_template(
        "respond/check.html",
        submission=submission,
        chapters=handing_in.chapters(standing, submission.sections),
        waiting=handing_in.waiting(standing),
        changes=changes.since_submitted(db.session, standing),
        may_write=doorway.may_write(submission),
        is_looking=doorway.is_looking(submission),
        way_back=_way_back(submission),
    )


@bp.get("/submit")
def declaration(submission_id: uuid.UUID) -> Page:
    """Ask the coordinator to declare that the return is the authority's own."""
    submission = doorway.opened(submission_id)
    if submission.submitted_at is not None:
        return redirect(url_for("respond.receipt", submission_id=submission.id))
    return _declare(submission, ())


@bp.post("/submit")
def submit(submission_id: uuid.UUID) -> Page:
    """Hand the return in, in the coordinator's name."""
    submission = doorway.opened(submission_id)
    guards.coordinator(submission)
    if request.form.get("declared") != "yes":
        return _declare(submission, (("#declared", "Confirm the declaration."),)), 422
    try:
        handing_in.hand_in(db.session, submission, _me(), doorway.now())
    except UnansweredError as unanswered:
        return _declare(submission, tuple(_everywhere(submission, unanswered))), 422
    except SurveyError as closed:
        return _declare(submission, (("", str(closed)),)), 409
    receipts.write(db.session, _settings(), submission, doorway.now())
    audit.record(db.session, "return.submitted", submission, _me())
    db.session.commit()
    return redirect(url_for("respond.receipt", submission_id=submission.id), 303)


@bp.get("/receipt")
def receipt(submission_id: uuid.UUID) -> Page:
    """Show what proves that the return was handed in."""
    submission = doorway.opened(submission_id)
    if submission.submitted_at is None:
        return redirect(url_for("respond.tasks", submission_id=submission.id))
    return render_template("respond/receipt.html", submission=submission)


def _way_back(submission: Submission) -> str:
    """Return the page of the return that whoever runs the survey comes from; "" for others."""
    if not guards.is_staff(*guards.OVERSEEING):
        return ""
    code = submission.survey.code
    return url_for("coordinate.return", code=code, submission_id=submission.id)


def _me() -> Person:
    return guards.signed_in()


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def _said_otherwise(place: Place, conflict: UseLevelConflictError) -> str:
    who = use_levels.chosen_by(db.session, place.state)
    name = asked.name_of(conflict.stands)
    return f"{who} has chosen “{name}” since you opened this page. Choose again."


def _missing(place: Place) -> tuple[tuple[str, str], ...]:
    use_level = request.form.get("use_level", "")
    found = []
    if place.section.use_level and use_level not in USE_LEVELS:
        found.append(("#use_level", "Choose how we may use the words in this section."))
    if request.form.get("finished") not in ("yes", "no"):
        found.append(("#finished", "Choose whether you have finished this section."))
    return tuple(found)


def _finish(submission: Submission, section_code: str) -> None:
    use_level = request.form.get("use_level", "")
    if use_level in USE_LEVELS:
        choice = Choice(section_code, use_level, request.form.get("use_level_seen", ""))
        use_levels.choose(db.session, submission, choice, _me())
    if request.form["finished"] == "yes":
        services.finish_section(db.session, submission, section_code, doorway.now())
    else:
        services.reopen_section(db.session, submission, section_code, doorway.now())


def _ask(place: Place, errors: tuple[tuple[str, str], ...]) -> str:
    return render_template(
        "respond/finish.html",
        place=place,
        errors=errors,
        use_level=request.form.get("use_level", place.state.use_level or ""),
        finished=request.form.get("finished", "yes" if place.state.status == "finished" else ""),
        may_write=doorway.may_write(place.submission),
    )


def _declare(submission: Submission, errors: tuple[tuple[str, str], ...]) -> str:
    standing = doorway.standing_of(submission)
    return render_template(
        "respond/declaration.html",
        submission=submission,
        errors=errors,
        coordinator=next((one for one in submission.contributors if one.coordinator), None),
        person=guards.signed_in(),
        gaps=gaps.find(db.session, standing, guards.signed_in(), doorway.now()),
        waiting=handing_in.waiting(standing),
        questionnaire=standing.questionnaire,
        changes=changes.since_submitted(db.session, standing),
        declaration=handing_in.DECLARATION,
    )


def _everywhere(submission: Submission, unanswered: UnansweredError) -> Iterator[tuple[str, str]]:
    for code in unanswered.codes:
        place = find(submission, code.partition(".")[0], "")
        for href, _ in _waiting(place, UnansweredError((code,))):
            yield href, f"{code} has not been answered."


def _waiting(place: Place, unanswered: UnansweredError) -> Iterator[tuple[str, str]]:
    for code in unanswered.codes:
        alone = code if place.section.layout == "question" else ""
        yield f"{address(place, alone)}#{sheets.anchor(code)}", f"Answer {code}."
