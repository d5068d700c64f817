"""The pages anyone may read."""

from pathlib import Path

from flask import Blueprint, Response, abort, current_app, render_template, send_file

from surveyapp.extensions import db
from surveyapp.home import services
from surveyapp.models import Survey

bp = Blueprint("home", __name__, template_folder="templates")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get("/")
def index() -> str:
    """Show the latest survey."""
    surveys = services.surveys(db.session)
    return _show(surveys[0]) if surveys else render_template("home/index.html")


@bp.get("/surveys/<code>")
def survey(code: str) -> str:
    """Show one survey."""
    return _show(services.get_survey(db.session, code))


@bp.get("/review.docx")
def review() -> Response:
    """Hand over the Word review that was built last."""
    file = _review_file()
    if services.find_review(file) is None:
        abort(404)
    return send_file(file, mimetype=WORD, as_attachment=True, download_name="review.docx")


def _show(survey: Survey) -> str:
    surveys = services.surveys(db.session)
    return render_template(
        "home/survey.html",
        picture=services.picture(db.session, survey),
        review=services.find_review(_review_file()),
        others=[other for other in surveys if other is not survey],
    )


def _review_file() -> Path:
    file: Path = current_app.config["SETTINGS"].review_file
    return file.resolve()
