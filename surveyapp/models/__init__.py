"""The tables of the survey: columns, relationships and named constraints; no queries, no web."""

from surveyapp.models.access import Link, Passkey, RecoveryCode, StaffKey
from surveyapp.models.answer import Answer, AnswerRevision
from surveyapp.models.audit import AuditEvent
from surveyapp.models.authority import Authority
from surveyapp.models.base import Base
from surveyapp.models.decision import Decision
from surveyapp.models.exporting import Export
from surveyapp.models.finding import Finding, FindingPassage, Summary
from surveyapp.models.interview import Interview, KeyContact, Note, SharedDocument
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
    "Contributor",
    "Decision",
    "Export",
    "Finding",
    "FindingPassage",
    "Handover",
    "Interview",
    "KeyContact",
    "Link",
    "Mail",
    "Note",
    "Passkey",
    "Person",
    "Presence",
    "RecoveryCode",
    "Reopening",
    "SectionState",
    "SharedDocument",
    "Snapshot",
    "StaffKey",
    "Submission",
    "Summary",
    "Survey",
    "Unsaved",
    "Upload",
]
