"""Pages about the survey itself: set up, opened, closed and extended; its mail and audit trail."""

import datetime as dt
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp import audit, guards
from surveyapp.config import ROOT
from surveyapp.coordinate import folders, records, running, services
from surveyapp.coordinate.folders import Looked
from surveyapp.coordinate.forms import DAY, DayFields, NoteForm, SetUpForm
from surveyapp.coordinate.routes.room import bp, now, page_number, show, survey, today
from surveyapp.coordinate.running import DatesError
from surveyapp.errors import AlreadyThereError
from surveyapp.extensions import db
from surveyapp.forms import ButtonForm

FOLDERS = ROOT / "questionnaires"
Problems = dict[str, str]


@bp.get("/new")
def choose_folder() -> str:
    """Show the folders that a survey can be set up from."""
    return render_template("coordinate/choose_folder.html", folders=folders.names(FOLDERS))


@bp.get("/new/<name>")
def look(name: str) -> str:
    """Show what lint finds in a folder, what it asks, and the form to set a survey up."""
    return _look(_folder(name), SetUpForm(formdata=None), {})


@bp.post("/new/<name>")
def set_up(name: str) -> str | Response:
    """Publish a folder and set up a survey that pins it; it is not open yet."""
    looked, form = _folder(name), SetUpForm()
    opens, closes = _days()
    is_filled_in = form.validate_on_submit()
    problems = {field: errors[0] for field, errors in form.errors.items()} | _wrong(opens, closes)
    if not is_filled_in or problems or looked.folder is None:
        return _look(looked, form, problems)
    plan = services.Plan(
        code=form.code.data or "",
        title=form.title.data or "",
        region=form.region.data or "",
        opens_on=dt.date.fromisoformat(opens.iso),
        closes_on=dt.date.fromisoformat(closes.iso),
    )
    try:
        made = services.set_up(db.session, plan, services.publish(db.session, looked.folder, now()))
    except AlreadyThereError as error:
        db.session.rollback()
        return _look(looked, form, {"code": str(error)})
    services.register(db.session, looked.folder.authorities)
    audit.record(db.session, "survey.set_up", made, guards.person())
    db.session.commit()
    flash("The survey is set up. It is not open yet.")
    return redirect(url_for("coordinate.setup", code=plan.code))


@bp.get("/<code>/setup")
def setup(code: str) -> str:
    """Show a survey's dates and what can be done with it."""
    return _setup(code, {})


@bp.post("/<code>/open", endpoint="open")
def open_survey(code: str) -> Response:
    """Take answers from now on."""
    found = survey(code)
    services.open_survey(db.session, found, now())
    audit.record(db.session, "survey.opened", found, guards.person())
    db.session.commit()
    flash("The survey is open.")
    return redirect(url_for("coordinate.setup", code=code))


@bp.get("/<code>/close")
def closing(code: str) -> str:
    """Show exactly what a close finds, or has found."""
    found = survey(code)
    outcome = running.outcome(db.session, found)
    return show("close", found, "setup", outcome=outcome, form=ButtonForm(formdata=None))


@bp.post("/<code>/close")
def close(code: str) -> Response:
    """Take no more answers, and label what is unfinished as partial."""
    found = survey(code)
    partial = running.close(db.session, found, now())
    audit.record(db.session, "survey.closed", found, guards.person(), partial=len(partial))
    for one in partial:
        audit.record(db.session, "return.taken_as_partial", one, guards.person())
    count = len(partial)
    db.session.commit()
    returns = "1 unfinished return is" if count == 1 else f"{count} unfinished returns are"
    flash(f"The survey is closed. {returns} kept as partial.")
    return redirect(url_for("coordinate.closing", code=code))


@bp.post("/<code>/extend")
def extend(code: str) -> str | Response:
    """Give everybody more time."""
    found, typed = survey(code), DayFields("closes", request.form.to_dict())
    if not typed.iso:
        return _setup(code, {"closes": DAY})
    try:
        running.extend(db.session, found, dt.date.fromisoformat(typed.iso), now())
    except DatesError as error:
        return _setup(code, {"closes": str(error)})
    audit.record(db.session, "survey.extended", found, guards.person(), until=found.closes_on)
    db.session.commit()
    flash("The survey has a new last day.")
    return redirect(url_for("coordinate.setup", code=code))


@bp.post("/<code>/note")
def note(code: str) -> str | Response:
    """Keep what the consultant adds to every invitation."""
    found, form = survey(code), NoteForm()
    if not form.validate_on_submit():
        return _setup(code, {"note": "Shorten the note to 2,000 characters or fewer."})
    found.invitation_note = (form.note.data or "").strip()
    audit.record(db.session, "survey.note_changed", found, guards.person())
    db.session.commit()
    flash("The note is saved.")
    return redirect(url_for("coordinate.setup", code=code))


@bp.get("/<code>/trail")
def trail(code: str) -> str:
    """Show who saw and changed what."""
    found, page = survey(code), page_number()
    rows = records.trail(db.session, found, page)
    more = len(rows) > records.PAGE
    return show("trail", found, "trail", events=rows[: records.PAGE], number=page, more=more)


def _folder(name: str) -> Looked:
    found = folders.look(FOLDERS, name)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return found


def _days() -> tuple[DayFields, DayFields]:
    typed = request.form.to_dict()
    return DayFields("opens", typed), DayFields("closes", typed)


def _wrong(opens: DayFields, closes: DayFields) -> Problems:
    problems = {name: DAY for name, one in (("opens", opens), ("closes", closes)) if not one.iso}
    if problems:
        return problems
    if closes.iso < opens.iso:
        return {"closes": "The last day must be on or after the first"}
    if closes.iso < today().isoformat():
        return {"closes": "The last day must be today or later"}
    return {}


def _look(looked: Looked, form: SetUpForm, problems: Problems) -> str:
    opens, closes = _days()
    return render_template(
        "coordinate/look.html",
        looked=looked,
        form=form,
        opens=opens,
        closes=closes,
        problems=problems,
    )


def _setup(code: str, problems: Problems) -> str:
    found = survey(code)
    shown: dict[str, object] = {
        "form": ButtonForm(formdata=None),
        "closes": DayFields("closes", request.form.to_dict()),
        "note": request.form.get("note", found.invitation_note),
        "unfinished": len(running.unfinished(db.session, found)),
        "problems": problems,
    }
    return show("setup", found, "setup", **shown)
