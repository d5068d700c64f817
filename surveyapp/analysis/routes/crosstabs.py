"""Cross-tabulations, on a page and as a workbook."""

from http import HTTPStatus

from flask import Response, abort, request
from werkzeug.utils import secure_filename

from surveyapp import workbench
from surveyapp.analysis import crosstab, sheets, themes
from surveyapp.analysis.crosstab import Asked
from surveyapp.analysis.routes.room import bp, show
from surveyapp.extensions import db
from surveyapp.models import Survey

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/<code>/crosstab/")
def crosstabs(code: str) -> str:
    """Show themes by what was chosen."""
    survey = workbench.survey(code)
    asked = _asked(survey)
    return show(
        "crosstab",
        survey,
        table=crosstab.make(db.session, survey, asked),
        kinds=themes.kinds_of(themes.of(survey)),
        choices=crosstab.choices(db.session, survey),
        fewest=crosstab.FEWEST,
    )


@bp.get("/<code>/crosstab.xlsx")
def crosstab_file(code: str) -> Response:
    """Hand the same table over as a workbook."""
    survey = workbench.survey(code)
    content = sheets.workbook(crosstab.make(db.session, survey, _asked(survey)))
    name = secure_filename(f"{survey.code}-crosstab.xlsx")
    return Response(
        content,
        mimetype=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _asked(survey: Survey) -> Asked:
    """Return what the address asks for; what nobody can choose is no page."""
    given = request.args
    asked = Asked(
        rows=given.get("rows", "strand"),
        columns=given.get("columns", "type"),
        counts=given.get("counts", "authorities"),
        confirmed=given.get("confirmed") == "yes",
    )
    kinds = themes.kinds_of(themes.of(survey))
    columns = {one.value for one in crosstab.choices(db.session, survey)}
    is_there = asked.rows in kinds and asked.columns in columns
    if not is_there or asked.counts not in ("authorities", "passages"):
        abort(HTTPStatus.NOT_FOUND)
    return asked
