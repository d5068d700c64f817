"""Pages of emergent themes: proposed, made a theme, taken in by one, or set aside."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Final

from flask import abort, current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import jobs, workbench
from surveyapp.coding import emerging as proposing
from surveyapp.coding.codebook import changing
from surveyapp.coding.codebook.changing import ChangedMeanwhileError, FaultyError
from surveyapp.coding.emerging import Proposal
from surveyapp.coding.routes import typed_theme
from surveyapp.coding.routes.codebook_changes import LONGEST_REASON, hand, parsed_id
from surveyapp.coding.routes.room import bp, show
from surveyapp.coding.routes.typed_theme import Problem, Typed
from surveyapp.derived import working
from surveyapp.extensions import db
from surveyapp.material import codebooks, course
from surveyapp.models import Survey
from synthesis.codebook import Theme
from synthesis.emerging import FEWEST_AUTHORITIES, TIMES

WHAT: Final = ("promote", "merge", "aside")
# The matrix, findings and chapters are made of strands and outcomes alone.
SHOWS: Final = (
    "You find it in Coding, in searches and in cross-tabs, but not in the matrix. The review says "
    "under “Outside the strands” how many mention it, and has no chapter about it."
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose to do with a proposal, and everything they typed."""

    what: str
    theme: Typed
    into: str
    reason: str
    gives: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@bp.get("/<code>/emerging/")
def emerging(code: str) -> str:
    """List what is proposed, and what was set aside."""
    found = workbench.survey(code)
    page = max(1, request.args.get("page", 1, type=int))
    listed = proposing.proposals(db.session, found, page)
    return show(
        "emerging",
        found,
        proposals=listed,
        number=page,
        more=listed.total > page * proposing.PER_PAGE,
        fewest=FEWEST_AUTHORITIES,
        often=int(TIMES),
    )


@bp.get("/<code>/emerging/<emerging_key>/")
def proposal(code: str, emerging_key: str) -> str | tuple[str, int]:
    """Show one proposal with the passages behind it, and what can be done with it."""
    found = workbench.survey(code)
    try:
        row = proposing.proposal(db.session, found, emerging_key)
    except KeyError:
        return show("not_proposed", found), HTTPStatus.NOT_FOUND
    new = Theme("", "emergent", row.called if row.terms else "", "", cues=row.terms)
    used = _used(found)
    new = replace(new, code=typed_theme.next_code("emergent", used))
    return _page(found, row, Choice("", typed_theme.of(new), "", ""))


@bp.post("/<code>/emerging/<emerging_key>/")
def take_up(code: str, emerging_key: str) -> str | tuple[str, int] | Response:
    """Make a theme of a proposal, let one take it in, or set it aside."""
    found = workbench.survey(code)
    try:
        row = _seen(found, emerging_key)
    except KeyError:
        return show("not_proposed", found), HTTPStatus.NOT_FOUND
    choice = _typed()
    if choice.what not in WHAT:
        abort(HTTPStatus.BAD_REQUEST)
    wrong = tuple(_problems(found, choice))
    if wrong:
        again = _page(found, row, replace(choice, problems=wrong))
        return again, HTTPStatus.UNPROCESSABLE_ENTITY
    by = hand(parsed_id(request.form.get("seen", "")), choice.reason)
    try:
        words = _do(found, row, choice, by)
    except (ChangedMeanwhileError, FaultyError) as error:
        wrong = tuple(_refused(choice, error))
        return _page(found, row, replace(choice, problems=wrong)), HTTPStatus.CONFLICT
    db.session.commit()
    if choice.what != "aside":
        jobs.of(current_app).enqueue(working.JOB, str(found.id))
    flash(words)
    return redirect(url_for("coding.emerging", code=code), HTTPStatus.SEE_OTHER)


@bp.post("/<code>/emerging/<emerging_key>/back")
def bring_back(code: str, emerging_key: str) -> Response:
    """Have what was set aside proposed again."""
    found = workbench.survey(code)
    last = course.proposals(db.session, found).get(emerging_key)
    if last is None or not course.is_set_aside(last):
        abort(HTTPStatus.NOT_FOUND)
    by = hand(found.codebook_id, "")
    proposing.set_aside(db.session, found, emerging_key, by, back=True)
    db.session.commit()
    flash("It is proposed again.")
    return redirect(url_for("coding.emerging", code=code), HTTPStatus.SEE_OTHER)


def _do(found: Survey, row: Proposal, choice: Choice, by: changing.Hand) -> str:
    """Do what was chosen, and say so."""
    if choice.what == "aside":
        proposing.set_aside(db.session, found, row.key, by, back=False)
        return "Set aside. It will not be proposed again."
    if choice.what == "merge":
        proposing.take_in(db.session, found, row, choice.into, by)
        return f"{choice.into} now has its words as cues. Passages are being read again."
    theme = choice.theme.theme
    proposing.promote(db.session, found, row, theme, by)
    if not choice.gives:
        return f"{theme.code} is in the codebook. Passages are being read again. {SHOWS}"
    count = proposing.give(db.session, found, choice.gives, theme.code, by)
    many = "1 passage has" if count == 1 else f"{count} passages have"
    return f"{theme.code} is in the codebook, and {many} it. Passages are being read again. {SHOWS}"


def _refused(choice: Choice, error: ChangedMeanwhileError | FaultyError) -> Iterator[Problem]:
    """Say beside the form why nothing was done."""
    if isinstance(error, FaultyError):
        yield from (("cues", f"{one.fault} {one.remedy}") for one in error.faults)
    else:
        words = "Somebody else has changed the codebook. Check what you typed, and go on"
        yield f"reason-{choice.what}", words


def _seen(found: Survey, key: str) -> Proposal:
    """Return the proposal that a form is about, though it may have gone since it was shown."""
    try:
        return proposing.proposal(db.session, found, key)
    except KeyError:
        return proposing.gone(db.session, found, key, tuple(request.form.getlist("term")))


def _typed() -> Choice:
    form = request.form
    return Choice(
        what=form.get("what", ""),
        theme=typed_theme.read(form, kind="emergent"),
        into=form.get("into", ""),
        reason=form.get("reason", "").strip(),
        gives=tuple(form.getlist("gives")),
    )


def _problems(found: Survey, choice: Choice) -> list[Problem]:
    book = codebooks.current(found)
    wrong: list[Problem] = []
    where = f"reason-{choice.what}"
    if choice.what == "promote":
        wrong += typed_theme.problems(choice.theme, book, _used(found))
    if choice.what == "merge" and choice.into not in book:
        wrong.append(("into", "Choose the theme that takes it in"))
    if not choice.reason:
        wrong.append((where, "Enter why"))
    elif len(choice.reason) > LONGEST_REASON:
        wrong.append((where, f"The reason must be {LONGEST_REASON:,} characters or fewer"))
    return wrong


def _used(found: Survey) -> list[str]:
    now = [one.code for one in codebooks.current(found)]
    return [*now, *course.read(db.session, found).themes]


def _page(found: Survey, row: Proposal, choice: Choice) -> str:
    return show(
        "proposal",
        found,
        proposal=row,
        choice=choice,
        errors=dict(reversed(choice.problems)),
        themes=codebooks.current(found).themes,
    )
