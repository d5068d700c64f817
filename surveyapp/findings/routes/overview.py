"""Every finding by its strand: read, moved, removed and brought back."""

import uuid
from http import HTTPStatus

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import workbench
from surveyapp.extensions import db
from surveyapp.findings import listing, writing
from surveyapp.findings.routes.room import bp, find, hand, show


@bp.get("/<code>/")
def overview(code: str) -> str:
    """Show every finding by its strand, and how each stands."""
    found = workbench.survey(code)
    return show(
        "overview",
        found,
        groups=listing.groups(db.session, found),
        removed=listing.removed(db.session, found),
    )


@bp.post("/<code>/<uuid:finding_id>/move")
def move(code: str, finding_id: uuid.UUID) -> Response:
    """Let a finding change places with the one before or after it."""
    finding = find(workbench.survey(code), finding_id)
    match request.form.get("to"):
        case "up":
            writing.move(db.session, finding, "up")
        case "down":
            writing.move(db.session, finding, "down")
        case _:
            abort(HTTPStatus.BAD_REQUEST)
    db.session.commit()
    return _back(code, f"finding-{finding_id}")


@bp.post("/<code>/<uuid:finding_id>/remove")
def remove(code: str, finding_id: uuid.UUID) -> Response:
    """Take a finding off the list."""
    writing.remove(db.session, find(workbench.survey(code), finding_id), hand())
    db.session.commit()
    flash("The finding is removed. You can bring it back at the end of the list.")
    return _back(code, "removed")


@bp.post("/<code>/<uuid:finding_id>/bring-back")
def bring_back(code: str, finding_id: uuid.UUID) -> Response:
    """Put a finding back on the list."""
    writing.bring_back(db.session, find(workbench.survey(code), finding_id), hand())
    db.session.commit()
    flash("The finding is back, the last on its strand.")
    return _back(code, f"finding-{finding_id}")


def _back(code: str, anchor: str) -> Response:
    where = url_for("findings.overview", code=code, _anchor=anchor)
    return redirect(where, HTTPStatus.SEE_OTHER)
