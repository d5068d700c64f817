"""What was typed, carried on a page across a sign-in or a form that had grown old."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import Response, jsonify, render_template, request
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError

from surveyapp import guards
from surveyapp.error_pages import ADVICE
from surveyapp.guards import SignInNeededError

Typed = Sequence[tuple[str, str]]
Answer = tuple[str | Response, int]
# What is good for a minute is not worth keeping for a quarter of an hour.
SPENT = frozenset({"code", "answer"})
HOUR = 60


def sign_in_needed(_: SignInNeededError) -> Answer:
    """Ask who is there; what they had typed stays on the page, ready to be sent again."""
    if _wants_data():
        return jsonify(error="sign in"), HTTPStatus.UNAUTHORIZED
    page = render_template("account/sign_in_needed.html", address=_address(), typed=_typed())
    return page, HTTPStatus.UNAUTHORIZED


def press_again(error: CSRFError) -> Answer:
    """Show what was typed on a form whose session is over, and ask to send it once more."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        title, advice = ADVICE[HTTPStatus.BAD_REQUEST]
        page = render_template("error.html", title=title, advice=advice)
        return page, HTTPStatus.BAD_REQUEST
    if guards.needs_somebody() and guards.person() is None:
        return sign_in_needed(SignInNeededError())
    if _wants_data():
        return jsonify(error="press again"), error.code or HTTPStatus.BAD_REQUEST
    page = render_template("account/press_again.html", address=_address(), typed=_typed())
    return page, HTTPStatus.BAD_REQUEST


def too_many(error: RateLimitExceeded) -> Answer:
    """Ask for patience; what was typed stays on the page, ready to be sent again."""
    minutes = -(-error.limit.limit.get_expiry() // 60)
    wait = "an hour" if minutes == HOUR else f"{minutes} minutes"
    if _wants_data():
        return jsonify(error="wait", minutes=minutes), HTTPStatus.TOO_MANY_REQUESTS
    page = render_template(
        "account/too_many.html", wait=wait, address=_address(), typed=_typed(SPENT)
    )
    return page, HTTPStatus.TOO_MANY_REQUESTS


def _wants_data() -> bool:
    return request.is_json or request.accept_mimetypes.best == "application/json"


def _address() -> str:
    """Return where the form was sent to, as a path: it cannot lead off this service."""
    return request.full_path.rstrip("?")


def _typed(left_out: frozenset[str] = frozenset()) -> Typed:
    fields = request.form.items(multi=True)
    return [(name, value) for name, value in fields if name not in {"csrf_token", *left_out}]
