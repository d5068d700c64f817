"""A page of answers saved one by one: what is valid is kept, the rest is handed back as typed."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.definitions import answers
from surveyapp.definitions.answers import AnswerError
from surveyapp.errors import AnswerConflictError
from surveyapp.models import AnswerRevision, Person, Submission, Upload
from surveyapp.respond import attachments, kept, services, standing
from surveyapp.respond.services import Draft, Held, Value
from surveyapp.respond.sheets import Kept
from surveyapp.respond.standing import Key, Standing

# What an answer holds that its form may not show; it stays unless the form says otherwise.
HELD: Final[Mapping[str, tuple[str, ...]]] = {"document": ("file",), "contact": ("strands",)}


@dataclass(slots=True)
class Outcome:
    """What became of the answers on a page: saved, refused or in conflict with a colleague's."""

    saved: list[Draft] = field(default_factory=list)
    refused: dict[Key, Kept] = field(default_factory=dict)
    conflicts: list[Draft] = field(default_factory=list)
    removed: list[Upload] = field(default_factory=list)
    # What each answer's author has before them now, so that their next change is of that.
    versions: dict[Key, int] = field(default_factory=dict)

    def settled(self, drafts: Iterable[Draft]) -> list[Draft]:
        """Return the drafts that were saved, or say what stands already."""
        conflicts = {key_of(one) for one in self.conflicts}
        return [one for one in drafts if key_of(one) not in {*conflicts, *self.refused}]


def save_page(
    session: Session,
    submission: Submission,
    drafts: Sequence[Draft],
    author: Person,
    at: dt.datetime,
) -> Outcome:
    """Save every answer of a page that the person changed and that can be saved.

    ReturnClosedError where the return takes no answers any more and something was changed.
    """
    before = standing.read_only(session, submission, {one.question_code for one in drafts})
    files = attachments.held(before)
    outcome = Outcome()
    sound = attachments.sound(session, before, drafts, outcome.refused)
    # Whatever can be looked at beforehand is, so that others wait for as short as can be.
    wanted = list(changed(before, sound, outcome.refused))
    if wanted:
        held = services.hold(session, submission, author, at)
        _write(session, held, before, wanted, outcome)
    left = [one for one in drafts if key_of(one) not in {**outcome.versions, **outcome.refused}]
    outcome.versions |= {key_of(one): _shown(before, one) for one in left}
    let_go = attachments.let_go(files, outcome.saved)
    outcome.removed = attachments.release(session, submission, let_go, at)
    return outcome


def _write(
    session: Session, held: Held, before: Standing, wanted: Iterable[Draft], outcome: Outcome
) -> None:
    for draft in wanted:
        try:
            answer = services.write(session, held, draft, before.rows.get(key_of(draft)))
        except AnswerConflictError:
            if not _is_untouched(session, before, draft):
                outcome.conflicts.append(draft)
        else:
            outcome.saved.append(draft)
            outcome.versions[key_of(draft)] = answer.version


def key_of(draft: Draft) -> Key:
    """Return the question and the entry of a draft."""
    return draft.question_code, draft.entry_id


def _shown(before: Standing, draft: Draft) -> int:
    """Return the version that a person has before them: the stored one only if it says the same.

    Where it says something else, a colleague has changed it, and the person has not seen that.
    """
    value = answers.read(before.questionnaire, draft.question_code, _whole(before, draft))
    is_stored = _is_same(value, before.value(*key_of(draft)))
    return before.version(*key_of(draft)) if is_stored else draft.seen


def changed(before: Standing, drafts: Iterable[Draft], refused: dict[Key, Kept]) -> Iterator[Draft]:
    """Give the drafts that differ from what is stored; note those that cannot be read."""
    for draft in drafts:
        whole = replace(draft, value=_whole(before, draft))
        try:
            value = answers.read(before.questionnaire, draft.question_code, whole.value)
        except AnswerError as error:
            refused[draft.question_code, draft.entry_id] = Kept(draft, error.problems)
            continue
        is_new = value or draft.seen
        stored = before.value(draft.question_code, draft.entry_id)
        if is_new and not _is_same(value, stored):
            yield whole


def keep_unsaved(
    session: Session,
    submission: Submission,
    drafts: Iterable[Draft],
    author: Person,
    at: dt.datetime,
) -> list[Draft]:
    """Keep words that came too late, so that the person and the consultant can find them."""
    reason = "closed" if submission.submitted_at is None else "submitted"
    before = standing.read(session, submission)
    refused: dict[Key, Kept] = {}
    sound = attachments.sound(session, before, drafts, refused)
    late = [*changed(before, sound, refused), *(one.draft for one in refused.values())]
    session.add_all(kept.apart(submission, draft, author, at, reason) for draft in late)
    session.flush()
    return late


def removal(before: Standing, drafts: Sequence[Draft], code: str, entry_id: str) -> list[Draft]:
    """Return the drafts of a page with one entry emptied, which is how an entry is removed."""
    question = before.questionnaire.by_code.get(code)
    codes = standing.codes_of(question) if question else ()
    others = [
        one for one in drafts if (one.question_code in codes, one.entry_id) != (True, entry_id)
    ]
    # Those too that were never saved: what was typed in them may be kept apart.
    emptied = [Draft(code, {}, before.version(code, entry_id), entry_id) for code in codes]
    return others + emptied


def _whole(before: Standing, draft: Draft) -> Value:
    """Return what was typed with what the form does not show."""
    question = before.questionnaire.question(draft.question_code)
    stored = before.value(draft.question_code, draft.entry_id)
    held = {name: stored[name] for name in HELD.get(question.type, ()) if name in stored}
    is_blank = not any(_says(value) for value in draft.value.values())
    return draft.value if is_blank else {**held, **draft.value}


def _says(value: object) -> bool:
    return any(value.values()) if isinstance(value, Mapping) else bool(value)


def _is_untouched(session: Session, before: Standing, draft: Draft) -> bool:
    """Say whether a person left an answer as they saw it, so that a colleague's change stands."""
    row = before.rows.get((draft.question_code, draft.entry_id))
    if row is None:
        return False
    seen = session.scalars(
        select(AnswerRevision).where(
            AnswerRevision.answer_id == row.id, AnswerRevision.version == draft.seen
        )
    ).one_or_none()
    value = answers.read(before.questionnaire, draft.question_code, draft.value)
    return seen is not None and _is_same(seen.value, value)


def _is_same(one: Value, other: Value) -> bool:
    """Say whether two answers say the same; a box left empty says no more than one not there."""
    said, also = ({k: v for k, v in each.items() if v is not False} for each in (one, other))
    return said == also
