"""Pages of the codebook: all themes, one theme, and every version there was."""

import uuid
from http import HTTPStatus

from flask import abort, request
from werkzeug.wrappers import Response

from surveyapp import published, workbench
from surveyapp.coding.codebook import binding, reading
from surveyapp.coding.routes.room import bp, show
from surveyapp.definitions import codebook as file
from surveyapp.extensions import db
from surveyapp.material import codebooks, decided
from surveyapp.models import Snapshot, Survey
from surveyapp.models.codebook import ChangeKind
from synthesis.codebook import Theme

# What was done, as pages say it.
DONE: dict[ChangeKind, str] = {
    "add": "Added",
    "promote": "Promoted",
    "reword": "Reworded",
    "merge": "Merged",
    "split": "Split",
    "retire": "Retired",
    "set aside": "Set aside",
}


@bp.get("/<code>/codebook/")
def codebook(code: str) -> str:
    """Show all themes by kind, with what is said under each."""
    found = workbench.survey(code)
    return show(
        "codebook",
        found,
        book=codebooks.current(found),
        groups=reading.groups(db.session, found),
        staying=len(binding.reasons(db.session, found).keys() & names(found).keys()),
        to_look_at=decided.look_again(db.session, found, decided.Wanted(at_most=0)).total,
    )


@bp.get("/<code>/codebook/<theme>/")
def theme(code: str, theme: str) -> str:
    """Show what one theme means, what it is worth and how it came about."""
    found = workbench.survey(code)
    theme_in(found, theme)
    standing = reading.standing(db.session, found, theme)
    return show("theme", found, standing=standing, done=DONE, names=names(found))


@bp.get("/<code>/versions/")
def versions(code: str) -> str:
    """List every version of the codebook, and what changed in each."""
    found = workbench.survey(code)
    page = max(1, request.args.get("page", 1, type=int))
    listed, more = reading.versions(db.session, found, page)
    return show(
        "versions", found, versions=listed, more=more, number=page, done=DONE, names=names(found)
    )


@bp.get("/<code>/versions/codebook.toml")
def version_file(code: str) -> Response:
    """Send one version as its file."""
    found = workbench.survey(code)
    wanted = request.args.get("version", found.codebook_id, type=uuid.UUID)
    if wanted not in reading.version_ids(db.session, found):
        abort(HTTPStatus.NOT_FOUND)
    snapshot = db.session.get_one(Snapshot, wanted)
    version = codebooks.versions(db.session, [wanted])[wanted].version
    sent = Response(published.files(snapshot)[file.NAME], mimetype="application/toml")
    name = "".join(one if one.isalnum() else "-" for one in version)
    sent.headers["Content-Disposition"] = f'attachment; filename="codebook-{name}.toml"'
    return sent


def theme_in(survey: Survey, code: str) -> Theme:
    """Return the theme in the address."""
    book = codebooks.current(survey)
    if code not in book:
        abort(HTTPStatus.NOT_FOUND)
    return book[code]


def names(survey: Survey) -> dict[str, str]:
    """Return what themes are called now, by their codes."""
    return {one.code: one.name for one in codebooks.current(survey)}
