"""What was published, read back: each snapshot as the definition it was made from."""

import json
import uuid
from collections.abc import Mapping
from functools import lru_cache

from surveyapp.definitions.interview import InterviewGuide
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.models import Snapshot, Submission

MOST_KEPT = 64
_ASKED: dict[uuid.UUID, Questionnaire] = {}


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


def guide(snapshot: Snapshot) -> InterviewGuide:
    """Return the interview guide of a snapshot."""
    return _guide(snapshot.content)


def files(snapshot: Snapshot) -> Mapping[str, str]:
    """Return the files of a codebook or outline, as text by name."""
    found: dict[str, str] = json.loads(snapshot.content)
    return found


# A snapshot never changes, so it need not be read again for every answer that is saved.
@lru_cache(maxsize=32)
def _questionnaire(content: str) -> Questionnaire:
    return Questionnaire.rebuild(content)


@lru_cache(maxsize=32)
def _guide(content: str) -> InterviewGuide:
    return InterviewGuide.rebuild(content)
