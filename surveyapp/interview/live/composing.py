"""One note in the box of the live screen, saved by its button."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from surveyapp.errors import SurveyError
from surveyapp.interview.live import wire
from surveyapp.interview.notes import Typed
from surveyapp.models.interview import NOTE_MARKS, PROMPT_ASKED, PromptAsked

UNREADABLE: Final = "This note could not be read. Check it, and save it again."


class EmptyNoteError(SurveyError):
    """A note was saved with nothing in it."""


@dataclass(frozen=True, slots=True)
class Box:
    """What stands in the box: a new note, or one that could not be saved."""

    id: str
    text: str
    prompt_code: str
    theme: str
    mark: str
    verbatim: bool
    follow_up: bool


def shown(form: Mapping[str, str]) -> Box:
    """Return what the box shows of what was sent; an address may name the prompt it opens on."""
    return Box(
        id=form.get("id") or str(uuid.uuid4()),
        text=form.get("text", ""),
        prompt_code=form.get("prompt_code", form.get("prompt", "")),
        theme=form.get("theme", ""),
        mark=form.get("mark", ""),
        verbatim="verbatim" in form,
        follow_up="follow_up" in form,
    )


def read(form: Mapping[str, str], strands: Mapping[str, str], elapsed: float | None) -> Typed:
    """Read a note from the form.

    The form names the note, so that a button pressed twice saves it once. Raises EmptyNoteError
    for one without words, and ValueError or KeyError for a form that is none of ours.
    """
    box = shown(form)
    if not box.text.strip():
        raise EmptyNoteError("Enter a note")
    if (box.theme and box.theme not in strands) or len(box.text) > wire.MOST_LETTERS:
        raise KeyError(box.theme)
    named = uuid.UUID(box.id)
    return Typed(
        id=named,
        text=wire.storable(box.text).replace("\r\n", "\n"),
        write=named,
        prompt_code=box.prompt_code,
        second=None if elapsed is None else min(int(elapsed), wire.LAST_SECOND),
        theme=box.theme,
        verbatim=box.verbatim,
        follow_up=box.follow_up,
        mark=next((mark for mark in NOTE_MARKS if mark == box.mark), ""),
    )


def prompt_state(said: str) -> PromptAsked | None:
    """Return what somebody says of a prompt; anything else takes back what was said."""
    return next((one for one in PROMPT_ASKED if one == said), None)
