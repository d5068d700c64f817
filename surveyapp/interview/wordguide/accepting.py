"""What a person ticked in the comparison of a form, saved over what they saw there."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy.orm import Session

from surveyapp.errors import ConsentError, NoteConflictError
from surveyapp.interview import notes, services
from surveyapp.interview.notes import Hand, Typed
from surveyapp.interview.services import Said
from surveyapp.interview.wordguide import stored
from surveyapp.interview.wordguide.comparing import Comparison, Item, Sent, box_id, compare
from surveyapp.interview.wordguide.filled import Filled
from surveyapp.models import FollowUp, Interview, KeyContact, Note, SharedDocument

ORIGIN: Final = "word form"


@dataclass(slots=True)
class Taken:
    """What became of what a person accepted: how much was saved, and what has moved on."""

    saved: int = 0
    stale: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Act:
    """Everything that taking one item needs."""

    session: Session
    interview: Interview
    sent: Sent
    filled: Filled
    by: Hand


def accept(
    session: Session, interview: Interview, sent: Sent, names: Collection[str], by: Hand
) -> Taken:
    """Save what was ticked, each over the version that was shown beside it.

    Consent is recorded first. ConsentError where there is none and notes were ticked.
    """
    # Two people may send the same form at once, and its boxes have the same ids for both.
    session.refresh(interview, with_for_update=True)
    compared, filled = compare(interview, sent, stored.read(session, interview))
    act, taken = _Act(session, interview, sent, filled, by), Taken()
    wanted = _wanted(compared, names, taken)
    _refuse_notes_without_consent(act, wanted)
    for item in wanted:
        try:
            _TAKE[item.kind](act, item)
        except NoteConflictError:
            taken.stale.append(item.title)
        else:
            taken.saved += 1
    return taken


def _refuse_notes_without_consent(act: _Act, wanted: list[Item]) -> None:
    """Raise ConsentError where notes are wanted and neither form nor interview agrees to them.

    What the form says of consent counts only where that is taken too.
    """
    kinds = {one.kind for one in wanted}
    said = act.filled.consent if "consent" in kinds else None
    agreed = said.consent.notes if said and said.consent else act.interview.consent_notes
    if "note" in kinds and not agreed:
        raise ConsentError("The person interviewed has not agreed to notes.")


def _wanted(compared: Comparison, names: Collection[str], taken: Taken) -> list[Item]:
    """Give the items that were ticked as they were shown; what has moved on is told of."""
    by_tag = {one.tag: one for one in compared.items}
    wanted = []
    for name in names:
        item = by_tag.get(name.rpartition("@")[0])
        # What is there no more was taken already, by this person or another.
        if item is None:
            continue
        if item.name != name or not item.can_be_taken:
            taken.stale.append(item.title)
        else:
            wanted.append(item)
    order = list(_TAKE)
    return sorted(wanted, key=lambda one: order.index(one.kind))


def _take_held_on(act: _Act, _: Item) -> None:
    act.interview.held_on = act.filled.held_on
    act.session.flush()


def _take_consent(act: _Act, _: Item) -> None:
    said = act.filled.consent
    if said is not None and said.consent is not None:
        services.record_consent(act.session, act.interview, said.consent, act.by.author, act.by.at)


def _take_note(act: _Act, item: Item) -> None:
    note_id = box_id(act.interview, act.sent.stem, item.tag)
    note = act.session.get(Note, note_id)
    if note is None:
        said = Said(item.mine, item.prompt_code, verbatim=item.verbatim, id=note_id)
        made = services.add_note(act.session, act.interview, said, act.by.author, act.by.at)
        made.origin = ORIGIN
        act.session.flush()
        return
    typed = Typed(
        note_id,
        item.mine,
        seen=item.version,
        prompt_code=note.prompt_code,
        second=note.second,
        theme=note.theme,
        verbatim=item.verbatim,
        follow_up=note.follow_up,
        mark="contact" if note.mark == "contact" else "document" if note.mark else "",
    )
    notes.reword(act.session, note, typed, act.by)


def _take_contact(act: _Act, item: Item) -> None:
    _put(act, item, KeyContact)


def _take_document(act: _Act, item: Item) -> None:
    _put(act, item, SharedDocument)


def _take_follow_up(act: _Act, item: Item) -> None:
    _put(act, item, FollowUp, made_by_id=act.by.author.id, created_at=act.by.at)


def _put(
    act: _Act, item: Item, kind: type[KeyContact | SharedDocument | FollowUp], **made: object
) -> None:
    """Make the row of an entry, or change what stands in it."""
    row_id = box_id(act.interview, act.sent.stem, item.tag)
    row = act.session.get(kind, row_id)
    values = next(one.values for one in act.filled.entries if one.tag == item.tag)
    if row is None:
        row = kind(id=row_id, interview_id=act.interview.id, **made)
        act.session.add(row)
    for name, value in values.items():
        setattr(row, name, value)
    act.session.flush()


# In this order: without consent there are no notes.
_TAKE: Final[Mapping[str, Callable[[_Act, Item], None]]] = {
    "consent": _take_consent,
    "held_on": _take_held_on,
    "note": _take_note,
    "contact": _take_contact,
    "document": _take_document,
    "follow_up": _take_follow_up,
}
