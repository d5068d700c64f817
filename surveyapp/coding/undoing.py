"""Undo on a passage: what was done last there or just before, and nothing that is out of sight."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from surveyapp.coding import memos, queue
from surveyapp.coding.queue import Way
from surveyapp.derived import acts
from surveyapp.derived.acts import Hand, NothingToUndoError
from surveyapp.errors import SurveyError
from surveyapp.models import CodingAct, Memo, Passage, Survey

# Acts on one passage that a coder has in view; the others are undone where they are named.
IN_VIEW: Final = ("decide", "finish", "extent")


class NotHereError(SurveyError):
    """What was done last was not done on this passage; it was an act, or the keeping of a memo."""

    def __init__(self, last: CodingAct | Memo) -> None:
        """Keep what it was."""
        super().__init__("What you did last was not on this passage.")
        self.last = last


@dataclass(frozen=True, slots=True)
class Undone:
    """What was undone: an act, a memo or both; `key` is the passage to go to, if it is there."""

    act: CodingAct | None
    memo: Memo | None
    key: str


def undo(session: Session, survey: Survey, hand: Hand, way: Way, passage: Passage) -> Undone:
    """Undo what a coder did last, if it was on this passage or on the one before on this way.

    Raises NotHereError where it was something else, and as `acts.undo` does; nothing is undone.
    """
    act = acts.last(session, survey, hand.coder.id)
    memo = memos.last(session, survey, hand.coder.id)
    if memo is not None and act is not None and memo.at < act.at:
        memo = None
    # A line that decides and keeps a memo is one thing.
    if memo is not None and act is not None and memo.at > act.at:
        act = None
    last = act or memo
    if last is None:
        raise NothingToUndoError("There is nothing left to undo.")
    about = acts.keys(act) if act else (memo.subject,) if memo else ()
    in_view = act is None or act.kind in IN_VIEW
    if not (in_view and _is_near(session, survey, way, passage, about)):
        raise NotHereError(last)
    if act is not None:
        acts.undo(session, survey, hand)
    if memo is not None:
        memos.remove(session, memo, hand.at)
    return Undone(act, memo, next(_there(session, survey, (passage.key, *about), about), ""))


def _is_near(
    session: Session, survey: Survey, way: Way, passage: Passage, about: Sequence[str]
) -> bool:
    """Say whether this passage is among those, or comes next on the way after one of them."""
    if passage.key in about:
        return True
    before = queue.before(session, survey, way, passage)
    if before is not None and before.key in about:
        return True
    found = (queue.find(session, survey, key) for key in about)
    return any(one and queue.after(session, survey, way, one) is passage for one in found)


def _there(
    session: Session, survey: Survey, keys: Sequence[str], about: Sequence[str]
) -> Iterator[str]:
    """Yield the passages that there still are and that it was about."""
    return (key for key in keys if key in about and queue.find(session, survey, key))
