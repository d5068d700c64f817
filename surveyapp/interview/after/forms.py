"""What an interviewer types and chooses after the call; meaning is checked by the services."""

import datetime as dt
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, cast

from flask import request
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import (
    AnyOf,
    DataRequired,
    Email,
    InputRequired,
    Length,
    Optional,
    Regexp,
    ValidationError,
)

from surveyapp import published
from surveyapp.definitions.answers.errors import AnswerError
from surveyapp.definitions.answers.evidence import web_address
from surveyapp.forms import ADDRESS, DayFields, stripped
from surveyapp.interview import corrections, follow_ups, tidying
from surveyapp.interview.follow_ups import Task
from surveyapp.interview.live.board import strands
from surveyapp.interview.naming import Contact, Document
from surveyapp.interview.notes import Typed
from surveyapp.interview.tidying import Edit
from surveyapp.models import Interview, Note
from surveyapp.models.correction import CorrectionKind, Prevails
from surveyapp.models.interview import NOTE_MARKS, NoteMark

UNPROMPTED: Final = "Unprompted"
NO_STRAND: Final = "As the prompt says"
KINDS: Final = {
    "corrects": "It corrects the answer",
    "deepens": "It adds to the answer, which stands",
}
PREVAILING: Final = {
    "note": "The note: the written answer is no longer evidence",
    "answer": "The written answer: the note is no longer evidence",
    "both": "Both, each for itself",
}
WHOLE: Final = re.compile(r"\d{1,9}")
LONG: Final = Length(max=200, message="This must be 200 characters or fewer")


class NoteForm(FlaskForm):
    """One note: its words, where it belongs, and what is to come of it."""

    text = TextAreaField("Words", filters=[lambda typed: tidying.clean(typed or "")])
    prompt = SelectField("Prompt")
    theme = SelectField("Strand")
    verbatim = BooleanField("Word for word: exactly what was said")
    follow_up = BooleanField("Something to come back to")
    mark = StringField(
        "What the note names", filters=[lambda typed: typed or ""], validators=[AnyOf(NOTE_MARKS)]
    )
    seen = HiddenField(validators=[Regexp(r"\d{1,9}")])
    keep = HiddenField()
    merged = HiddenField(filters=[lambda typed: tidying.clean(typed or "")])

    def typed(self, note: Note, text: str = "") -> Typed:
        """Return the note as it shall be."""
        return replace(
            tidying.typed_over(note, text or self.text.data or "", int(self.seen.data or 0)),
            prompt_code=self.prompt.data or "",
            theme=self.theme.data or "",
            verbatim=bool(self.verbatim.data),
            follow_up=bool(self.follow_up.data),
            mark=cast(NoteMark, self.mark.data or ""),
        )


class MergeForm(FlaskForm):
    """One note made of two, and the versions in which they were shown."""

    text = TextAreaField("Words", filters=[lambda typed: tidying.clean(typed or "")])
    seen = HiddenField(validators=[Regexp(r"\d{1,9}")])
    other_seen = HiddenField(validators=[Regexp(r"\d{1,9}")])


class ContactForm(FlaskForm):
    """Somebody to ask about a strand."""

    name = StringField(
        "Full name", filters=[stripped], validators=[DataRequired("Enter their full name"), LONG]
    )
    role = StringField("Job title", filters=[stripped], validators=[LONG])
    email = StringField(
        "Email address", filters=[stripped], validators=[Optional(), Email(ADDRESS), LONG]
    )
    phone = StringField("Telephone number", filters=[stripped], validators=[LONG])
    theme = SelectField(
        "Strand that they can be asked about",
        validators=[InputRequired("Choose a strand")],
        validate_choice=False,
    )
    may_publish = BooleanField("They agreed that we publish how to reach them")

    def told(self) -> Contact:
        """Return who it is."""
        return Contact(**{name: field.data for name, field in self._fields.items() if name in WHO})


class DocumentForm(FlaskForm):
    """A document that was promised; its date is read beside it."""

    title = StringField(
        "Title", filters=[stripped], validators=[DataRequired("Enter its title"), LONG]
    )
    url = StringField("Link", filters=[stripped], validators=[Length(max=2000)])
    kind = StringField("Kind of document", filters=[stripped], validators=[LONG])
    owner = StringField("Who can send it", filters=[stripped], validators=[LONG])
    theme = SelectField(
        "Strand that it belongs to",
        validators=[InputRequired("Choose a strand")],
        validate_choice=False,
    )
    may_share = BooleanField("We may share it with other authorities")

    def validate_url(self, field: StringField) -> None:
        """Refuse what is not the address of a web page."""
        try:
            field.data = web_address(field.data or "")
        except AnswerError:
            problem = "Enter a web address, such as https://www.example.org"
            raise ValidationError(problem) from None

    def told(self, dated: dt.date | None) -> Document:
        """Return what it is."""
        given = {name: field.data for name, field in self._fields.items() if name in WHAT}
        return Document(dated=dated, **given)


