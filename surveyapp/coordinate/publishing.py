"""What a changed folder would change in a survey, judged by the answers that are there, and done.

A return goes over to the new questionnaire while it is being filled in, and only where the changes
touch none of its answers: a question in new words is another question to whoever has answered it.
Any other keeps the questionnaire that its people have read and signed.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from surveyapp import published
from surveyapp.coordinate import instruments, moving, services
from surveyapp.definitions import changes
from surveyapp.definitions.changes import Change, Kind
from surveyapp.definitions.folder import Folder
from surveyapp.definitions.questionnaire import Questionnaire, parts
from surveyapp.definitions.snapshots import content_hash
from surveyapp.errors import SurveyError
from surveyapp.models import Answer, Authority, Submission, Survey
from surveyapp.models.survey import SNAPSHOT_KINDS, SnapshotKind
from surveyapp.progress import Line

Verdict = Literal["safe", "stays", "refused"]
Lines = Mapping[uuid.UUID, Sequence[Line]]
# Answers given under one code must go on meaning one thing.
REFUSED: Final[tuple[Kind, ...]] = ("meaning",)


class RefusedError(SurveyError):
    """A folder that cannot be published into this survey."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One change, how many answers it touches, and what follows from that."""

    change: Change
    answers: int

    @property
    def verdict(self) -> Verdict:
        """Return what follows: no harm, returns that stay as they are, or no publication."""
        if not self.answers:
            return "safe"
        return "refused" if self.change.kind in REFUSED else "stays"


@dataclass(frozen=True, slots=True)
class Draft:
    """What publishing a folder would do to a survey.

    `differing` are the parts that are not as the survey pins them; `others` is what changed in
    those that ask nothing in writing, in words.
    """

    differing: tuple[SnapshotKind, ...]
    judged: tuple[Judged, ...]
    others: Mapping[SnapshotKind, tuple[str, ...]]
    going: tuple[Submission, ...]
    signed: tuple[Submission, ...]
    touched: tuple[Submission, ...]
    is_another: bool

    @property
    def is_refused(self) -> bool:
        """Say whether the questionnaire cannot be published while these answers are there."""
        return self.is_another or any(one.verdict == "refused" for one in self.judged)

    @property
    def fingerprint(self) -> str:
        """Return what stands for everything a person was shown."""
        shown = [
            [(repr(one.change), one.change.offered, one.answers) for one in self.judged],
            sorted(self.others.items()),
            *([str(one.id) for one in some] for some in (self.going, self.signed, self.touched)),
        ]
        return content_hash(repr(shown))


def draft(session: Session, survey: Survey, folder: Folder, *, is_held: bool = False) -> Draft:
    """Return what publishing a folder would do to a survey.

    Where its returns are held, nobody saves to them until this transaction is over.
    """
    pinned = instruments.pinned(survey)
    differing = tuple(
        kind
        for kind in SNAPSHOT_KINDS
        if content_hash(folder.snapshots[kind]) != pinned[kind].content_hash
    )
    old, new = published.questionnaire(survey.questionnaire), folder.questionnaire
    wanted = content_hash(folder.snapshots["questionnaire"])
    submissions = _submissions(session, survey, is_held=is_held)
    lines = _lines(session, survey)
    behind = [one for one in submissions if one.questionnaire.content_hash != wanted]
    touched = _touched(behind, lines, new)
    return Draft(
        differing=differing,
        judged=tuple(_judged(old, new, lines)),
        others={
            kind: instruments.differences(kind, pinned[kind], folder)
            for kind in differing
            if kind != "questionnaire"
        },
        going=tuple(one for one in behind if not one.submitted_at and one.id not in touched),
        signed=tuple(one for one in behind if one.submitted_at),
        touched=tuple(one for one in behind if not one.submitted_at and one.id in touched),
        is_another=old.code != new.code,
    )


def publish(
    session: Session,
    survey: Survey,
    folder: Folder,
    wanted: Collection[SnapshotKind],
    at: dt.datetime,
) -> Draft:
    """Publish parts of a folder: the survey pins them, and returns go over where they can."""
    drawn = draft(session, survey, folder, is_held=True)
    if "questionnaire" in drawn.differing and "questionnaire" not in wanted:
        raise RefusedError(
            "These were checked together with the changed questionnaire. Publish it too"
        )
    if "questionnaire" in wanted and drawn.is_refused:
        raise RefusedError("The questionnaire cannot be published while these answers are there")
    for kind in wanted:
        instruments.pin(survey, kind, services.publish_part(session, folder, kind, at))
    if "questionnaire" in wanted:
        lines = _lines(session, survey)
        for one in drawn.going:
            moving.move(session, one, survey.questionnaire, lines.get(one.id, ()))
    session.flush()
    return drawn


def _submissions(session: Session, survey: Survey, *, is_held: bool) -> Sequence[Submission]:
    found = (
        select(Submission)
        .join(Submission.authority)
        .where(Submission.survey_id == survey.id)
        .options(
            joinedload(Submission.authority),
            selectinload(Submission.questionnaire),
            selectinload(Submission.sections),
        )
        .order_by(Authority.name)
    )
    return session.scalars(found.with_for_update(of=Submission) if is_held else found).all()


def _lines(session: Session, survey: Survey) -> Lines:
    rows = session.execute(
        select(
            Answer.submission_id,
            Answer.question_code,
            Answer.entry_id,
            Answer.value,
            Answer.created_at,
        )
        .join(Answer.submission)
        .where(Submission.survey_id == survey.id)
    )
    found: dict[uuid.UUID, list[Line]] = defaultdict(list)
    for row in rows:
        found[row.submission_id].append(Line(*row[1:]))
    return found


def _judged(old: Questionnaire, new: Questionnaire, lines: Lines) -> Iterator[Judged]:
    said = [line for some in lines.values() for line in some]
    for change in changes.compare(old, new):
        yield Judged(change, sum(_touches(change, old, new, line) for line in said))


def _touched(submissions: Sequence[Submission], lines: Lines, new: Questionnaire) -> set[uuid.UUID]:
    """Return the returns with an answer that a change touches, each by what it asks now."""
    compared: dict[uuid.UUID, tuple[Change, ...]] = {}
    found = set()
    for one in submissions:
        old = published.asked(one)
        if one.questionnaire_id not in compared:
            compared[one.questionnaire_id] = changes.compare(old, new)
        some = compared[one.questionnaire_id]
        if any(
            _touches(change, old, new, line) for change in some for line in lines.get(one.id, ())
        ):
            found.add(one.id)
    return found


def _touches(change: Change, old: Questionnaire, new: Questionnaire, line: Line) -> bool:
    if not line.value:
        return False
    if line.question_code == change.code:
        return changes.touches(change, new, line.value)
    # What is stored of a group is stored under its parts.
    group = old.by_code.get(change.code)
    its_parts = {part.code for part in parts(group)} if group else set()
    return line.question_code in its_parts and change.kind in ("meaning", "removed", "wording")
