"""The copy of a return that its people keep: what was submitted, by whom and when, as Word.

It is a document to read. The Word form is another: that one is filled in and sent back.
"""

from collections.abc import Iterator
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from surveyapp.models import Submission
from surveyapp.respond import handing_in, standing
from surveyapp.respond.handing_in import Chapter, Line
from synthesis.review.blocks import (
    Block,
    Contents,
    Cover,
    Heading,
    PageBreak,
    Paragraph,
    Review,
    Text,
)
from synthesis.word import write

ENGLAND: Final = ZoneInfo("Europe/London")
_AUTHOR: Final = "The review team"


def document(session: Session, submission: Submission) -> bytes:
    """Write a return that was submitted as a Word document."""
    return write(laid_out(session, submission))


def laid_out(session: Session, submission: Submission) -> Review:
    """Lay out a return that was submitted: what proves it, the declaration, every answer."""
    now = standing.read(session, submission)
    chapters = handing_in.chapters(now, submission.sections)
    name = f"{submission.authority.name}, {submission.survey.title}"
    return Review(
        title=f"Return submitted: {submission.authority.name}",
        subject=name,
        author=_AUTHOR,
        version=f"Reference {submission.reference}",
        blocks=(*_opening(submission), *(one for part in chapters for one in _chapter(part))),
    )


def _opening(submission: Submission) -> Iterator[Block]:
    by = submission.submitted_by.name if submission.submitted_by else ""
    details = (
        ("Reference", submission.reference or ""),
        ("Survey", submission.survey.title),
        ("Submitted by", by),
        ("Submitted on", _moment(submission)),
    )
    yield Cover(f"Return of {submission.authority.name}", submission.survey.title, details)
    yield Contents(depth=1, numbered=False)
    yield PageBreak()
    yield Heading(1, "Declaration", "declaration")
    yield _words(f"{by} declared on {_moment(submission)}:")
    yield _words(f"“{handing_in.DECLARATION}”")


def _chapter(chapter: Chapter) -> Iterator[Block]:
    code = chapter.section.code
    yield Heading(1, chapter.section.title, code)
    if not chapter.lines:
        yield _words("Nothing was asked here, given the other answers.")
    for line in chapter.lines:
        yield Heading(2, f"{line.question.code} {line.question.text}", line.question.code)
        yield from _answer(line)
    if chapter.use:
        yield Paragraph((Text(chapter.use),), "note")


def _answer(line: Line) -> Iterator[Block]:
    if not line.texts:
        yield Paragraph((Text("Not answered.", italic=True),))
    for number, text in enumerate(line.texts, start=1):
        entry = (Text(f"Entry {number}: ", bold=True),) if len(line.texts) > 1 else ()
        for place, words in enumerate(one for one in text.splitlines() if one.strip()):
            yield Paragraph((*(() if place else entry), Text(words)))


def _words(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def _moment(submission: Submission) -> str:
    """Say when it was submitted, as people in England read it."""
    at = submission.submitted_at
    here = at.astimezone(ENGLAND) if at else None
    return f"{here.day} {here:%B %Y} at {here:%H:%M}" if here else ""
