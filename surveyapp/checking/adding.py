"""Passages that a later build prints, added to a check that is still open."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import audit, built
from surveyapp.checking import sending
from surveyapp.checking.quotations import Quotation, missing
from surveyapp.checking.sending import CannotSendError, Sender
from surveyapp.models import Build, CheckItem, MemberCheck
from surveyapp.pages import ENGLAND


def lock(session: Session, check_id: uuid.UUID) -> None:
    """Let nobody answer a check while passages are added to it, nor the other way round."""
    session.execute(select(MemberCheck.id).where(MemberCheck.id == check_id).with_for_update())


def add(
    session: Session,
    check: MemberCheck,
    printed: Sequence[Quotation],
    build: Build,
    by: Sender,
) -> int:
    """Add what a build prints and the check has not, unanswered, and return how much that was.

    What was said to the other passages stays as it is.
    """
    if built.first_signed_off(session, check.submission.survey) is not None:
        raise CannotSendError("The review is signed off, and its checks have ended.")
    if not sending.has_time(check, by.at.astimezone(ENGLAND).date()):
        raise CannotSendError("This check is not open any more: ask again.")
    added = missing(check.items, printed)
    _make_room(session, check, added)
    place = max((one.place for one in check.items), default=-1) + 1
    for number, one in enumerate(added, place):
        check.items.append(
            CheckItem(
                place=number, response=one.response, start=one.start, end=one.end, words=one.words
            )
        )
    # Where words are printed is told from there.
    check.build_id = build.id
    session.flush()
    if added:
        audit.record(session, "check.added", check.submission, by.by, count=len(added))
    return len(added)


def _make_room(session: Session, check: MemberCheck, added: Sequence[Quotation]) -> None:
    """Remove words in whose place others stand now.

    An answer to them would count for nothing, and must never pass for one to the others.
    """
    places = {(one.response, one.start, one.end) for one in added}
    for item in [one for one in check.items if (one.response, one.start, one.end) in places]:
        check.items.remove(item)
        session.delete(item)
    session.flush()
