"""Memos: the list of them, writing one, changing one, and removing one."""

import uuid
from http import HTTPStatus
from typing import NamedTuple

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import guards, workbench
from surveyapp.coding import memos, subjects, telling
from surveyapp.coding.memos import LONGEST, MemoConflictError, Subject
from surveyapp.coding.routes.room import bp, show
from surveyapp.derived.acts import Hand
from surveyapp.extensions import db
from surveyapp.material import codebooks
from surveyapp.models import Memo, Survey
from surveyapp.models.coding import ABOUT

KINDS = {
    "passage": "Passages",
    "theme": "Themes",
    "authority": "Authorities",
    "cell": "Cells of the matrix",
    "survey": "The survey",
}


class Typed(NamedTuple):
    """What stands in the form: the text, what is wrong with it, and what somebody else saved."""

    text: str = ""
    problem: str = ""
    theirs: str = ""


@bp.get("/<code>/memos/")
def memo_list(code: str) -> str:
    """List memos, the latest first."""
    found = workbench.survey(code)
    kind = request.args.get("about", "")
    number = max(1, request.args.get("page", 1, int))
    rows, has_more = memos.listed(db.session, found, (kind,) if kind in KINDS else ABOUT, number)
    return show(
        "memos",
        found,
        memos=rows,
        kinds=KINDS,
        kind=kind if kind in KINDS else "",
        number=number,
        has_more=has_more,
        subjects=subjects.all_of(db.session, found, rows, codebooks.current(found)),
        choices=telling.choices(db.session, found, codebooks.current(found)),
        themes=telling.by_kind(codebooks.current(found)),
    )


@bp.get("/<code>/memos/new")
def new_memo(code: str) -> str:
    """Ask for a new memo."""
    found = workbench.survey(code)
    return _form(found, _subject(found), None, Typed())


@bp.post("/<code>/memos/new")
def keep_memo(code: str) -> Response | tuple[str, int]:
    """Keep a new memo."""
    found = workbench.survey(code)
    subject, text = _subject(found), request.form.get("text", "").strip()
    problem = _problem(text)
    if problem:
        told = _form(found, subject, None, Typed(text, problem))
        return told, HTTPStatus.UNPROCESSABLE_ENTITY
    hand = Hand(guards.signed_in(), workbench.now())
    memos.write(db.session, found, hand, subject, text)
    db.session.commit()
    return _back(found, subject, "Memo kept.")


@bp.get("/<code>/memos/<uuid:memo_id>/")
def memo(code: str, memo_id: uuid.UUID) -> str:
    """Show a memo, to be read and changed."""
    found = workbench.survey(code)
    one = _memo(found, memo_id)
    return _form(found, Subject(one.about, one.subject), one, Typed(one.text))


@bp.post("/<code>/memos/<uuid:memo_id>/")
def change_memo(code: str, memo_id: uuid.UUID) -> Response | tuple[str, int]:
    """Save a memo, unless somebody did so meanwhile."""
    found = workbench.survey(code)
    one = _memo(found, memo_id)
    subject, text = Subject(one.about, one.subject), request.form.get("text", "").strip()
    problem = _problem(text)
    if problem:
        told = _form(found, subject, one, Typed(text, problem))
        return told, HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        memos.save(db.session, one, request.form.get("seen", 0, int), text, workbench.now())
    except MemoConflictError as conflict:
        told = _form(found, subject, one, Typed(text, str(conflict), one.text))
        return told, HTTPStatus.CONFLICT
    db.session.commit()
    return _back(found, subject, "Memo saved.")


@bp.post("/<code>/memos/<uuid:memo_id>/remove")
def remove_memo(code: str, memo_id: uuid.UUID) -> Response:
    """Take a memo off the lists."""
    found = workbench.survey(code)
    one = _memo(found, memo_id)
    subject = Subject(one.about, one.subject)
    memos.remove(db.session, one, workbench.now())
    db.session.commit()
    return _back(found, subject, "Memo removed.")


def _memo(survey: Survey, memo_id: uuid.UUID) -> Memo:
    found = memos.find(db.session, survey, memo_id)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return found


def _subject(survey: Survey) -> Subject:
    """Return what the new memo is to be about."""
    about = request.args.get("about", "survey")
    asked = Subject(about, request.args.get("subject", ""))
    codes = {theme.code for theme in codebooks.current(survey)}
    if about not in KINDS or not memos.is_there(db.session, survey, asked, codes):
        abort(HTTPStatus.NOT_FOUND)
    return asked


def _problem(text: str) -> str:
    if not text:
        return "Write the memo"
    return f"The memo must be {LONGEST:,} characters or fewer" if len(text) > LONGEST else ""


def _form(survey: Survey, subject: Subject, one: Memo | None, typed: Typed) -> str:
    told = subjects.one(db.session, survey, subject, codebooks.current(survey))
    return show(
        "memo",
        survey,
        subject=subject,
        named=told.words,
        memo=one,
        typed=typed,
        back=_address(survey, subject, told.passage),
    )


def _address(survey: Survey, subject: Subject, passage: str) -> str:
    """Return where somebody comes from who writes a memo about something."""
    if subject.about == "passage" and passage:
        return url_for("coding.passage", code=survey.code, passage_key=passage)
    return url_for("coding.memo_list", code=survey.code)


def _back(survey: Survey, subject: Subject, words: str) -> Response:
    told = subjects.one(db.session, survey, subject, codebooks.current(survey))
    flash(words)
    return redirect(_address(survey, subject, told.passage))
