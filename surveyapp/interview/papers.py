"""Files that were sent in about an interview, kept for a while beside it and then thrown away.

What was taken from them is in the notes and their history. Once words have been withdrawn nothing
of the interview's papers may stay, for the words may stand in any of them.
"""

import datetime as dt
import shutil
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session, sessionmaker

from surveyapp import files, leftovers
from surveyapp.models import Interview

KEPT: Final = dt.timedelta(days=30)
FOLDER, FORMS, DRAFTS, HINTS = leftovers.PAPERS, "forms", "drafts", "hints"


def forms(instance: Path, interview: Interview) -> Path:
    """Return the folder of the guides that came back as Word forms."""
    return _folder(instance, interview) / FORMS


def drafts(instance: Path, interview: Interview) -> Path:
    """Return the folder of the passages that wait to be placed."""
    return _folder(instance, interview) / DRAFTS


def hints(instance: Path, interview: Interview) -> Path:
    """Return the folder of the prompts that are suggested for those passages."""
    return _folder(instance, interview) / HINTS


def forget(instance: Path, interview: Interview) -> None:
    """Throw away every paper of an interview; it is no fault when there is none."""
    shutil.rmtree(_folder(instance, interview), ignore_errors=True)


def sweep(instance: Path, at: dt.datetime) -> None:
    """Throw away the papers that nobody has touched for long."""
    root = instance / FOLDER
    for folder in root.glob("*/*"):
        for key in tuple(files.keys(folder, at - KEPT)):
            files.delete(folder, key)


def sweep_now(_: sessionmaker[Session], instance: Path) -> None:
    """Sweep up, as a job."""
    sweep(instance, dt.datetime.now(dt.UTC))


def _folder(instance: Path, interview: Interview) -> Path:
    return instance / FOLDER / interview.id.hex
