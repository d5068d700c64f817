"""A section as a page to fill in: a page a section or a page a question, as the section asks."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import abort, current_app, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from surveyapp import audit, guards, jobs
from surveyapp.definitions.questionnaire import Section
from surveyapp.definitions.questions import Question
from surveyapp.derived import inspecting
from surveyapp.errors import ReturnClosedError
from surveyapp.extensions import db
from surveyapp.files import uploads
from surveyapp.files.uploads import Uploads
from surveyapp.identifying import marked, warning
from surveyapp.models import SectionState, Submission
from surveyapp.respond import (
    changes,
    conflicts,
    forms,
    handing_in,
    kept,
    last_round,
    saving,
    sheets,
    teamwork,
    unasked,
)
from surveyapp.respond.attachments import held
from surveyapp.respond.conflicts import Undecided
from surveyapp.respond.routes import attachments, doorway
from surveyapp.respond.routes.attachments import Taken
from surveyapp.respond.routes.doorway import bp
from surveyapp.respond.saving import Outcome, key_of
from surveyapp.respond.services import Draft
from surveyapp.respond.sheets import Typed
from surveyapp.respond.standing import Standing, codes_of
from surveyapp.respond.unasked import Hidden

Page = str | tuple[str, int] | Response
RECEIVED: Final = "received"  # where the session has the mark of the last form that has arrived


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person is: a section of a return, or one question of it."""

    standing: Standing
    section: Section
    state: SectionState
    questions: tuple[Question, ...]

    @property
    def submission(self) -> Submission:
        """Return the return it is a part of."""
        return self.standing.submission

    @property
    def question_code(self) -> str:
        """Return the question where the page is about one, "" where it is about them all."""
        alone = self.section.layout == "question" and len(self.questions) == 1
        return self.questions[0].code if alone else ""

    @property
    def following(self) -> str:
        """Return the question after this one, "" after the last."""
        codes = [question.code for question in self.standing.questions(self.section)]
        later = codes[codes.index(self.question_code) + 1 :] if self.question_code in codes else []
        return later[0] if later else ""

    @property
    def before(self) -> str:
        """Return the question before this one, "" before the first."""
        codes = [question.code for question in self.standing.questions(self.section)]
        earlier = codes[: codes.index(self.question_code)] if self.question_code in codes else []
        return earlier[-1] if earlier else ""


@bp.get("/sections/<section_code>")
@bp.get("/sections/<section_code>/<question_code>")
def section(submission_id: uuid.UUID, section_code: str, question_code: str = "") -> Page:
    """Show a section to be filled in; or to be read, where it cannot be changed any more."""
    submission = doorway.opened(submission_id)
    place = find(submission, section_code, question_code)
    if not doorway.may_write(submission):
        doorway.note_reading(submission)
        chapters = handing_in.chapters(place.standing, [place.state])
        return render_template(
            "respond/reading.html",
            place=place,
            chapter=chapters[0],
            changes=changes.since_submitted(db.session, place.standing),
        )
    return show(place, {})


@bp.post("/sections/<section_code>")
@bp.post("/sections/<section_code>/<question_code>")
def save(submission_id: uuid.UUID, section_code: str, question_code: str = "") -> Page:
    """Save what was typed, and go on where everything could be saved."""
    contributor = doorway.writing(submission_id)
    place = find(contributor.submission, section_code, question_code)
    drafts = forms.drafts(request.form, place.standing.questionnaire, section_code)
    code, _, entry_id = request.form.get("remove", "").partition("@")
    if entry_id:
        drafts = saving.removal(place.standing, drafts, code, entry_id)
    drafts = forms.without_file(request.form, drafts)
    taken = attachments.take(place.submission, place.standing.questionnaire, drafts)
    return keep(place, taken.drafts, taken)


