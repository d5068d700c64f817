"""Rows that the database must refuse: of people who sign in, work together, and are rung."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from surveyapp.models import (
    Answer,
    AuditEvent,
    Base,
    Comment,
    ConsentAnswer,
    Contributor,
    Correction,
    Export,
    FollowUp,
    Interview,
    InterviewSlot,
    Link,
    Mail,
    Note,
    NoteRevision,
    Passkey,
    Person,
    PromptState,
    RecoveryCode,
    Reopening,
    SentenceVerdict,
    StaffKey,
    Submission,
    Survey,
    Unsaved,
    Upload,
)
from tests.surveyapp.building import NOON, somebody, submission_of

SHA256 = "a" * 64


@dataclass(frozen=True)
class Given:
    """The rows that broken ones refer to."""

    session: Session
    survey: Survey

    @property
    def birch(self) -> Submission:
        return submission_of(self.session, "Birch")

    @property
    def alder(self) -> Submission:
        return submission_of(self.session, "Alder")

    @property
    def cy(self) -> uuid.UUID:
        return somebody(self.session).id

    @property
    def answer(self) -> Answer:
        return self.session.scalars(sa.select(Answer)).first() or Answer()

    @property
    def interview(self) -> Interview:
        return self.session.scalars(sa.select(Interview)).one()

    @property
    def note(self) -> Note:
        return self.interview.notes[0]


def link(given: Given, **changes: object) -> Link:
    columns = {
        "person_id": given.cy,
        "purpose": "sign in",
        "token_hash": SHA256,
        "created_at": NOON,
        "expires_at": NOON + dt.timedelta(days=1),
    }
    return Link(**{**columns, **changes})


def export(given: Given, **changes: object) -> Export:
    columns = {
        "survey_id": given.survey.id,
        "kind": "csv",
        "asked_by_id": given.cy,
        "asked_at": NOON,
    }
    return Export(**{**columns, **changes})


def mail(**changes: object) -> Mail:
    columns = {
        "key": "invitation:1",
        "kind": "invitation",
        "to_address": "cy@birch.example",
        "subject": "S",
        "text": "T",
        "html": "H",
        "created_at": NOON,
        "due_at": NOON,
    }
    return Mail(**{**columns, **changes})


def upload(given: Given, **changes: object) -> Upload:
    columns = {
        "submission_id": given.birch.id,
        "question_code": "S01.5",
        "file_key": "k",
        "file_name": "plan.pdf",
        "media_type": "application/pdf",
        "size": 1,
        "sha256": SHA256,
        "uploaded_by_id": given.cy,
        "at": NOON,
    }
    return Upload(**{**columns, **changes})


def comment(given: Given, **changes: object) -> Comment:
    columns = {
        "submission_id": given.birch.id,
        "question_code": "S01.2",
        "author_id": given.cy,
        "text": "Is that still so?",
        "created_at": NOON,
    }
    return Comment(**{**columns, **changes})


def _unsaved(given: Given) -> Unsaved:
    return Unsaved(
        submission_id=given.birch.id,
        person_id=given.cy,
        question_code="S01.2",
        value={},
        reason="whim",
        at=NOON,
    )


def slot(given: Given, **changes: object) -> InterviewSlot:
    columns = {"survey_id": given.survey.id, "interviewer_id": given.cy, "starts_at": NOON}
    return InterviewSlot(**{**columns, **changes})


def _booked(given: Given) -> InterviewSlot:
    """Return one more time for the same interview."""
    later = NOON + dt.timedelta(microseconds=uuid.uuid4().int % 10**9)
    return slot(given, starts_at=later, interview_id=given.interview.id)


def prompt(given: Given, **changes: object) -> PromptState:
    columns = {
        "interview_id": given.interview.id,
        "prompt_code": "I01",
        "state": "asked",
        "set_by_id": given.cy,
        "at": NOON,
    }
    return PromptState(**{**columns, **changes})


def _consent(given: Given) -> ConsentAnswer:
    return ConsentAnswer(
        interview_id=given.interview.id,
        notes=True,
        quotes=True,
        use_level="perhaps",
        at=NOON,
        recorded_by_id=given.cy,
    )


def _note(given: Given, **changes: str) -> Note:
    columns = {"text": "x", "original_text": "x", **changes}
    note = Note(interview_id=given.interview.id, author_id=given.cy, **columns)
    note.created_at = note.updated_at = NOON
    return note


def revision(given: Given) -> NoteRevision:
    return NoteRevision(
        note_id=given.note.id,
        version=1,
        text="x",
        verbatim=False,
        prompt_code="",
        author_id=given.cy,
        saved_at=NOON,
    )


def follow_up(given: Given, **changes: object) -> FollowUp:
    columns = {
        "interview_id": given.interview.id,
        "text": "Send the plan.",
        "made_by_id": given.cy,
        "created_at": NOON,
    }
    return FollowUp(**{**columns, **changes})


def correction(given: Given, **changes: object) -> Correction:
    columns = {
        "note_id": given.note.id,
        "question_code": "S01.2",
        "kind": "corrects",
        "prevails": "note",
        "made_by_id": given.cy,
        "at": NOON,
    }
    return Correction(**{**columns, **changes})


def sentence(given: Given, **changes: object) -> SentenceVerdict:
    columns = {
        "interview_id": given.interview.id,
        "note_id": given.note.id,
        "note_version": 1,
        "start": 0,
        "end": 4,
        "verdict": "confirmed",
        "person_id": given.cy,
        "at": NOON,
    }
    return SentenceVerdict(**{**columns, **changes})


def passkey(given: Given, **changes: object) -> Passkey:
    columns = {
        "person_id": given.cy,
        "credential_id": "abc",
        "public_key": b"key",
        "sign_count": 0,
        "name": "Telephone",
        "created_at": NOON,
    }
    return Passkey(**{**columns, **changes})


def _linked(_: Given) -> Person:
    return Person(email=f"{uuid.uuid4()}@tarn.example", name="Ada", oidc_subject="issuer subject")


def _reopening(given: Given) -> Reopening:
    return Reopening(
        submission_id=given.alder.id,
        reopened_by_id=given.cy,
        reason="",
        at=NOON,
        answers_before={},
    )


def _leaving_coordinator(given: Given) -> Contributor:
    coordinator = given.session.scalars(
        sa.select(Contributor).where(
            Contributor.submission_id == given.birch.id, Contributor.coordinator
        )
    ).one()
    coordinator.left_at = NOON
    return coordinator


def _twin_reference(given: Given) -> Submission:
    with given.session.no_autoflush:
        alder, birch = given.alder, given.birch
        alder.reference = birch.reference = "EH-1"
    return birch


BROKEN: Mapping[str, Callable[[Given], Base]] = {
    "ck_contributor_coordinator_stays": _leaving_coordinator,
    "ck_export_kind": lambda given: export(given, kind="pdf"),
    "ck_export_steps_counted": lambda given: export(given, steps=1, steps_done=2),
    "ck_export_done_with_a_file": lambda given: export(given, done_at=NOON),
    "ck_export_file_of_a_size": lambda given: export(given, done_at=NOON, file_key="k"),
    "ck_link_purpose": lambda given: link(given, purpose="look"),
    "ck_link_sha256": lambda given: link(given, token_hash="short"),
    "ck_link_expires_after_it_was_made": lambda given: link(given, expires_at=NOON),
    "ck_passkey_signatures_counted": lambda given: passkey(given, sign_count=-1),
    "ck_passkey_named": lambda given: passkey(given, name=""),
    "ck_recovery_code_sha256": lambda given: RecoveryCode(person_id=given.cy, code_hash="short"),
    "ck_audit_event_says_what_happened": lambda given: AuditEvent(
        at=NOON, action="", subject_type="person", subject_id=str(given.cy), detail={}
    ),
    "ck_mail_key_given": lambda _: mail(key=""),
    "ck_mail_attempts_counted": lambda _: mail(attempts=-1),
    "ck_comment_says_something": lambda given: comment(given, text=""),
    "ck_comment_resolved_by_someone": lambda given: comment(given, resolved_at=NOON),
    "ck_upload_size_counted": lambda given: upload(given, size=-1),
    "ck_upload_sha256": lambda given: upload(given, sha256="short"),
    "ck_unsaved_reason": _unsaved,
    "ck_interview_slot_lasts": lambda given: slot(given, lasts_minutes=0),
    "ck_prompt_state_state": lambda given: prompt(given, state="forgotten"),
    "ck_consent_answer_use_level": _consent,
    "ck_note_origin": lambda given: _note(given, origin="hearsay"),
    "ck_note_mark": lambda given: _note(given, mark="star"),
    "ck_follow_up_says_something": lambda given: follow_up(given, text=""),
    "ck_follow_up_done_by_someone": lambda given: follow_up(given, done_at=NOON),
    "ck_correction_kind": lambda given: correction(given, kind="doubts"),
    "ck_correction_prevails": lambda given: correction(given, prevails="neither"),
    "ck_sentence_verdict_verdict": lambda given: sentence(given, verdict="perhaps"),
    "ck_sentence_verdict_some_words": lambda given: sentence(given, end=0),
    "ck_reopening_reason_given": _reopening,
    "uq_submission_reference": _twin_reference,
}
TWICE: Mapping[str, Callable[[Given], Base]] = {
    "uq_export_under_way": export,
    "uq_interview_slot_interviewer_id_starts_at": slot,
    "uq_interview_slot_interview_id": _booked,
    "uq_note_revision_note_id_version": revision,
    "uq_correction_note_id_question_code_entry_id": correction,
    "uq_sentence_verdict_note_id_note_version_start": sentence,
    "uq_link_token_hash": link,
    "uq_mail_key": lambda _: mail(),
    "uq_staff_key_person_id": lambda given: StaffKey(person_id=given.cy, secret="x"),
    "uq_passkey_credential_id": passkey,
    "ix_person_oidc_subject": _linked,
    "uq_recovery_code_code_hash": lambda given: RecoveryCode(person_id=given.cy, code_hash=SHA256),
}
