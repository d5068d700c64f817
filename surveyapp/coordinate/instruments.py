"""What a survey pins besides its questionnaire, and what is different in a folder, in words."""

from collections.abc import Iterator, Mapping
from typing import Final

from surveyapp import published
from surveyapp.definitions import codebook
from surveyapp.definitions.folder import Folder
from surveyapp.models import Snapshot, Survey
from surveyapp.models.survey import SnapshotKind
from synthesis import codebook as tagging

NAMES: Final[Mapping[SnapshotKind, str]] = {
    "questionnaire": "Questionnaire",
    "interview guide": "Interview guide",
    "codebook": "Codebook",
    "outline": "Outline of the review",
}


def pinned(survey: Survey) -> Mapping[SnapshotKind, Snapshot]:
    """Return what a survey is made of, by kind."""
    return {
        "questionnaire": survey.questionnaire,
        "interview guide": survey.guide,
        "codebook": survey.codebook,
        "outline": survey.outline,
    }


def pin(survey: Survey, kind: SnapshotKind, snapshot: Snapshot) -> None:
    """Make a survey go on with another snapshot of one kind."""
    match kind:
        case "questionnaire":
            survey.questionnaire = snapshot
        case "interview guide":
            survey.guide = snapshot
        case "codebook":
            survey.codebook = snapshot
        case "outline":
            survey.outline = snapshot


def differences(kind: SnapshotKind, pinned: Snapshot, folder: Folder) -> tuple[str, ...]:
    """Return what is different in a folder, in words."""
    match kind:
        case "interview guide":
            old, new = published.guide(pinned).prompts, folder.guide.prompts
            return tuple(_by_code({one.code: one for one in old}, {one.code: one for one in new}))
        case "codebook":
            files = published.files(pinned)
            before = tagging.parse(files[codebook.NAME], codebook.NAME, files)
            return tuple(_of_codebook(before, folder.codebook))
    return ("The file is different.",)


def _of_codebook(old: tagging.Codebook, new: tagging.Codebook) -> Iterator[str]:
    yield from _by_code({one.code: one for one in old}, {one.code: one for one in new})
    if old.examples != new.examples:
        yield f"The coded examples changed: {len(old.examples)} before, {len(new.examples)} now."


def _by_code(old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[str]:
    for code, one in new.items():
        if code not in old:
            yield f"{code} is new."
        elif old[code] != one:
            yield f"{code} is different."
    for code in old:
        if code not in new:
            yield f"{code} is taken out."
