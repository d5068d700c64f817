"""The first page: what can be taken to other programs, and what can be brought from them."""

import io

from flask import Response, current_app, send_file

from surveyapp import exporting, leftovers, workbench
from surveyapp.config import Settings
from surveyapp.exchange import coding
from surveyapp.exchange.brought import Shelf
from surveyapp.exchange.routes.offers import OFFERS
from surveyapp.exchange.routes.room import bp, show
from surveyapp.extensions import db
from surveyapp.material import codebooks
from surveyapp.models import Survey
from synthesis import exchange


def page(found: Survey, **problems: str) -> str:
    """Return the page, with what was wrong with a form on it."""
    return show(
        "overview",
        found,
        offers=OFFERS,
        made=exporting.lately(db.session, found, tuple(OFFERS)),
        brought=shelf(found).lately(workbench.now()),
        problems=problems,
    )


def shelf(found: Survey) -> Shelf:
    """Return where the files brought to a survey are kept."""
    settings: Settings = current_app.config["SETTINGS"]
    return Shelf(settings.instance / leftovers.BROUGHT / found.id.hex)


@bp.get("/<code>/")
def overview(code: str) -> str:
    """Show what can be taken away, what was asked for lately, and how to bring coding in."""
    return page(workbench.survey(code))


@bp.get("/<code>/codebook.qdc")
def codebook(code: str) -> Response:
    """Hand over the codebook for other programs."""
    found = workbench.survey(code)
    content = exchange.write_codebook(exchange.draw_codes(codebooks.current(found)), coding.ORIGIN)
    name = f"{found.code}-codebook.qdc"
    return send_file(io.BytesIO(content), "application/xml", as_attachment=True, download_name=name)