class TaskForm(FlaskForm):
    """What is to be done; the day to do it by is read beside it."""

    text = TextAreaField(
        "What is to be done",
        filters=[lambda typed: tidying.clean(typed or "")],
        validators=[
            DataRequired("Enter what is to be done"),
            Length(
                max=follow_ups.MOST_LETTERS,
                message=f"This must be {follow_ups.MOST_LETTERS:,} characters or fewer",
            ),
        ],
    )


class CorrectionForm(FlaskForm):
    """What a note does to a written answer, and which of them counts."""

    kind = StringField("What does the note do?")
    prevails = StringField("Which words count as evidence?")

    def validate_kind(self, field: StringField) -> None:
        """Refuse what is not offered."""
        if field.data not in KINDS:
            raise ValidationError("Choose what the note does to the answer")

    def validate_prevails(self, field: StringField) -> None:
        """Ask which words count where the answer is said to be wrong."""
        if self.kind.data == "corrects" and field.data not in PREVAILING:
            raise ValidationError("Choose which words count")

    def said(self) -> corrections.Said:
        """Return what was said."""
        kind = cast(CorrectionKind, self.kind.data)
        return corrections.Said(kind, cast(Prevails, self.prevails.data or "both"))


WHO: Final = frozenset(Contact.__dataclass_fields__)
WHAT: Final = frozenset(Document.__dataclass_fields__)


def note_form(note: Note, *, typed: bool) -> NoteForm:
    """Return the form of a note, as typed or as it stands."""
    now = {"text": note.text, "prompt": note.prompt_code, "theme": note.theme, "mark": note.mark}
    more = {"verbatim": note.verbatim, "follow_up": note.follow_up, "seen": note.version}
    form = NoteForm() if typed else NoteForm(formdata=None, **now, **more)
    form.prompt.choices = list(prompts(note).items())
    form.theme.choices = [("", NO_STRAND), *_strands(note.interview, note.theme)]
    return form


def prompts(note: Note) -> Mapping[str, str]:
    """Return the prompts that a note can be put under; one that is not in the guide stays."""
    guide = published.asked_on(note.interview)
    found = {"": UNPROMPTED} | {
        one.code: f"{one.code} {one.title or one.text}" for one in guide.prompts
    }
    return found | ({} if note.prompt_code in found else {note.prompt_code: note.prompt_code})


def offer_strands(form: ContactForm | DocumentForm, interview: Interview) -> None:
    """Let a form offer the strands of the questionnaire."""
    form.theme.choices = [("", "Choose a strand"), *_strands(interview, form.theme.data or "")]


def edits(notes: Mapping[uuid.UUID, Note]) -> Iterator[Edit]:
    """Yield the notes of a list as they came from it; those that it did not have are left alone."""
    for note in notes.values():
        key = note.id.hex
        seen = request.form.get(f"seen-{key}", "")
        if WHOLE.fullmatch(seen) and f"text-{key}" in request.form:
            shown = request.form.get(f"shown-{key}", "")
            yield Edit(note, request.form[f"text-{key}"], int(seen), shown)


def due(typed: DayFields) -> tuple[dt.date | None, str]:
    """Return the day to do something by, which may be left out, and what is wrong with it."""
    if not (typed.day or typed.month or typed.year):
        return None, ""
    problem = typed.problem("day")
    return (None, problem) if problem else (dt.date.fromisoformat(typed.iso), "")


def as_boxes(name: str, day: dt.date | None) -> DayFields:
    """Return a day as it stands in its three boxes."""
    parts = {"day": day.day, "month": day.month, "year": day.year} if day else {}
    return DayFields(name, {f"{name}-{part}": str(value) for part, value in parts.items()})


def task_of(form: TaskForm, day: dt.date | None, note: Note | None = None) -> Task:
    """Return what is to be done, as typed."""
    return Task(form.text.data or "", day, note)


def _strands(interview: Interview, now: str) -> list[tuple[str, str]]:
    found = dict(strands(interview))
    return list((found if not now or now in found else found | {now: now}).items())
