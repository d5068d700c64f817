"""Notes typed elsewhere, brought in and placed under prompts."""

import datetime as dt
import uuid
from http import HTTPStatus
from pathlib import Path
from typing import Final

from flask import abort, current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import audit, files, guards, jobs, published
from surveyapp.definitions.answers import AnswerError
from surveyapp.definitions.answers.figures import day
from surveyapp.errors import ConsentError, NotInTheGuideError, SurveyError
from surveyapp.extensions import begin_writing, db, reads_first
from surveyapp.interview import papers
from surveyapp.interview.bringing import drafts, placing, services, suggesting
from surveyapp.interview.bringing.drafts import Draft, Piece, Role
from surveyapp.interview.bringing.suggesting import Hints
from surveyapp.interview.notes import Hand
from surveyapp.interview.routes import room
from surveyapp.interview.routes.room import bp, find
from surveyapp.models import Interview
from surveyapp.pages import counted

Answer = str | Response | tuple[str, int]
EACH: Final = 15
"""How many passages a page shows."""

NONE_CHOSEN: Final = "Choose the file that your notes are in."
NO_CONSENT: Final = (
    "The person interviewed has not agreed to notes, so none can be kept. Record their consent "
    "first, on the page where notes are taken."
)
MOVED_ON: Final = "The guide has no such prompt. Choose one from the list"
LOOKING: Final = (
    "What you typed is kept. We are looking for prompts to suggest: this takes a minute."
)
NO_DATE: Final = "Enter the date of the call."
TOO_LATE: Final = "The date of the call must be today or in the past."
ROLES: Final[dict[str, Role]] = {"interviewee": "interviewee", "ours": "ours", "other": "other"}


@bp.get("/<uuid:interview_id>/bring-in")
def bring_in(interview_id: uuid.UUID) -> str:
    """Ask for a file of notes, and show those that are not placed yet."""
    return _begin(find(interview_id))


@bp.post("/<uuid:interview_id>/bring-in")
@reads_first
def bring_file_in(interview_id: uuid.UUID) -> Answer:
    """Read a file of notes into passages."""
    interview = find(interview_id)
    sent, person = request.files.get("file"), guards.signed_in()
    content = sent.read(files.LARGEST + 1) if sent else b""
    problems = {} if content or (sent and sent.filename) else {"file": NONE_CHOSEN}
    held_on, problem = _held_on(interview)
    if problem:
        problems["held_on-day"] = problem
    if problems:
        return _begin(interview, problems), HTTPStatus.BAD_REQUEST
    file = (sent.filename or "" if sent else "", content)
    try:
        key, draft = services.bring_in(_folder(interview), interview, file, person, room.now())
    except SurveyError as error:
        said = NO_CONSENT if isinstance(error, ConsentError) else str(error)
        return _begin(interview, {"file": said}), HTTPStatus.BAD_REQUEST
    begin_writing(db.session)
    interview.held_on = held_on
    told = {"file": draft.sha256[:16], "size": draft.size, "passages": len(draft.pieces)}
    audit.record(db.session, "interview.file_brought_in", interview, person, **told)
    db.session.commit()
    _ask_for_hints(interview, key, draft)
    return _seen(interview, key)


@bp.get("/<uuid:interview_id>/bring-in/<key>")
def passages(interview_id: uuid.UUID, key: str) -> str:
    """Show the passages that wait to be placed, or ask who is who in them first."""
    interview = find(interview_id)
    return _show(interview, key, _draft(interview, key))


@bp.post("/<uuid:interview_id>/bring-in/<key>/speakers")
@reads_first
def speakers(interview_id: uuid.UUID, key: str) -> Answer:
    """Take down who is who in a transcript."""
    interview = find(interview_id)
    draft = _draft(interview, key)
    given = {name: request.form.get(f"who-{n}", "") for n, name in enumerate(draft.speakers)}
    roles = {name: ROLES[role] for name, role in given.items() if role in ROLES}
    if roles.keys() != given.keys():
        return _show(interview, key, draft, {}, roles), HTTPStatus.BAD_REQUEST
    drafts.keep(_folder(interview), key, services.say_who(draft, roles))
    return _seen(interview, key)


@bp.post("/<uuid:interview_id>/bring-in/<key>")
def place(interview_id: uuid.UUID, key: str) -> Answer:
    """Save the passages that were placed as notes, or fill in what is suggested for them."""
    interview = find(interview_id)
    draft, chosen = _draft(interview, key), placing.chosen_of(request.form)
    # Whatever comes of it, what was typed is kept first.
    placing.note_down(draft, chosen)
    if request.form.get("act") == "suggest":
        return _suggest(interview, key, draft, {one.id for one in chosen})
    drafts.keep(_folder(interview), key, draft)
    hand = Hand(guards.signed_in(), room.now())
    try:
        settled = services.place(db.session, interview, draft, chosen, hand)
    except ConsentError:
        return _again(interview_id, key, {"": NO_CONSENT}), HTTPStatus.CONFLICT
    except NotInTheGuideError:
        return _again(interview_id, key, {"": MOVED_ON}), HTTPStatus.BAD_REQUEST
    if settled.problems:
        return _show(interview, key, draft, settled.problems), HTTPStatus.BAD_REQUEST
    told = {"notes": settled.saved, "left_out": settled.left_out}
    audit.record(db.session, "interview.passages_placed", interview, hand.author, **told)
    db.session.commit()
    drafts.keep(_folder(interview), key, draft)
    flash(_said(settled))
    return _seen(interview, key, page=_page())


