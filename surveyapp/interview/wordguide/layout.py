"""The guide laid out as a form: consent, every prompt with room for notes, and what was offered.

Every box starts empty, so whatever stands in one when the form comes back was typed on the call.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from surveyapp.definitions import use_levels
from surveyapp.definitions.interview import InterviewGuide
from surveyapp.interview.briefing import PromptSheet, Written
from synthesis.word.form import Choice, Field, Form, Heading, Words

NOTES_EACH: Final = 2
"""How many boxes for notes stand under each prompt."""

UNPROMPTED: Final = 4
OFFERED: Final = 3
LONGEST: Final = 220
KIND: Final = "guide"
"""What the reference of an interview's form begins with."""

YES_NO: Final = (Choice("yes", "Yes"), Choice("no", "No"))
VERBATIM: Final = Choice("yes", "Word for word: exactly what they said")
NO_PROMPT: Final = "-"
"""What stands for a prompt in the tag of a box for unprompted notes."""

HOW_TO: Final = (
    "You need no internet for this form. Type in the boxes, choose from the lists and tick what "
    "applies. A box holds one note: leave the second one empty if you do not need it.",
    "When you are done, save the file and send it back on the page you downloaded it from. Nothing "
    "is taken before you have seen it there and said what to take.",
    "Words outside the boxes cannot be put under a prompt. We show them to you, so that you can.",
)


@dataclass(frozen=True, slots=True)
class Paper:
    """What the form of an interview is written from: the guide, what was written, and when."""

    interview_id: uuid.UUID
    guide: InterviewGuide
    version: str
    who: str
    sheets: tuple[PromptSheet, ...]
    strands: tuple[Choice, ...]
    moment: dt.datetime

    @property
    def reference(self) -> str:
        """Return what tells the form apart when it comes back."""
        return f"{KIND} {self.interview_id} {self.moment.isoformat()} {self.version[:12]}"


@dataclass(frozen=True, slots=True)
class Box:
    """Room for one note: the prompt it is under, its place there, and its two fields."""

    prompt_code: str
    number: int

    @property
    def tag(self) -> str:
        """Return the tag of its words."""
        return f"note:{self.prompt_code or NO_PROMPT}:{self.number}"

    @property
    def tick(self) -> str:
        """Return the tag of its tick."""
        return f"{self.tag}:verbatim"

    def fields(self) -> Iterator[Field]:
        """Give what is filled in: the words, and whether they are a quotation."""
        under = f"under {self.prompt_code}" if self.prompt_code else "that came unprompted"
        label = f"Note {self.number} {under}"
        yield Field(self.tag, label, "text", f"Note {self.number}")
        yield Field(
            self.tick, f"{label}: word for word", "choices", options=(VERBATIM,), inline=True
        )


def boxes(guide: InterviewGuide) -> tuple[Box, ...]:
    """Return the room for notes, in the order of the form."""
    under = (Box(one.code, at) for one in guide.prompts for at in range(1, NOTES_EACH + 1))
    return (*under, *(Box("", at) for at in range(1, UNPROMPTED + 1)))


