"""Files on their way in with a form, and out again as downloads."""

import io
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from flask import abort, current_app, request, send_file
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from surveyapp import audit, files, guards, published
from surveyapp.config import Settings
from surveyapp.definitions import answers
from surveyapp.definitions.answers import AnswerError, Problem
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.extensions import begin_writing, db
from surveyapp.files import names, uploads
from surveyapp.models import Person, Submission, Upload
from surveyapp.respond import attachments, forms
from surveyapp.respond.attachments import FILE, Given
from surveyapp.respond.routes import doorway
from surveyapp.respond.routes.doorway import bp
from surveyapp.respond.services import Draft
from surveyapp.respond.sheets import Kept
from surveyapp.respond.standing import Key


@dataclass(slots=True)
class Taken:
    """What came with a form: drafts that hold their files, and those whose file was not taken."""

    drafts: list[Draft] = field(default_factory=list)
    unfit: dict[Key, Kept] = field(default_factory=dict)

    @property
    def words(self) -> list[str]:
        """Return why files were not taken, for a page that shows no field for them."""
        return [one.problems[-1].message for one in self.unfit.values()]


def take(submission: Submission, questionnaire: Questionnaire, drafts: Iterable[Draft]) -> Taken:
    """Keep the files that were chosen, before anything else is looked at.

    A browser never fills a file field again, so a file must outlive an error in another field.
    """
    taken = Taken()
    for draft in drafts:
        # A draft without any field is an entry that is being removed.
        chosen = forms.chosen(request.files, questionnaire, draft) if draft.value else None
        if chosen is None:
            taken.drafts.append(draft)
        else:
            _take(taken, submission, draft, chosen)
    return taken


@bp.get("/files/<uuid:upload_id>")
def attachment(submission_id: uuid.UUID, upload_id: uuid.UUID) -> Response:
    """Hand over a file of this return, to be saved and never shown in the browser."""
    submission = doorway.opened(submission_id)
    upload = uploads.find(db.session, submission, upload_id)
    content = files.get(folder(), upload.file_key) if upload else None
    if upload is None or content is None:
        abort(404)
    _note_reading(upload, guards.signed_in())
    return send_file(
        io.BytesIO(content),
        mimetype=upload.media_type,
        as_attachment=True,
        download_name=upload.file_name,
    )


def folder() -> Path:
    """Return where the content of files is kept."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.instance / "uploads"


def _take(taken: Taken, submission: Submission, draft: Draft, chosen: FileStorage) -> None:
    key, at = (draft.question_code, draft.entry_id), doorway.now()
    content = chosen.stream.read(files.LARGEST + 1)
    given = Given(submission, guards.signed_in(), key, chosen.filename or "", content)
    try:
        upload = attachments.keep(db.session, folder(), given, at)
    except (files.UnfitFileError, files.TooLargeError) as unfit:
        problem = Problem(FILE, f"“{names.safe(given.name)}” was not added. {unfit}")
        taken.unfit[key] = Kept(draft, (*_problems(submission, draft), problem))
        return
    if upload.at == at:
        audit.record(
            db.session, "file.kept", upload, given.person, question=key[0], size=upload.size
        )
    taken.drafts.append(replace(draft, value={**draft.value, FILE: str(upload.id)}))


def _problems(submission: Submission, draft: Draft) -> tuple[Problem, ...]:
    """Return what else is wrong with a draft, so that all is said at once."""
    questionnaire = published.questionnaire(submission.questionnaire)
    # As if the file were there: without one, an entry that says nothing is no fault.
    value = {**draft.value, FILE: draft.value.get(FILE) or "chosen"}
    try:
        answers.read(questionnaire, draft.question_code, value)
    except AnswerError as error:
        return error.problems
    return ()


def _note_reading(upload: Upload, person: Person) -> None:
    """Note who was given a file, in a transaction of its own: the page itself changes nothing."""
    with db.sessionmaker() as apart:
        begin_writing(apart)
        audit.record(apart, "file.read", upload, person, question=upload.question_code)
        apart.commit()