def find(submission: Submission, section_code: str, question_code: str) -> Place:
    """Return where a person is; a page that is not there, or not shown to them, is not found."""
    standing = doorway.standing_of(submission)
    state = next((one for one in submission.sections if one.section_code == section_code), None)
    if state is None:
        abort(404)
    section = standing.questionnaire.section(section_code)
    shown = standing.questions(section)
    if question_code and question_code not in {one.code for one in section.questions}:
        abort(404)
    if question_code or section.layout == "question":
        alone = [one for one in shown if question_code in ("", one.code)]
        shown = tuple(alone[:1])
    return Place(standing, section, state, shown)


def keep(
    place: Place,
    drafts: Sequence[Draft],
    taken: Taken | None = None,
    settled: Sequence[Draft] = (),
) -> Page:
    """Save drafts; keep what could not be saved, show it again as it was typed, and say why.

    `settled` are words of the person's own in whose place they have chosen others.
    """
    submission, person = place.submission, guards.signed_in()
    taken = taken or Taken()
    try:
        outcome = saving.save_page(db.session, submission, drafts, person, doorway.now())
    except ReturnClosedError as closed:
        unfit = [one.draft for one in taken.unfit.values()]
        return too_late(place, [*drafts, *unfit], closed, taken.words)
    outcome.refused |= taken.unfit
    _put_aside(place, outcome, drafts, settled)
    db.session.commit()
    _receive(submission)
    now = find(submission, place.section.code, place.question_code)
    if outcome.conflicts:
        others = [one.draft for one in outcome.refused.values()]
        return conflict(now, outcome.conflicts, others, not_added=taken.words)
    if outcome.refused:
        return show(now, outcome.refused), 422
    typed = {draft.question_code for draft in drafts}
    hidden = unasked.since(place.standing, now.standing, typed)
    removed = [str(one.id) for one in outcome.removed]
    return redirect(_warned(now, outcome) or _onward(now, typed, removed, hidden), 303)


def _put_aside(
    place: Place, outcome: Outcome, drafts: Sequence[Draft], settled: Sequence[Draft]
) -> None:
    """Keep what was typed and is not saved, whatever the person does next; let go of the rest."""
    submission, person, at = place.submission, guards.signed_in(), doorway.now()
    done = outcome.settled(drafts)
    keys = {key_of(one) for one in done}
    mended = [*done, *(one for one in settled if key_of(one) in keys)]
    kept.let_go(db.session, submission, mended, person)
    unfit = [one.draft for one in outcome.refused.values()]
    rows = [
        *kept.refuse(db.session, submission, unfit, person, at),
        *kept.give_way(db.session, submission, outcome.conflicts, person, at),
    ]
    if rows:
        codes = sorted({row.question_code for row in rows})
        audit.record(db.session, "words.put_aside", submission, person, codes=codes)


def _receive(submission: Submission) -> None:
    """Note that a form has arrived, so that the browser can let go of what it kept of it.

    Files that came with it are looked through behind the pages.
    """
    if any(file.filename for file in request.files.values()):
        jobs.of(current_app).enqueue(inspecting.JOB, str(submission.survey_id))
    mark = forms.sent(request.form)
    if mark:
        session[RECEIVED] = mark


def show(place: Place, typed: Typed) -> str:
    """Return a section as a form, with what was typed in place of what is stored."""
    submission, code = place.submission, place.section.code
    adding = forms.added(request.values)
    files = uploads.of_submission(db.session, submission)
    is_back = request.method == "GET"
    typed = kept.refused(db.session, place.standing, guards.signed_in()) if is_back else typed
    blocks = sheets.blocks(place.standing, place.questions, typed, adding, files)
    me = guards.signed_in()
    present = teamwork.here(db.session, submission, code, doorway.now())
    return render_template(
        "respond/section.html",
        place=place,
        blocks=blocks,
        errors=sheets.errors(blocks),
        comments=teamwork.open_comments(db.session, submission),
        handover=teamwork.last_handovers(db.session, submission).get(code),
        here=[one.name for one in present if one.id != me.id],
        me=me,
        changes=changes.since_submitted(db.session, place.standing),
        last_time=last_round.before(db.session, place.standing),
        is_back=is_back,
        unasked=unasked.by_cause(place.standing),
        marked_files=marked.files(db.session, submission, _files_here(place)),
        **_told(place, files),
    )


