"""What was said on the telephone, turned into what a review rests on."""

from collections.abc import Iterator
from typing import cast

from surveyapp import published
from surveyapp.definitions.interview import Prompt
from surveyapp.models import KeyContact, Note, SharedDocument
from surveyapp.review.file import File
from synthesis import material
from synthesis.material import UseLevel

Piece = material.Response | material.SharedDocument | material.KeyContact


def pieces(file: File) -> Iterator[Piece]:
    """Yield what came of every call: its notes, and the documents and people it led to."""
    for interview in file.interviews:
        prompts = {prompt.code: prompt for prompt in published.guide(interview.guide).prompts}
        for note in interview.notes:
            yield _response(file, note, prompts.get(note.prompt_code))
        for document in interview.documents:
            yield _document(file, document)
        for contact in interview.contacts:
            yield _contact(file, contact)


def _response(file: File, note: Note, prompt: Prompt | None) -> material.Response:
    return material.Response(
        id=f"{file.authority}/interview/{note.id.hex[:12]}",
        text=note.text,
        authority=file.authority,
        source="interview",
        question_code=note.prompt_code,
        question=prompt.text if prompt else "",
        asked=(prompt.theme or "") if prompt else "",
        use_level=_use_level(file, note, prompt.theme if prompt else ""),
        verbatim=note.verbatim,
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
        id=f"{file.authority}/interview/{document.id.hex[:12]}",
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
        id=f"{file.authority}/interview/{contact.id.hex[:12]}",
        authority=file.authority,
        theme=contact.theme,
        name=contact.name,
        role=contact.role,
        email=contact.email,
        phone=contact.phone,
        may_publish=contact.may_publish,
    )
