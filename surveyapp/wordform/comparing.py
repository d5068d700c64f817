"""A form that came back, beside what the return says now: what is different, and what is lost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from surveyapp.definitions import answers
from surveyapp.definitions.answers import AnswerError
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.wordform import filling, using
from surveyapp.wordform.layout import Paper, Slot, form_of, slots
from surveyapp.wordform.stored import Key, Row, Values
from surveyapp.wordform.using import UseChange, UseLevels
from synthesis.word.form import FormAnswers, Given, read

State = Literal["new", "changed", "both", "emptied", "unreadable"]

TOLD: Final[Mapping[str, str]] = {
    "outside": "Words outside the boxes",
    "unknown": "Words in a box that is not part of this form",
    "twice": "Words in a second copy of a box",
    "gone": "A box was deleted, so its answer stays as it is",
    "look": "Only the words were taken, not how they look",
    "object": "A picture or other object cannot be taken",
    "comment": "A comment",
    "added": "A tracked change added words. They are taken as accepted",
    "removed": "A tracked change took words out. They are left out",
    "list": "These words are not on the list of answers",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One answer in the form that is not what the return says."""

    slot: Slot
    state: State
    mine: str
    theirs: str
    version: int = 0
    author: str = ""
    value: Mapping[str, object] | None = None
    problems: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return what names the change in a page: its question, its entry, the version seen."""
        return ":".join((*self.slot.key, str(self.version)))


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something in the file that is no answer: what it is, where it stands and its words."""

    kind: str
    place: str
    text: str
    author: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything a form says that the return does not, and everything that was not understood.

    It `is_older` where it was written from an earlier version of the questionnaire.
    """

    changes: tuple[Change, ...]
    unchanged: int
    leftovers: tuple[Leftover, ...]
    uses: tuple[UseChange, ...] = ()
    is_older: bool = False

    @property
    def takeable(self) -> tuple[Change, ...]:
        """Return the changes that can be accepted."""
        return tuple(change for change in self.changes if change.value is not None)

    @property
    def usable(self) -> tuple[UseChange, ...]:
        """Return what the form says about the use of words that can be accepted."""
        return tuple(change for change in self.uses if change.choice)


def compare(
    docx: bytes, paper: Paper, now: Mapping[Key, Row], said: UseLevels | None = None
) -> Comparison:
    """Compare a form with the return; InputError where the file cannot be read.

    `said` is how the words of the sections may be used by the return as it stands.
    """
    found = read(docx, form_of(paper))
    pairs = [
        (slot, _change(paper, slot, found.answers, now.get(slot.key))) for slot in slots(paper)
    ]
    changes = tuple(change for _, change in pairs if change is not None)
    uses = using.compare(paper.questionnaire, found.answers, paper.use_levels, said or {})
    unchanged = len(pairs) - len(changes)
    return Comparison(changes, unchanged, tuple(_leftovers(found, paper)), tuple(uses))


def _change(paper: Paper, slot: Slot, given: Mapping[str, Given], row: Row | None) -> Change | None:
    """Return how one answer differs from what the return says; None where it does not."""
    if not filling.is_touched(slot, given):
        return None
    stands: Mapping[str, object] = {} if row is None else row.value
    theirs = answers.as_text(paper.questionnaire, slot.key[0], stands, paper.files)
    version, author = (0, "") if row is None else (row.version, row.author)
    words = filling.in_words(slot, given)
    try:
        value = filling.read(paper.questionnaire, slot, given, stands)
    except AnswerError as error:
        problems = tuple(one.message for one in error.problems)
        return Change(slot, "unreadable", words, theirs, version, author, None, problems)
    if dict(stands) == value:
        return None
    state = _state(value, stands, paper.values, slot.key)
    mine = answers.as_text(paper.questionnaire, slot.key[0], value, paper.files)
    return Change(slot, state, mine, theirs, version, author, value)


def _state(
    value: Mapping[str, object], stands: Mapping[str, object], before: Values, key: Key
) -> State:
    if dict(before.get(key, {})) != dict(stands):
        return "both"
    if not value:
        return "emptied"
    return "changed" if stands else "new"


def _leftovers(found: FormAnswers, paper: Paper) -> Iterator[Leftover]:
    named = {
        tag: _name(paper.questionnaire, slot.key[0]) for slot in slots(paper) for tag in _tags(slot)
    }
    named |= {using.tag_of(one): one.title for one in paper.questionnaire.sections}
    for notice in found.notices:
        place = named.get(notice.tag) or notice.near
        yield Leftover(TOLD[notice.kind], place, notice.text.strip(), notice.author)


def _tags(slot: Slot) -> Iterator[str]:
    for field in slot.fields:
        yield field.tag
        yield from (f"{field.tag}={option.code}" for option in field.options)


def _name(questionnaire: Questionnaire, code: str) -> str:
    return f"{code} {questionnaire.question(code).text}"
