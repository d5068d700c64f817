"""A call with Birch, and the files that come of one: a filled-in form, a transcript, notes."""

import datetime as dt
import io
from dataclasses import replace

from docx import Document
from sqlalchemy.orm import Session

from surveyapp.interview import services as interview
from surveyapp.interview.services import Call, Consent
from surveyapp.interview.wordguide import services as wordguide
from surveyapp.interview.wordguide.layout import form_of
from surveyapp.models import Interview, Submission
from synthesis.word.form import Field, write
from tests.surveyapp.building import NOON, somebody

Filled = dict[str, str | tuple[str, ...]]
LATER = dt.datetime(2030, 1, 1, 12, 0, tzinfo=dt.UTC)
AGREED: Filled = {
    "consent:notes": ("yes",),
    "consent:quotes": ("yes",),
    "consent:use_level": ("unnamed",),
}
TRANSCRIPT = """WEBVTT

1f0c/12-0
00:00:03.540 --> 00:00:06.000
<v Iris Notes>How do families
find you?</v>

1f0c/12-1
00:00:07.000 --> 00:00:11.250
<v Cy Birch>Mostly through schools &amp; health visitors.</v>

1f0c/12-2
00:00:11.500 --> 00:00:15.000
<v Cy Birch>One front door, since May.</v>

1f0c/13-0
00:01:20.000 --> 00:01:22.000
<v Iris Notes>What else should we know?</v>

1f0c/13-1
00:01:23.000 --> 00:01:26.000
<v Cy Birch>Nothing, really.</v>
"""


def call_with(session: Session, birch: Submission, *, agreed: bool = False) -> Interview:
    """Return a call that Iris makes; agreed means that notes may be taken."""
    iris = somebody(session, "Iris Notes")
    made = interview.record_interview(
        session, birch, Call(iris, "Cy Birch", "Service manager", dt.date(2015, 7, 25))
    )
    if agreed:
        consent = Consent(notes=True, quotes=True)
        interview.record_consent(session, made, consent, iris, NOON)
    session.commit()
    return made


def form_sent_back(
    session: Session, call: Interview, given: Filled, moment: dt.datetime = LATER
) -> bytes:
    """The Word form of an interview, filled in."""
    form = form_of(wordguide.paper(session, call, moment))
    assert given.keys() <= {one.tag for one in form.fields()}
    blocks = (_filled(one, given) if isinstance(one, Field) else one for one in form.blocks)
    return write(replace(form, blocks=tuple(blocks)))


def word_file(*lines: str, table: tuple[str, ...] = ()) -> bytes:
    """A Word document of somebody's own: lines that begin with # are headings."""
    document = Document()
    for line in lines:
        if line.startswith("# "):
            document.add_heading(line[2:], 1)
        else:
            document.add_paragraph(line)
    if table:
        cells = document.add_table(1, len(table)).rows[0].cells
        for cell, words in zip(cells, table, strict=True):
            cell.text = words
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _filled(field: Field, given: Filled) -> Field:
    if field.tag not in given:
        return field
    value = given[field.tag]
    return replace(field, text=value) if isinstance(value, str) else replace(field, chosen=value)
