"""What somebody filled in, in the survey's words: consent, notes, people, documents, tasks."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, cast

from surveyapp.definitions.answers import AnswerError
from surveyapp.definitions.answers.figures import day
from surveyapp.interview.services import Consent
from surveyapp.interview.wordguide.layout import CONTACT, DOCUMENT, OFFERED, Box, Paper, boxes
from surveyapp.models.submission import UseLevel
from synthesis.word.form import Given

Answers = Mapping[str, Given]
NEEDS_NAME: Final = "Give the name of the person."
NEEDS_TITLE: Final = "Give the title of the document."
NEEDS_TASK: Final = "Say what is to be done."
NEEDS_BOTH: Final = "Answer both questions: may notes be taken, and may they be quoted?"
NOT_LISTED: Final = "Choose from the list: other words cannot be taken there."
NONE: Final = Given()


@dataclass(frozen=True, slots=True)
class FilledNote:
    """A box for a note with words in it."""

    box: Box
    text: str
    verbatim: bool


@dataclass(frozen=True, slots=True)
class FilledConsent:
    """What the consent questions say; None where it cannot be recorded as it is."""

    consent: Consent | None
    words: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A person, a document or a follow-up, by the names of its fields."""

    kind: str
    number: int
    values: Mapping[str, object]
    words: str
    problem: str = ""

    @property
    def tag(self) -> str:
        """Return what the entry is called in the form."""
        return f"{self.kind}:{self.number}"


@dataclass(frozen=True, slots=True)
class Filled:
    """Everything that stands in the boxes of a form."""

    notes: tuple[FilledNote, ...]
    entries: tuple[Entry, ...] = ()
    consent: FilledConsent | None = None
    held_on: dt.date | None = None
    held_words: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)


def fill(paper: Paper, given: Answers) -> Filled:
    """Return what stands in the boxes."""
    held_words = given.get("call:held_on", NONE).text.strip()
    held_on, problem = _day(held_words)
    return Filled(
        notes=tuple(_notes(paper, given)),
        entries=tuple(_entries(paper, given)),
        consent=_consent(given),
        held_on=held_on,
        held_words=held_words,
        problems={"call:held_on": problem} if problem else {},
    )


def plain(text: str) -> str:
    """Forget what nobody sees: spaces at the ends of lines, and empty lines round the words."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def _notes(paper: Paper, given: Answers) -> Iterator[FilledNote]:
    for box in boxes(paper.guide):
        text = plain(given.get(box.tag, NONE).text)
        if text:
            yield FilledNote(box, text, bool(given.get(box.tick, NONE).chosen))


def _consent(given: Answers) -> FilledConsent | None:
    parts = [given.get(f"consent:{name}", NONE) for name in ("notes", "quotes", "use_level")]
    if all(one == NONE for one in parts):
        return None
    notes, quotes, level = ("".join(one.chosen) for one in parts)
    words = "\n".join(filter(None, (one.text for one in parts)))
    if words:
        return FilledConsent(None, words, NOT_LISTED)
    if not notes or not quotes:
        return FilledConsent(None, "", NEEDS_BOTH)
    agreed = Consent(notes == "yes", quotes == "yes", cast(UseLevel, level) if level else None)
    return FilledConsent(agreed, in_words(agreed))


def in_words(consent: Consent) -> str:
    """Write what somebody agreed to, a line each."""
    level = {
        None: "How their words may be used: not said",
        "named": "Their words may be used with the council’s name",
        "unnamed": "Their words may be used without the council’s name",
        "withheld": "Their words are not for publication",
    }[consent.use_level]
    notes, quotes = _yes_no(consent.notes), _yes_no(consent.quotes)
    return f"Notes may be taken: {notes}\nThey may be quoted: {quotes}\n{level}"


def _yes_no(said: object) -> str:
    return "yes" if said else "no"


def _entries(paper: Paper, given: Answers) -> Iterator[Entry]:
    strands = {one.code: one.text for one in paper.strands}
    for number in range(1, OFFERED + 1):
        yield from _named("contact", number, given, strands)
    for number in range(1, OFFERED + 1):
        yield from _named("document", number, given, strands)
    for number in range(1, OFFERED + 1):
        yield from _follow_up(number, given)


def _named(kind: str, number: int, given: Answers, strands: Mapping[str, str]) -> Iterator[Entry]:
    """Give a person or a document, where anything stands in its fields."""
    fields, permission, missing = _NAMED[kind]
    tag = f"{kind}:{number}"
    said = {name: " ".join(given.get(f"{tag}:{name}", NONE).text.split()) for name, _ in fields}
    theme, may = given.get(f"{tag}:theme", NONE), given.get(f"{tag}:{permission}", NONE)
    if not any(said.values()) and theme == may == NONE:
        return
    code = "".join(theme.chosen)
    problem = "" if said[fields[0][0]] else missing
    problem = problem or (NOT_LISTED if theme.text else "")
    lines = [*said.values(), strands.get(code, theme.text)]
    lines.append(_MAY[permission] if may.chosen else "")
    values = {**said, "theme": code, permission: bool(may.chosen)}
    yield Entry(kind, number, values, "\n".join(filter(None, lines)), problem)


def _follow_up(number: int, given: Answers) -> Iterator[Entry]:
    tag = f"follow_up:{number}"
    text, due = given.get(f"{tag}:text", NONE).text, given.get(f"{tag}:due_on", NONE).text
    text = " ".join(text.split())
    if not text and not due.strip():
        return
    day, problem = _day(due)
    problem = problem or ("" if text else NEEDS_TASK)
    words = "\n".join(filter(None, (text, f"By {due.strip()}" if due.strip() else "")))
    yield Entry("follow_up", number, {"text": text, "due_on": day}, words, problem)


def _day(text: str) -> tuple[dt.date | None, str]:
    """Read a date as people type it; say what is wrong where it is none."""
    try:
        found = day(text, "date")
    except AnswerError as error:
        return None, f"{error.problems[0].message} The form says “{text.strip()}”."
    return (dt.date.fromisoformat(found) if found else None), ""


_NAMED: Final = {
    "contact": (CONTACT, "may_publish", NEEDS_NAME),
    "document": (DOCUMENT, "may_share", NEEDS_TITLE),
}
_MAY: Final = {
    "may_publish": "Their name and how to reach them may be printed",
    "may_share": "It may be shared with other councils",
}
