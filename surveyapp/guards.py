"""Who may reach what: the person signed in, and the guard that every room declares."""

import time
import uuid
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

from flask import (
    Blueprint,
    Flask,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import Forbidden, Unauthorized
from werkzeug.wrappers import Response

from surveyapp.extensions import db
from surveyapp.models import Contributor, Interview, MemberCheck, Person, Submission
from surveyapp.models.person import STAFF_ROLES, StaffRole

READING = {"GET", "HEAD", "OPTIONS"}
OVERSEEING: tuple[StaffRole, ...] = ("consultant", "administrator")
WHO, STRONGLY, SINCE, SHOWN = "person", "second_factor", "since", "survey.signed_in"
PROVED = "proved"
# Who was found to be asking, and their part in the return: a request asks for these many times.
ASKING, PARTS = "survey.asking", "survey.parts"
# However busy, a session ends.
LONGEST_SECONDS = 12 * 60 * 60
# What a page left open asks for by itself is no sign that somebody is there. Nor may its answer,
# which can come after that to a form, put back the cookie as it was before the form was sent.
ASKED_BY_THE_PAGE = {
    "static",
    *("respond.here", "interview.heard", "noticing.look", "coding.deriving"),
    *("review.build_progress", "coordinate.export_progress"),
    *("exchange.progress", "exchange.bringing_progress"),
}
# A person's part in a return, and both.
PART = (
    select(Contributor)
    .where(
        Contributor.submission_id == bindparam("submission"),
        Contributor.person_id == bindparam("person"),
        Contributor.left_at.is_(None),
    )
    .options(joinedload(Contributor.submission), joinedload(Contributor.person))
)
# An interview, with the return that it is about.
INTERVIEW = (
    select(Interview)
    .where(Interview.id == bindparam("interview"))
    .options(joinedload(Interview.submission))
)
# How long staff need not show their second factor again before they change how they sign in; a
# form may take a little longer to fill in.
PROVED_SECONDS = {"GET": 15 * 60, "POST": 30 * 60}
NOT_YOURS = (
    "This is not yours",
    "This return belongs to another authority, or you are not one of its contributors. If you "
    "should be, ask its coordinator to invite you.",
)


@dataclass(frozen=True, slots=True)
class Guard:
    """Who a room is for."""

    room: Literal["everyone", "people", "staff", "contributors"]
    roles: tuple[StaffRole, ...] = ()


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person signed in, as the top of every page shows them."""

    name: str
    staff_role: str | None


class SignInNeededError(Unauthorized):
    """Nobody is signed in, or not with both steps, and the page is for somebody."""


class NotYoursError(Forbidden):
    """A return was asked for by a person who has no part in it."""


class IdlingSessions(SecureCookieSessionInterface):
    """Sessions that every request lengthens, except those that a page makes by itself."""

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Leave the cookie as old as it is where nobody did anything."""
        if request.endpoint in ASKED_BY_THE_PAGE and not session.modified:
            return False
        return super().should_set_cookie(app, session)


GUARDS: dict[str, Guard] = {}


def init_app(app: Flask) -> None:
    """Ask the guard of its room before every request; a room without one lets nobody in."""
    app.session_interface = IdlingSessions()
    app.before_request(_check)
    app.context_processor(_for_every_page)
    app.register_error_handler(NotYoursError, _not_yours)


def open_to_all(room: Blueprint) -> None:
    """Let everyone into a room."""
    GUARDS[room.name] = Guard("everyone")


def people_only(room: Blueprint) -> None:
    """Let whoever is signed in into a room."""
    GUARDS[room.name] = Guard("people")


def staff_only(room: Blueprint, *roles: StaffRole) -> None:
    """Let only staff into a room: of these roles, or of any."""
    GUARDS[room.name] = Guard("staff", roles or STAFF_ROLES)


def contributors_only(room: Blueprint) -> None:
    """Let contributors into a room; staff may look, and only look."""
    GUARDS[room.name] = Guard("contributors")


def person() -> Person | None:
    """Return who is signed in, if anybody is."""
    known, since = session.get(WHO), session.get(SINCE, 0)
    if known is None or time.time() - since > LONGEST_SECONDS:
        return None
    asking: tuple[object, object, Person] | None = request.environ.get(ASKING)
    if asking is not None and asking[:2] == (known, since):
        return asking[2]
    found = db.session.get(Person, uuid.UUID(known))
    if found is None or (found.signed_out_at and found.signed_out_at.timestamp() > since):
        return None
    request.environ[ASKING] = (known, since, found)
    return found


def signed_in() -> Person:
    """Return who is signed in; where nobody is, ask them to sign in."""
    found = person()
    if found is None:
        raise SignInNeededError
    return found


def sign_in(person: Person, *, strongly: bool = False) -> None:
    """Let a person in; strongly means that they have also shown their second factor."""
    session.clear()
    session.permanent = True
    session[WHO] = person.id.hex
    session[STRONGLY] = strongly
    session[SINCE] = time.time()


def prove() -> None:
    """Note that the person signed in has shown their second factor just now."""
    session[PROVED] = time.time()


def has_proved() -> bool:
    """Say whether the person signed in has shown their second factor a short while ago."""
    longest = PROVED_SECONDS["GET" if request.method in READING else "POST"]
    since = float(session.get(PROVED, session.get(SINCE, 0)))
    return bool(session.get(STRONGLY)) and time.time() - since <= longest


def sign_out() -> None:
    """Forget who was signed in."""
    session.clear()


def is_staff(*roles: StaffRole) -> bool:
    """Say whether the person signed in is staff, of these roles or of any, and has shown it."""
    found = person()
    return (
        found is not None
        and bool(session.get(STRONGLY))
        and found.staff_role in (roles or STAFF_ROLES)
    )


def submission(submission_id: uuid.UUID) -> Submission:
    """Return a submission that the person signed in has a part in, or looks after as staff."""
    part = _part(submission_id)
    found = db.session.get(Submission, submission_id) if part is None else part.submission
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    if contributor(found) is None and not _may_oversee(found):
        raise NotYoursError
    return found


def interview(interview_id: uuid.UUID) -> Interview:
    """Return an interview that the person signed in holds, types for, or oversees as staff."""
    found = db.session.scalars(INTERVIEW, {"interview": interview_id}).one_or_none()
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    if not is_staff(*OVERSEEING) and not (is_staff() and signed_in().id in _held_by(found)):
        raise NotYoursError
    return found


def own_interview(interview_id: uuid.UUID) -> Interview:
    """Return an interview of the authority that the person signed in belongs to.

    That is the person interviewed, or whoever coordinates the authority's return. Nobody else is
    told that there is one.
    """
    found = db.session.scalars(INTERVIEW, {"interview": interview_id}).one_or_none()
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    if found.interviewee_id != signed_in().id:
        part = _part(found.submission_id)
        if part is None or not part.coordinator:
            raise NotYoursError
    return found


def own_check(check_id: uuid.UUID) -> MemberCheck:
    """Return a check of quotations that was sent to the person signed in, or to their authority.

    That is whom it was sent to, or whoever coordinates the authority's return.
    """
    found = db.session.get(MemberCheck, check_id)
    if found is None or found.taken_back_at is not None:
        abort(HTTPStatus.NOT_FOUND)
    if found.person_id != signed_in().id:
        part = _part(found.submission_id)
        if part is None or not part.coordinator:
            raise NotYoursError
    return found


def contributor(submission: Submission) -> Contributor | None:
    """Return the part that the person signed in has in a submission, if they have one."""
    return _part(submission.id)


def coordinator(submission: Submission) -> Contributor:
    """Return the coordinator's part in a submission; anyone else is refused."""
    found = contributor(submission)
    if found is None or not found.coordinator:
        raise NotYoursError
    return found


def _part(submission_id: uuid.UUID) -> Contributor | None:
    return _part_of(signed_in().id, submission_id)


def _part_of(person_id: uuid.UUID, submission_id: uuid.UUID) -> Contributor | None:
    parts: dict[tuple[uuid.UUID, uuid.UUID], Contributor] = request.environ.setdefault(PARTS, {})
    asked = {"person": person_id, "submission": submission_id}
    found = parts.get((submission_id, person_id)) or db.session.scalars(PART, asked).one_or_none()
    if found is None or found.left_at is not None:
        return None
    parts[submission_id, person_id] = found
    return found


def needs_somebody() -> bool:
    """Say whether the page asked for is in a room that is not open to everyone."""
    guard = GUARDS.get(request.blueprint or "")
    return guard is not None and guard.room != "everyone"


def _for_every_page() -> dict[str, object]:
    minutes = current_app.permanent_session_lifetime.total_seconds() // 60
    return {
        "signed_in": request.environ.get(SHOWN) if request else None,
        "session_minutes": int(minutes),
    }


def _held_by(interview: Interview) -> set[uuid.UUID | None]:
    return {interview.interviewer_id, interview.note_taker_id}


def _may_oversee(submission: Submission) -> bool:
    """Say whether staff may go on: to look in any room, to act only in a room of theirs.

    Interviewers look at the returns of those whom they interview.
    """
    if request.method in READING:
        return is_staff(*OVERSEEING) or (is_staff() and _interviews(submission))
    guard = GUARDS.get(request.blueprint or "")
    return guard is not None and guard.room == "staff" and is_staff(*guard.roles)


def _interviews(submission: Submission) -> bool:
    """Say whether the person signed in holds, or takes notes in, an interview about a return."""
    who = signed_in().id
    theirs = select(Interview.id).where(
        Interview.submission_id == submission.id,
        Interview.cancelled_at.is_(None),
        or_(Interview.interviewer_id == who, Interview.note_taker_id == who),
    )
    return db.session.scalars(theirs.limit(1)).one_or_none() is not None


def _check() -> Response | None:
    _fetch_at_once()
    found = person()
    if found is not None:
        request.environ[SHOWN] = SignedIn(found.name, found.staff_role if is_staff() else None)
    if request.blueprint is None:
        return None  # Nothing but the style sheets and the pages that are not there.
    guard = GUARDS.get(request.blueprint)
    if guard is None:
        abort(HTTPStatus.FORBIDDEN)
    return _enter(guard, found)


def _fetch_at_once() -> None:
    """Fetch a person together with their part in the return of the address: nearly all have one."""
    asked, known = (request.view_args or {}).get("submission_id"), session.get(WHO)
    guard = GUARDS.get(request.blueprint or "")
    if known and guard == Guard("contributors") and isinstance(asked, uuid.UUID):
        _part_of(uuid.UUID(known), asked)


def _enter(guard: Guard, found: Person | None) -> Response | None:
    if guard.room == "everyone":
        return None
    if found is None:
        raise SignInNeededError
    if guard.room == "staff":
        _admit_staff(guard, found)
    return _admit_contributor() if guard.room == "contributors" else None


def _admit_staff(guard: Guard, found: Person) -> None:
    if found.staff_role is not None and not session.get(STRONGLY):
        raise SignInNeededError
    if not is_staff(*guard.roles):
        abort(HTTPStatus.FORBIDDEN)


def _admit_contributor() -> Response | None:
    """Look at the return in the address, and at whether who sees what has been agreed to."""
    asked = (request.view_args or {}).get("submission_id")
    if not isinstance(asked, uuid.UUID):
        return None
    found = submission(asked)
    part = contributor(found)
    if part is not None and part.agreed_at is None:
        return redirect(url_for("account.notice", submission_id=found.id))
    return None


def _not_yours(_: NotYoursError) -> tuple[str, int]:
    title, advice = NOT_YOURS
    return render_template("error.html", title=title, advice=advice), HTTPStatus.FORBIDDEN
