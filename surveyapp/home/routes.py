"""The pages anyone may read."""

import datetime as dt
import io
from collections.abc import Iterable
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, render_template, send_file

from surveyapp import built, guards
from surveyapp.config import Settings
from surveyapp.extensions import db
from surveyapp.home import services
from surveyapp.home.services import ReviewFile
from surveyapp.models import Survey
from surveyapp.pages import today_in

bp = Blueprint("home", __name__, template_folder="templates")
guards.open_to_all(bp)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get("/")
def index() -> str:
    """Show the latest survey that the visitor may see."""
    surveys = services.surveys(db.session)
    shown = _visible(surveys)
    if shown:
        return _show(shown[0])
    return render_template("home/start.html" if surveys else "home/index.html")


@bp.get("/surveys/<code>")
def survey(code: str) -> str:
    """Show one survey."""
    found = services.get_survey(db.session, code)
    if not _visible([found]):
        raise guards.SignInNeededError
    return _show(found)


@bp.get("/surveys/<code>/review.docx")
def signed_off_review(code: str) -> Response:
    """Hand over the review of a survey as it was signed off."""
    found = services.get_survey(db.session, code)
    if not _visible([found]):
        raise guards.SignInNeededError
    content = services.read_signed_off(db.session, found, _settings().instance / built.FOLDER)
    if content is None:
        abort(404)
    if not _may_read_review(found):
        raise guards.SignInNeededError
    name = f"{found.code}-review.docx"
    return send_file(io.BytesIO(content), mimetype=WORD, as_attachment=True, download_name=name)


@bp.get("/review.docx")
def review() -> Response:
    """Hand over the Word review that was built last."""
    file = _review_file()
    built = services.find_review(file)
    of = [one for one in services.surveys(db.session) if built and one.code == built.survey]
    if not of:
        abort(404)
    if not all(map(_may_read_review, of)):
        raise guards.SignInNeededError
    return send_file(file, mimetype=WORD, as_attachment=True, download_name="review.docx")


def _show(survey: Survey) -> str:
    signed_off = services.signed_off(db.session, survey)
    surveys = _visible(services.surveys(db.session))
    return render_template(
        "home/survey.html",
        survey=survey,
        today=today_in(survey, dt.datetime.now(dt.UTC)),
        picture=services.picture(db.session, survey) if _shows_progress(survey) else None,
        review=signed_off or _review_of(survey),
        may_read_review=_may_read_review(survey),
        is_signed_off=signed_off is not None,
        review_was_removed=services.was_removed(_review_file(), survey),
        others=[other for other in surveys if other is not survey],
    )


def _visible(surveys: Iterable[Survey]) -> list[Survey]:
    """Return the surveys a visitor may see: an example is for all, a real one for staff."""
    is_staff = guards.is_staff()
    return [survey for survey in surveys if survey.is_example or is_staff]


def _shows_progress(survey: Survey) -> bool:
    """Say whether a visitor may see how far each authority is: staff may, and all in the demo."""
    return guards.is_staff() or (_settings().demo and survey.is_example)


def _may_read_review(survey: Survey) -> bool:
    """Say whether a visitor may read the review, which has people's mail and telephone numbers.

    Staff may, and everybody in the demo, where everyone named in it is invented.
    """
    return _shows_progress(survey)


def _review_of(survey: Survey) -> ReviewFile | None:
    """Return the review that has been built, where it tells of this survey."""
    built = services.find_review(_review_file())
    return built if built and built.survey == survey.code else None


def _review_file() -> Path:
    return _settings().review_file.resolve()


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found
