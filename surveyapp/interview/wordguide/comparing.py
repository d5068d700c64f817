"""A form that came back, beside what the interview holds: what is new, what differs, what is lost.

Every box has an id of its own that follows from the interview, the form and the box. So the same
form sent twice finds what was taken from it the first time.
"""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from surveyapp.interview.services import Consent
from surveyapp.interview.wordguide.filled import Entry, Filled, FilledNote, fill, in_words, plain
from surveyapp.interview.wordguide.layout import Paper, boxes, form_of
from surveyapp.interview.wordguide.stored import Row, Stored, StoredNote
from surveyapp.models import Interview
from synthesis.word.form import FormAnswers, Notice

State = Literal["new", "changed", "differs", "withdrawn", "struck", "unreadable"]
Kind = Literal["held_on", "consent", "note", "contact", "document", "follow_up"]
TAKEABLE: Final[frozenset[State]] = frozenset({"new", "changed", "differs"})
WITHDRAWN: Final = (
    "The person interviewed has withdrawn words from this note, so the form may not bring them "
    "back. Change the note on screen if something else is missing from it."
)
STRUCK: Final = (
    "This note was struck out after it was taken from the form. Bring it back where the notes are "
    "tidied, if it should count again."
)
TOLD: Final[Mapping[str, str]] = {
    "outside": "Words outside the boxes",
    "unknown": "Words in a box that is not part of this form",
    "twice": "Words in a second copy of a box",
    "gone": "A box was deleted, so nothing is taken from it",
    "look": "Only the words were taken, not how they look",
    "object": "A picture or other object cannot be taken",
    "comment": "A comment",
    "added": "A tracked change added words. They are taken as accepted",
    "removed": "A tracked change took words out. They are left out",
    "list": "These words are not on the list",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that the form says and the interview does not, with its state and both texts."""

    kind: Kind
    tag: str
    title: str
    state: State
    mine: str
    theirs: str = ""
    version: int = 0
    prompt_code: str = ""
    verbatim: bool = False
    problem: str = ""

    @property
    def name(self) -> str:
        """Return what names the item in a page: its box, and the version seen."""
        return f"{self.tag}@{self.version}"

    @property
    def can_be_taken(self) -> bool:
        """Say whether there is something to tick."""
        return self.state in TAKEABLE


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something in the file that is in no box: what it is, where it stands and its words."""

    kind: str
    place: str
    text: str
    author: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything a form says that the interview does not, and everything not understood.

    It `is_nameless` where the file does not say any more which interview it is of.
    """

    items: tuple[Item, ...]
    unchanged: int
    leftovers: tuple[Leftover, ...]
    consent: Consent | None = None
    is_nameless: bool = False

    @property
    def takeable(self) -> tuple[Item, ...]:
        """Return what can be taken."""
        return tuple(one for one in self.items if one.can_be_taken)

    @property
    def refuses_notes(self) -> bool:
        """Say whether the person interviewed said no to notes, by the form."""
        return self.consent is not None and not self.consent.notes


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that came back and was read, what it was written from, what its boxes are known by."""

    found: FormAnswers
    paper: Paper
    stem: str
    is_nameless: bool = False


def box_id(interview: Interview, stem: str, tag: str) -> uuid.UUID:
    """Return the id of what is taken from a box."""
    return uuid.uuid5(interview.id, f"{stem} {tag}")


def compare(interview: Interview, sent: Sent, stored: Stored) -> tuple[Comparison, Filled]:
    """Compare a form with an interview; return that, and what was filled in."""
    filled = fill(sent.paper, sent.found.answers)
    items = tuple(_items(interview, sent, filled, stored))
    unchanged = _count(filled) - len(items)
    compared = Comparison(
        items,
        unchanged,
        _leftovers(sent),
        filled.consent.consent if filled.consent else None,
        sent.is_nameless,
    )
    return compared, filled


def _count(filled: Filled) -> int:
    held = filled.held_on is not None or bool(filled.problems)
    return len(filled.notes) + len(filled.entries) + bool(filled.consent) + held


def _items(interview: Interview, sent: Sent, filled: Filled, stored: Stored) -> Iterator[Item]:
    yield from _held_on(interview, filled)
    yield from _consent(filled, stored)
    titles = {one.code: f"{one.code} {one.text}" for one in sent.paper.guide.prompts}
    for note in filled.notes:
        title = titles.get(note.box.prompt_code, "Unprompted")
        there = stored.notes.get(box_id(interview, sent.stem, note.box.tag))
        if there is None and (note.box.prompt_code, note.text) in stored.brought:
            continue
        yield from _note(note, title, there)
    for entry in filled.entries:
        row = stored.rows.get(box_id(interview, sent.stem, entry.tag))
        yield from _entry(entry, row)


def _held_on(interview: Interview, filled: Filled) -> Iterator[Item]:
    tag, title = "call:held_on", "Date of the call"
    stands = in_full(interview.held_on)
    if tag in filled.problems:
        problem, mine = filled.problems[tag], filled.held_words
        yield Item("held_on", tag, title, "unreadable", mine, stands, problem=problem)
    elif filled.held_on and filled.held_on != interview.held_on:
        state: State = "differs" if interview.held_on else "new"
        yield Item("held_on", tag, title, state, in_full(filled.held_on), stands)


def in_full(day: object) -> str:
    """Write a day in words; "" where there is none."""
    return f"{day:%-d %B %Y}" if day else ""


def _consent(filled: Filled, stored: Stored) -> Iterator[Item]:
    said = filled.consent
    if said is None or (said.consent is not None and said.consent == stored.consent):
        return
    state: State = "differs" if stored.consent else "new"
    state = state if said.consent else "unreadable"
    stands = in_words(stored.consent) if stored.consent else ""
    yield Item("consent", "consent", "Consent", state, said.words, stands, problem=said.problem)


def _note(note: FilledNote, title: str, there: StoredNote | None) -> Iterator[Item]:
    tag, code = note.box.tag, note.box.prompt_code
    if there is None:
        yield Item("note", tag, title, "new", note.text, "", 0, code, note.verbatim)
        return
    if any(plain(text) == note.text and said == note.verbatim for text, said in there.said):
        return
    state, problem = _state(there)
    stands, version = there.note.text, there.note.version
    yield Item("note", tag, title, state, note.text, stands, version, code, note.verbatim, problem)


def _state(there: StoredNote) -> tuple[State, str]:
    if there.is_withdrawn:
        return "withdrawn", WITHDRAWN
    if there.note.struck_at is not None:
        return "struck", STRUCK
    return ("changed" if there.is_as_taken else "differs"), ""


_TITLES: Final[Mapping[str, tuple[Kind, str]]] = {
    "contact": ("contact", "Person to ask"),
    "document": ("document", "Document they promised"),
    "follow_up": ("follow_up", "Follow-up"),
}


def _entry(entry: Entry, row: Row | None) -> Iterator[Item]:
    kind, title = _TITLES[entry.kind]
    stands = {} if row is None else {name: getattr(row, name) for name in entry.values}
    if entry.problem:
        state: State = "unreadable"
    elif row is None:
        state = "new"
    elif stands == dict(entry.values):
        return
    else:
        state = "differs"
    theirs = "\n".join(str(one) for one in stands.values() if one and one is not True)
    yield Item(kind, entry.tag, title, state, entry.words, theirs, problem=entry.problem)


def _leftovers(sent: Sent) -> tuple[Leftover, ...]:
    """Give what is in no box, each once; whether a box was deleted only a named form can say."""
    told = (one for one in sent.found.notices if one.kind != "gone" or not sent.is_nameless)
    return tuple(dict.fromkeys(_told(one, _places(sent.paper)) for one in told))


def _told(notice: Notice, places: Mapping[str, str]) -> Leftover:
    tag = notice.tag.partition("=")[0]
    place = places.get(tag.removesuffix(":verbatim")) or notice.near
    return Leftover(TOLD[notice.kind], place, notice.text.strip(), notice.author)


def _places(paper: Paper) -> Mapping[str, str]:
    named = {field.tag: field.label for field in form_of(paper).fields()}
    titles = {one.code: f"{one.code} {one.text}" for one in paper.guide.prompts}
    under = {
        box.tag: titles[box.prompt_code] for box in boxes(paper.guide) if box.prompt_code in titles
    }
    return named | under
