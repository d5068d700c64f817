"""One cell of the matrix: its passages, and the summary written from them."""

import re
from http import HTTPStatus

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import guards, workbench
from surveyapp.analysis import cells, citing, ratings, summaries
from surveyapp.analysis.citing import CitationError
from surveyapp.analysis.forms import SeenForm, SummaryForm
from surveyapp.analysis.routes.room import bp, show
from surveyapp.analysis.summaries import (
    BasisChangedError,
    Hand,
    RefusedError,
    Spot,
    SummaryConflictError,
)
from surveyapp.extensions import db

ADDRESS = "/<code>/cells/<authority_code>/<theme>/"
KEY = re.compile(r"[0-9a-f]{16}")
Page = str | tuple[str, int] | Response


@bp.get(ADDRESS)
def cell(code: str, authority_code: str, theme: str) -> str:
    """Show what an authority said under a theme."""
    return _sheet(_spot(code, authority_code, theme), SummaryForm(formdata=None))


@bp.post(ADDRESS)
def save_summary(code: str, authority_code: str, theme: str) -> Page:
    """Save the summary, or put a reference to a passage into it and show it again."""
    spot = _spot(code, authority_code, theme)
    form = SummaryForm()
    form.resolve()
    key = request.form.get("cite", "")
    if KEY.fullmatch(key):
        form.text.data = citing.with_token(form.text.data or "", key)
        return _sheet(spot, form, typed=True, cited=key)
    try:
        summaries.save(db.session, spot, form.written(), _hand())
    except (CitationError, RefusedError) as refused:
        page = _sheet(spot, form, typed=True, error=str(refused))
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    except SummaryConflictError:
        return _torn(spot, form), HTTPStatus.CONFLICT
    db.session.commit()
    flash(_saved(form.text.data or ""))
    return redirect(_address(spot))


@bp.post(f"{ADDRESS}still-right")
def still_right(code: str, authority_code: str, theme: str) -> Page:
    """Let a summary stand though its passages have changed."""
    spot, form = _spot(code, authority_code, theme), SeenForm()
    try:
        summaries.still_right(
            db.session, spot, form.seen.data or 0, form.rests_on.data or "", _hand()
        )
    except (BasisChangedError, SummaryConflictError) as refused:
        page = _sheet(spot, SummaryForm(formdata=None), error=str(refused))
        return page, HTTPStatus.CONFLICT
    db.session.commit()
    flash("The summary stands as it is.")
    return redirect(_address(spot))


def _spot(code: str, authority_code: str, theme: str) -> Spot:
    found = cells.find(db.session, workbench.survey(code), authority_code, theme)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return found


def _saved(text: str) -> str:
    """Say that a summary is saved, and what in it may have been meant to lead to a passage."""
    astray = ", ".join(f"[{one}]" for one in citing.leading_nowhere(text))
    if not astray:
        return "The summary is saved."
    return f"The summary is saved. No passage is cited by {astray}: the button beside one cites it."


def _hand() -> Hand:
    return Hand(guards.signed_in(), workbench.now())


def _address(spot: Spot) -> str:
    return url_for(
        "analysis.cell",
        code=spot.survey.code,
        authority_code=spot.authority,
        theme=spot.theme.code,
    )


def _sheet(
    spot: Spot, form: SummaryForm, *, typed: bool = False, error: str = "", cited: str = ""
) -> str:
    """Show the page: with what was typed, or with what is kept; `cited` was just put in."""
    sheet = cells.read(db.session, spot, request.args.get("after", ""))
    kept = sheet.summary
    if not typed:
        form.text.data = kept.text if kept else ""
        form.seen.data, form.rests_on.data = (kept.version if kept else 0), sheet.rests_on
    form.text.data = citing.numbered(form.text.data or "", sheet.keys)
    form.shown.data = " ".join(sheet.keys)
    return show(
        "cell",
        spot.survey,
        spot=spot,
        sheet=sheet,
        form=form,
        error=citing.numbered(error, sheet.keys),
        cited=cited,
        longest=summaries.LONGEST,
        is_open=typed or bool(error),
        scale=ratings.scale(spot.survey),
    )


def _torn(spot: Spot, form: SummaryForm) -> str:
    """Show both texts; what was typed can be saved over what is kept now, or put together."""
    kept = summaries.of(db.session, spot)
    return show("torn", spot.survey, spot=spot, kept=kept, form=form, address=_address(spot))
