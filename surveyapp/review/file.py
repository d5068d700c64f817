"""One authority's file: every row it gave us, and what we may do with its words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from surveyapp import published
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.models import Answer, Interview, Submission
from synthesis import material
from synthesis.material import UseLevel


@dataclass(frozen=True, slots=True)
class File:
    """Everything one authority gave us, as rows."""

    submission: Submission
    answers: tuple[Answer, ...]
    interviews: tuple[Interview, ...]
    names: Mapping[str, str]  # what the files given with answers are called, by their ids

    @property
    def authority(self) -> str:
        """Return the authority's code."""
        return self.submission.authority_code

    @property
    def questionnaire(self) -> Questionnaire:
        """Return the questionnaire this authority answers."""
        return published.questionnaire(self.submission.questionnaire)

    def use_level(self, code: str) -> UseLevel:
        """Return how words under a question may be used; unnamed where nobody has said."""
        section = self.questionnaire.section(code)
        if not section.use_level:
            return "named"
        chosen = {state.section_code: state.use_level for state in self.submission.sections}
        return cast(UseLevel, chosen.get(section.code) or "unnamed")


def returned(file: File) -> material.Return:
    """Return what came back from an authority, and who signed it off."""
    submission = file.submission
    held = [interview.held_on for interview in file.interviews]
    return material.Return(
        authority=file.authority,
        questionnaire=_state(file),
        answered=sum(section.answered for section in submission.sections),
        asked=sum(section.asked for section in submission.sections),
        interviewed_on=max(held, default=None),
        signed_off_by=submission.submitted_by.name if submission.submitted_by else "",
        signed_off_on=submission.submitted_at.date() if submission.submitted_at else None,
    )


def _state(file: File) -> material.ReturnState:
    if file.submission.submitted_at is not None:
        return "returned"
    return "partial" if any(answer.value for answer in file.answers) else "not returned"
