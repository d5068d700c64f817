"""The pages people see when something is not there or has gone wrong."""

from http import HTTPStatus

from flask import Flask, Response, render_template, request
from sqlalchemy.exc import NoResultFound
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError

ADVICE = {
    HTTPStatus.BAD_REQUEST: (
        "We could not understand that request",
        "Go back, check the address or what you entered, and try again.",
    ),
    HTTPStatus.TOO_MANY_REQUESTS: (
        "Too many tries",
        "Somebody on your network has tried this many times in a short while. Wait 15 minutes, "
        "then try again.",
    ),
    HTTPStatus.FORBIDDEN: (
        "You cannot see this page",
        "The page is for somebody else. If you think you should see it, ask the person who "
        "invited you.",
    ),
    HTTPStatus.NOT_FOUND: (
        "Page not found",
        "If you typed the address, check it is correct. If you pasted it, check you copied all "
        "of it.",
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: (
        "That cannot be done here",
        "Go back to the page you came from and use its buttons.",
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "That is too big to send",
        "A page can send 16 MB of text and a few files of up to 10 MB each, and this was more, so "
        "nothing of it was saved. Go back: your browser may still show what you typed. Choose a "
        "smaller file, or give a link to it, and send the page again.",
    ),
}
MOST_HEARD_OUT = 256 * 1024 * 1024
SORRY = (
    "Sorry, there is a problem with the service",
    "Try again in a few minutes. Answers that the page said were saved are safe.",
)


def init_app(app: Flask) -> None:
    """Answer every fault with a page that says what to do."""
    app.register_error_handler(HTTPException, _page)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(SecurityError, _stranger)
    app.register_error_handler(NoResultFound, _missing)


def _page(error: HTTPException) -> tuple[str, int]:
    code = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    title, advice = ADVICE.get(HTTPStatus(code), SORRY)
    return render_template("error.html", title=title, advice=advice), code


def _too_large(error: RequestEntityTooLarge) -> tuple[str, int]:
    """Let a browser finish what it sends: it reads no answer before, and would show none."""
    length, limit = request.content_length or 0, request.max_content_length or 0
    if limit < length <= MOST_HEARD_OUT:  # refused for its length, so nothing has been read yet
        while length > 0 and (read := len(request.environ["wsgi.input"].read(min(length, 65_536)))):
            length -= read
    return _page(error)


def _stranger(_: SecurityError) -> Response:
    # A page would need this machine's address, and the address is what is in doubt.
    words = "This service is not known under that name. Check the address.\n"
    return Response(words, HTTPStatus.BAD_REQUEST, mimetype="text/plain")


def _missing(_: NoResultFound) -> tuple[str, int]:
    title, advice = ADVICE[HTTPStatus.NOT_FOUND]
    return render_template("error.html", title=title, advice=advice), HTTPStatus.NOT_FOUND
