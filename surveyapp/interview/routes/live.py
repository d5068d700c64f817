"""Taking notes while people talk: the screen, and its buttons."""

import datetime as dt
import uuid
from http import HTTPStatus

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import guards, pages, published, standing
from surveyapp.errors import ConsentError, NotInTheGuideError
from surveyapp.extensions import db
from surveyapp.interview import notes
from surveyapp.interview.live import answers, board, call, composing, wire
from surveyapp.interview.notes import Hand
from surveyapp.interview.routes import room
from surveyapp.interview.routes.room import bp, find
from surveyapp.models import Interview

Page = str | tuple[str, int]
Acted = Response | tuple[dict[str, object] | str, int]
# How many milliseconds a press of a button may have waited in a browser for the connection.
LONGEST_WAIT = 60 * 60 * 1000


@bp.get("/<uuid:interview_id>/live")
def live(interview_id: uuid.UUID) -> str:
    """Show the guide, the notes and a box for the next one."""
    return _screen(find(interview_id))


@bp.get("/<uuid:interview_id>/consent")
@bp.get("/<uuid:interview_id>/notes")
@bp.get("/<uuid:interview_id>/prompts/<code>")
def back_to_live(interview_id: uuid.UUID, code: str = "") -> Response:
    """Show the screen to whoever reloads an address that a button was sent to, and refused at."""
    return _to_screen(find(interview_id), code or request.args.get("prompt", ""))


@bp.post("/<uuid:interview_id>/begin")
def begin(interview_id: uuid.UUID) -> Acted:
    """Start the clock."""
    interview = find(interview_id)
    by = Hand(guards.signed_in(), _pressed_at())
    call.begin(db.session, interview, by, pages.today_in(interview.submission.survey, by.at))
    db.session.commit()
    return _done(interview)


@bp.post("/<uuid:interview_id>/consent")
def consent(interview_id: uuid.UUID) -> Acted:
    """Record what the person interviewed agreed to; asked for again, the answer may be another."""
    interview = find(interview_id)
    given = answers.read(request.form)
    if given.faults:
        return _screen(interview, given=given), HTTPStatus.UNPROCESSABLE_ENTITY
    call.agree(db.session, interview, given.consent, _hand())
    db.session.commit()
    return _done(interview)


@bp.post("/<uuid:interview_id>/notes")
def note(interview_id: uuid.UUID) -> Acted:
    """Save one note by a button, as a browser without scripts does."""
    interview = find(interview_id)
    elapsed = board.elapsed(interview, room.now())
    try:
        typed = composing.read(request.form, board.strands(interview), elapsed)
        notes.keep(db.session, interview, typed, _hand())
    except (composing.EmptyNoteError, ConsentError, NotInTheGuideError) as fault:
        return _screen(interview, fault=str(fault)), HTTPStatus.UNPROCESSABLE_ENTITY
    except (KeyError, ValueError):
        return _screen(interview, fault=composing.UNREADABLE), HTTPStatus.UNPROCESSABLE_ENTITY
    db.session.commit()
    return _done(interview, prompt=typed.prompt_code)


@bp.post("/<uuid:interview_id>/prompts/<code>")
def prompt(interview_id: uuid.UUID, code: str) -> Acted:
    """Note that a prompt was asked or left out, or take that back."""
    interview = find(interview_id)
    state = composing.prompt_state(request.form.get("state", ""))
    try:
        call.put(db.session, interview, code, state, _hand())
    except NotInTheGuideError as fault:
        return _screen(interview, fault=str(fault)), HTTPStatus.NOT_FOUND
    db.session.commit()
    return _done(interview, prompt=code)


@bp.post("/<uuid:interview_id>/end")
def end(interview_id: uuid.UUID) -> Acted:
    """Stop the clock."""
    interview = find(interview_id)
    call.end(db.session, interview, Hand(guards.signed_in(), _pressed_at()))
    db.session.commit()
    return _done(interview)


@bp.post("/<uuid:interview_id>/go-on")
def go_on(interview_id: uuid.UUID) -> Acted:
    """Let a call that was ended too early go on."""
    interview = find(interview_id)
    if not call.go_on(db.session, interview, _hand()):
        flash("This interview cannot go on: it has not ended, or its record has been offered.")
    db.session.commit()
    return _done(interview)


def _screen(interview: Interview, fault: str = "", given: answers.Answers | None = None) -> str:
    """Show the screen; after a fault, with what was typed or ticked still on it."""
    listed = board.latest_first(db.session, interview)
    typed = request.form if fault else request.args
    return room.show(
        "live",
        interview,
        current="live",
        board=board.lay_out(db.session, interview, listed),
        guide=published.asked_on(interview),
        notes=listed,
        told={found.id: wire.note(found) for found in listed},
        me=guards.signed_in(),
        is_cancelled=interview.cancelled_at is not None,
        is_over=standing.state(interview, room.now()) in standing.AFTER,
        elapsed=board.elapsed(interview, room.now()),
        can_go_on=call.can_go_on(interview),
        ticked=given.ticked if given else answers.stored(call.stands(interview)),
        missing=given.faults if given else {},
        fault=fault,
        typed=composing.shown(typed),
    )


def _done(interview: Interview, prompt: str = "") -> Acted:
    """Answer a page's own request in data, and a form with the screen as it is now."""
    if request.accept_mimetypes.best == "application/json":
        return wire.standing(interview, board.elapsed(interview, room.now())), HTTPStatus.OK
    return _to_screen(interview, prompt)


def _to_screen(interview: Interview, prompt: str) -> Response:
    # A browser without scripts goes on where its person was typing.
    place = "words" if prompt else None
    target = url_for(
        "interview.live", interview_id=interview.id, prompt=prompt or None, _anchor=place
    )
    return redirect(target, HTTPStatus.SEE_OTHER)


def _hand() -> Hand:
    return Hand(guards.signed_in(), room.now())


def _pressed_at() -> dt.datetime:
    """Return when a button was pressed: it may have waited for the connection to come back."""
    said = request.form.get("ago", "0")
    ago = min(int(said), LONGEST_WAIT) if said.isascii() and said.isdigit() else 0
    return room.now() - dt.timedelta(milliseconds=ago)
