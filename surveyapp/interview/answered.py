"""Whoever rang is told that a record came back: how many sentences, and none of their words."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from surveyapp.interview import telling
from surveyapp.interview.answering import Sheet
from surveyapp.interview.telling import Act, Told
from surveyapp.models import Interview, Note, Person


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: which answer it is, what is changed and taken out, and what was left."""

    interview: Interview
    mark: str
    changed: int
    withdrawn: int
    # The note of every sentence that stays as it was.
    left: tuple[Note, ...]

    @property
    def confirmed(self) -> int:
        """Count the sentences that are confirmed as they were."""
        return sum(note.is_confirmed for note in self.left)


def of(sheet: Sheet, mark: str) -> Answer:
    """Return the answer that a sheet is; take it before the sheet is sent, which empties it."""
    left = (one.note for one in sheet.every if not one.is_changed and one.verdict != "withdrawn")
    return Answer(sheet.interview, mark, len(sheet.changed), len(sheet.withdrawn), left=tuple(left))


def tell(session: Session, answer: Answer, act: Act) -> int:
    """Write once to those who hold the interview, and return how many they are."""
    interview = answer.interview
    page = f"{act.settings.service_url.rstrip('/')}/interviews/{interview.id}/record"
    words = {
        "link": page,
        "changed": answer.changed,
        "withdrawn": answer.withdrawn,
        "confirmed": answer.confirmed,
        "is_whole": interview.confirmed_at is not None,
    }
    named = f"{interview.offered_at:%Y%m%d%H%M%S}:{answer.mark}"
    told = Told("record_answered", words, method=None, named=named)
    return telling.tell_these(session, interview, act, told, _holding(interview))


def _holding(interview: Interview) -> tuple[Person, ...]:
    """Return who asks and who takes notes, once where they are the same."""
    taker, asks = interview.note_taker, interview.interviewer
    return (asks,) if taker is None or taker.id == asks.id else (asks, taker)
