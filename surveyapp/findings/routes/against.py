"""What speaks against a finding: proposed, chosen, and the looking itself recorded."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from flask import flash, redirect, url_for

from surveyapp import workbench
from surveyapp.extensions import db
from surveyapp.findings import contrary, drafting, forms, weighing, writing
from surveyapp.findings.contrary import Search
from surveyapp.findings.drafting import Draft
from surveyapp.findings.forms import Sent
from surveyapp.findings.routes import opened
from surveyapp.findings.routes.room import Page, bp, find, hand, show
from surveyapp.findings.writing import FindingConflictError
from surveyapp.models import Finding, Survey
from synthesis.findings.words import STRENGTH

CONFLICT = "Somebody else saved this finding meanwhile: check what is ticked, then save again"
UNCONFIRMED = "Confirm that you have looked in every place"
EMPTY = "Choose a passage that speaks for the finding first"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page as it is to be shown; `problems` leads from a field to what is wrong there."""

    survey: Survey
    finding: Finding
    draft: Draft
    version: int
    confirmed: bool = False
    problems: tuple[tuple[str, str], ...] = ()


@bp.get("/<code>/<uuid:finding_id>/against")
def against(code: str, finding_id: uuid.UUID) -> str:
    """Propose what may speak against a finding."""
    found = workbench.survey(code)
    finding = find(found, finding_id)
    sheet = Sheet(found, finding, drafting.draft_of(finding), finding.version)
    search = _search(sheet)
    opened.note(finding, search.kind, search.page.number)
    return _page(sheet, search)


@bp.post("/<code>/<uuid:finding_id>/against", endpoint="look_against")
def look(code: str, finding_id: uuid.UUID) -> Page:
    """Keep what was ticked, and record that somebody looked where they say so."""
    found, sent = workbench.survey(code), forms.sent()
    finding = find(found, finding_id)
    sheet = _ticked(found, finding, sent)
    if sent.go == "looked":
        search = _search(sheet)
        if problems := _unlooked(sheet, search):
            page = _page(replace(sheet, problems=problems), search)
            return page, HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        writing.save(db.session, finding, sheet.draft, sent.seen, hand())
    except FindingConflictError:
        # What they saved is read again; what was ticked here stays ticked.
        db.session.expire(finding)
        sheet = replace(_ticked(found, finding, sent), version=finding.version)
        sheet = replace(sheet, problems=(("candidates", CONFLICT),))
        return _page(sheet, _search(sheet)), HTTPStatus.CONFLICT
    if sent.go == "looked":
        writing.looked(db.session, finding, hand())
        flash("It is recorded that you have looked for what speaks against this finding.")
    db.session.commit()
    return redirect(_onwards(code, finding, sent), HTTPStatus.SEE_OTHER)


def _ticked(survey: Survey, finding: Finding, sent: Sent) -> Sheet:
    """Return the page as it was ticked; what speaks for the finding is never touched here."""
    draft = drafting.draft_of(finding)
    ticked = drafting.only_against(draft, sent.ticked)
    chosen = drafting.choose(db.session, survey, draft.chosen, ticked)
    return Sheet(survey, finding, replace(draft, chosen=chosen), sent.seen, sent.confirmed)


def _unlooked(sheet: Sheet, search: Search) -> tuple[tuple[str, str], ...]:
    """Return what keeps somebody from saying that they looked."""
    if not sheet.draft.on("for"):
        return (("for", EMPTY),)
    left = opened.left(search, opened.seen(sheet.finding))
    problems = [
        (f"place-{kind}", f"Open “{name}” and read what is there: {told}")
        for kind, name in search.kinds.items()
        if (told := _still(left[kind]))
    ]
    if not sheet.confirmed:
        problems.append(("confirmed", UNCONFIRMED))
    return tuple(problems)


def _still(pages: int) -> str:
    return f"{pages} page{'' if pages == 1 else 's'} not opened yet" if pages else ""


def _onwards(code: str, finding: Finding, sent: Sent) -> str:
    """Return where a button leads on to."""
    if sent.go == "looked":
        return url_for("findings.finding", code=code, finding_id=finding.id)
    parts: Mapping[str, Any] = {"kind": forms.kind(), "page": forms.where().number}
    return url_for("findings.against", code=code, finding_id=finding.id, **parts)


def _search(sheet: Sheet) -> Search:
    kind, number = forms.kind(), forms.where().number
    return contrary.look(db.session, sheet.survey, sheet.draft, kind, number)


def _page(sheet: Sheet, search: Search) -> str:
    left = opened.left(search, opened.seen(sheet.finding))
    return show(
        "against",
        sheet.survey,
        finding=sheet.finding,
        draft=sheet.draft,
        version=sheet.version,
        confirmed=sheet.confirmed,
        search=search,
        kinds=search.kinds,
        left={kind: _still(pages) for kind, pages in left.items()},
        strength=STRENGTH,
        weighed=weighing.weigh(db.session, sheet.survey, sheet.draft),
        problems=dict(sheet.problems),
    )
