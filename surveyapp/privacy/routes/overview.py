"""What is held back, and what is decided about it."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

from flask import current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import guards, jobs, leftovers, workbench
from surveyapp.config import Settings
from surveyapp.derived import inspecting, working
from surveyapp.extensions import db
from surveyapp.models import Mark, Survey
from surveyapp.privacy import deciding, erasing, forms, listing, losing
from surveyapp.privacy.deciding import Ruling, Verdict
from surveyapp.privacy.erasing import Spot, Wish
from surveyapp.privacy.forms import Typed
from surveyapp.privacy.listing import View
from surveyapp.privacy.routes.room import bp, show

_MADE: Final = "Exports and builds were removed, too. "
Page = str | tuple[str, int] | Response


@bp.get("/<code>/")
def overview(code: str) -> str:
    """Show what is held back, with the words around it."""
    return _list(workbench.survey(code), forms.view(request.args), forms.EMPTY)


@bp.post("/<code>/decide")
def decide(code: str) -> Page:
    """Clear words, keep them held back, or erase them; erasing is asked about once more."""
    survey, typed, view = workbench.survey(code), forms.read(request.form), forms.view(request.form)
    if typed.problems:
        return _list(survey, view, typed), HTTPStatus.UNPROCESSABLE_ENTITY
    marks = _marks(survey, view, typed)
    if not marks:
        flash("Nothing was changed: the words are not there any more.")
        return _back(survey, view)
    if typed.verdict == "erased" and not typed.is_sure:
        return _ask(survey, view, typed, marks)
    said = _do(survey, typed, marks)
    db.session.commit()
    if typed.verdict == "erased":
        leftovers.wipe(db.session)
        jobs.of(current_app).enqueue(working.JOB, str(survey.id))
    flash(said)
    return _back(survey, view)


@bp.post("/<code>/look")
def look(code: str) -> Page:
    """Have every text looked through now, behind the pages."""
    survey = workbench.survey(code)
    jobs.of(current_app).enqueue(inspecting.JOB, str(survey.id))
    flash("Every text is being looked through now. Load this page again in a minute.")
    return _back(survey, View())


def _do(survey: Survey, typed: Typed, marks: Sequence[Mark]) -> str:
    """Do what was decided, and say so."""
    person, at = guards.signed_in(), workbench.now()
    many = f"{len(marks)} {'mark' if len(marks) == 1 else 'marks'}"
    if typed.verdict == "erased":
        wish = Wish([Spot.of(one) for one in marks], typed.reason, person, at)
        also = losing.lost(db.session, _settings(), survey).is_any
        count = erasing.erase(db.session, _settings(), survey, wish)
        where = "place" if count == 1 else "places"
        return (
            f"Erased {many} in {count} {where}. "
            f"{_MADE if also else ''}"
            "The rest of each text stays: mark other words in it that may tell who the child is."
        )
    verdict: Verdict = "cleared" if typed.verdict == "cleared" else "held"
    deciding.decide(db.session, survey, marks, Ruling(verdict, typed.reason, person, at))
    if verdict == "cleared":
        return f"Cleared {many}. The words count again."
    return f"Kept {many} held back."


def _marks(survey: Survey, view: View, typed: Typed) -> Sequence[Mark]:
    if typed.is_all and view.kind and view.show != "erased":
        return listing.all_of(db.session, survey, view)
    return listing.chosen(db.session, survey, typed.marks)


def _ask(survey: Survey, view: View, typed: Typed, marks: Sequence[Mark]) -> str:
    uploads = _settings().instance / inspecting.UPLOADS
    shown = listing.told(db.session, survey, marks, uploads)
    return show(
        "erase",
        survey,
        way=view,
        typed=typed,
        marks=shown,
        lost=losing.lost(db.session, _settings(), survey),
    )


def _list(survey: Survey, view: View, typed: Typed) -> str:
    uploads = _settings().instance / inspecting.UPLOADS
    return show(
        "overview",
        survey,
        listing=listing.read(db.session, survey, view, uploads),
        way=view,
        typed=typed,
        shows=listing.SHOWS,
        verdicts=forms.VERDICTS,
        lost=losing.lost(db.session, _settings(), survey),
    )


def _back(survey: Survey, view: View) -> Response:
    kind = view.kind or None
    target = url_for("privacy.overview", code=survey.code, show=view.show, kind=kind)
    return redirect(target, HTTPStatus.SEE_OTHER)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
