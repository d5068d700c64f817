"""The tables of the survey: columns, relationships and named constraints; no queries, no web."""

from surveyapp.models.answer import Answer, AnswerRevision
from surveyapp.models.authority import Authority
from surveyapp.models.base import Base
from surveyapp.models.decision import Decision
from surveyapp.models.finding import Finding, FindingPassage, Summary
from surveyapp.models.interview import Interview, KeyContact, Note, SharedDocument
from surveyapp.models.person import Person
from surveyapp.models.submission import Contributor, SectionState, Submission
from surveyapp.models.survey import Snapshot, Survey

__all__ = [
    "Answer",
    "AnswerRevision",
    "Authority",
    "Base",
    "Contributor",
    "Decision",
    "Finding",
    "FindingPassage",
    "Interview",
    "KeyContact",
    "Note",
    "Person",
    "SectionState",
    "SharedDocument",
    "Snapshot",
    "Submission",
    "Summary",
    "Survey",
]
