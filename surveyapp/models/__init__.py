"""The tables of the survey: columns, relationships and named constraints; no queries, no web."""

from surveyapp.models.access import Link, Passkey, RecoveryCode, StaffKey
from surveyapp.models.answer import Answer, AnswerRevision
from surveyapp.models.audit import AuditEvent
from surveyapp.models.authority import Authority
from surveyapp.models.base import Base
from surveyapp.models.correction import Correction, SentenceVerdict
from surveyapp.models.decision import Decision
from surveyapp.models.exporting import Export
from surveyapp.models.finding import Finding, FindingPassage, Summary
from surveyapp.models.interview import (
    ConsentAnswer,
    FollowUp,
    Interview,
    InterviewSlot,
    KeyContact,
    Note,
    NoteRevision,
    PromptState,
    SharedDocument,
)
from surveyapp.models.keeping import Reopening, Unsaved, Upload
from surveyapp.models.mail import Mail
from surveyapp.models.person import Person
from surveyapp.models.submission import Contributor, SectionState, Submission
from surveyapp.models.survey import Snapshot, Survey
from surveyapp.models.teamwork import Comment, Handover, Presence

__all__ = [
    "Answer",
    "AnswerRevision",
    "AuditEvent",
    "Authority",
    "Base",
    "Comment",
    "ConsentAnswer",
    "Contributor",
    "Correction",
    "Decision",
    "Export",
    "Finding",
    "FindingPassage",
    "FollowUp",
    "Handover",
    "Interview",
    "InterviewSlot",
    "KeyContact",
    "Link",
    "Mail",
    "Note",
    "NoteRevision",
    "Passkey",
    "Person",
    "Presence",
    "PromptState",
    "RecoveryCode",
    "Reopening",
    "SectionState",
    "SentenceVerdict",
    "SharedDocument",
    "Snapshot",
    "StaffKey",
    "Submission",
    "Summary",
    "Survey",
    "Unsaved",
    "Upload",
]
