"""Forms that change the codebook: typed, then shown with all they would do, then done."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Final

from flask import abort, current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response as WebResponse

from surveyapp import guards, jobs, workbench
from surveyapp.coding.codebook import binding, changing, planning, reading, touching
from surveyapp.coding.codebook.changing import (
    ChangedMeanwhileError,
    FaultyError,
    Hand,
    StaysError,
)
from surveyapp.coding.codebook.planning import Plan
from surveyapp.coding.routes import typed_theme
from surveyapp.coding.routes.codebook import DONE, names
from surveyapp.coding.routes.room import bp, show
from surveyapp.coding.routes.typed_theme import Problem, Typed
from surveyapp.derived import working
from surveyapp.extensions import db
from surveyapp.material import codebooks, course
from surveyapp.models import Survey
from synthesis.codebook import KINDS, Codebook, Kind, Theme

Answer = str | tuple[str, int] | WebResponse
MOST_PARTS: Final = 6
LONGEST_REASON: Final = 1000
NOTHING: Final = Theme("", "emergent", "", "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form as it stands: which change, of which theme, what was typed and what is wrong.

    `step` says how far it is: typed, shown with what it would do, or to be done.
    """

    kind: str
    survey: Survey
    book: Codebook
    code: str
    step: str = ""
    themes: tuple[Typed, ...] = ()
    others: tuple[str, ...] = ()
    meaning: str = ""
    reason: str = ""
    seen: uuid.UUID | None = None
    problems: tuple[Problem, ...] = ()
    since: tuple[object, ...] = ()

    @property
    def theme(self) -> Theme | None:
        """Return the theme as it stands now, if it still does."""
        return next((one for one in self.book if one.code == self.code), None)


@bp.get("/<code>/codebook/add/")
def add_theme(code: str) -> str:
    """Show the form for a new theme."""
    return _form(_begin(code, "add"))


@bp.post("/<code>/codebook/add/")
def add_theme_now(code: str) -> Answer:
    """Show what a new theme does, or add it."""
    return _take(_typed(code, "add"))


@bp.get("/<code>/codebook/<theme>/<kind>/")
def change_theme(code: str, theme: str, kind: str) -> str:
    """Show the form for a change of a theme."""
    if kind not in PLANS or kind == "add":
        abort(HTTPStatus.NOT_FOUND)
    sheet = _begin(code, kind, theme)
    if sheet.theme is None:
        abort(HTTPStatus.NOT_FOUND)
    return _retire(sheet) if kind == "retire" else _form(sheet)


@bp.post("/<code>/codebook/<theme>/<kind>/")
def change_theme_now(code: str, theme: str, kind: str) -> Answer:
    """Show what a change does, or make it."""
    if kind not in PLANS or kind == "add":
        abort(HTTPStatus.NOT_FOUND)
    sheet = _typed(code, kind, theme)
    if sheet.theme is None and theme not in _used(sheet):
        abort(HTTPStatus.NOT_FOUND)
    return _take(sheet)


def _begin(code: str, kind: str, theme: str = "") -> Sheet:
    """Return a form that nobody has typed into yet."""
    survey = workbench.survey(code)
    book = codebooks.current(survey)
    sheet = Sheet(kind, survey, book, theme, seen=survey.codebook_id)
    if kind == "add":
        asked = request.args.get("kind", "emergent")
        as_kind: Kind = next((one for one in KINDS if one == asked), "emergent")
        new = replace(NOTHING, kind=as_kind, code=typed_theme.next_code(as_kind, _used(sheet)))
        return replace(sheet, themes=(typed_theme.of(new),))
    if sheet.theme is None or kind == "retire":
        return sheet
    if kind == "split":
        return replace(sheet, themes=_parts(sheet, sheet.theme, 2))
    return replace(sheet, themes=(typed_theme.of(sheet.theme),))


def _typed(code: str, kind: str, theme: str = "") -> Sheet:
    """Return a form as it was sent."""
    survey = workbench.survey(code)
    form, count = request.form, request.form.get("parts", 1, type=int)
    fixed = {"code": theme} if kind in ("reword", "merge") else {}
    now = codebooks.current(survey)
    if fixed:
        was = now[theme].kind if theme in now else form.get("kind", "emergent")
        fixed["kind"] = was
    prefixes = [f"part-{one + 1}-" for one in range(min(max(count, 2), MOST_PARTS))]
    themes = [
        typed_theme.read(form, prefix, **fixed)
        for prefix in (prefixes if kind == "split" else [""])
    ]
    return Sheet(
        kind,
        survey,
        now,
        theme,
        step=form.get("step", ""),
        themes=() if kind == "retire" else tuple(themes),
        others=tuple(dict.fromkeys(form.getlist("others"))),
        meaning=form.get("meaning", ""),
        reason=form.get("reason", "").strip(),
        seen=parsed_id(form.get("seen", "")),
    )


