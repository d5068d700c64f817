"""Files given with an answer as a browser without scripts gives them, and what became of them."""

import datetime as dt
import io
from collections.abc import Mapping

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from surveyapp.models import Answer, Person, Submission, Upload
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.respond.filling import address, entry_of, fields

SECTION = "sections/S01"
CODE = "S01.5"


def give(
    client: CheckingClient,
    submission: Submission,
    file: tuple[str, bytes] | None,
    typed: Mapping[str, str],
    press: str = "",
    page: str = "",
) -> TestResponse:
    """Choose a file in the first document box of the section, type beside it, and send."""
    page = page or client.get(address(submission, SECTION)).text
    entry = entry_of(page, CODE)[0]
    form: dict[str, object] = dict(fields(page))
    form |= {f"{CODE}@{entry}:{name}": value for name, value in typed.items()}
    if file:
        form[f"{CODE}@{entry}:upload"] = (io.BytesIO(file[1]), file[0])
    if press:
        name, _, value = press.partition("=")
        form[name] = value.replace("ENTRY", f"{CODE}@{entry}")
    return send(client, address(submission, SECTION), form)


def send(client: CheckingClient, url: str, form: Mapping[str, object]) -> TestResponse:
    """Send a form with its files; the client leaves those it wrote to the disk open."""
    answer = client.post(url, data=form)
    answer.request.environ["wsgi.input"].close()
    return answer


def document(session: Session, submission: Submission) -> dict[str, object]:
    """What is stored of the one document of a return."""
    rows = session.scalars(
        select(Answer).where(Answer.submission_id == submission.id, Answer.question_code == CODE)
    ).all()
    value = next((row.value for row in rows if row.value), {})
    return {field: one for field, one in value.items() if one is not False}


def only(session: Session) -> Upload:
    """The one file there is."""
    return session.scalars(select(Upload)).one()


def content(app: Flask, upload: Upload) -> bytes:
    settings = app.config["SETTINGS"]
    kept: bytes = (settings.instance / "uploads" / upload.file_key).read_bytes()
    return kept


def answered(session: Session, submission: Submission, code: str) -> dict[str, object]:
    found = session.scalars(
        select(Answer).where(Answer.submission_id == submission.id, Answer.question_code == code)
    ).one()
    return dict(found.value)


def a_file(submission: Submission, person: Person, code: str, entry: str) -> Upload:
    return Upload(
        submission=submission,
        question_code=code,
        entry_id=entry,
        file_key="k" * 32,
        file_name="secret plan.pdf",
        media_type="application/pdf",
        size=1,
        sha256="0" * 64,
        uploaded_by=person,
        at=dt.datetime(2015, 7, 1, tzinfo=dt.UTC),
    )
