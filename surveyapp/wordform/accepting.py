"""What a person ticked in the comparison of a form, saved over what they saw there."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from surveyapp.errors import AnswerConflictError, UseLevelConflictError
from surveyapp.models import Person, Submission, Unsaved
from surveyapp.respond import attachments, standing, use_levels
from surveyapp.respond import kept as refusals
from surveyapp.respond.services import Draft, save_answer
from surveyapp.respond.use_levels import Choice
from surveyapp.wordform.comparing import Change, Comparison
from surveyapp.wordform.services import comparison
from surveyapp.wordform.stored import Key

_USE = "use"


@dataclass(frozen=True, slots=True)
class Ticked:
    """A form that was sent back, and the names of the changes a person wants taken from it."""

    docx: bytes
    names: Collection[str]


@dataclass(slots=True)
class Taken:
    """What became of what a person accepted: how much was saved, and what was not."""

    saved: int = 0
    conflicts: list[str] = field(default_factory=list)


def accept(
    session: Session, submission: Submission, ticked: Ticked, author: Person, at: dt.datetime
) -> Taken:
    """Save what was ticked, each over the version that was shown beside it.

    ReturnClosedError where the return takes no answers any more; the form is kept all the same.
    """
    taken, saved = Taken(), list[Draft]()
    compared = comparison(session, submission, ticked.docx)
    held = attachments.held(standing.read(session, submission))
    for draft in _drafts(compared, _versions(ticked.names)):
        try:
            save_answer(session, submission, draft, author, at)
        except AnswerConflictError:
            taken.conflicts.append(draft.question_code)
        else:
            saved.append(draft)
    attachments.release(session, submission, attachments.let_go(held, saved), at)
    taken.saved = len(saved)
    for choice in _choices(compared, ticked.names):
        try:
            use_levels.choose(session, submission, choice, author)
        except UseLevelConflictError:
            taken.conflicts.append(f"the use of words in {choice.section_code}")
        else:
            taken.saved += 1
    return taken


def set_apart(
    session: Session, submission: Submission, compared: Comparison, author: Person, at: dt.datetime
) -> Sequence[Unsaved]:
    """Keep the words of a form that cannot be taken for the person who sent it.

    What that person typed on screen, and could not save either, is not given up for them.
    """
    there = refusals.refused(session, standing.read(session, submission), author)
    drafts = [
        Draft(one.slot.key[0], _typed(one), one.version, one.slot.key[1])
        for one in compared.refused
        if one.slot.key not in there
    ]
    return refusals.refuse(session, submission, drafts, author, at)


def kept(
    session: Session, submission: Submission, compared: Comparison, person: Person
) -> frozenset[str]:
    """Return the names of the changes whose words are kept for a person."""
    there = refusals.refused(session, standing.read(session, submission), person)
    said = {key: one.draft.value for key, one in there.items()}
    return frozenset(one.name for one in compared.refused if said.get(one.slot.key) == _typed(one))


def _typed(change: Change) -> Mapping[str, object]:
    """Give what was filled in, without the fields that hold nothing; a ticked box is a yes."""
    return {name: "yes" if one is True else one for name, one in change.raw.items() if one}


def _drafts(compared: Comparison, seen: Mapping[Key, int]) -> Iterator[Draft]:
    for change in compared.takeable:
        code, entry = change.slot.key
        if change.value is not None and change.slot.key in seen:
            yield Draft(code, change.value, seen[change.slot.key], entry)


def _choices(compared: Comparison, names: Collection[str]) -> Iterator[Choice]:
    """Give the use levels that were ticked, each with the one that was seen beside it."""
    parts = [one.split(":") for one in names]
    seen = {one[1]: one[2] for one in parts if len(one) == 3 and one[0] == _USE}
    for change in compared.usable:
        code = change.section.code
        if code in seen:
            yield Choice(code, change.choice, seen[code])


def _versions(names: Collection[str]) -> Mapping[Key, int]:
    """Read which answers were ticked, and the version each was seen at."""
    parts = [one.split(":") for one in names]
    sound = [one for one in parts if len(one) == 3 and one[2].isascii() and one[2].isdigit()]
    return {(code, entry): int(seen[:9]) for code, entry, seen in sound}
