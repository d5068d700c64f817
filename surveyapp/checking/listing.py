"""The authorities of a survey, and how far the check of each is."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from surveyapp.checking import quotations
from surveyapp.checking.printing import Printed
from surveyapp.checking.quotations import Shown
from surveyapp.material import checked
from surveyapp.material.checked import IN_TURN
from surveyapp.models import (
    Authority,
    Build,
    CheckItem,
    Contributor,
    MemberCheck,
    Person,
    Submission,
    Survey,
)

MOST_KEPT: Final = 10_000


class Extent(NamedTuple):
    """How many passages a check has, and when something was last said to one."""

    passages: int
    last: dt.datetime | None


NOTHING: Final = Extent(0, None)
# How many passages a build prints that a check has not: as long as both stay as they are.
_NEWER: Final[dict[tuple[uuid.UUID, Extent, uuid.UUID], int]] = {}


@dataclass(frozen=True, slots=True)
class Line:
    """One authority: its return, who would be asked, and its latest check, if there is one.

    `printed` counts the passages that the latest build prints of it, `shown` those that its check
    has, `newer` those of the first that are not among the second.
    """

    submission: Submission
    coordinator: Person | None
    check: MemberCheck | None
    printed: int
    shown: int = 0
    newer: int = 0

    @property
    def count(self) -> int:
        """Return how many passages its check has, or would have."""
        return self.printed if self.check is None else self.shown

    @property
    def can_be_sent(self) -> bool:
        """Say whether there are words to look at, somebody to ask, and nobody is waited for."""
        is_waiting = self.check is not None and self.check.returned_at is None
        return self.printed > 0 and self.coordinator is not None and not is_waiting

    @property
    def is_first(self) -> bool:
        """Say whether it can be asked, and never was, or not in a check that still counts."""
        return self.can_be_sent and self.check is None


def lines(session: Session, survey: Survey, build: Build | None, printed: Printed) -> list[Line]:
    """Return every authority with how far its check is.

    Five queries, and no words but those of checks that are compared with a build for the first
    time.
    """
    latest = {one.submission_id: one for one in checked.sent(session, survey)}
    extents = _extents(session, latest.values())
    newer = _newer(session, latest.values(), extents, build, printed)
    return [
        _line(one, latest.get(one.id), printed, extents, newer)
        for one in _submissions(session, survey)
    ]


def is_latest(session: Session, check: MemberCheck) -> bool:
    """Say whether an authority was not asked again since."""
    last = (
        select(MemberCheck.id)
        .where(
            MemberCheck.submission_id == check.submission_id, MemberCheck.taken_back_at.is_(None)
        )
        .order_by(*(one.desc() for one in IN_TURN))
        .limit(1)
    )
    return session.scalar(last) == check.id


def _submissions(session: Session, survey: Survey) -> Sequence[Submission]:
    return session.scalars(
        select(Submission)
        .join(Submission.authority)
        .where(Submission.survey_id == survey.id)
        .options(
            joinedload(Submission.authority),
            selectinload(Submission.contributors).joinedload(Contributor.person),
        )
        .order_by(Authority.name, Authority.code)
    ).all()


def _extents(session: Session, checks: Iterable[MemberCheck]) -> Mapping[uuid.UUID, Extent]:
    rows = session.execute(
        select(CheckItem.check_id, func.count(), func.max(CheckItem.at))
        .where(CheckItem.check_id.in_([one.id for one in checks]))
        .group_by(CheckItem.check_id)
    )
    return {check_id: Extent(count, last) for check_id, count, last in rows}


def _newer(
    session: Session,
    checks: Iterable[MemberCheck],
    extents: Mapping[uuid.UUID, Extent],
    build: Build | None,
    printed: Printed,
) -> Mapping[uuid.UUID, int]:
    """Return how many passages a build prints that checks have not, by the ids of the checks."""
    if build is None:
        return {}
    # Whoever was shown this build, or was added what it prints, has seen all of it.
    keys = {
        one: (one.id, extents.get(one.id, NOTHING), build.id)
        for one in checks
        if one.build_id != build.id
    }
    known = {one: _NEWER[key] for one, key in keys.items() if key in _NEWER}
    had = _shown(session, [one for one in keys if one not in known])
    for one in [one for one in keys if one not in known]:
        places = printed.of(one.submission.authority_code)
        known[one] = len(quotations.unseen(had[one.id], places))
    _keep({keys[one]: count for one, count in known.items()})
    return {one.id: count for one, count in known.items()}


def _keep(known: Mapping[tuple[uuid.UUID, Extent, uuid.UUID], int]) -> None:
    if len(_NEWER) > MOST_KEPT:
        _NEWER.clear()
    _NEWER.update(known)


def _shown(session: Session, checks: Sequence[MemberCheck]) -> Mapping[uuid.UUID, list[Shown]]:
    """Return what checks show, by their ids."""
    found: dict[uuid.UUID, list[Shown]] = defaultdict(list)
    for check_id, one in _rows(session, checks) if checks else ():
        found[check_id].append(one)
    return found


def _rows(session: Session, checks: Sequence[MemberCheck]) -> Iterator[tuple[uuid.UUID, Shown]]:
    columns = (getattr(CheckItem, name) for name in Shown._fields)
    asked = select(CheckItem.check_id, *columns).where(
        CheckItem.check_id.in_([one.id for one in checks])
    )
    for check_id, *told in session.execute(asked):
        yield check_id, Shown(*told)


def _line(
    submission: Submission,
    check: MemberCheck | None,
    printed: Printed,
    extents: Mapping[uuid.UUID, Extent],
    newer: Mapping[uuid.UUID, int],
) -> Line:
    return Line(
        submission=submission,
        coordinator=_coordinator(submission),
        check=check,
        printed=printed.counts.get(submission.authority_code, 0),
        shown=extents.get(check.id, NOTHING).passages if check else 0,
        newer=newer.get(check.id, 0) if check else 0,
    )


def _coordinator(submission: Submission) -> Person | None:
    return next(
        (one.person for one in submission.contributors if one.coordinator and one.left_at is None),
        None,
    )