@bp.post("/<uuid:interview_id>/bring-in/<key>/back")
@reads_first
def bring_back(interview_id: uuid.UUID, key: str) -> Response:
    """Let a passage that was left out wait again."""
    interview = find(interview_id)
    draft = _draft(interview, key)
    if placing.bring_back(draft, request.form.get("passage", "")):
        drafts.keep(_folder(interview), key, draft)
    return _seen(interview, key)


@bp.post("/<uuid:interview_id>/bring-in/<key>/forget")
def forget_passages(interview_id: uuid.UUID, key: str) -> Response:
    """Throw away what was not placed."""
    interview = find(interview_id)
    draft = _draft(interview, key)
    person, left = guards.signed_in(), len(draft.waiting)
    audit.record(db.session, "interview.passages_forgotten", interview, person, passages=left)
    db.session.commit()
    drafts.forget(_folder(interview), key)
    drafts.forget(papers.hints(room.settings().instance, interview), key)
    address = url_for("interview.bring_in", interview_id=interview.id)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _held_on(interview: Interview) -> tuple[dt.date | None, str]:
    """Return the day of the call: known, or typed beside the file."""
    if interview.held_on is not None:
        return interview.held_on, ""
    typed = {name: request.form.get(f"held_on-{name}", "") for name in ("day", "month", "year")}
    try:
        found = day(typed, "held_on")
    except AnswerError as error:
        return None, error.problems[0].message
    if not found:
        return None, NO_DATE
    held_on = dt.date.fromisoformat(found)
    return held_on, TOO_LATE if held_on > room.now().date() else ""


def _suggest(interview: Interview, key: str, draft: Draft, ids: set[str]) -> Response:
    hints = _hints(interview, key)
    taken = 0 if hints is None else suggesting.take(draft, ids, hints)
    drafts.keep(_folder(interview), key, draft)
    if hints is None:
        _ask_for_hints(interview, key, draft)
        flash(LOOKING)
    else:
        counts = counted(taken, "suggestion is", "suggestions are")
        flash(f"{counts} filled in. Nothing is saved yet: look at each before you save.")
    return _seen(interview, key, page=_page())


def _said(settled: placing.Settled) -> str:
    if not settled.changes:
        return "What you typed is kept. No passage was placed."
    saved = counted(settled.saved, "passage is a note", "passages are notes")
    left = f" {settled.left_out:,} left out." if settled.left_out else ""
    return f"{saved} now.{left}"


def _begin(interview: Interview, problems: dict[str, str] | None = None) -> str:
    waiting = [
        (key, draft)
        for key, draft in drafts.of(_folder(interview), guards.signed_in())
        if draft.waiting
    ]
    return room.show(
        "bring_in",
        interview,
        "bring_in",
        problems=problems or {},
        waiting=waiting,
        typed=request.form,
        may_note=bool(interview.consent_notes),
    )


def _again(interview_id: uuid.UUID, key: str, problems: dict[str, str]) -> str:
    """Show the passages once more, after nothing of them was saved."""
    db.session.rollback()
    interview = find(interview_id)
    return _show(interview, key, _draft(interview, key), problems)


def _show(
    interview: Interview,
    key: str,
    draft: Draft,
    problems: dict[str, str] | None = None,
    who: dict[str, Role] | None = None,
) -> str:
    if draft.needs_roles:
        return _ask_who(interview, key, draft, who)
    waiting = draft.waiting
    pages = max(1, -(-len(waiting) // EACH))
    page = min(_page(), pages)
    return room.show(
        "passages",
        interview,
        "bring_in",
        key=key,
        draft=draft,
        shown=waiting[(page - 1) * EACH : page * EACH],
        page=page,
        pages_of_passages=pages,
        prompts=published.asked_on(interview).prompts,
        problems=problems or {},
        hints=_hints(interview, key),
        is_too_long=suggesting.is_too_long(draft),
        root_of=suggesting.root_of,
        time_of=time_of,
    )


def _ask_who(interview: Interview, key: str, draft: Draft, who: dict[str, Role] | None) -> str:
    samples = {
        name: next(one for one in draft.pieces if one.speaker == name) for name in draft.speakers
    }
    return room.show(
        "speakers",
        interview,
        "bring_in",
        key=key,
        draft=draft,
        samples=samples,
        who=who,
        time_of=time_of,
    )


def time_of(piece: Piece) -> str:
    """Return when a passage was said, as minutes and seconds of the call."""
    if piece.second is None:
        return ""
    minutes, seconds = divmod(piece.second, 60)
    return f"{minutes}:{seconds:02}"


def _page() -> int:
    given = request.args.get("page", "1")
    return max(1, int(given[:6])) if given.isascii() and given[:6].isdigit() else 1


def _draft(interview: Interview, key: str) -> Draft:
    person = guards.signed_in()
    draft = services.find(db.session, _folder(interview), interview, key, person)
    return abort(HTTPStatus.NOT_FOUND) if draft is None else draft


def _hints(interview: Interview, key: str) -> Hints | None:
    return suggesting.find(papers.hints(room.settings().instance, interview), key)


def _ask_for_hints(interview: Interview, key: str, draft: Draft) -> None:
    """Ask for suggestions, unless they are there or never will be."""
    if _hints(interview, key) is None and not suggesting.is_too_long(draft):
        jobs.of(current_app).enqueue(suggesting.JOB, str(interview.id), key)


def _folder(interview: Interview) -> Path:
    return papers.drafts(room.settings().instance, interview)


def _seen(interview: Interview, key: str, page: int = 1) -> Response:
    shown = page if page > 1 else None
    address = url_for("interview.passages", interview_id=interview.id, key=key, page=shown)
    return redirect(address, HTTPStatus.SEE_OTHER)
