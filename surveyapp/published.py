"""What was published, read back: each snapshot as the definition it was made from."""

import json
import uuid
from collections.abc import Mapping
from functools import lru_cache

from surveyapp.definitions.interview import InterviewGuide
from surveyapp.definitions.questionnaire import Privacy, Questionnaire
from surveyapp.models import Interview, Snapshot, Submission, Survey

MOST_KEPT = 64
_ASKED: dict[uuid.UUID, Questionnaire] = {}
_TOLD: dict[uuid.UUID, InterviewGuide] = {}


def questionnaire(snapshot: Snapshot) -> Questionnaire:
    """Return the questionnaire of a snapshot."""
    return _questionnaire(snapshot.content)


def asked(submission: Submission) -> Questionnaire:
    """Return what a submission asks; its snapshot is fetched once, because it never changes."""
    known = _ASKED.get(submission.questionnaire_id)
    if known is None:
        known = questionnaire(submission.questionnaire)
        if len(_ASKED) >= MOST_KEPT:
            _ASKED.clear()
        _ASKED[submission.questionnaire_id] = known
    return known


def privacy(submission: Submission) -> Privacy:
    """Return who answers for what people tell us in a return, whom to ask, how long it is kept."""
    return _privacy(submission.survey) or _of_folder(asked(submission), submission.survey)


def privacy_of_survey(survey: Survey) -> Privacy:
    """Return who answers for what people tell us in a survey's returns."""
    return _privacy(survey) or _of_folder(questionnaire(survey.questionnaire), survey)


def guide(snapshot: Snapshot) -> InterviewGuide:
    """Return the interview guide of a snapshot."""
    return _guide(snapshot.content)


def asked_on(interview: Interview) -> InterviewGuide:
    """Return the guide of an interview; its snapshot is fetched once, because it never changes."""
    known = _TOLD.get(interview.guide_id)
    if known is None:
        known = guide(interview.guide)
        if len(_TOLD) >= MOST_KEPT:
            _TOLD.clear()
        _TOLD[interview.guide_id] = known
    return known


def files(snapshot: Snapshot) -> Mapping[str, str]:
    """Return the files of a codebook or outline, as text by name."""
    found: dict[str, str] = json.loads(snapshot.content)
    return found


def _privacy(survey: Survey) -> Privacy | None:
    """Return what was said for this survey, if anything was."""
    said = Privacy(controller=survey.controller, contact=survey.contact, kept_for=survey.kept_for)
    return said if said != Privacy() else None


def _of_folder(asked: Questionnaire, survey: Survey) -> Privacy:
    """Return what the questionnaire says; nobody invented answers for a real survey."""
    is_unfit = asked.privacy.is_invented and not survey.is_example
    return Privacy() if is_unfit else asked.privacy


# A snapshot never changes, so it need not be read again for every answer that is saved.
@lru_cache(maxsize=32)
def _questionnaire(content: str) -> Questionnaire:
    return Questionnaire.rebuild(content)


@lru_cache(maxsize=32)
def _guide(content: str) -> InterviewGuide:
    return InterviewGuide.rebuild(content)
