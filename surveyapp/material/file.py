"""One authority's file: every row it gave us, and what we may do with its words."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from surveyapp import published
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.models import Answer, Correction, Interview, Note, Submission
from surveyapp.models.correction import Prevails
from synthesis import material
from synthesis.material import UseLevel


@dataclass(frozen=True, slots=True)
class File:
    """Everything one authority gave us, as rows."""

    submission: Submission
    answers: tuple[Answer, ...]
    interviews: tuple[Interview, ...]
    names: Mapping[str, str]  # what the files given with answers are called, by their ids
    corrections: tuple[Correction, ...] = ()  # those not undone

    @property
    def authority(self) -> str:
        """Return the authority's code."""
        return self.submission.authority_code

    @property
    def questionnaire(self) -> Questionnaire:
        """Return the questionnaire this authority answers."""
        return published.questionnaire(self.submission.questionnaire)

    @property
    def held_on(self) -> list[dt.date]:
        """Return the days of the calls with the authority."""
        return [interview.held_on for interview in self.interviews if interview.held_on]

    @property
    def standing(self) -> Iterator[Correction]:
        """Yield the corrections whose note may be used; with its words, a correction is gone."""
        if not self.corrections:
            return
        heard = {note.id for call in self.interviews if call.consent_notes for note in call.notes}
        for one in self.corrections:
            if one.note_id in heard and one.note.counts:
                yield one

    def is_overtaken(self, row: Answer) -> bool:
        """Say whether a note prevails over a written answer."""
        return any(
            (one.question_code, one.entry_id) == (row.question_code, row.entry_id)
            for one in self.standing
            if prevails(one) == "note"
        )

    def is_corrected(self, note: Note) -> bool:
        """Say whether written answers prevail over a note, and it prevails over none."""
        ends = {prevails(one) for one in self.standing if one.note_id == note.id}
        return "answer" in ends and "note" not in ends

    def use_level(self, code: str) -> UseLevel:
        """Return how words under a question may be used; unnamed where nobody has said."""
        section = self.questionnaire.section(code)
        if not section.use_level:
            return "named"
        for state in self.submission.sections:
            if state.section_code == section.code:
                return cast(UseLevel, state.use_level or "unnamed")
        return "unnamed"


def prevails(correction: Correction) -> Prevails:
    """Return which words are evidence; what only deepens an answer leaves both."""
    return "both" if correction.kind == "deepens" else cast(Prevails, correction.prevails)


def returned(file: File) -> material.Return:
    """Return what came back from an authority, and who signed it off."""
    submission = file.submission
    over = [call for call in file.interviews if _is_over(call)]
    return material.Return(
        authority=file.authority,
        questionnaire=_state(file),
        answered=sum(section.answered for section in submission.sections),
        asked=sum(section.asked for section in submission.sections),
        interviewed_on=max((call.held_on for call in over if call.held_on), default=None),
        signed_off_by=submission.submitted_by.name if submission.submitted_by else "",
        signed_off_on=submission.submitted_at.date() if submission.submitted_at else None,
        interviews=len(over),
        confirmed=sum(call.confirmed_at is not None for call in over),
        under_way=len(file.interviews) - len(over),
    )


def _is_over(call: Interview) -> bool:
    """Say whether a call has ended; one that was put down afterwards has no beginning."""
    return call.ended_at is not None or call.started_at is None


def _state(file: File) -> material.ReturnState:
    if file.submission.submitted_at is not None:
        return "returned"
    return "partial" if any(answer.value for answer in file.answers) else "not returned"
