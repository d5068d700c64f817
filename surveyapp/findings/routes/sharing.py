"""Examples worth copying, and introductions between authorities."""

from http import HTTPStatus

from flask import Response, abort, flash, redirect, request, url_for

from surveyapp import workbench
from surveyapp.extensions import db
from surveyapp.findings import examples, introducing
from surveyapp.findings.routes.room import Page, bp, hand, page_number, show
from surveyapp.models import Survey
from synthesis.findings import ranking
from synthesis.findings import sharing as rules

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/<code>/examples")
def practices(code: str) -> str:
    """Show every example in its rank, and the shortlist."""
    return _examples(workbench.survey(code), {})


@bp.post("/<code>/examples", endpoint="shortlist")
def shortlist(code: str) -> Page:
    """Shortlist an example, or leave it out."""
    found = workbench.survey(code)
    lines = {line.practice.id: line for line in examples.ranked(db.session, found)}
    practice, reason = request.form.get("practice", ""), _reason()
    if practice not in lines or request.form.get("verdict") not in ("shortlist", "leave out"):
        abort(HTTPStatus.BAD_REQUEST)
    if problem := examples.fault(reason):
        typed = {"practice": practice, "reason": reason, "problem": problem}
        return _examples(found, typed), HTTPStatus.UNPROCESSABLE_ENTITY
    wanted = request.form["verdict"] == "shortlist"
    ruling = examples.Ruling(practice, wanted, reason)
    examples.decide(db.session, found, ruling, hand())
    db.session.commit()
    title = lines[practice].practice.title
    flash(f"{title} is {'shortlisted' if wanted else 'left out of the review'}.")
    where = url_for("findings.practices", code=code, page=page_number())
    return redirect(where, HTTPStatus.SEE_OTHER)


@bp.get("/<code>/sharing")
def sharing(code: str) -> str:
    """Show who may be introduced to whom."""
    found = workbench.survey(code)
    table, strands = introducing.introduce(db.session, found), introducing.strands(found)
    strand = request.args.get("strand", "")
    wanted = [one for one in table.introductions if strand in ("", one.theme)]
    pages = max(1, -(-len(wanted) // introducing.PER_PAGE))
    number = min(page_number(), pages)
    return show(
        "sharing",
        found,
        rules=rules.RULES,
        strands=strands,
        strand=strand if strand in strands else "",
        rows=wanted[(number - 1) * introducing.PER_PAGE : number * introducing.PER_PAGE],
        total=len(wanted),
        unnamed=table.unnamed,
        number=number,
        pages=pages,
    )


@bp.get("/<code>/sharing.xlsx")
def sharing_file(code: str) -> Response:
    """Hand the introductions over as a workbook."""
    found = workbench.survey(code)
    content = introducing.as_workbook(found, introducing.introduce(db.session, found))
    answer = Response(content, mimetype=XLSX)
    answer.headers.set(
        "Content-Disposition", "attachment", filename=f"{found.code}-introductions.xlsx"
    )
    return answer


def _reason() -> str:
    return " ".join(request.form.get("reason", "").split())


def _examples(found: Survey, typed: dict[str, str]) -> str:
    lines = examples.ranked(db.session, found)
    pages = max(1, -(-len(lines) // examples.PER_PAGE))
    number = min(page_number(), pages)
    return show(
        "examples",
        found,
        rules=ranking.RULES,
        lines=lines[(number - 1) * examples.PER_PAGE : number * examples.PER_PAGE],
        total=len(lines),
        shortlisted=sum(line.shortlisted is True for line in lines),
        titles=examples.titles(lines),
        log=examples.log(db.session, found),
        logged=examples.logged(db.session, found),
        typed=typed,
        number=number,
        pages=pages,
    )
