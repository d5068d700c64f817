"""What the live screen sends and asks for by itself: notes as they are typed, and others' notes."""

import datetime as dt
import uuid
from http import HTTPStatus

from flask import request
from flask_wtf.csrf import generate_csrf
from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError

from surveyapp import guards
from surveyapp.errors import ConsentError, NotInTheGuideError
from surveyapp.extensions import begin_writing, db, reads_first
from surveyapp.interview import notes
from surveyapp.interview.live import board, listening, wire
from surveyapp.interview.live.wire import Arriving
from surveyapp.interview.notes import Hand
from surveyapp.interview.routes.room import bp, find, now
from surveyapp.models import Interview

Reply = tuple[dict[str, object], int]


@bp.post("/<uuid:interview_id>/typing")
@reads_first
def typing(interview_id: uuid.UUID) -> Reply:
    """Save a note as it stands in a browser now, and say what became of it.

    Who wrote a note, and what it said before words were taken away, is kept with it: the trail
    need not grow with every letter.
    """
    interview = find(interview_id)
    if (request.content_length or 0) > wire.MOST_SENT:
        return {"state": "refused"}, HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    try:
        arriving = Arriving.model_validate_json(request.get_data())
    except ValidationError:
        return {"state": "refused"}, HTTPStatus.BAD_REQUEST
    if arriving.by != guards.signed_in().id:
        return {"state": "somebody else"}, HTTPStatus.CONFLICT
    if arriving.theme and arriving.theme not in board.strands(interview):
        return {"state": "refused"}, HTTPStatus.UNPROCESSABLE_ENTITY
    return _kept(interview, arriving)


@bp.get("/<uuid:interview_id>/heard")
def heard(interview_id: uuid.UUID) -> Reply:
    """Say what changed since the page last asked, and who it is that asks."""
    interview, at = find(interview_id), now()
    found = listening.changed_since(db.session, interview, _since())
    return {
        "person": str(guards.signed_in().id),
        "token": generate_csrf(),
        "prompts": dict(board.prompt_states(db.session, interview)),
        **wire.standing(interview, board.elapsed(interview, at)),
        **wire.heard(found, at),
    }, HTTPStatus.OK


def _kept(interview: Interview, arriving: Arriving) -> Reply:
    try:
        return _keep(interview, arriving), HTTPStatus.OK
    except ConsentError:
        return {"state": "not agreed"}, HTTPStatus.CONFLICT
    except NotInTheGuideError:
        return {"state": "refused"}, HTTPStatus.UNPROCESSABLE_ENTITY
    except KeyError:
        return {"state": "refused"}, HTTPStatus.NOT_FOUND


def _keep(interview: Interview, arriving: Arriving) -> dict[str, object]:
    typed, by = arriving.typed(), Hand(guards.signed_in(), now())
    begin_writing(db.session)
    try:
        told = wire.saved(notes.keep(db.session, interview, typed, by))
    except IntegrityError:
        # The same new note, sent twice, arrived twice at once: now the other one can be seen.
        db.session.rollback()
        begin_writing(db.session)
        told = wire.saved(notes.keep(db.session, interview, typed, by))
    db.session.commit()
    return told


def _since() -> dt.datetime | None:
    try:
        found = dt.datetime.fromisoformat(request.args.get("since", ""))
    except ValueError:
        return None
    return found if found.tzinfo else None
