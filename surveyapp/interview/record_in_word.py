"""The record of an interview as a Word document, the same for both sides."""

from collections.abc import Iterator
from typing import Final

from surveyapp.interview import recording
from surveyapp.interview.recording import Chapter
from surveyapp.models import Interview, Note
from surveyapp.pages import day, moment
from synthesis.review.blocks import Block, Cell, Heading, Paragraph, Review, Table, Text
from synthesis.word import write

AUTHOR: Final = "The review team"
HOW_TO_READ: Final = (
    "What stands in quotation marks was taken down word for word. Everything else says in the "
    "interviewer’s words what was said."
)
ANCHOR: Final = "prompt-{}"
ANSWERS: Final = {None: "Not asked", True: "Yes", False: "No"}


def document(interview: Interview) -> bytes:
    """Write the record as a Word document."""
    return write(laid_out(interview))


def laid_out(interview: Interview) -> Review:
    """Lay out the record: who spoke, what was agreed to, and every note as it stands."""
    authority, survey = interview.submission.authority.name, interview.submission.survey
    return Review(
        title=f"Record of an interview: {authority}",
        subject=f"{authority}, {survey.title}",
        author=AUTHOR,
        version=standing(interview),
        blocks=tuple(_blocks(interview)),
    )


def standing(interview: Interview) -> str:
    """Say in a line how far the record is."""
    if interview.confirmed_at:
        return f"Confirmed by {interview.interviewee} on {moment(interview.confirmed_at)}"
    if interview.unanswered_at:
        return f"Not confirmed: no answer by {day(interview.answer_by or interview.unanswered_at)}"
    if interview.offered_at:
        return f"Not confirmed yet: offered on {day(interview.offered_at)}"
    return "Not confirmed: a draft that has not been offered yet"


def _blocks(interview: Interview) -> Iterator[Block]:
    authority = interview.submission.authority.name
    yield Heading(1, f"Interview with {interview.interviewee}, {authority}", "record")
    yield Paragraph((Text(f"{standing(interview)}."),), "lead")
    yield _facts(interview)
    yield Paragraph((Text(HOW_TO_READ),), "note")
    for number, chapter in enumerate(recording.chapters(interview), start=1):
        yield from _chapter(number, chapter)


def _facts(interview: Interview) -> Table:
    rows = tuple(
        (Cell((Text(name, bold=True),)), Cell((Text(words),)))
        for name, words in _who_and_when(interview)
    )
    return Table(
        "facts",
        "The interview",
        "Who spoke with whom, when, and what was agreed to.",
        ("What", "Details"),
        rows,
        widths=(1, 2.4),
    )


def _who_and_when(interview: Interview) -> Iterator[tuple[str, str]]:
    survey, authority = interview.submission.survey, interview.submission.authority
    yield "Survey", survey.title
    yield "Authority", authority.name
    yield "Interviewed", f"{interview.interviewee}, {interview.interviewee_role}".rstrip(", ")
    yield "Interviewer", interview.interviewer.name
    if interview.note_taker:
        yield "Notes taken by", interview.note_taker.name
    yield "When", _when(interview)
    yield "May notes be taken?", ANSWERS[interview.consent_notes]
    yield "May words be quoted?", ANSWERS[interview.consent_quotes]
    yield "How words may be used", recording.USES[interview.use_level]


def _chapter(number: int, chapter: Chapter) -> Iterator[Block]:
    yield Heading(2, chapter.title, ANCHOR.format(number))
    for note in chapter.notes:
        yield from _note(note)


def _note(note: Note) -> Iterator[Block]:
    lines = [line.strip() for line in note.text.splitlines() if line.strip()]
    if note.verbatim and lines:
        lines[0] = f"“{lines[0]}"
        lines[-1] = f"{lines[-1]}”"
    for line in lines:
        yield Paragraph((Text(line),))
    yield Paragraph((Text(_about(note)),), "note")


def _about(note: Note) -> str:
    """Say when something was said, whether word for word, and whether it is confirmed."""
    at = recording.elapsed(note)
    added = recording.is_added(note)
    words = "Written by the person interviewed" if added else "In the interviewer’s words"
    parts = (
        f"At {at}" if at else "",
        "Word for word" if note.verbatim and not added else words,
        recording.STANDINGS[recording.standing(note)],
    )
    return ". ".join(part for part in parts if part) + "."


def _when(interview: Interview) -> str:
    if interview.started_at and interview.ended_at:
        minutes = round((interview.ended_at - interview.started_at).total_seconds() / 60)
        return f"{moment(interview.started_at)}, {minutes} minutes"
    began = interview.started_at or interview.starts_at
    if began:
        return moment(began)
    return day(interview.held_on) if interview.held_on else "Not held yet"
