"""What people were told about their words, and what the database says afterwards."""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from surveyapp import progress, published
from surveyapp.models import Answer, AnswerRevision, Submission, Unsaved

Key = tuple[str, str]  # the code of a question, and the entry where it repeats


@dataclass(frozen=True)
class Words:
    """Words that nobody else writes, under a question, on top of the version their writer saw."""

    key: Key
    text: str
    seen: int
    person_id: uuid.UUID

    @property
    def saved_as(self) -> tuple[str, str, int, uuid.UUID]:
        """Return what its revision is known by: the version after the one its writer saw."""
        return (*self.key, self.seen + 1, self.person_id)

    def is_in(self, row: Unsaved) -> bool:
        """Say whether these are words that were kept apart."""
        place = (row.question_code, row.entry_id, row.person_id)
        return place == (*self.key, self.person_id) and self.text in said(row.value)


@dataclass
class Ledger:
    """The words that were acknowledged: as saved, or as kept apart from the return."""

    saved: list[Words] = field(default_factory=list)
    kept: list[Words] = field(default_factory=list)

    def missing(self, session: Session, submission_id: uuid.UUID) -> list[str]:
        """Return what was acknowledged and is not there as it was acknowledged."""
        rows = session.scalars(
            select(AnswerRevision)
            .join(AnswerRevision.answer)
            .where(Answer.submission_id == submission_id)
            .options(contains_eager(AnswerRevision.answer))
        )
        saved = {
            (row.answer.question_code, row.answer.entry_id, row.version, row.author_id): said(
                row.value
            )
            for row in rows
        }
        late = session.scalars(select(Unsaved).where(Unsaved.submission_id == submission_id)).all()
        lost = [one for one in self.saved if one.text not in saved.get(one.saved_as, "")]
        lost += [one for one in self.kept if not any(one.is_in(words) for words in late)]
        return [f"acknowledged, and not there as the next version or beside: {one}" for one in lost]


def said(value: object) -> str:
    return json.dumps(value)


def faults(session: Session, submission_id: uuid.UUID) -> Iterator[str]:
    """Give what is wrong with a return's history and with what is noted of its sections."""
    submission = session.get_one(Submission, submission_id)
    rows = session.scalars(select(Answer).where(Answer.submission_id == submission_id)).all()
    yield from _of_history(session, rows)
    questionnaire = published.questionnaire(submission.questionnaire)
    given = progress.collect(questionnaire, rows)
    counts = progress.counts(questionnaire, given)
    for state in submission.sections:
        count = counts[state.section_code]
        if (state.asked, state.answered) != (count.asked, count.answered):
            yield f"{state.section_code} says {state.answered} of {state.asked}, and has {count}"
        waiting = progress.waiting(questionnaire, given, state.section_code)
        begun = "in progress" if count.answered else "not started"
        if state.status not in {begun, *(() if waiting else ("finished",))}:
            yield f"{state.section_code} is {state.status}, and {waiting} wait"


def _of_history(session: Session, rows: Sequence[Answer]) -> Iterator[str]:
    history: dict[uuid.UUID, list[AnswerRevision]] = defaultdict(list)
    for revision in session.scalars(select(AnswerRevision).order_by(AnswerRevision.version)):
        history[revision.answer_id].append(revision)
    for row in rows:
        versions = [one.version for one in history[row.id]]
        if versions != list(range(1, row.version + 1)):
            yield f"{row.question_code}@{row.entry_id} is at {row.version}, and has {versions}"
        last = history[row.id][-1]
        if (last.value, last.author_id) != (row.value, row.author_id):
            yield f"{row.question_code}@{row.entry_id} is not what was saved last"
