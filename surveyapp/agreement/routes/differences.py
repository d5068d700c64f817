"""Where two coders differ, and settling it."""

import uuid
from http import HTTPStatus

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import guards, workbench
from surveyapp.agreement import comparing, differing, drawing
from surveyapp.agreement.differing import Difference, Queue, Ruling
from surveyapp.agreement.drawing import SampleError
from surveyapp.agreement.forms import ReasonForm
from surveyapp.agreement.routes.room import bp, sample, show
from surveyapp.derived import context
from surveyapp.derived.acts import Hand
from surveyapp.errors import SurveyError
from surveyapp.extensions import db
from surveyapp.material import agreed, codebooks
from surveyapp.models import Sample

A_PAGE = 20
MOST_CONFUSIONS = 10
CHOICES = {"keep": True, "leave out": False}
Answer = Response | tuple[str, int]


@bp.get("/<code>/samples/<uuid:sample_id>/differences/")
def differences(code: str, sample_id: uuid.UUID) -> str | Response:
    """Show where two coders differ: what they confuse most, and on which passages."""
    found = sample(code, sample_id)
    queue = _queue(found)
    if queue is None:
        return _to_sample(found)
    show_settled = request.args.get("show") == "settled"
    listed = queue.settled if show_settled else queue.open
    number = max(1, request.args.get("page", 1, type=int))
    shown = listed[(number - 1) * A_PAGE : number * A_PAGE]
    themes = codebooks.current(found.survey)
    return show(
        "differences",
        found.survey,
        sample=found,
        first=comparing.coders(db.session, queue.first),
        queue=queue,
        confusions=queue.confusions[:MOST_CONFUSIONS],
        shown=shown,
        words=differing.words_of(db.session, shown),
        names=drawing.names(db.session, [one.both.authority for one in shown]),
        show_settled=show_settled,
        number=number,
        more=len(listed) > number * A_PAGE,
        name_of=lambda theme: context.name_of(themes, theme),
    )


@bp.get("/<code>/samples/<uuid:sample_id>/differences/<passage_key>")
def difference(code: str, sample_id: uuid.UUID, passage_key: str) -> str | Response:
    """Show a passage that two coders coded differently, and ask what it keeps."""
    found = sample(code, sample_id)
    queue = _queue(found)
    if queue is None:
        return _to_sample(found)
    return _difference(found, queue, _one(queue, passage_key), ReasonForm())


@bp.post("/<code>/samples/<uuid:sample_id>/differences/<passage_key>")
def settle(code: str, sample_id: uuid.UUID, passage_key: str) -> Answer:
    """Let a passage keep what somebody chose, and show the next."""
    found, form = sample(code, sample_id), ReasonForm()
    queue = _queue(found)
    if queue is None:
        return _to_sample(found)
    one = _one(queue, passage_key)
    try:
        _settle(found, one, form)
    except SurveyError as error:
        db.session.rollback()
        page = _difference(found, queue, one, form, str(error))
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    db.session.commit()
    left = [each for each in queue.open if each.both.key != passage_key]
    if one.is_settled or not left:
        flash("Settled." if left else "All differences are settled.")
        return redirect(url_for("agreement.differences", code=code, sample_id=sample_id))
    flash(f"Settled. {len(left)} left.")
    return redirect(
        url_for(
            "agreement.difference", code=code, sample_id=sample_id, passage_key=left[0].both.key
        )
    )


def _settle(found: Sample, one: Difference, form: ReasonForm) -> None:
    if not form.validate():
        raise SampleError(str(form.reason.errors[0]))
    chosen = {theme: request.form.get(f"theme-{theme}", "") for theme in one.themes}
    keeps = {theme: CHOICES[said] for theme, said in chosen.items() if said in CHOICES}
    hand = Hand(guards.signed_in(), workbench.now())
    differing.settle(db.session, found, one, Ruling(keeps, form.reason.data or ""), hand)


def _queue(found: Sample) -> Queue | None:
    compared = agreed.comparison(db.session, found)
    return differing.queue(db.session, found, compared) if compared else None


def _one(queue: Queue, key: str) -> Difference:
    return queue.find(key) or abort(HTTPStatus.NOT_FOUND)


def _to_sample(found: Sample) -> Response:
    """Lead to the sample: nobody sees what the second coder gave before it is compared."""
    code = found.survey.code
    return redirect(url_for("agreement.sample_page", code=code, sample_id=found.id))


def _difference(
    found: Sample, queue: Queue, one: Difference, form: ReasonForm, problem: str = ""
) -> str:
    shown = context.read(db.session, found.survey, one.both.key)
    if shown is None:
        abort(HTTPStatus.NOT_FOUND)
    themes = codebooks.current(found.survey)
    words = {keeps: said for said, keeps in CHOICES.items()}
    before = {theme: words[keeps] for theme, keeps in (one.chosen or {}).items()}
    typed = {theme: request.form.get(f"theme-{theme}", "") for theme in one.themes}
    return show(
        "difference",
        found.survey,
        sample=found,
        first=comparing.coders(db.session, queue.first),
        queue=queue,
        one=one,
        passage=shown,
        chosen=typed if request.method == "POST" else before,
        form=form,
        problem=problem,
        name_of=lambda theme: context.name_of(themes, theme),
    )
