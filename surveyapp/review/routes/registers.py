"""The page of the registers, and the button that has their links tried."""

from flask import current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import audit, guards, jobs, workbench
from surveyapp.extensions import db
from surveyapp.review import links, registers
from surveyapp.review.routes.room import bp, show

PAGE = 50


@bp.get("/<code>/registers")
def registers_page(code: str) -> str:
    """Show contacts who may be published, and documents that may be shared."""
    found = workbench.survey(code)
    both = registers.read(db.session, found)
    asked = request.args.get("page", "")
    page = max(1, int(asked)) if asked.isdigit() and len(asked) < 6 else 1
    longest = max(len(both.contacts), len(both.documents))
    first = (page - 1) * PAGE
    return show(
        "registers",
        found,
        contacts=both.contacts[first : first + PAGE],
        documents=both.documents[first : first + PAGE],
        totals=(len(both.contacts), len(both.documents)),
        links=both.links,
        page=page,
        pages=max(1, -(-longest // PAGE)),
        first=first,
    )


@bp.post("/<code>/registers/links")
def check_links(code: str) -> Response:
    """Have the links of documents tried; an example's are invented, and are left alone."""
    found = workbench.survey(code)
    if found.is_example:
        flash("The documents of an example are invented, so their links are not tried.")
    else:
        audit.record(db.session, "review.links_checked", found, guards.signed_in())
        db.session.commit()
        jobs.of(current_app).enqueue(links.JOB, str(found.id))
        flash("The links are being tried. Load this page again in a minute to see what came of it.")
    return redirect(url_for("review.registers_page", code=code))
