"""A finding on its page: what authorities say, the passages it rests on, and how it is printed."""

import uuid
from collections.abc import Iterator
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
MEANING = "Say whether the finding means something else now"
SAVED = "The finding is saved."
SAME = "The finding is saved. What was looked at for it still counts, as it means the same."
OTHER = "The finding is saved. It means something else now: look again for what speaks against it."
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
    meaning: str = ""

    @property
    def is_reworded(self) -> bool:
        """Tell whether somebody looked for what speaks against it before it was worded so."""
        kept = self.finding
        if kept is None or kept.looked_against_at is None:
            return False
        return claiming.clean(self.draft.claim) != kept.claim


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
    return _onwards(code, finding, sheet, sent, SAVED)


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
    told = _told(sheet)
    try:
        writing.save(db.session, finding, sheet.draft, sent.seen, hand())
    except FindingConflictError:
        # What they saved is read again; what was typed here stays in its box.
        db.session.expire(finding)
        sheet = replace(_typed(_sheet(code, finding_id), sent), problems=(("claim", CONFLICT),))
        return _page(sheet), HTTPStatus.CONFLICT
    db.session.commit()
    return _onwards(code, finding, sheet, sent, told)


def _sheet(code: str, finding_id: uuid.UUID) -> Sheet:
    found = workbench.survey(code)
    finding = find(found, finding_id)
    about = theme_of(found, finding.theme)
    return Sheet(found, about, drafting.draft_of(finding), forms.where(), finding)


def _typed(sheet: Sheet, sent: Sent) -> Sheet:
    """Return a page as it was typed and ticked, with what is wrong."""
    chosen = drafting.choose(db.session, sheet.survey, sheet.draft.chosen, sent.ticked)
    draft = replace(sheet.draft, claim=sent.claim, chosen=chosen)
    typed = replace(sheet, draft=draft, meaning=sent.meaning)
    if typed.is_reworded and sent.meaning != "same":
        typed = replace(typed, draft=replace(draft, looked=False))
    return replace(typed, problems=tuple(_problems(typed, sent)))


def _problems(typed: Sheet, sent: Sent) -> Iterator[tuple[str, str]]:
    if wrong := writing.fault(sent.claim):
        yield "claim", wrong
    # A preview may leave it open: nothing is saved by it.
    elif typed.is_reworded and sent.go != "preview" and sent.meaning not in ("same", "other"):
        yield "meaning", MEANING
    for key in sorted(sent.ticked.both):
        yield f"for-{key}", BOTH


def _again(sheet: Sheet, *, is_preview: bool) -> Page:
    page = _page(replace(sheet, is_preview=is_preview))
    return (page, HTTPStatus.UNPROCESSABLE_ENTITY) if sheet.problems else page


def _told(sheet: Sheet) -> str:
    """Say what follows from saving a page, as it stands before that."""
    if not sheet.is_reworded:
        return SAVED
    return SAME if sheet.draft.looked else OTHER


def _onwards(code: str, finding: Finding, sheet: Sheet, sent: Sent, told: str) -> Response:
    """Lead on to what the button was for, and tell what was done."""
    flash(told)
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
        whose=claiming.with_subject(draft.claim),
        is_reworded=sheet.is_reworded,
        meaning=sheet.meaning,
        is_preview=sheet.is_preview,
        is_conflict=("claim", CONFLICT) in sheet.problems,
        action=request.path,
        longest=writing.LONGEST,
    )
