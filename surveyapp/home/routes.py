"""The pages anyone may read."""

from collections.abc import Iterable
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, render_template, send_file

from surveyapp import guards
from surveyapp.extensions import db
from surveyapp.home import services
from surveyapp.models import Survey

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


@bp.get("/review.docx")
def review() -> Response:
    """Hand over the Word review that was built last."""
    surveys = services.surveys(db.session)
    if _visible(surveys) != list(surveys):
        raise guards.SignInNeededError
    file = _review_file()
    if services.find_review(file) is None:
        abort(404)
    return send_file(file, mimetype=WORD, as_attachment=True, download_name="review.docx")


def _show(survey: Survey) -> str:
    surveys = _visible(services.surveys(db.session))
    return render_template(
        "home/survey.html",
        picture=services.picture(db.session, survey),
        review=services.find_review(_review_file()),
        others=[other for other in surveys if other is not survey],
    )


def _visible(surveys: Iterable[Survey]) -> list[Survey]:
    """Return the surveys a visitor may see: an example is for all, a real one for staff."""
    is_staff = guards.is_staff()
    return [survey for survey in surveys if survey.is_example or is_staff]


def _review_file() -> Path:
    file: Path = current_app.config["SETTINGS"].review_file
    return file.resolve()
