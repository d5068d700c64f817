"""The record as the person interviewed answers it: confirmed, corrected, words taken back."""

import uuid
from http import HTTPStatus
from typing import Final, cast

from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp import built, guards, leftovers
from surveyapp.config import Settings
from surveyapp.extensions import db
from surveyapp.forms import ButtonForm
from surveyapp.interview import answered, answering, forms, recording
from surveyapp.interview.answering import RecordChangedError, Sheet
from surveyapp.interview.notes import Hand
from surveyapp.interview.routes.interviewee import bp, find, now
from surveyapp.interview.routes.record import in_word
from surveyapp.interview.services import Consent
from surveyapp.interview.telling import Act
from surveyapp.models import Build, Interview
from surveyapp.models.submission import USE_LEVELS, UseLevel

Page = str | tuple[str, int] | Response
SENTENCES: Final = "sentences"
CHANGED: Final = (
    "The record, or what you marked in it, changed while this page was open. Nothing was sent: "
    "look at it again, please."
)


class SignedOffError(Exception):
    """The record can no longer be changed: the review that rests on it is signed off."""

    def __init__(self, interview: Interview, review: Build) -> None:
        """Keep the interview, and the build that is the review."""
        super().__init__("The review is signed off.")
        self.interview, self.review = interview, review


@bp.errorhandler(SignedOffError)
def closed(error: SignedOffError) -> tuple[str, int]:
    """Say that the record can no longer be changed, and what can still be done."""
    return _show("closed", error.interview, review=error.review), HTTPStatus.CONFLICT


@bp.get("/<uuid:interview_id>/record")
def record(interview_id: uuid.UUID) -> str:
    """Show the record: to be read and confirmed, or to be gone through by sentence."""
    interview = _offered(interview_id)
    by_sentence = request.args.get("by") == SENTENCES and _may_answer(interview)
    return _sentences(interview) if by_sentence else _reading(interview)


@bp.post("/<uuid:interview_id>/record")
def save(interview_id: uuid.UUID) -> Page:
    """Keep what was marked; go on to the check page where the record is to be sent back."""
    interview = _own(interview_id)
    moved = _keep(interview)
    db.session.commit()
    if moved:
        return _sentences(interview, moved=True), HTTPStatus.CONFLICT
    if "later" in request.form:
        flash("What you marked is kept. Nothing is sent yet: come back when it suits you.")
        return _to("interviewee.record", interview_id)
    if answering.sheet(db.session, interview).wordless:
        return _sentences(interview, is_sent=True), HTTPStatus.UNPROCESSABLE_ENTITY
    return _to("interviewee.check", interview_id)


@bp.post("/<uuid:interview_id>/record/typing")
def marking(interview_id: uuid.UUID) -> tuple[dict[str, str], int]:
    """Keep what is marked, as it is marked."""
    moved = _keep(_own(interview_id))
    db.session.commit()
    return {"state": "changed" if moved else "saved"}, HTTPStatus.OK


@bp.post("/<uuid:interview_id>/confirm")
def confirm(interview_id: uuid.UUID) -> Page:
    """Confirm the whole record as it was shown."""
    interview, seen = _own(interview_id), request.form.get("seen", "")
    try:
        answering.confirm_all(db.session, interview, seen, _hand())
    except RecordChangedError:
        return _reading(interview, problem=CHANGED), HTTPStatus.CONFLICT
    whole = answered.of(answering.sheet(db.session, interview), seen)
    answered.tell(db.session, whole, _act())
    db.session.commit()
    flash("Thank you. You have confirmed the whole record.")
    return _to("interviewee.record", interview_id)


@bp.get("/<uuid:interview_id>/check")
def check(interview_id: uuid.UUID) -> Page:
    """Show what will be changed and what will vanish, before it is sent."""
    interview = _own(interview_id)
    sheet = answering.sheet(db.session, interview)
    if sheet.wordless:
        return redirect(url_for("interviewee.record", interview_id=interview_id, by=SENTENCES))
    return _check(interview, sheet)


@bp.post("/<uuid:interview_id>/check")
def send(interview_id: uuid.UUID) -> Page:
    """Send the record back: everything that was marked is done, at once or not at all."""
    interview, rest = _own(interview_id), request.form.get("rest", "")
    now_sheet = answering.sheet(db.session, interview)
    if now_sheet.unmarked and rest not in ("right", "open"):
        problem = "Choose what you say about the sentences you did not mark"
        return _check(interview, now_sheet, problem), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        sheet = answering.to_be_sent(db.session, interview, request.form.get("seen", ""))
    except RecordChangedError:
        changed = answering.sheet(db.session, interview)
        return _check(interview, changed, moved=CHANGED), HTTPStatus.CONFLICT
    answer = answered.of(sheet, sheet.seen)
    counts = answering.send(db.session, _settings(), sheet, _hand(), rest_is_right=rest != "open")
    answered.tell(db.session, answer, _act())
    db.session.commit()
    if counts["withdrawn"]:
        leftovers.wipe(db.session)
    flash("Thank you. Your record is sent back, and everything you marked is done.")
    return _to("interviewee.record", interview_id)