def _files_here(place: Place) -> set[str]:
    """Return the ids of the files that a page shows."""
    codes = {code for one in place.questions for code in codes_of(one)}
    return {file for (code, _), file in held(place.standing).items() if code in codes}


def _told(place: Place, files: Uploads) -> dict[str, object]:
    """Return what has just become of the page: brought up, removed."""
    is_back, args = request.method == "GET", request.args
    codes, keys = (args.getlist(name) if is_back else [] for name in ("opened", "removed"))
    return {
        "opened": [one for one in place.questions if one.code in codes],
        "removed": [one for key, one in files.items() if one.removed_at and key in keys],
        "gone": args.get("gone", "") if is_back else forms.removed(request.form),
    }


def conflict(
    place: Place,
    drafts: Sequence[Draft],
    others: Sequence[Draft],
    left: Mapping[str, Undecided] | None = None,
    not_added: Sequence[str] = (),
) -> Page:
    """Return the page with both texts of every answer in conflict; others ride along."""
    files = uploads.of_submission(db.session, place.submission)
    page = render_template(
        "respond/conflicts.html",
        place=place,
        clashes=conflicts.clashes(place.standing, drafts, left, files),
        not_added=not_added,
        others=others,
        fields_of=forms.fields_of,
    )
    return page, 409


def too_late(
    place: Place,
    drafts: Sequence[Draft],
    closed: ReturnClosedError,
    not_added: Sequence[str] = (),
) -> Page:
    """Keep words that came after the close, and show the person that they are kept."""
    person = guards.signed_in()
    late = saving.keep_unsaved(db.session, place.submission, drafts, person, doorway.now())
    audit.record(db.session, "answers.too_late", place.submission, person, count=len(late))
    db.session.commit()
    _receive(place.submission)
    files = uploads.of_submission(db.session, place.submission)
    page = render_template(
        "respond/too_late.html",
        place=place,
        kept=[(one, sheets.in_words(place.standing.questionnaire, one, files)) for one in late],
        not_added=not_added,
        reason=str(closed),
    )
    return page, 409


def _warned(place: Place, outcome: Outcome) -> str:
    """Return where words just saved stand that may identify a child; "" where there are none.

    There the warning is beside them. Sent again as they are, they let their writer go on.
    """
    if forms.stays(request.form):
        return ""  # shown there, too
    told = {one.question_code for one in outcome.saved if warning.of_answer(one.value)}
    asked = place.standing.questions(place.section)
    found = next((one.code for one in asked if told & set(codes_of(one))), "")
    alone = found if place.section.layout == "question" else ""
    return f"{address(place, question_code=alone)}#{sheets.anchor(found)}" if found else ""


def _onward(place: Place, typed: set[str], removed: Sequence[str], hidden: Hidden) -> str:
    """Return where a person goes from a page that is saved."""
    again = forms.stays(request.form)
    if again in place.standing.questionnaire.by_code:
        adding, gone = forms.added(request.form), forms.removed(request.form)
        here = address(place, add=adding, removed=removed, gone=gone)
        return f"{here}#{sheets.anchor(again)}"
    if "later" in request.form:
        return url_for("respond.tasks", submission_id=place.submission.id)
    opened = [one.code for one in place.questions if not typed & set(codes_of(one))]
    opened = opened if typed and not place.question_code else []
    # A question that others hang on comes before them, and says what its answer has hidden.
    changed = [one.code for one in place.questions if one.code in {*opened, *hidden}]
    if changed:
        return f"{address(place, opened=opened)}#{sheets.anchor(changed[0])}"
    if place.following:
        return address(place, question_code=place.following)
    return url_for(
        "respond.finish", submission_id=place.submission.id, section_code=place.section.code
    )


def address(place: Place, question_code: str = "", **told: str | Sequence[str]) -> str:
    """Return the address of a page of a section, with what it tells of."""
    query: dict[str, Any] = {name: value or None for name, value in told.items()}
    return url_for(
        "respond.section",
        submission_id=place.submission.id,
        section_code=place.section.code,
        question_code=question_code or place.question_code or None,
        **query,
    )
