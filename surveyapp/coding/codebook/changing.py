"""Making a change: another version of the codebook, and everything on its themes with it."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import audit, published
from surveyapp.coding.codebook import binding, editing
from surveyapp.coding.codebook.planning import Plan
from surveyapp.definitions.faults import Fault
from surveyapp.definitions.snapshots import canonical, content_hash
from surveyapp.derived import working
from surveyapp.errors import SurveyError
from surveyapp.models import (
    CodebookChange,
    Finding,
    Memo,
    Person,
    Snapshot,
    Summary,
    Survey,
)


class ChangedMeanwhileError(SurveyError):
    """Somebody else changed the codebook after the page was shown."""


class StaysError(SurveyError):
    """A theme that must stay was to go."""


class FaultyError(SurveyError):
    """The changed codebook would not be in order."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults apart."""
        super().__init__("The changed codebook is not in order.")
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Hand:
    """Who changes the codebook, when and why, and which version they saw."""

    person: Person
    at: dt.datetime
    seen: uuid.UUID
    reason: str = field(default="", repr=False)


def check(session: Session, survey: Survey, plan: Plan) -> dict[str, str]:
    """Return the files as a change would leave them; refuse one that may not be made."""
    stays = binding.reasons(session, survey)
    for code in sorted(plan.goes):
        if code in stays:
            raise StaysError(f"{code} cannot be {_done(plan)}. {stays[code]}")
    if plan.kind == "retire" and (count := _findings(session, survey, plan)):
        many = "1 finding is" if count == 1 else f"{count} findings are"
        raise StaysError(f"{plan.of[0]} cannot be retired. {many} about it: take that out first.")
    files = editing.edited(published.files(survey.codebook), plan.edit)
    found = binding.faults(session, survey, files)
    if found:
        raise FaultyError(found)
    return files


def make(session: Session, survey: Survey, plan: Plan, by: Hand) -> Snapshot:
    """Make a change, if the codebook is still as it was seen."""
    hold(session, survey, by)
    before, after = survey.codebook, _publish(session, check(session, survey, plan), by.at)
    survey.codebook = after
    note(session, survey, plan, by, before)
    if plan.kind in ("merge", "split") and plan.goes:
        _move(session, survey, plan, by)
    audit.record(
        session,
        "codebook.changed",
        survey,
        by.person,
        kind=plan.kind,
        theme=list(plan.of),
        into=list(plan.into),
    )
    working.ask(session, survey, by.at)
    return after


def hold(session: Session, survey: Survey, by: Hand) -> None:
    """Let nobody else change the codebook until this is done; it must be the one that was seen."""
    session.refresh(survey, with_for_update=True)
    if survey.codebook_id != by.seen:
        raise ChangedMeanwhileError("Somebody else has changed the codebook.")


def note(session: Session, survey: Survey, plan: Plan, by: Hand, before: Snapshot) -> None:
    """Keep what was changed, why and by whom: a row for each theme that it is about."""
    session.add_all(
        CodebookChange(
            survey=survey,
            kind=plan.kind,
            before=before,
            after=survey.codebook,
            theme=code,
            into=list(plan.into),
            changes_meaning=plan.changes_meaning,
            reason=by.reason,
            by=by.person,
            at=by.at,
        )
        for code in plan.of
    )
    session.flush()


def _publish(session: Session, files: dict[str, str], at: dt.datetime) -> Snapshot:
    """Keep the files as a version; what says the same is the one that is there already."""
    content = canonical(files)
    known = content_hash(content)
    snapshot = session.scalars(select(Snapshot).where(Snapshot.content_hash == known)).one_or_none()
    if snapshot is None:
        snapshot = Snapshot(kind="codebook", content_hash=known, content=content, published_at=at)
        session.add(snapshot)
        session.flush()
    return snapshot


def _done(plan: Plan) -> str:
    return {"merge": "merged into another theme", "split": "split"}.get(plan.kind, "retired")


def _findings(session: Session, survey: Survey, plan: Plan) -> int:
    asked = select(Finding.id).where(
        Finding.survey_id == survey.id, Finding.theme.in_(plan.of), Finding.removed_at.is_(None)
    )
    return len(session.scalars(asked).all())


def _move(session: Session, survey: Survey, plan: Plan, by: Hand) -> None:
    """Let what was written on themes that go be on the first one that takes their place."""
    first = plan.into[0]
    findings = select(Finding).where(Finding.survey_id == survey.id, Finding.theme.in_(plan.goes))
    for finding in session.scalars(findings):
        finding.theme, finding.version = first, finding.version + 1
    memos = select(Memo).where(
        Memo.survey_id == survey.id, Memo.about == "theme", Memo.subject.in_(plan.goes)
    )
    for memo in session.scalars(memos):
        memo.subject, memo.version = first, memo.version + 1
    for memo in session.scalars(
        select(Memo).where(Memo.survey_id == survey.id, Memo.about == "cell")
    ):
        authority, _, theme = memo.subject.partition("/")
        if theme in plan.goes:
            memo.subject, memo.version = f"{authority}/{first}", memo.version + 1
    _join_summaries(session, survey, plan, by)
    session.flush()


def _join_summaries(session: Session, survey: Survey, plan: Plan, by: Hand) -> None:
    """Have one summary a cell: where there are two, their texts stand one below the other."""
    rows = session.scalars(
        select(Summary)
        .where(Summary.survey_id == survey.id, Summary.theme.in_({*plan.goes, plan.into[0]}))
        .order_by(Summary.authority_code, Summary.theme)
    ).all()
    kept = {one.authority_code: one for one in rows if one.theme == plan.into[0]}
    for one in (row for row in rows if row.theme in plan.goes):
        target = kept.get(one.authority_code)
        if target is None:
            one.theme, one.version = plan.into[0], one.version + 1
            kept[one.authority_code] = one
            continue
        target.text = f"{target.text}\n\n{one.text}".strip()
        target.version, target.updated_at = target.version + 1, by.at
        session.delete(one)
