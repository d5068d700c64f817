"""What was said on the telephone, turned into what a review rests on."""

import uuid
from collections.abc import Iterator
from typing import cast

from surveyapp import published
from surveyapp.definitions.interview import Prompt
from surveyapp.material.file import File, prevails
from surveyapp.models import KeyContact, Note, SharedDocument
from surveyapp.models.correction import CorrectionKind
from synthesis import material
from synthesis.material import UseLevel

Piece = material.Response | material.SharedDocument | material.KeyContact


def pieces(file: File) -> Iterator[Piece]:
    """Yield what came of every call: its notes, and the documents and people it led to."""
    yield from (response for note, response in _noted(file) if not file.is_corrected(note))
    for interview in file.interviews:
        for document in interview.documents:
            yield _document(file, document)
        for contact in interview.contacts:
            yield _contact(file, contact)


def overtaken(file: File) -> Iterator[material.Response]:
    """Yield the notes over which a written answer prevails."""
    yield from (response for note, response in _noted(file) if file.is_corrected(note))


def corrections(file: File) -> Iterator[material.Correction]:
    """Yield what the notes corrected or deepened, by the ids of words on both sides."""
    for one in file.standing:
        answer = (file.authority, one.question_code, one.entry_id)
        yield material.Correction(
            note=_id(file, one.note_id),
            answer="/".join(part for part in answer if part),
            kind=cast(CorrectionKind, one.kind),
            prevails=prevails(one),
        )


def _noted(file: File) -> Iterator[tuple[Note, material.Response]]:
    """Yield the notes with words in the record, each as a response."""
    for interview in file.interviews:
        prompts = {prompt.code: prompt for prompt in published.guide(interview.guide).prompts}
        for note in interview.notes:
            prompt = prompts.get(note.prompt_code)
            if note.counts and not _is_reminder(file, note, prompt):
                yield note, _response(file, note, prompt)


def _is_reminder(file: File, note: Note, prompt: Prompt | None) -> bool:
    """Say whether a note is the interviewer's own, of something to do, and so is no evidence.

    It is marked as such and is on no strand; nobody said it in so many words or stands by it.
    """
    is_marked = note.follow_up or bool(note.mark)
    is_theirs = note.verbatim or note.is_confirmed or bool(note.theme)
    if not is_marked or is_theirs or (prompt is not None and prompt.theme):
        return False
    return all(one.note_id != note.id for one in file.corrections)


def _id(file: File, row: uuid.UUID) -> str:
    """Name what came of a call, so that a decision on it still finds it after a rebuild."""
    return f"{file.authority}/interview/{row.hex[:12]}"


def _response(file: File, note: Note, prompt: Prompt | None) -> material.Response:
    # The strand that the interviewer put the words under tells more than the prompt's.
    theme = note.theme or (prompt.theme if prompt else "")
    return material.Response(
        id=_id(file, note.id),
        text=note.text,
        authority=file.authority,
        source="interview",
        question_code=note.prompt_code,
        question=prompt.text if prompt else "",
        asked=theme,
        use_level=_use_level(file, note, theme),
        verbatim=note.verbatim,
        confirmed=note.is_confirmed,
    )


def _use_level(file: File, note: Note, theme: str) -> UseLevel:
    """Return how spoken words may be used: as was said on the call, or else for that strand.

    Without consent to be quoted, nothing that was noted word for word goes on.
    """
    interview = note.interview
    if not interview.consent_notes or (note.verbatim and not interview.consent_quotes):
        return "withheld"
    if interview.use_level:
        return cast(UseLevel, interview.use_level)
    sections = file.questionnaire.sections
    asked = next((section for section in sections if theme and section.theme == theme), None)
    return file.use_level(asked.code) if asked else "unnamed"


def _document(file: File, document: SharedDocument) -> material.SharedDocument:
    return material.SharedDocument(
        id=_id(file, document.id),
        authority=file.authority,
        theme=document.theme,
        title=document.title,
        kind=document.kind,
        url=document.url,
        dated=document.dated,
        owner=document.owner,
        may_share=document.may_share,
    )


def _contact(file: File, contact: KeyContact) -> material.KeyContact:
    return material.KeyContact(
        id=_id(file, contact.id),
        authority=file.authority,
        theme=contact.theme,
        name=contact.name,
        role=contact.role,
        email=contact.email,
        phone=contact.phone,
        may_publish=contact.may_publish,
    )