def form_of(paper: Paper) -> Form:
    """Lay out the whole form."""
    return Form(
        title=paper.guide.title,
        subtitle=paper.who,
        version=f"Written on {paper.moment.day} {paper.moment:%B %Y}",
        author="The review team",
        introduction=(*paragraphs(paper.guide.introduction), *HOW_TO),
        blocks=tuple(_blocks(paper)),
        reference=paper.reference,
    )


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, each on one line."""
    return [" ".join(one.split()) for one in text.split("\n\n") if one.strip()]


def _blocks(paper: Paper) -> Iterator[Heading | Words | Field]:
    yield from _consent(paper)
    room = boxes(paper.guide)
    yield Heading(1, "Prompts")
    for sheet in paper.sheets:
        yield from _prompt(sheet, [one for one in room if one.prompt_code == sheet.prompt.code])
    yield Heading(1, "Anything else they said")
    yield Words("Notes that belong under no prompt.")
    for box in (one for one in room if not one.prompt_code):
        yield from box.fields()
    yield from _offered(paper)


def _consent(paper: Paper) -> Iterator[Heading | Words | Field]:
    yield Heading(1, "Before you ask anything")
    yield Field("call:held_on", "Date of the call", "date", "Date of the call")
    yield Heading(2, "Consent")
    yield Words("Read this out, and record the answers before you ask anything else.", "hint")
    yield from (Words(words) for words in paper.guide.consent)
    yield _choice("consent:notes", "Did they agree to notes being taken?", YES_NO)
    yield _choice("consent:quotes", "Did they agree to be quoted word for word?", YES_NO)
    levels = tuple(Choice(one.code, one.text) for one in use_levels.OPTIONS)
    yield _choice("consent:use_level", "How may their words be used?", levels)


def _prompt(sheet: PromptSheet, room: list[Box]) -> Iterator[Heading | Words | Field]:
    prompt = sheet.prompt
    yield Heading(2, f"{prompt.code} {prompt.text}")
    minutes = f"About {sheet.minutes} minutes. " if sheet.minutes else ""
    if minutes or prompt.hint:
        yield Words(f"{minutes}{' '.join(prompt.hint.split())}".strip(), "hint")
    yield from _wrote(sheet)
    if sheet.probes:
        yield Words("Probes", "label")
        yield from (Words(f"{probe.code} {probe.text}") for probe in sheet.probes)
    for box in room:
        yield from box.fields()


def _wrote(sheet: PromptSheet) -> Iterator[Words]:
    """Give what the authority wrote, short, and which questions it left open."""
    if sheet.written:
        yield Words("What they wrote", "label")
    if sheet.gaps:
        yield Words(f"No answer to {', '.join(one.code for one in sheet.gaps)}.", "hint")
    yield from (Words(f"{one.code} {_shortly(one)}", "hint") for one in sheet.answered)


def _shortly(one: Written) -> str:
    said = " ".join("; ".join(one.words or (one.state.capitalize(),)).split())
    said = said if len(said) <= LONGEST else f"{said[: LONGEST - 1].rstrip()}…"
    return f"{one.text} {said}"


def _offered(paper: Paper) -> Iterator[Heading | Words | Field]:
    """Give room for whom to ask, what was promised, and what is to be done."""
    yield Heading(1, "People, documents and follow-ups")
    for at in range(1, OFFERED + 1):
        yield Heading(2, f"Person to ask {at}")
        yield from (_line(f"contact:{at}:{name}", words) for name, words in CONTACT)
        yield _choice(f"contact:{at}:theme", "What they can be asked about", paper.strands)
        yield _tick(f"contact:{at}:may_publish", "We may print their name and how to reach them")
    for at in range(1, OFFERED + 1):
        yield Heading(2, f"Document they promised {at}")
        yield from (_line(f"document:{at}:{name}", words) for name, words in DOCUMENT)
        yield _choice(f"document:{at}:theme", "What it is about", paper.strands)
        yield _tick(f"document:{at}:may_share", "We may share it with other councils")
    for at in range(1, OFFERED + 1):
        yield Heading(2, f"Follow-up {at}")
        yield _line(f"follow_up:{at}:text", "What is to be done")
        yield Field(f"follow_up:{at}:due_on", "By when", "date", "By when")


CONTACT: Final = (
    ("name", "Name"),
    ("role", "Job title"),
    ("email", "Work email address"),
    ("phone", "Work telephone number"),
)
DOCUMENT: Final = (
    ("title", "Title of the document"),
    ("kind", "Kind of document"),
    ("url", "Link to it on the web"),
    ("owner", "Who owns it"),
)


def _line(tag: str, words: str) -> Field:
    return Field(tag, words, "line", words)


def _choice(tag: str, words: str, options: tuple[Choice, ...]) -> Field:
    return Field(tag, words, "choice", words, options=options)


def _tick(tag: str, words: str) -> Field:
    return Field(tag, words, "choices", options=(Choice("yes", words),), inline=True)
