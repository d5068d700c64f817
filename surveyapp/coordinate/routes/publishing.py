"""Pages to publish a changed folder into a survey: what changes, whom it reaches, how it reads."""

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp import audit, guards, published
from surveyapp.coordinate import differing, folders, instruments, publishing, sources
from surveyapp.coordinate.folders import Looked
from surveyapp.coordinate.publishing import RefusedError
from surveyapp.coordinate.routes import administration
from surveyapp.coordinate.routes.room import bp, now, show, survey
from surveyapp.extensions import db
from surveyapp.models import Survey
from surveyapp.models.survey import SNAPSHOT_KINDS

KINDS = {
    "added": "New",
    "removed": "Taken out",
    "wording": "Wording",
    "options": "What can be chosen",
    "meaning": "What it means",
    "limits": "Limits",
    "layout": "Order and layout",
}


@bp.get("/new/<name>/preview")
def preview(name: str) -> str:
    """Show the questionnaire of a folder as people will read it."""
    looked = folders.look(administration.FOLDERS, name)
    if looked is None or looked.folder is None:
        abort(HTTPStatus.NOT_FOUND)
    asked = looked.folder.questionnaire
    return render_template("coordinate/preview.html", name=name, questionnaire=asked)


@bp.get("/<code>/publish")
def publish(code: str) -> str:
    """Show what has changed in the folder of a survey, and what publishing it would do."""
    return _publish(survey(code), "")


@bp.post("/<code>/publish")
def publish_it(code: str) -> str | tuple[str, int] | Response:
    """Publish the parts that were chosen, if they are still what was shown."""
    found = survey(code)
    looked = _looked(found, request.form.get("folder", ""))
    wanted = [kind for kind in SNAPSHOT_KINDS if kind in request.form.getlist("part")]
    if looked is None or looked.folder is None:
        abort(HTTPStatus.NOT_FOUND)
    if not wanted:
        return _publish(found, "Choose what to publish"), HTTPStatus.UNPROCESSABLE_ENTITY
    drawn = publishing.draft(db.session, found, looked.folder, is_held=True)
    if drawn.fingerprint != request.form.get("seen"):
        words = "Something has changed since you looked. Check it again"
        return _publish(found, words), HTTPStatus.CONFLICT
    try:
        done = publishing.publish(db.session, found, looked.folder, wanted, now())
    except RefusedError as error:
        return _publish(found, str(error)), HTTPStatus.CONFLICT
    audit.record(
        db.session,
        "survey.published",
        found,
        guards.person(),
        parts=[kind.replace(" ", "_") for kind in wanted],
        folder=folders.mark(looked.name),
        went_over=len(done.going),
        stayed=len(done.signed) + len(done.touched),
    )
    db.session.commit()
    flash("This version is published.")
    return redirect(url_for("coordinate.publish", code=code, folder=looked.name))


def _looked(found: Survey, name: str) -> Looked | None:
    """Return the folder that was asked for, or else the one that the survey was set up from."""
    names = sources.candidates(administration.FOLDERS, found)
    chosen = name if name in names else sources.own(db.session, administration.FOLDERS, found)
    return folders.look(administration.FOLDERS, chosen)


def _publish(found: Survey, problem: str) -> str:
    asked = published.questionnaire(found.questionnaire)
    looked = _looked(found, request.values.get("folder", ""))
    folder = looked.folder if looked else None
    return show(
        "publish",
        found,
        "setup",
        asked=asked,
        names=sources.candidates(administration.FOLDERS, found),
        looked=looked,
        draft=publishing.draft(db.session, found, folder) if folder else None,
        kinds=KINDS,
        tell=differing.tell,
        parts=instruments.NAMES,
        chosen=request.form.getlist("part") if request.method == "POST" else None,
        problem=problem,
    )
