"""An authority's own pages: its profile and its words, marked and sent back."""

import uuid
from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp import built, guards, published, workbench
from surveyapp.checking import adding, answering, profile, surroundings
from surveyapp.checking.routes.room import folder
from surveyapp.extensions import db
from surveyapp.forms import ButtonForm
from surveyapp.models import CheckItem, MemberCheck
from surveyapp.pages import ENGLAND

Page = str | tuple[str, int] | Response
member = Blueprint("member", __name__, url_prefix="/checks", template_folder="../templates")
guards.people_only(member)


@member.get("/<uuid:check_id>/")
def check(check_id: uuid.UUID) -> str:
    """Show what would be printed, to be confirmed, corrected or left unnamed."""
    return _show(guards.own_check(check_id))


@member.post("/<uuid:check_id>/")
def save(check_id: uuid.UUID) -> Page:
    """Keep what was marked; send it back where that was pressed."""
    adding.lock(db.session, check_id)
    found = guards.own_check(check_id)
    if _is_closed(found):
        return _show(found), HTTPStatus.CONFLICT
    answering.keep(db.session, found, request.form, workbench.now())
    db.session.commit()
    if "later" in request.form:
        flash("What you marked is kept. Nothing is sent yet: come back when it suits you.")
        return _again(check_id)
    unseen = answering.unseen(found, request.form)
    is_unsaid = bool(answering.unmarked(found)) and "rest" not in request.form
    if unseen or is_unsaid or answering.wordless(found):
        return _show(found, is_sent=True, unseen=unseen), HTTPStatus.UNPROCESSABLE_ENTITY
    answering.confirm_rest(found, workbench.now())
    answering.send(db.session, found, guards.signed_in(), workbench.now())
    db.session.commit()
    flash("Thank you. Your answer is sent, and the next version of the review follows it.")
    return _again(check_id)


@member.post("/<uuid:check_id>/typing")
def marking(check_id: uuid.UUID) -> tuple[dict[str, str], int]:
    """Keep what is marked, as it is marked."""
    found = guards.own_check(check_id)
    if not _is_closed(found):
        answering.keep(db.session, found, request.form, workbench.now())
    db.session.commit()
    return {"state": "saved"}, HTTPStatus.OK


def _is_closed(found: MemberCheck) -> bool:
    """Say whether the review is signed off, so that nothing can be changed any more."""
    return built.signed_off(db.session, found.submission.survey) is not None


def _again(check_id: uuid.UUID) -> Response:
    return redirect(url_for("member.check", check_id=check_id), HTTPStatus.SEE_OTHER)


def _show(found: MemberCheck, *, is_sent: bool = False, unseen: Sequence[CheckItem] = ()) -> str:
    submission = found.submission
    return render_template(
        "checking/theirs.html",
        check=found,
        profile=profile.read(db.session, submission),
        around=surroundings.of(db.session, found, folder()),
        is_closed=_is_closed(found),
        is_late=found.due_on < workbench.now().astimezone(ENGLAND).date(),
        wordless=answering.wordless(found) if is_sent else (),
        unmarked=answering.unmarked(found) if is_sent else (),
        unseen=unseen,
        contact=published.privacy(submission).contact or found.sent_by.email,
        me=guards.signed_in(),
        form=ButtonForm(formdata=None),
    )
