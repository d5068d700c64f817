"""A form that came back, beside what the return says now: what is different, and what is lost."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal, TypeVar

from surveyapp.definitions import answers
from surveyapp.definitions.answers import AnswerError
from surveyapp.definitions.questionnaire import Questionnaire, Section, parts
from surveyapp.definitions.questions import Question
from surveyapp.wordform import filling, using
from surveyapp.wordform.layout import Paper, Slot, form_of, slots
from surveyapp.wordform.stored import Key, Row, Values
from surveyapp.wordform.using import State, UseChange, UseLevels
from synthesis.errors import InputError
from synthesis.word.form import FormAnswers, Given, Notice, read

Past = Literal["same", "older", "unknown"]
"""What questions a form was written from: those of now, those of then, or nobody knows."""

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
    raw: Mapping[str, object] = field(default_factory=dict)

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


Found = TypeVar("Found", Change, UseChange)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything a form says that the return does not, and everything that was not understood.

    It `is_older` where it was written from an earlier version of the questionnaire, and `is_blank`
    where it was written without answers, so that an empty box means nothing.
    """

    changes: tuple[Change, ...]
    unchanged: int
    leftovers: tuple[Leftover, ...]
    uses: tuple[UseChange, ...] = ()
    is_older: bool = False
    is_blank: bool = False

    @property
    def count(self) -> int:
        """Return how many things the form says that the return does not."""
        return len(self.changes) + len(self.uses)

    @property
    def takeable(self) -> tuple[Change, ...]:
        """Return the changes that can be accepted."""
        return tuple(change for change in self.changes if change.value is not None)

    @property
    def refused(self) -> tuple[Change, ...]:
        """Return the changes that do not fit their questions."""
        return tuple(change for change in self.changes if change.value is None)

    @property
    def usable(self) -> tuple[UseChange, ...]:
        """Return what the form says about the use of words that can be accepted."""
        return tuple(change for change in self.uses if change.choice)


@dataclass(frozen=True, slots=True)
class Chapter:
    """What a form says about one section that the return does not."""

    section: Section
    changes: tuple[Change, ...]
    uses: tuple[UseChange, ...]

    @property
    def count(self) -> int:
        """Return how many things there are."""
        return len(self.changes) + len(self.uses)

    def asked_under(self, change: Change) -> str:
        """Return the question of the section that an answer stands under: itself, or its group."""
        code = change.slot.question.code
        within = (one.code for one in self.section.questions if _is_in(code, one))
        return next(within, code)


def chapters(compared: Comparison, questionnaire: Questionnaire) -> tuple[Chapter, ...]:
    """Put what is different under its sections; those without anything are left out."""
    found = (_chapter(compared, section) for section in questionnaire.sections)
    return tuple(chapter for chapter in found if chapter.count)


def _chapter(compared: Comparison, section: Section) -> Chapter:
    changes = (
        one
        for one in compared.changes
        if any(_is_in(one.slot.question.code, asked) for asked in section.questions)
    )
    uses = (one for one in compared.uses if one.section.code == section.code)
    return Chapter(section, tuple(changes), tuple(uses))


def _is_in(code: str, asked: Question) -> bool:
    return code in {one.code for one in (asked, *parts(asked))}


def compare(
    docx: bytes, paper: Paper, now: Mapping[Key, Row], said: UseLevels, past: Past = "same"
) -> Comparison:
    """Compare a form with the return; InputError where the file is no form, or cannot be read.

    `said` is how the words of the sections may be used by the return as it stands. Where nothing is
    known of the form's past, as in a blank one, a box with nothing in it says nothing.
    """
    found = read(docx, form_of(paper))
    if past == "unknown" and not found.answers:
        raise _no_form()
    asked = [one for one in slots(paper) if not _is_silent(one, found.answers, past)]
    pairs = [(slot, _change(paper, slot, found.answers, now.get(slot.key))) for slot in asked]
    changes = [change for _, change in pairs if change is not None]
    uses = using.compare(paper.questionnaire, found.answers, paper.use_levels, said)
    return Comparison(
        changes=tuple(_apart(paper, one) for one in changes),
        unchanged=sum(change is None and _stands(now, slot) for slot, change in pairs),
        leftovers=_leftovers(found, paper, past),
        uses=tuple(_apart(paper, one) for one in uses),
        is_older=past == "older",
        is_blank=paper.is_blank,
    )


def _no_form() -> InputError:
    return InputError(
        "The file",
        "This is not the form of this return: none of its boxes are in the file, so nothing was "
        "taken from it.",
        "Download the form from this page and fill it in, or copy your words into the return.",
    )


def _is_silent(slot: Slot, given: Mapping[str, Given], past: Past) -> bool:
    """Say whether an answer is passed over: nothing stands there, and perhaps nothing ever did."""
    return past == "unknown" and filling.is_empty(slot, given)


def _stands(now: Mapping[Key, Row], slot: Slot) -> bool:
    row = now.get(slot.key)
    return row is not None and bool(row.value)


def _apart(paper: Paper, change: Found) -> Found:
    """Say of what stands in a blank form that it differs: whoever filled it in saw no answer."""
    differs = paper.is_blank and change.state == "both"
    return replace(change, state="differs") if differs else change


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
        raw = filling.raw(slot, given)
        return Change(slot, "unreadable", words, theirs, version, author, None, problems, raw)
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


def _leftovers(found: FormAnswers, paper: Paper, past: Past) -> tuple[Leftover, ...]:
    """Give what is no answer, each once; a box was deleted only where the form had it for sure."""
    had_all = past == "same" and not paper.is_blank
    told = (one for one in found.notices if had_all or one.kind != "gone")
    return tuple(dict.fromkeys(_told(told, paper)))


def _told(notices: Iterable[Notice], paper: Paper) -> Iterator[Leftover]:
    named = {
        tag: _name(paper.questionnaire, slot.key[0]) for slot in slots(paper) for tag in _tags(slot)
    }
    named |= {using.tag_of(one): one.title for one in paper.questionnaire.sections}
    for notice in notices:
        place = named.get(notice.tag) or notice.near
        yield Leftover(TOLD[notice.kind], place, notice.text.strip(), notice.author)


def _tags(slot: Slot) -> Iterator[str]:
    for one in slot.fields:
        yield one.tag
        yield from (f"{one.tag}={option.code}" for option in one.options)


def _name(questionnaire: Questionnaire, code: str) -> str:
    return f"{code} {questionnaire.question(code).text}"