def _take(sheet: Sheet) -> Answer:
    """Go on with a form that was sent: back to it, on to what it would do, or to the end."""
    if sheet.seen != sheet.survey.codebook_id:
        return _conflict(sheet)
    if sheet.step == "more" and len(sheet.themes) < MOST_PARTS and sheet.theme:
        fresh = _parts(sheet, sheet.theme, len(sheet.themes) + 1)[-1:]
        return _form(replace(sheet, themes=(*sheet.themes, *fresh)))
    if sheet.step == "edit":
        return _form(sheet)
    wrong = tuple(_problems(sheet))
    if wrong:
        return _form(replace(sheet, problems=wrong)), HTTPStatus.UNPROCESSABLE_ENTITY
    sheet = replace(sheet, meaning=_meaning(sheet))
    plan = PLANS[sheet.kind](sheet)
    try:
        if sheet.step != "make":
            changing.check(db.session, sheet.survey, plan)
            return _preview(sheet, plan)
        return _make(sheet, plan)
    except (StaysError, FaultyError) as error:
        return _refuse(sheet, plan, error), HTTPStatus.UNPROCESSABLE_ENTITY
    except ChangedMeanwhileError:
        return _conflict(replace(sheet, book=codebooks.current(sheet.survey)))


def _make(sheet: Sheet, plan: Plan) -> Answer:
    if not sheet.reason or len(sheet.reason) > LONGEST_REASON:
        words = f"The reason must be {LONGEST_REASON:,} characters or fewer"
        problem = ("reason", words if sheet.reason else "Enter why you make this change")
        return _preview(replace(sheet, problems=(problem,)), plan), HTTPStatus.UNPROCESSABLE_ENTITY
    by = hand(sheet.seen, sheet.reason)
    changing.make(db.session, sheet.survey, plan, by)
    db.session.commit()
    jobs.of(current_app).enqueue(working.JOB, str(sheet.survey.id))
    flash(f"{DONE[plan.kind]}. Passages are being read again by the changed codebook.")
    code = sheet.survey.code
    shown = plan.into[0] if plan.into else plan.of[0]
    if plan.kind == "retire":
        return redirect(url_for("coding.codebook", code=code), HTTPStatus.SEE_OTHER)
    return redirect(url_for("coding.theme", code=code, theme=shown), HTTPStatus.SEE_OTHER)


def hand(seen: uuid.UUID | None, reason: str) -> Hand:
    """Return who changes the codebook now, and why."""
    return Hand(guards.signed_in(), workbench.now(), seen or uuid.UUID(int=0), reason)


def _conflict(sheet: Sheet) -> Answer:
    """Show what was typed once more, with what others changed meanwhile."""
    made = reading.since(db.session, sheet.survey, sheet.seen) if sheet.seen else []
    words = "Somebody else has changed the codebook. Check what you typed against it as it is now"
    if sheet.code and sheet.theme is None:
        words = f"Somebody else has taken {sheet.code} out of the codebook. Copy what you typed"
    where = "reason" if sheet.kind == "retire" else sheet.themes[0].id("name")
    if sheet.kind == "retire" and sheet.theme is None:
        return redirect(url_for("coding.codebook", code=sheet.survey.code), HTTPStatus.SEE_OTHER)
    again = replace(
        sheet,
        problems=((where, words),),
        since=tuple(made),
        seen=sheet.survey.codebook_id if sheet.theme or not sheet.code else sheet.seen,
    )
    if sheet.kind == "retire":
        return _preview(again, planning.to_retire(sheet.code)), HTTPStatus.CONFLICT
    return _form(again), HTTPStatus.CONFLICT


def _problems(sheet: Sheet) -> list[Problem]:
    used = _used(sheet) if sheet.kind in ("add", "split") else ()
    wrong: list[Problem] = []
    for place, one in enumerate(sheet.themes):
        before = [other["code"] for other in sheet.themes[:place]]
        wrong += typed_theme.problems(one, _beside(sheet), (*used, *before))
    if sheet.kind == "merge" and not _others(sheet):
        wrong.append(("others", "Choose at least one theme to merge into this one"))
    if sheet.kind == "reword" and not wrong and sheet.themes[0].theme == sheet.theme:
        wrong.append((sheet.themes[0].id("name"), "Change something: this is how it stands now"))
    return wrong


