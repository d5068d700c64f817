"""The record of an interview: its notes under the prompts of the guide, as both sides read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from surveyapp import published
from surveyapp.models import Interview, Note

Standing = Literal["confirmed", "changed since", "not confirmed"]
BESIDES: Final = "What else was said"
MINUTE: Final = 60
# How words may be used, as a page and the record say it.
USES: Final = {
    "named": "With the authority’s name",
    "unnamed": "Without the authority’s name",
    "withheld": "Not for publication",
    None: "As the authority said in its questionnaire",
}
STANDINGS: Final[dict[Standing, str]] = {
    "confirmed": "Confirmed",
    "changed since": "Changed since it was confirmed",
    "not confirmed": "Not confirmed",
}


@dataclass(frozen=True, slots=True)
class Chapter:
    """A prompt of the guide with what was noted under it, or what came up besides."""

    code: str
    title: str
    notes: tuple[Note, ...]


def chapters(interview: Interview) -> tuple[Chapter, ...]:
    """Return the notes that count, under their prompts in the order of the guide."""
    return tuple(chapter for chapter in _all(interview) if chapter.notes)


def counted(interview: Interview) -> tuple[Note, ...]:
    """Return the notes that make up the record."""
    return tuple(note for note in interview.notes if note.counts)


def standing(note: Note) -> Standing:
    """Say whether a note is confirmed as it reads now."""
    if note.is_confirmed:
        return "confirmed"
    return "changed since" if note.confirmed_version is not None else "not confirmed"


def elapsed(note: Note) -> str:
    """Return how far into the call something was said, such as 12:05; "" where nobody kept it."""
    if note.second is None:
        return ""
    return f"{note.second // MINUTE}:{note.second % MINUTE:02}"


def is_added(note: Note) -> bool:
    """Say whether the person interviewed wrote a note themselves, after the call."""
    return note.author_id == note.interview.interviewee_id and note.second is None


def _all(interview: Interview) -> Iterator[Chapter]:
    notes = counted(interview)
    asked = published.guide(interview.guide).prompts
    for prompt in asked:
        under = tuple(note for note in notes if note.prompt_code == prompt.code)
        yield Chapter(prompt.code, prompt.text, under)
    known = {prompt.code for prompt in asked}
    yield Chapter("", BESIDES, tuple(note for note in notes if note.prompt_code not in known))
