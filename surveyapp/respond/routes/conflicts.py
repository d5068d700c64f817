"""What a person decided about answers that a colleague changed at the same time."""

import uuid
from collections.abc import Sequence

from flask import request

from surveyapp import audit, guards
from surveyapp.extensions import db
from surveyapp.respond import conflicts, forms, kept
from surveyapp.respond.conflicts import Undecided
from surveyapp.respond.routes import doorway, sections
from surveyapp.respond.routes.doorway import bp
from surveyapp.respond.routes.sections import Place
from surveyapp.respond.services import Draft
from surveyapp.respond.sheets import name_of


@bp.post("/sections/<section_code>/conflicts")
@bp.post("/sections/<section_code>/<question_code>/conflicts")
def settle(submission_id: uuid.UUID, section_code: str, question_code: str = "") -> sections.Page:
    """Save what the person keeps of each, unless a colleague changed it once more."""
    contributor = doorway.writing(submission_id)
    place = sections.find(contributor.submission, section_code, question_code)
    drafts = forms.drafts(request.form, place.standing.questionnaire, section_code)
    torn = [one for one in drafts if f"{_name(one)}:conflict" in request.form]
    others = [one for one in drafts if one not in torn]
    if not all(forms.choice(request.form, one) for one in torn):
        return _ask_again(place, torn, others)
    given_up = [one for one in torn if forms.choice(request.form, one) == "theirs"]
    me, at = contributor.person, doorway.now()
    kept.let_go(db.session, place.submission, given_up, me)
    for row in kept.give_way(db.session, place.submission, given_up, me, at):
        code = row.question_code
        audit.record(db.session, "words.gave_way", row, me, question=code)
    chosen = [
        conflicts.resolved(one, forms.choice(request.form, one), forms.merged(request.form, one))
        for one in torn
    ]
    settled = [one for one in torn if one not in given_up]
    return sections.keep(place, [*others, *filter(None, chosen)], settled=settled)


def _ask_again(place: Place, torn: Sequence[Draft], others: Sequence[Draft]) -> sections.Page:
    """Show both texts once more, where a person has not chosen; what they merged is kept."""
    person, at = guards.signed_in(), doorway.now()
    texts = {clash.key: clash.merged for clash in conflicts.clashes(place.standing, torn)}
    merged = [
        conflicts.resolved(one, "merge", forms.merged(request.form, one))
        for one in torn
        if forms.merged(request.form, one).split() not in ([], texts[_name(one)].split())
    ]
    rows = kept.refuse(db.session, place.submission, filter(None, merged), person, at)
    for row in rows:
        audit.record(db.session, "words.put_aside", row, person, question=row.question_code)
    db.session.commit()
    return sections.conflict(place, torn, others, {_name(one): _left(one) for one in torn})


def _name(draft: Draft) -> str:
    return name_of(draft.question_code, draft.entry_id)


def _left(draft: Draft) -> Undecided:
    """Return how a person left an answer in conflict."""
    is_open = not forms.choice(request.form, draft)
    error = "Choose which words to keep." if is_open else ""
    return Undecided(error, forms.merged(request.form, draft))