def _beside(sheet: Sheet) -> Codebook:
    """Return the themes that stay beside those of the form, whose names must differ."""
    gone = {*_others(sheet), *((sheet.code,) if sheet.kind == "split" else ())}
    return replace(sheet.book, themes=tuple(one for one in sheet.book if one.code not in gone))


def _retire(sheet: Sheet) -> str:
    """Show what retiring a theme does; there is nothing to type but the reason."""
    plan = planning.to_retire(sheet.code)
    try:
        changing.check(db.session, sheet.survey, plan)
    except (StaysError, FaultyError) as error:
        return _refuse(sheet, plan, error)
    return _preview(sheet, plan)


def _refuse(sheet: Sheet, plan: Plan, error: StaysError | FaultyError) -> str:
    """Say why a change cannot be made: beside the form, where there is one."""
    if sheet.kind == "retire":
        return _preview(sheet, plan, str(error))
    first = sheet.themes[0].id("name")
    if isinstance(error, StaysError):
        wrong: tuple[Problem, ...] = (("others" if sheet.kind == "merge" else first, str(error)),)
    else:
        wrong = tuple(
            (_field(sheet, one.item), f"{one.fault} {one.remedy}") for one in error.faults
        )
    return _form(replace(sheet, problems=wrong))


def _meaning(sheet: Sheet) -> str:
    """Return whether the meaning changes: as was said, or else by what is worded differently."""
    if sheet.meaning in ("yes", "no") or sheet.theme is None or not sheet.themes:
        return sheet.meaning
    if sheet.kind == "merge":
        return "yes"  # what takes others in means more than it did
    after = sheet.themes[0].theme
    return "yes" if planning.is_other_meaning(sheet.theme, after) else "no"


def _field(sheet: Sheet, item: str) -> str:
    """Return the field that a fault is about: cues are what is most often written wrong."""
    for one in sheet.themes:
        if f"theme {one['code']}" in item:
            return one.id("hints" if "hint" in item else "cues")
    return sheet.themes[0].id("name")


def _form(sheet: Sheet) -> str:
    stays = binding.reasons(db.session, sheet.survey) if sheet.kind != "add" else {}
    return show(
        "change",
        sheet.survey,
        sheet=sheet,
        stays=stays,
        done=DONE,
        names=names(sheet.survey),
        kinds=reading.NAMES,
        errors=dict(reversed(sheet.problems)),
        most_parts=MOST_PARTS,
    )


def _preview(sheet: Sheet, plan: Plan, refusal: str = "") -> str:
    before = {code: sheet.book[code] for code in (*plan.of, *plan.into) if code in sheet.book}
    return show(
        "change_preview",
        sheet.survey,
        sheet=sheet,
        plan=plan,
        before=before,
        fields=typed_theme.FIELDS,
        touched=touching.of(db.session, sheet.survey, plan),
        names=names(sheet.survey),
        errors=dict(sheet.problems),
        refusal=refusal,
    )


def _parts(sheet: Sheet, theme: Theme, count: int) -> tuple[Typed, ...]:
    """Return the parts of a theme to begin with: each has its words, to be shared out."""
    used = list(_used(sheet))
    used += [one["code"] for one in sheet.themes]
    parts = []
    for place in range(len(sheet.themes), count):
        code = typed_theme.next_code(theme.kind, used)
        used.append(code)
        part = replace(theme, code=code, name="", definition="", example="")
        parts.append(typed_theme.of(part, f"part-{place + 1}-"))
    return (*sheet.themes, *parts)


def _used(sheet: Sheet) -> list[str]:
    """Return every code that is or was a theme's: one code means one thing for ever."""
    now = [one.code for one in sheet.book]
    return [*now, *course.read(db.session, sheet.survey).themes]


def _others(sheet: Sheet) -> list[str]:
    return [code for code in sheet.others if code in sheet.book and code != sheet.code]


def parsed_id(typed: str) -> uuid.UUID | None:
    """Return an id that a form carries, if it is one."""
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None


def _merge(sheet: Sheet) -> Plan:
    into, changes = sheet.themes[0].theme, sheet.meaning == "yes"
    return planning.to_merge(sheet.book, _others(sheet), into, changes_meaning=changes)


PLANS: Final[Mapping[str, Callable[[Sheet], Plan]]] = {
    "add": lambda sheet: planning.to_add(sheet.themes[0].theme),
    "reword": lambda sheet: planning.to_reword(
        sheet.themes[0].theme, changes_meaning=sheet.meaning == "yes"
    ),
    "merge": _merge,
    "split": lambda sheet: planning.to_split(sheet.code, [one.theme for one in sheet.themes]),
    "retire": lambda sheet: planning.to_retire(sheet.code),
}
