"""Files given with an answer: kept as soon as they arrive, let go of, never deleted with it."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import files
from surveyapp.definitions.answers import Problem
from surveyapp.files import Checked, uploads
from surveyapp.models import Person, Submission, Upload
from surveyapp.respond.services import Draft
from surveyapp.respond.sheets import Kept
from surveyapp.respond.standing import Key, Standing

FILE: Final = "file"
REMOVED: Final = (
    "This file has been removed from the return. Choose it again if it should be part of it."
)
UNKNOWN: Final = "We do not have this file for this question. Choose it again."


@dataclass(frozen=True, slots=True)
class Given:
    """A file that somebody gives with an answer: in which return, under which question."""

    submission: Submission
    person: Person
    key: Key
    name: str
    content: bytes


def keep(session: Session, folder: Path, given: Given, at: dt.datetime) -> Upload:
    """Keep a file, once it is looked into; the same one sent twice is kept once.

    UnfitFileError or TooLargeError where it may not be kept, in words for the person.
    """
    checked = files.check(given.name, given.content)
    known = _known(session, given, checked)
    if known is not None:
        return known
    upload = Upload(
        # Given here, because the answer refers to it before it is written.
        id=uuid.uuid4(),
        submission=given.submission,
        question_code=given.key[0],
        entry_id=given.key[1],
        file_key=files.put(folder, checked.content),
        file_name=checked.name,
        media_type=checked.media_type,
        size=len(checked.content),
        sha256=checked.sha256,
        uploaded_by=given.person,
        at=at,
    )
    session.add(upload)
    session.flush()
    return upload


def sound(
    session: Session, before: Standing, drafts: Iterable[Draft], refused: dict[Key, Kept]
) -> Iterator[Draft]:
    """Give the drafts whose file is one that was given for that answer; note those of others."""
    for draft in drafts:
        key = (draft.question_code, draft.entry_id)
        stored = str(before.value(*key).get(FILE, ""))
        given = str(draft.value.get(FILE, "") or "")
        wrong = "" if given in ("", stored) else _wrong(session, before.submission, key, given)
        if wrong:
            mended = replace(draft, value={**draft.value, FILE: stored})
            refused[key] = Kept(mended, (Problem(FILE, wrong),))
        else:
            yield draft


def held(before: Standing) -> dict[Key, str]:
    """Return which files answers hold, before they are changed."""
    rows = before.rows.items()
    return {key: str(row.value[FILE]) for key, row in rows if FILE in row.value}


def let_go(before: Mapping[Key, str], saved: Iterable[Draft]) -> list[str]:
    """Return the files that answers held and, now that they are saved, hold no more."""
    now = {(one.question_code, one.entry_id): one.value.get(FILE) for one in saved}
    return [file for key, file in before.items() if key in now and now[key] != file]


def release(
    session: Session, submission: Submission, let_go: Iterable[str], at: dt.datetime
) -> list[Upload]:
    """Mark files as removed from the return; their content stays, for the history."""
    found = [uploads.find(session, submission, file) for file in let_go]
    gone = [upload for upload in found if upload is not None]
    for upload in gone:
        upload.removed_at = upload.removed_at or at
    session.flush()
    return gone


def _wrong(session: Session, submission: Submission, key: Key, given: str) -> str:
    upload = uploads.find(session, submission, given)
    if upload is None or (upload.question_code, upload.entry_id) != key:
        return UNKNOWN
    return REMOVED if upload.removed_at else ""


def _known(session: Session, given: Given, checked: Checked) -> Upload | None:
    return session.scalars(
        select(Upload)
        .where(
            Upload.submission_id == given.submission.id,
            Upload.question_code == given.key[0],
            Upload.entry_id == given.key[1],
            Upload.sha256 == checked.sha256,
            Upload.file_name == checked.name,
            Upload.removed_at.is_(None),
        )
        .limit(1)
    ).one_or_none()
