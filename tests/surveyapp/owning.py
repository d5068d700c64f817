"""Whose things are, and one of each kind of theirs, for addresses to be asked for another's."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import files
from surveyapp.models import (
    Base,
    Comment,
    Contributor,
    Correction,
    Export,
    FollowUp,
    Interview,
    InterviewSlot,
    KeyContact,
    Mail,
    Note,
    Passkey,
    Person,
    SharedDocument,
    Submission,
    Upload,
)
from tests.surveyapp import workbench_of_others
from tests.surveyapp.building import NOON, somebody
from tests.surveyapp.test_access import PARTS


@dataclass(frozen=True)
class Owner:
    """Whose things are: a return, the survey it is for, and a person with a part in it."""

    session: Session
    app: Flask
    submission: Submission
    person: Person

    def keep(self, row: Base) -> uuid.UUID:
        self.session.add(row)
        self.session.commit()
        return row.id


def _comment(owner: Owner) -> uuid.UUID:
    return owner.keep(
        Comment(
            submission=owner.submission,
            question_code=str(PARTS["question_code"]),
            author=owner.person,
            text="Is that still so?",
            created_at=NOON,
        )
    )


def _contributor(owner: Owner) -> uuid.UUID:
    person = Person(email=f"{uuid.uuid4()}@tarn.example", name="Some Colleague")
    return owner.keep(Contributor(submission=owner.submission, person=person))


def _upload(owner: Owner) -> uuid.UUID:
    return owner.keep(
        Upload(
            submission=owner.submission,
            question_code="S01.5",
            file_key="k",
            file_name="plan.pdf",
            media_type="application/pdf",
            size=1,
            sha256="a" * 64,
            uploaded_by=owner.person,
            at=NOON,
        )
    )


def _mail(owner: Owner) -> uuid.UUID:
    return owner.keep(
        Mail(
            key=str(uuid.uuid4()),
            kind="reminder",
            to_address=owner.person.email,
            person=owner.person,
            submission=owner.submission,
            subject="S",
            text="T",
            html="H",
            created_at=NOON,
            due_at=NOON,
            sent_at=NOON,
            attempts=1,
        )
    )


def _export(owner: Owner) -> uuid.UUID:
    survey = owner.submission.survey
    # One that failed: of those under way there is one of each kind.
    failed = {"asked_at": NOON, "started_at": NOON, "failed_at": NOON}
    return owner.keep(Export(survey=survey, kind="csv", asked_by=owner.person, **failed))


def _passkey(owner: Owner) -> uuid.UUID:
    return owner.keep(
        Passkey(
            person=owner.person,
            credential_id=str(uuid.uuid4()),
            public_key=b"x",
            sign_count=0,
            name="Laptop",
            created_at=NOON,
        )
    )


def _person(owner: Owner) -> uuid.UUID:
    """Somebody who is not staff, and so is not among the staff accounts."""
    return owner.person.id


def _submission(owner: Owner) -> uuid.UUID:
    return owner.submission.id


def interview_of(owner: Owner) -> Interview:
    """Return the call with somebody of the authority, which is there for every test."""
    held = select(Interview).where(Interview.submission_id == owner.submission.id)
    return owner.session.scalars(held.order_by(Interview.id)).first() or _ring(owner)


def _ring(owner: Owner) -> Interview:
    call = Interview(
        submission=owner.submission,
        guide=owner.submission.survey.guide,
        interviewer=somebody(owner.session, "Iris Notes"),
        interviewee="Ann",
        interviewee_role="Lead",
        held_on=NOON.date(),
        consent_notes=True,
    )
    owner.keep(call)
    return call


def _note(owner: Owner) -> uuid.UUID:
    call = interview_of(owner)
    words = {"text": "Late.", "original_text": "Late."}
    note = Note(interview=call, author=call.interviewer, **words)
    note.created_at = note.updated_at = NOON
    return owner.keep(note)


def _task(owner: Owner) -> uuid.UUID:
    call = interview_of(owner)
    task = FollowUp(interview=call, text="Ring.", made_by=call.interviewer, created_at=NOON)
    return owner.keep(task)


def _correction(owner: Owner) -> uuid.UUID:
    made_by = interview_of(owner).interviewer
    correction = Correction(note_id=_note(owner), made_by=made_by, at=NOON)
    correction.question_code = str(PARTS["question_code"])
    correction.kind, correction.prevails = "corrects", "note"
    return owner.keep(correction)


def _document(owner: Owner) -> uuid.UUID:
    note_id = _note(owner)
    document = SharedDocument(interview=interview_of(owner), note_id=note_id, theme="s01")
    document.title = "Plan"
    return owner.keep(document)


def _contact(owner: Owner) -> uuid.UUID:
    note_id = _note(owner)
    return owner.keep(
        KeyContact(interview=interview_of(owner), note_id=note_id, theme="s01", name="Bea")
    )


def _slot(owner: Owner) -> uuid.UUID:
    """Return a time of an interviewer's, on a day of its own."""
    day = NOON + dt.timedelta(days=uuid.uuid4().int % 100_000)
    iris = somebody(owner.session, "Iris Notes")
    slot = InterviewSlot(survey=owner.submission.survey, interviewer=iris, starts_at=day)
    return owner.keep(slot)


def _word_form(owner: Owner) -> str:
    folder = owner.app.config["SETTINGS"].instance / "forms" / owner.submission.id.hex
    return files.put(folder, b"a form of somebody")


# What stands for another one's thing in an address: a new part of an address belongs here.
ANOTHERS: Mapping[str, Callable[[Owner], object]] = {
    **workbench_of_others.ANOTHERS,
    "comment_id": _comment,
    "contact_id": _contact,
    "contributor_id": _contributor,
    "correction_id": _correction,
    "document_id": _document,
    "export_id": _export,
    "key": _word_form,
    "mail_id": _mail,
    "note_id": _note,
    "other_id": _note,
    "passkey_id": _passkey,
    "person_id": _person,
    "slot_id": _slot,
    "submission_id": _submission,
    "task_id": _task,
    "upload_id": _upload,
}
