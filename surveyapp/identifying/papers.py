"""Papers that were sent in and wait on the disk: Word forms of returns and of calls, and passages.

What is taken from them goes into answers and notes; until then they are looked through as they are.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import files
from surveyapp.identifying.texts import Stored, Text
from surveyapp.models import Interview, Submission, Survey

PREFIX: Final = "paper"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_JSON: Final = "application/json"
# Where they are kept below the instance: of a return, and of a call.
_FORMS: Final = "forms"
_CALLS: Final = "interviews"
# What a call's folder holds; hints are made from the drafts.
_KINDS: Final[Mapping[str, str]] = {"forms": _WORD, "drafts": _JSON}


def waiting(
    session: Session, survey: Survey, instance: Path, wanted: Collection[str] | None = None
) -> Iterator[Text]:
    """Yield the papers of a survey's authorities, in two queries; or those at some places."""
    if wanted is not None and not any(one.startswith(f"{PREFIX}/") for one in wanted):
        return
    returns = select(Submission.id, Submission.authority_code).where(
        Submission.survey_id == survey.id
    )
    calls = select(Interview.id, Submission.authority_code).join(Interview.submission)
    calls = calls.where(Submission.survey_id == survey.id)
    for id, authority in session.execute(returns.order_by(Submission.id)):
        yield from _within(instance, f"{_FORMS}/{id.hex}", _WORD, (id, authority), wanted)
    for id, authority in session.execute(calls.order_by(Interview.id)):
        for kind, media_type in _KINDS.items():
            folder = f"{_CALLS}/{id.hex}/{kind}"
            yield from _within(instance, folder, media_type, (id, authority), wanted)


def _within(
    instance: Path,
    folder: str,
    media_type: str,
    of: tuple[uuid.UUID, str],
    wanted: Collection[str] | None,
) -> Iterator[Text]:
    ever = dt.datetime.max.replace(tzinfo=dt.UTC)
    for key in files.keys(instance / folder, ever):
        place = f"{PREFIX}/{of[0].hex}/{key}"
        if wanted is None or place in wanted:
            # A form never changes under its key; passages do, as they are placed.
            changed = (instance / folder / key).stat().st_mtime_ns
            yield Text(place, of[1], "", Stored(folder, key, media_type, f"{key} {changed}"))