@bp.get("/<uuid:interview_id>/consent")
def consent(interview_id: uuid.UUID) -> str:
    """Ask again whether we may quote, and how the words may be used."""
    interview = _own(interview_id)
    quotes = {True: "yes", False: "no", None: ""}[interview.consent_quotes]
    return _consent(interview, quotes, interview.use_level or "written", "")


@bp.post("/<uuid:interview_id>/consent")
def consented(interview_id: uuid.UUID) -> Page:
    """Record what the person interviewed agrees to from now on."""
    interview = _own(interview_id)
    quotes, level = (request.form.get(name, "") for name in ("quotes", "use_level"))
    if quotes not in ("yes", "no") or level not in (*USE_LEVELS, "written"):
        problem = "Choose whether we may quote you" if quotes not in ("yes", "no") else ""
        page = _consent(interview, quotes, level, problem or "Choose how your words may be used")
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    wanted = Consent(
        notes=bool(interview.consent_notes),
        quotes=quotes == "yes",
        use_level=None if level == "written" else cast(UseLevel, level),
    )
    answering.change_consent(db.session, _settings(), interview, wanted, _hand())
    db.session.commit()
    flash("We have noted what you agree to. It holds from now on.")
    return _to("interviewee.record", interview_id)


@bp.get("/<uuid:interview_id>/add")
def addition(interview_id: uuid.UUID) -> str:
    """Ask whether anything is missing."""
    return _addition(_own(interview_id), "")


@bp.post("/<uuid:interview_id>/add")
def add(interview_id: uuid.UUID) -> Page:
    """Add what the person interviewed writes, in their own words."""
    interview = _own(interview_id)
    words = request.form.get("words", "").replace("\r\n", "\n").strip()
    if not words:
        page = _addition(interview, "Enter what is missing")
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    answering.add(db.session, interview, words, _hand())
    db.session.commit()
    flash("Your words are in the record, as you wrote them.")
    return _to("interviewee.record", interview_id)


@bp.get("/<uuid:interview_id>/record.docx")
def record_docx(interview_id: uuid.UUID) -> Response:
    """Hand the record over as a Word document."""
    return in_word(_offered(interview_id))


def _offered(interview_id: uuid.UUID) -> Interview:
    """Return an interview whose record its authority may read: once it has been offered."""
    interview = find(interview_id)
    if interview.offered_at is None or interview.cancelled_at is not None:
        raise guards.NotYoursError
    return interview


def _own(interview_id: uuid.UUID) -> Interview:
    """Return the interview of the person signed in; the coordinator reads, and answers nothing.

    Once the review is signed off, nobody changes what it rests on.
    """
    interview = _offered(interview_id)
    if not _is_theirs(interview):
        raise guards.NotYoursError
    review = _signed_off(interview)
    if review is not None:
        raise SignedOffError(interview, review)
    return interview


def _may_answer(interview: Interview) -> bool:
    return _is_theirs(interview) and _signed_off(interview) is None


def _is_theirs(interview: Interview) -> bool:
    return interview.interviewee_id == guards.signed_in().id


def _signed_off(interview: Interview) -> Build | None:
    return built.signed_off(db.session, interview.submission.survey)


def _keep(interview: Interview) -> bool:
    sheet = answering.sheet(db.session, interview)
    marked = tuple(forms.marked(request.form, sheet))
    return answering.keep(db.session, interview, marked, _hand())


def _reading(interview: Interview, problem: str = "") -> str:
    return _show(
        "record",
        interview,
        sheet=answering.sheet(db.session, interview),
        chapters=recording.chapters(interview),
        may_answer=_may_answer(interview),
        review=_signed_off(interview) if _is_theirs(interview) else None,
        last_sent=answering.last_sent(db.session, interview),
        problem=problem,
    )


def _sentences(interview: Interview, *, is_sent: bool = False, moved: bool = False) -> str:
    sheet = answering.sheet(db.session, interview)
    return _show(
        "sentences",
        interview,
        sheet=sheet,
        chapters=recording.chapters(interview),
        wordless=sheet.wordless if is_sent else (),
        moved=moved,
        me=guards.signed_in(),
    )


def _check(interview: Interview, sheet: Sheet, problem: str = "", moved: str = "") -> str:
    return _show("check", interview, sheet=sheet, problem=problem, moved=moved)


def _consent(interview: Interview, quotes: str, level: str, problem: str) -> str:
    return _show("consent", interview, quotes=quotes, level=level, problem=problem)


def _addition(interview: Interview, problem: str) -> str:
    words = request.form.get("words", "")
    return _show("add", interview, words=words, problem=problem)


def _show(view: str, interview: Interview, **shown: object) -> str:
    return render_template(
        f"interview/interviewee/{view}.html",
        interview=interview,
        record=recording,
        form=ButtonForm(formdata=None),
        **shown,
    )


def _hand() -> Hand:
    return Hand(guards.signed_in(), now())


def _act() -> Act:
    return Act(guards.signed_in(), now(), _settings())


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def _to(endpoint: str, interview_id: uuid.UUID) -> Response:
    return redirect(url_for(endpoint, interview_id=interview_id), HTTPStatus.SEE_OTHER)
