"""The folder that a survey was set up from, told from the others that hold its questionnaire."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import published
from surveyapp.coordinate import folders, instruments
from surveyapp.definitions.snapshots import content_hash
from surveyapp.models import AuditEvent, Survey

TOOK = ("survey.set_up", "survey.published")


def candidates(root: Path, survey: Survey) -> tuple[str, ...]:
    """Return the folders whose questionnaire has the code of the one that a survey asks."""
    return folders.of(root, published.questionnaire(survey.questionnaire).code)


def own(session: Session, root: Path, survey: Survey) -> str:
    """Return the folder that a survey came from, or "" where nobody can tell.

    Where it was not noted, it is the only folder that there is, or the only one that says what the
    survey asks.
    """
    names = candidates(root, survey)
    noted = set(_noted(session, survey))
    known = [name for name in names if folders.mark(name) in noted]
    if not known and len(names) > 1:
        known = [name for name in names if _says_the_same(root, name, survey)]
    found = known or names
    return found[0] if len(found) == 1 else ""


def _noted(session: Session, survey: Survey) -> Iterator[str]:
    """Yield the mark of the folder that was published last."""
    details = session.scalars(
        select(AuditEvent.detail)
        .where(
            AuditEvent.subject_type == "survey",
            AuditEvent.subject_id == str(survey.id),
            AuditEvent.action.in_(TOOK),
        )
        .order_by(AuditEvent.at.desc())
    )
    marks = (detail["folder"] for detail in details if "folder" in detail)
    yield from list(marks)[:1]


def _says_the_same(root: Path, name: str, survey: Survey) -> bool:
    looked = folders.look(root, name)
    if looked is None or looked.folder is None:
        return False
    snapshots = looked.folder.snapshots
    return all(
        content_hash(snapshots[kind]) == pinned.content_hash
        for kind, pinned in instruments.pinned(survey).items()
    )
