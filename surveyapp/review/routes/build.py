"""The pages of one build: how far it is, its files, what changed, and signing it off."""

import uuid
from http import HTTPStatus
from pathlib import Path
from typing import Final

from flask import Response, abort, current_app, flash, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from surveyapp import audit, built, guards, workbench
from surveyapp.config import Settings
from surveyapp.extensions import db
from surveyapp.models import Build, Survey
from surveyapp.review import builds, called, causes, comparing, explaining, pdf, readiness
from surveyapp.review.builds import NotReadyError
from surveyapp.review.called import Names
from surveyapp.review.routes.room import bp, show

OFFICE: Final = "application/vnd.openxmlformats-officedocument"
TYPES: Final = {
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "json": "application/json",
    "pdf": "application/pdf",
}
# What each file is, in the order in which a page lists them.
FILES: Final = {
    "clean": ("The review", "The clean edition, to hand out"),
    "audit": (
        "The review with its evidence",
        "Every claim and quotation with its evidence as a comment, and once more at the end to be "
        "printed; also what was asked, the codebook and all counts. It says whose unnamed words "
        "are: do not hand it out.",
    ),
    "profiles": ("Authority profiles", "What each authority returned, a section each"),
    "records": ("Interview records", "Those that the people interviewed have confirmed"),
    "registers": ("Registers", "Contacts who may be published, documents that may be shared"),
    "matrix": ("The matrix", "Counts or why there are none, your summaries, and every statement"),
    "manifest": (
        "The manifest",
        "For programs: every claim with the stored words it rests on. Do not hand it out.",
    ),
}
FEW: Final = 5
MOST_CAUSES: Final = 50
MOST_CHANGES: Final = 100


@bp.get("/<code>/builds/<uuid:build_id>/")
def build(code: str, build_id: uuid.UUID) -> str:
    """Show one build: how far it is, its files, and what changed since the build before."""
    found, one = _find(code, build_id)
    return _build(found, one)


@bp.get("/<code>/builds/<uuid:build_id>/progress")
def build_progress(code: str, build_id: uuid.UUID) -> Response:
    """Say how far a build is, for a page that asks by itself."""
    _, one = _find(code, build_id)
    is_under_way = one.done_at is None and one.failed_at is None
    return jsonify(doing=one.doing, share=one.share_done, is_under_way=is_under_way)


@bp.post("/<code>/builds/<uuid:build_id>/file")
def build_file(code: str, build_id: uuid.UUID) -> Response:
    """Hand one file of a build over, and note who took it."""
    found, one = _find(code, build_id)
    name = request.form.get("name", "")
    content = built.read(_folder(), one, name) if one.done_at is not None else None
    if content is None:
        abort(HTTPStatus.NOT_FOUND)
    audit.record(db.session, "review.taken", found, guards.person(), file=name, number=one.number)
    db.session.commit()
    stem, _, kind = name.rpartition(".")
    disposition = f'attachment; filename="{found.code}-{one.number}-{stem}.{kind}"'
    return Response(content, mimetype=TYPES[kind], headers={"Content-Disposition": disposition})


@bp.post("/<code>/builds/<uuid:build_id>/sign-off")
def sign_off(code: str, build_id: uuid.UUID) -> str | AnyResponse | tuple[str, int]:
    """Sign a build off, or take that back."""
    found, one = _find(code, build_id)
    is_undone = request.form.get("undo") == "yes"
    if not is_undone and request.form.get("sure") != "yes":
        problem = "Tick the box to say that you have read this build"
        return _build(found, one, problem), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        if is_undone:
            builds.take_back(db.session, one, guards.signed_in())
        else:
            builds.sign_off(db.session, one, guards.signed_in(), workbench.now())
    except NotReadyError as error:
        return _build(found, one, str(error)), HTTPStatus.CONFLICT
    db.session.commit()
    flash("The sign-off is taken back." if is_undone else "This build is signed off.")
    return redirect(url_for("review.build", code=code, build_id=build_id))


def _find(code: str, build_id: uuid.UUID) -> tuple[Survey, Build]:
    found = workbench.survey(code)
    one = builds.find(db.session, found, build_id)
    if one is None:
        abort(HTTPStatus.NOT_FOUND)
    return found, one


def _build(found: Survey, one: Build, problem: str = "") -> str:
    before = builds.before(db.session, one)
    is_kept = one.done_at is not None and one.forgotten_at is None
    names = called.names(db.session, found) if is_kept else None
    return show(
        "build",
        found,
        build=one,
        before=before,
        files=_listed(one),
        has_pdf=bool(pdf.program()),
        violations=built.violations(_folder(), one),
        change=_change(found, before, one, names) if names else None,
        ready=readiness.of(db.session, found, one, names, workbench.now()) if names else None,
        review=built.signed_off(db.session, found),
        problem=problem,
    )


def _listed(one: Build) -> list[dict[str, object]]:
    """Return the files of a build as a page lists them, the kinds of each together."""
    kept = one.files if one.done_at is not None and one.forgotten_at is None else {}
    return [
        {
            "title": title,
            "about": about,
            "kinds": [
                {"name": f"{stem}.{kind}", "kind": words, "size": kept[f"{stem}.{kind}"]["size"]}
                for kind, words in KINDS
                if f"{stem}.{kind}" in kept
            ],
        }
        for stem, (title, about) in FILES.items()
        if any(f"{stem}.{kind}" in kept for kind, _ in KINDS)
    ]


KINDS: Final = (("docx", "Word"), ("pdf", "PDF"), ("xlsx", "Excel"), ("json", "JSON"))


def _change(
    found: Survey, before: Build | None, one: Build, names: Names
) -> dict[str, object] | None:
    """Return what is not as it was in the build before, and what it may follow from."""
    was = built.manifest(_folder(), before) if before is not None else None
    now = built.manifest(_folder(), one)
    if before is None or was is None or now is None or not comparing.are_alike(was, now):
        return None
    difference = comparing.compare(was, now)
    done = causes.between(db.session, found, causes.window(before, one), names)
    acts, read_once = causes.Acts(done), causes.once(done)
    return {
        "difference": difference,
        "claims": explaining.claims(difference.claims[:MOST_CHANGES], acts),
        "quotations": explaining.quotations(difference.quotations[:MOST_CHANGES], acts),
        "words": called.words(db.session, found, difference.quotations[:MOST_CHANGES]),
        "names": names,
        "few": FEW,
        "most": MOST_CHANGES,
        "acts": read_once[-MOST_CAUSES:],
        "number_of_acts": len(read_once),
    }


def _folder() -> Path:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.instance / built.FOLDER
