"""Pages about the survey itself: set up, opened, closed and extended; its mail and audit trail."""

import datetime as dt
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp import audit, guards, published
from surveyapp.config import ROOT
from surveyapp.coordinate import extensions, folders, records, running, services
from surveyapp.coordinate import trail as trails
from surveyapp.coordinate.folders import Looked
from surveyapp.coordinate.forms import NoteForm, PrivacyForm, SetUpForm
from surveyapp.coordinate.routes.room import bp, now, page_number, show, survey, today
from surveyapp.coordinate.running import DatesError
from surveyapp.coordinate.trail import Pages
from surveyapp.definitions.questionnaire import Privacy
from surveyapp.errors import AlreadyThereError
from surveyapp.extensions import db
from surveyapp.forms import ButtonForm, DayFields
from surveyapp.models import Survey

FOLDERS = ROOT / "questionnaires"
Problems = dict[str, str]


@bp.get("/new")
def choose_folder() -> str:
    """Show the folders that a survey can be set up from."""
    return render_template("coordinate/choose_folder.html", folders=folders.names(FOLDERS))


@bp.get("/new/<name>")
def look(name: str) -> str:
    """Show what lint finds in a folder, what it asks, and the form to set a survey up."""
    looked = _folder(name)
    said = looked.folder.questionnaire.privacy if looked.folder else Privacy()
    # What names nobody real is not taken over: somebody has to say who is responsible.
    known = {} if said.is_invented else said.model_dump()
    return _look(looked, SetUpForm(formdata=None, **known), {})


@bp.post("/new/<name>")
def set_up(name: str) -> str | Response:
    """Publish a folder and set up a survey that pins it; it is not open yet."""
    looked, form = _folder(name), SetUpForm()
    opens, closes = _days()
    is_filled_in = form.validate_on_submit()
    problems = {field: errors[0] for field, errors in form.errors.items()} | _wrong(opens, closes)
    if not is_filled_in or problems or looked.folder is None:
        return _look(looked, form, problems)
    plan = _plan(form, opens, closes)
    try:
        made = services.set_up(db.session, plan, services.publish(db.session, looked.folder, now()))
    except AlreadyThereError as error:
        db.session.rollback()
        return _look(looked, form, {"code": str(error)})
    services.register(db.session, looked.folder.authorities)
    audit.record(
        db.session, "survey.set_up", made, guards.person(), folder=folders.mark(looked.name)
    )
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
    if problem := typed.problem("new last day"):
        return _setup(code, {"closes": problem})
    try:
        running.extend(db.session, found, dt.date.fromisoformat(typed.iso), now())
    except DatesError as error:
        return _setup(code, {"closes": str(error)})
    audit.record(db.session, "survey.extended", found, guards.person(), until=found.closes_on)
    db.session.commit()
    flash("The survey has a new last day. Nobody has been told of it yet.")
    return redirect(url_for("coordinate.telling", code=code))


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


@bp.post("/<code>/responsible")
def responsible(code: str) -> str | Response:
    """Keep who answers for what people tell us in a survey; its notice says it from now on."""
    found, form = survey(code), PrivacyForm()
    if not form.validate_on_submit():
        return _setup(code, {field: errors[0] for field, errors in form.errors.items()}, form)
    for name, said in _privacy(form).model_dump().items():
        setattr(found, name, said)
    audit.record(db.session, "survey.privacy_changed", found, guards.person())
    db.session.commit()
    flash("Who is responsible is saved. People read it before they answer.")
    return redirect(url_for("coordinate.setup", code=code))


@bp.get("/<code>/trail")
def trail(code: str) -> str:
    """Show who saw and changed what."""
    found, number, authority = survey(code), page_number(), request.args.get("authority", "")
    events, more = trails.of_survey(db.session, found, Pages(number), authority)
    names = records.authorities(db.session, found)
    shown: dict[str, object] = {
        "events": events,
        "number": number,
        "more": more,
        "authority": authority,
        "name": names.get(authority, ""),
    }
    return show("trail", found, "trail", **shown)


def _folder(name: str) -> Looked:
    found = folders.look(FOLDERS, name)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return found


def _plan(form: SetUpForm, opens: DayFields, closes: DayFields) -> services.Plan:
    return services.Plan(
        code=form.code.data or "",
        title=form.title.data or "",
        region=form.region.data or "",
        opens_on=dt.date.fromisoformat(opens.iso),
        closes_on=dt.date.fromisoformat(closes.iso),
        privacy=_privacy(form),
    )


def _privacy(form: PrivacyForm) -> Privacy:
    return Privacy(
        controller=form.controller.data or "",
        contact=form.contact.data or "",
        kept_for=form.kept_for.data or "",
    )


def _days() -> tuple[DayFields, DayFields]:
    typed = request.form.to_dict()
    return DayFields("opens", typed), DayFields("closes", typed)


def _wrong(opens: DayFields, closes: DayFields) -> Problems:
    said = {"opens": opens.problem("first day"), "closes": closes.problem("last day")}
    problems = {name: problem for name, problem in said.items() if problem}
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


def _setup(code: str, problems: Problems, typed: PrivacyForm | None = None) -> str:
    found = survey(code)
    privacy = published.privacy_of_survey(found)
    shown: dict[str, object] = {
        "form": ButtonForm(formdata=None),
        "closes": DayFields("closes", request.form.to_dict()),
        "note": request.form.get("note", found.invitation_note),
        "unfinished": len(running.unfinished(db.session, found)),
        "taken_at": running.taken_at(db.session, found),
        "untold": _untold(found),
        "problems": problems,
        "privacy": privacy,
        "responsible": typed or PrivacyForm(formdata=None, **privacy.model_dump()),
    }
    return show("setup", found, "setup", **shown)


def _untold(found: Survey) -> int:
    """Return how many people do not know yet that they have more time."""
    has_more_time = found.is_open and extensions.was_extended(db.session, found)
    return len(extensions.to_tell(db.session, found)) if has_more_time else 0
