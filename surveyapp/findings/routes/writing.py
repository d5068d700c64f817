"""A finding on its page: what authorities say, the passages it rests on, and how it is printed."""

import uuid
from dataclasses import dataclass, replace
from http import HTTPStatus

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import workbench
from surveyapp.extensions import db
from surveyapp.findings import drafting, forms, passages, weighing, writing
from surveyapp.findings.drafting import Draft
from surveyapp.findings.forms import Sent, Where
from surveyapp.findings.routes.room import Page, bp, find, hand, show, theme_of
from surveyapp.findings.writing import FindingConflictError
from surveyapp.models import Finding, Survey
from synthesis.codebook import Theme
from synthesis.findings import claiming

BOTH = "Choose for or against, not both"
CONFLICT = "Somebody else saved this finding while you were writing: compare, then save again"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A finding's page as it is to be shown; `problems` leads from a field to what is wrong."""

    survey: Survey
    theme: Theme
    draft: Draft
    where: Where
    finding: Finding | None = None
    problems: tuple[tuple[str, str], ...] = ()
    is_preview: bool = False


@bp.get("/<code>/new/<theme>")
def new(code: str, theme: str) -> str:
    """Show an empty finding beside the passages of its strand."""
    found = workbench.survey(code)
    about = theme_of(found, theme)
    return _page(Sheet(found, about, Draft(theme, "", {}), forms.where()))


@bp.post("/<code>/new/<theme>", endpoint="create")
def create(code: str, theme: str) -> Page:
    """Write a finding down."""
    found = workbench.survey(code)
    about, sent = theme_of(found, theme), forms.sent()
    sheet = _typed(Sheet(found, about, Draft(theme, "", {}), forms.where()), sent)
    if sent.go == "preview" or sheet.problems:
        return _again(sheet, is_preview=sent.go == "preview")
    finding = writing.create(db.session, found, sheet.draft, hand())
    db.session.commit()
    return _onwards(code, finding, sheet, sent)


@bp.get("/<code>/<uuid:finding_id>")
def finding(code: str, finding_id: uuid.UUID) -> str:
    """Show a finding with its evidence at hand."""
    return _page(_sheet(code, finding_id))


@bp.post("/<code>/<uuid:finding_id>", endpoint="save")
def save(code: str, finding_id: uuid.UUID) -> Page:
    """Save a finding, unless somebody else has meanwhile."""
    kept, sent = _sheet(code, finding_id), forms.sent()
    finding, sheet = find(kept.survey, finding_id), _typed(kept, sent)
    if sent.go == "preview" or sheet.problems:
        return _again(sheet, is_preview=sent.go == "preview")
    try:
        writing.save(db.session, finding, sheet.draft, sent.seen, hand())
    except FindingConflictError:
        # What they saved is read again; what was typed here stays in its box.
        db.session.expire(finding)
        sheet = replace(_typed(_sheet(code, finding_id), sent), problems=(("claim", CONFLICT),))
        return _page(sheet), HTTPStatus.CONFLICT
    db.session.commit()
    return _onwards(code, finding, sheet, sent)


def _sheet(code: str, finding_id: uuid.UUID) -> Sheet:
    found = workbench.survey(code)
    finding = find(found, finding_id)
    about = theme_of(found, finding.theme)
    return Sheet(found, about, drafting.draft_of(finding), forms.where(), finding)


def _typed(sheet: Sheet, sent: Sent) -> Sheet:
    """Return a page as it was typed and ticked, with what is wrong."""
    chosen = drafting.choose(db.session, sheet.survey, sheet.draft.chosen, sent.ticked)
    same = claiming.clean(sent.claim) == sheet.draft.claim
    looked = sheet.draft.looked and same
    draft = replace(sheet.draft, claim=sent.claim, chosen=chosen, looked=looked)
    problems = [(f"for-{key}", BOTH) for key in sorted(sent.ticked.both)]
    if wrong := writing.fault(sent.claim):
        problems.insert(0, ("claim", wrong))
    return replace(sheet, draft=draft, problems=tuple(problems))


def _again(sheet: Sheet, *, is_preview: bool) -> Page:
    page = _page(replace(sheet, is_preview=is_preview))
    return (page, HTTPStatus.UNPROCESSABLE_ENTITY) if sheet.problems else page


def _onwards(code: str, finding: Finding, sheet: Sheet, sent: Sent) -> Response:
    """Lead on to what the button was for."""
    flash("The finding is saved.")
    if sent.go == "against":
        to = url_for("findings.against", code=code, finding_id=finding.id)
    else:
        parts = sheet.where.as_parts()
        anchor = None if sent.go == "save" else "passages"
        to = url_for("findings.finding", code=code, finding_id=finding.id, _anchor=anchor, **parts)
    return redirect(to, HTTPStatus.SEE_OTHER)


def _page(sheet: Sheet) -> str:
    where, draft = sheet.where, sheet.draft
    if where.only_chosen:
        shown = passages.picked(db.session, sheet.survey, draft, where.number)
    else:
        shown = passages.confirmed(db.session, sheet.survey, draft.theme, where.words, where.number)
    finding = sheet.finding
    return show(
        "finding",
        sheet.survey,
        theme=sheet.theme,
        finding=finding,
        draft=draft,
        where=where,
        shown=shown,
        weighed=weighing.weigh(db.session, sheet.survey, draft),
        problems=dict(sheet.problems),
        offered=claiming.without(draft.claim),
        is_preview=sheet.is_preview,
        is_conflict=("claim", CONFLICT) in sheet.problems,
        action=request.path,
        longest=writing.LONGEST,
    )
