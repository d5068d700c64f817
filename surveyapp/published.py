"""What was published, read back: each snapshot as the definition it was made from."""

import json
from collections.abc import Mapping
from functools import lru_cache

from surveyapp.definitions.interview import InterviewGuide
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.models import Snapshot


def questionnaire(snapshot: Snapshot) -> Questionnaire:
    """Return the questionnaire of a snapshot."""
    return _questionnaire(snapshot.content)


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
