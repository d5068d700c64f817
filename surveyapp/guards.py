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
from sqlalchemy import select
from werkzeug.exceptions import Forbidden, Unauthorized
from werkzeug.wrappers import Response

from surveyapp.extensions import db
from surveyapp.models import Contributor, Person, Submission
from surveyapp.models.person import STAFF_ROLES, StaffRole

READING = {"GET", "HEAD", "OPTIONS"}
OVERSEEING: tuple[StaffRole, ...] = ("consultant", "administrator")
WHO, STRONGLY, SINCE, SHOWN = "person", "second_factor", "since", "survey.signed_in"
# However busy, a session ends: a page left open asks for news by itself, and would go on for ever.
LONGEST_SECONDS = 12 * 60 * 60
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


GUARDS: dict[str, Guard] = {}


def init_app(app: Flask) -> None:
    """Ask the guard of its room before every request; a room without one lets nobody in."""
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
    known = session.get(WHO)
    if known is None or time.time() - session.get(SINCE, 0) > LONGEST_SECONDS:
        return None
    return db.session.get(Person, uuid.UUID(known))


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
    session[SINCE] = int(time.time())


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
    found = db.session.get(Submission, submission_id)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    if contributor(found) is None and not _may_oversee():
        raise NotYoursError
    return found


def contributor(submission: Submission) -> Contributor | None:
    """Return the part that the person signed in has in a submission, if they have one."""
    return db.session.scalars(
        select(Contributor).where(
            Contributor.submission_id == submission.id, Contributor.person_id == signed_in().id
        )
    ).one_or_none()


def coordinator(submission: Submission) -> Contributor:
    """Return the coordinator's part in a submission; anyone else is refused."""
    found = contributor(submission)
    if found is None or not found.coordinator:
        raise NotYoursError
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


def _may_oversee() -> bool:
    """Say whether staff may go on: to look in any room, to act only in a room of theirs."""
    if request.method in READING:
        return is_staff()
    guard = GUARDS.get(request.blueprint or "")
    return guard is not None and guard.room == "staff" and is_staff(*guard.roles)


def _check() -> Response | None:
    found = person()
    if found is not None:
        request.environ[SHOWN] = SignedIn(found.name, found.staff_role if is_staff() else None)
    if request.blueprint is None:
        return None  # Nothing but the style sheets and the pages that are not there.
    guard = GUARDS.get(request.blueprint)
    if guard is None:
        abort(HTTPStatus.FORBIDDEN)
    return _enter(guard, found)


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
