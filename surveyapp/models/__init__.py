"""The tables of the survey: columns, relationships and named constraints; no queries, no web."""

from surveyapp.models.access import Link, Passkey, RecoveryCode, StaffKey
from surveyapp.models.answer import Answer, AnswerRevision
from surveyapp.models.audit import AuditEvent
from surveyapp.models.authority import Authority
from surveyapp.models.base import Base
from surveyapp.models.building import Build, LinkCheck, StandingText
from surveyapp.models.checking import CheckItem, MemberCheck
from surveyapp.models.clearing import Clearing
from surveyapp.models.codebook import CodebookChange
from surveyapp.models.coding import CodedPassage, CodingAct, Memo, Sample
from surveyapp.models.correction import Correction, SentenceVerdict
from surveyapp.models.decision import Decision
from surveyapp.models.derived import (
    Cell,
    Derivation,
    Emerging,
    Inspected,
    Learning,
    Mark,
    Passage,
    Response,
    Tag,
)
from surveyapp.models.exporting import Export
from surveyapp.models.finding import Finding, FindingPassage, Shortlisting, Summary
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
    "Build",
    "Cell",
    "CheckItem",
    "Clearing",
    "CodebookChange",
    "CodedPassage",
    "CodingAct",
    "Comment",
    "ConsentAnswer",
    "Contributor",
    "Correction",
    "Decision",
    "Derivation",
    "Emerging",
    "Export",
    "Finding",
    "FindingPassage",
    "FollowUp",
    "Handover",
    "Inspected",
    "Interview",
    "InterviewSlot",
    "KeyContact",
    "Learning",
    "Link",
    "LinkCheck",
    "Mail",
    "Mark",
    "MemberCheck",
    "Memo",
    "Note",
    "NoteRevision",
    "Passage",
    "Passkey",
    "Person",
    "Presence",
    "PromptState",
    "RecoveryCode",
    "Reopening",
    "Response",
    "Sample",
    "SectionState",
    "SentenceVerdict",
    "SharedDocument",
    "Shortlisting",
    "Snapshot",
    "StaffKey",
    "StandingText",
    "Submission",
    "Summary",
    "Survey",
    "Tag",
    "Unsaved",
    "Upload",
]
