"""The tables with columns that people type into, and the way from their rows to a survey.

A test holds these against the tables: a column of text that is neither here nor known to hold
nobody's story makes it fail.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, cast

import sqlalchemy as sa
from sqlalchemy import SQLColumnExpression, select
from sqlalchemy.orm import InstrumentedAttribute

from surveyapp.models import (
    Base,
    CheckItem,
    Clearing,
    CodebookChange,
    Comment,
    Contributor,
    Finding,
    FollowUp,
    Handover,
    Interview,
    KeyContact,
    Mail,
    MemberCheck,
    Memo,
    Reopening,
    SentenceVerdict,
    SharedDocument,
    Shortlisting,
    StandingText,
    Submission,
    Summary,
    Survey,
)

Rows = sa.Select[*tuple[Any, ...]]
Column = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]


@dataclass(frozen=True, slots=True)
class Source:
    """A table's column of free text, and the way from its rows to an authority and a survey."""

    prefix: str
    label: str
    column: Column
    joined: Callable[[Rows], Rows]
    authority: SQLColumnExpression[str]
    survey: SQLColumnExpression[uuid.UUID]

    @property
    def model(self) -> type[Base]:
        """Return the table's model."""
        return cast(type[Base], self.column.class_)

    def rows(self, survey: Survey) -> Rows:
        """Select id, authority and text of a survey's rows."""
        id = self.model.__table__.c.id
        rows = self.joined(select(id, self.authority, self.column).select_from(self.model))
        return rows.where(self.survey == survey.id, self.column != "").order_by(id)


def of_call(model: type[Base]) -> Callable[[Rows], Rows]:
    """Return the way from what came of calls to the returns that they are about."""
    return lambda rows: rows.join(Interview, Interview.id == model.__table__.c.interview_id).join(
        Submission, Submission.id == Interview.submission_id
    )


def _of_check(rows: Rows) -> Rows:
    return rows.join(MemberCheck, MemberCheck.id == CheckItem.check_id).join(
        Submission, Submission.id == MemberCheck.submission_id
    )


def _alone(rows: Rows) -> Rows:
    return rows


NOBODY: Final = sa.literal("")
_authority: Final = Submission.authority_code
_survey: Final = Submission.survey_id


def _of_return(prefix: str, label: str, column: Column) -> Source:
    """Return a source whose rows belong to a return."""
    model = cast(type[Base], column.class_)

    def joined(rows: Rows) -> Rows:
        return rows.join(Submission, Submission.id == model.__table__.c.submission_id)

    return Source(prefix, label, column, joined, _authority, _survey)


def _of_call(prefix: str, label: str, column: Column) -> Source:
    """Return a source whose rows belong to a call."""
    model = cast(type[Base], column.class_)
    return Source(prefix, label, column, of_call(model), _authority, _survey)


def _of_survey(prefix: str, label: str, column: Column) -> Source:
    """Return a source whose rows are researchers' own, and of no authority."""
    table = cast(type[Base], column.class_).__table__
    survey = table.c.id if column.class_ is Survey else table.c.survey_id
    return Source(prefix, label, column, _alone, NOBODY, survey)


SOURCES: Final = (
    _of_return("comment", "Comment", Comment.text),
    _of_return("handover", "Note with a section", Handover.note),
    _of_return("reopening", "Reason to reopen", Reopening.reason),
    _of_return("job", "Job title", Contributor.job_title),
    _of_return("speaker", "Job title of a person interviewed", Interview.interviewee_role),
    _of_return("place", "Place of a call", Interview.place),
    _of_return("cancelled", "Reason to cancel a call", Interview.cancelled_why),
    _of_return("bounced", "Why a message came back", Mail.last_error),
    _of_return("remark", "Remark on a profile", MemberCheck.remark),
    _of_call("task", "Task after a call", FollowUp.text),
    _of_call("instead", "Correction of a record", SentenceVerdict.instead),
    Source("check", "Correction of a quotation", CheckItem.instead, _of_check, _authority, _survey),
    Source("summary", "Summary", Summary.text, _alone, Summary.authority_code, Summary.survey_id),
    _of_survey("memo", "Memo", Memo.text),
    _of_survey("finding", "Finding", Finding.claim),
    _of_survey("standing", "Standing text", StandingText.text),
    _of_survey("shortlist", "Reason on the shortlist", Shortlisting.reason),
    _of_survey("change", "Reason to change the codebook", CodebookChange.reason),
    _of_survey("clearing", "Reason on the page Privacy", Clearing.reason),
    _of_survey("invitation", "Note in every invitation", Survey.invitation_note),
    _of_survey("title", "Title of the survey", Survey.title),
    _of_survey("region", "Region of the survey", Survey.region),
    _of_survey("controller", "Who answers for the survey", Survey.controller),
    _of_survey("kept", "How long answers are kept", Survey.kept_for),
)
# What calls led to: part of the material, and so called as synthesis calls it.
OFFERED: Final = (
    (SharedDocument, ("title", "owner", "kind")),
    (KeyContact, ("role",)),
)
