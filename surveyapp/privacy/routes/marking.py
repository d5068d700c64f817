"""Marking words by hand, from a passage or from the list."""

from http import HTTPStatus

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import guards, workbench
from surveyapp.extensions import db
from surveyapp.identifying import by_hand
from surveyapp.identifying.texts import Text
from surveyapp.models import Survey
from surveyapp.privacy import listing, marking
from surveyapp.privacy.marking import Found, Wish
from surveyapp.privacy.routes import choosing
from surveyapp.privacy.routes.choosing import Chosen
from surveyapp.privacy.routes.room import bp, show


@bp.get("/<code>/mark")
def marks(code: str) -> str:
    """Show the form, with the words of a passage filled in where a link led from one."""
    survey, chosen = workbench.survey(code), choosing.asked(request.args)
    return _page(survey, chosen, _text(survey, chosen), is_new=True)


@bp.post("/<code>/mark")
def mark(code: str) -> tuple[str, int] | Response:
    """Mark words where they stand, and hold them back from now on."""
    survey, chosen = workbench.survey(code), choosing.read(request.form)
    text = _text(survey, chosen)
    found = [] if chosen.problems else _found(survey, chosen, text)
    if not found:
        if not chosen.problems:
            chosen = chosen.wrong("words", choosing.NOT_THERE)
        return _page(survey, chosen, text), HTTPStatus.UNPROCESSABLE_ENTITY
    wish = Wish(chosen.words, chosen.reason, guards.signed_in(), workbench.now())
    count = marking.mark(db.session, survey, found, wish)
    back = _back(survey, chosen)
    db.session.commit()
    where = "1 place" if count == 1 else f"{count} places"
    flash(f"Marked in {where}. What holds these words is held back until you clear them.")
    return redirect(back, HTTPStatus.SEE_OTHER)


def _text(survey: Survey, chosen: Chosen) -> Text | None:
    """Return the text that is meant; None where none is named."""
    if not chosen.place:
        return None
    return marking.text_at(db.session, survey, chosen.place) or abort(HTTPStatus.NOT_FOUND)


def _found(survey: Survey, chosen: Chosen, text: Text | None) -> list[Found]:
    if text is not None and not chosen.everywhere:
        return marking.find([text], chosen.words)
    authority = chosen.authority if text is None else text.authority
    found = marking.find(marking.whose(db.session, survey, authority), chosen.words)
    return found or marking.find_earlier(db.session, survey, authority, chosen.words)


def _back(survey: Survey, chosen: Chosen) -> str:
    """Return where to go on: the passage that one came from, or what is held back."""
    if chosen.passage and marking.passage(db.session, survey, chosen.passage):
        return url_for("coding.passage", code=survey.code, passage_key=chosen.passage)
    return url_for("privacy.overview", code=survey.code, show="held", kind=by_hand.KIND)


def _page(survey: Survey, chosen: Chosen, text: Text | None, *, is_new: bool = False) -> str:
    names = listing.authorities(db.session, survey)
    said = text.text if text else ""
    within = (said[: chosen.start], said[chosen.start : chosen.end], said[chosen.end :])
    return show(
        "mark",
        survey,
        typed=chosen,
        words=within[1] if is_new else chosen.words,
        text=text,
        within=within,
        what=listing.called(chosen.place) if text else "",
        authority=names.get(text.authority, "") if text else "",
        names=sorted(names.items(), key=lambda one: one[1]),
        researchers=(choosing.RESEARCHERS, listing.RESEARCHERS),
        back=_back(survey, chosen),
    )
