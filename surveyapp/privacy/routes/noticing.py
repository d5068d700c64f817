"""Telling whoever types: while they type, and without scripts once what they typed is saved."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from flask import Blueprint, Flask, Response, current_app, jsonify, request, session
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from surveyapp import guards
from surveyapp.extensions import reads_first
from surveyapp.identifying import boxes, warning
from surveyapp.identifying.warning import Warning

bp = Blueprint("noticing", __name__, url_prefix="/noticing")
guards.people_only(bp)
SAVED: Final = "survey.typed"
# A cookie holds no more.
_LONGEST: Final = 80
_LEAD_ON: Final = {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}


@bp.post("/")
@reads_first
def look() -> Response:
    """Look at what stands in a box of a form that is not sent yet; nothing is kept of it."""
    form = _endpoint(request.form.get("form", ""))
    typed = (request.form.get("box", ""), request.form.get("text", ""))
    return jsonify(identifying=warning.told(boxes.look(form, [typed])))


def init_app(app: Flask) -> None:
    """Let the page that follows a saved form say what of it may identify a child."""
    app.after_request(_remember)
    app.context_processor(_for_every_page)


def _remember(response: Response) -> Response:
    """Keep what was found in a form until the next page; only its writer's browser has it."""
    is_saved = request.method == "POST" and response.status_code in _LEAD_ON
    form = request.endpoint or ""
    if is_saved and form not in boxes.SHOWN_BESIDE:
        found = boxes.look(form, request.form.items(multi=True))
        if found:
            session[SAVED] = [[one.words[:_LONGEST], one.kind, one.more] for one in found]
    return response


def _for_every_page() -> dict[str, Callable[[], tuple[Warning, ...]]]:
    return {"saved_lately": _lately}


def _lately() -> tuple[Warning, ...]:
    return tuple(Warning(*one) for one in session.pop(SAVED, ()))


def _endpoint(path: str) -> str:
    """Return what a form is sent to; "" where nothing takes it."""
    try:
        return str(current_app.url_map.bind("").match(path, method="POST")[0])
    except (HTTPException, RequestRedirect):
        return ""
