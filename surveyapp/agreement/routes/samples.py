"""Drawing a sample, looking how far it is, drawing it again, setting it aside, comparing it."""

import uuid
from http import HTTPStatus

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import guards, workbench
from surveyapp.agreement import comparing, drawing, telling
from surveyapp.agreement import samples as listing
from surveyapp.agreement.drawing import SampleError, Wish
from surveyapp.agreement.forms import DrawForm
from surveyapp.agreement.routes.room import bp, sample, settings, show
from surveyapp.extensions import db
from surveyapp.material import agreed
from surveyapp.models import Sample, Survey
from synthesis import reliability

Page = str | tuple[str, int]
Answer = Response | tuple[str, int]


@bp.get("/<code>/draw")
def draw_form(code: str) -> Page:
    """Ask who codes and how much, and show what would be drawn."""
    survey = workbench.survey(code)
    pools = drawing.pools(db.session, survey, guards.signed_in())
    if "amount" not in request.args:
        seed, amount = drawing.next_seed(db.session, survey), drawing.usual(pools)
        return _form(survey, DrawForm(None, meta={"csrf": False}, amount=amount, seed=seed), pools)
    form = DrawForm(request.args, meta={"csrf": False})
    wish = _wish(form, pools)
    if wish is None:
        return _form(survey, form, pools), HTTPStatus.UNPROCESSABLE_ENTITY
    return _form(survey, form, pools, wish)


@bp.post("/<code>/draw")
def draw(code: str) -> Answer:
    """Draw a sample and keep it."""
    survey, form = workbench.survey(code), DrawForm()
    pools = drawing.pools(db.session, survey, guards.signed_in())
    wish = _wish(form, pools)
    if wish is None:
        return _form(survey, form, pools), HTTPStatus.UNPROCESSABLE_ENTITY
    drawn = drawing.draw(db.session, survey, wish, guards.signed_in(), workbench.now())
    if telling.tell(db.session, drawn, settings()):
        words = f"The sample is drawn, and {drawn.coder.name} has been written to."
    else:
        words = f"The sample is drawn. Send {drawn.coder.name} the address below."
    to = url_for("agreement.sample_page", code=code, sample_id=drawn.id)
    db.session.commit()
    flash(words)
    return redirect(to)


@bp.get("/<code>/samples/<uuid:sample_id>/")
def sample_page(code: str, sample_id: uuid.UUID) -> str:
    """Show how far a sample is, and what can be done with it."""
    return _sample(sample(code, sample_id))


@bp.post("/<code>/samples/<uuid:sample_id>/draw-again")
def draw_again(code: str, sample_id: uuid.UUID) -> Answer:
    """Draw other authorities in place of a sample nobody has begun."""
    found = sample(code, sample_id)
    try:
        drawn = drawing.draw_again(db.session, found, guards.signed_in(), workbench.now())
        is_told = telling.tell(db.session, drawn, settings(), instead_of=found)
    except SampleError as error:
        db.session.rollback()
        return _refused(sample(code, sample_id), error)
    name, to = drawn.coder.name, url_for("agreement.sample_page", code=code, sample_id=drawn.id)
    db.session.commit()
    send = f"{name} has been sent the new one." if is_told else "Send the new one."
    flash(f"Other authorities are drawn. The address has changed: {send}")
    return redirect(to)


@bp.post("/<code>/samples/<uuid:sample_id>/set-aside")
def set_aside(code: str, sample_id: uuid.UUID) -> Response:
    """Let a sample count no more."""
    drawing.set_aside(db.session, sample(code, sample_id), guards.signed_in(), workbench.now())
    db.session.commit()
    flash("The sample is set aside. What was coded in it is kept, and counts in no measure.")
    return redirect(url_for("agreement.overview", code=code))


@bp.post("/<code>/samples/<uuid:sample_id>/compare")
def compare(code: str, sample_id: uuid.UUID) -> Answer:
    """Set down what both coders gave, and show how far they agree."""
    found = sample(code, sample_id)
    try:
        comparing.compare(db.session, found, guards.signed_in(), workbench.now())
    except SampleError as error:
        db.session.rollback()
        return _refused(sample(code, sample_id), error)
    db.session.commit()
    return redirect(url_for("agreement.measures", code=code, sample_id=sample_id))


def _wish(form: DrawForm, pools: list[drawing.Pool]) -> Wish | None:
    """Return what was asked for, if it can be done; else the form says what is wrong."""
    if not form.validate():
        return None
    pool = form.pool(pools)
    count = form.count(pool) if pool else 0
    return Wish(pool.person.id, count, form.seed.data or 0) if pool and count else None


def _form(
    survey: Survey, form: DrawForm, pools: list[drawing.Pool], wish: Wish | None = None
) -> str:
    pool = next((one for one in pools if wish and one.person.id == wish.coder_id), None)
    picked = pool.pick(wish.count, wish.seed) if pool and wish else ()
    passages = sum(one.passages for one in picked)
    return show(
        "draw",
        survey,
        form=form,
        pools=pools,
        authorities=max((len(one.free) + one.known for one in pools), default=0),
        picked=picked,
        passages=passages,
        minutes=drawing.minutes(passages),
        seconds=drawing.SECONDS_A_PASSAGE,
        fewest=reliability.FEWEST_AUTHORITIES,
        heard=pool.heard(picked) if pool else (),
        coder=pool.person.name if pool else "",
    )


def _refused(found: Sample, error: SampleError) -> tuple[str, int]:
    return _sample(found, str(error)), HTTPStatus.UNPROCESSABLE_ENTITY


def _sample(found: Sample, problem: str = "") -> str:
    compared = agreed.comparison(db.session, found)
    names = drawing.names(db.session, found.authorities)
    spoken_to = drawing.interviewed(db.session, found.survey).get(found.coder_id, frozenset())
    return show(
        "sample",
        found.survey,
        standing=listing.standing(db.session, found),
        ready=comparing.ready(db.session, found),
        names=names,
        heard=sorted(name for code, name in names.items() if code in spoken_to),
        compared=len(compared.passages) if compared else 0,
        problem=problem,
        is_own=found.coder_id == guards.signed_in().id,
        letter=telling.letter(db.session, found),
        address=url_for("blind.overview", sample_id=found.id, _external=True),
    )
