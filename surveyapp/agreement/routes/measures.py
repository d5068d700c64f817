"""How far two coders and the tagger agree on the passages of a sample."""

import uuid

from flask import redirect, url_for
from werkzeug.wrappers import Response

from surveyapp.agreement import comparing
from surveyapp.agreement.routes.room import bp, sample, show
from surveyapp.derived import context
from surveyapp.extensions import db
from surveyapp.material import agreed, codebooks
from synthesis import reliability


@bp.get("/<code>/samples/<uuid:sample_id>/agreement")
def measures(code: str, sample_id: uuid.UUID) -> str | Response:
    """Show the figures; before the comparison, lead to the sample."""
    found = sample(code, sample_id)
    compared = agreed.comparison(db.session, found)
    if compared is None:
        return redirect(url_for("agreement.sample_page", code=code, sample_id=sample_id))
    themes = codebooks.current(found.survey)
    pooled, *of_themes = comparing.beside(compared)
    return show(
        "measures",
        found.survey,
        sample=found,
        first=comparing.coders(db.session, compared.first),
        pooled=pooled,
        of_themes=of_themes,
        unused=[theme for theme in compared.themes if theme not in compared.used],
        versions_differ=sum(one.versions_differ for one in compared.passages),
        name_of=lambda theme: context.name_of(themes, theme),
        word=reliability.word,
        scales=(reliability.ALPHA_WORDS, reliability.KAPPA_WORDS),
        fewest=(reliability.FEWEST_PASSAGES, reliability.FEWEST_AUTHORITIES),
    )
