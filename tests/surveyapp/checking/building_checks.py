"""A build whose manifest quotes two passages of Alder's, for tests of checking."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import built, files
from surveyapp.checking import listing, printing, quotations, sending
from surveyapp.checking.sending import Asked, Sender
from surveyapp.config import Settings
from surveyapp.models import Build, MemberCheck, Passage, Person, Survey
from tests.surveyapp.building import NOON

DUE = NOON.date().replace(month=8, day=20)


def passages(session: Session, survey: Survey) -> list[Passage]:
    """Return the passages that are printed: Alder's written ones."""
    return list(
        session.scalars(
            select(Passage)
            .where(Passage.survey_id == survey.id, Passage.source == "questionnaire")
            .where(Passage.authority_code == "X06000001")
            .order_by(Passage.place)
        )
    )


# Above any number that others give.
NUMBER = 99


def build(
    session: Session, survey: Survey, person: Person, folder: Path, number: int = NUMBER
) -> Build:
    """Keep a build with a manifest, as the job leaves it."""
    row = Build(
        survey=survey,
        number=number,
        asked_by=person,
        asked_at=NOON,
        started_at=NOON,
        done_at=NOON,
    )
    session.add(row)
    session.flush()
    print_these(row, folder, passages(session, survey))
    session.flush()
    return row


def print_these(build: Build, folder: Path, found: Iterable[Passage]) -> None:
    """Let a build print some passages: quote the first, and list the others."""
    entries = {
        f"{one.response}:{one.start}-{one.end}": {
            "response": one.response,
            "start": one.start,
            "end": one.end,
            "words_sha256": hashlib.sha256(one.words.encode()).hexdigest(),
        }
        for one in found
    }
    first, *others = entries
    manifest = {
        "passages": entries,
        "quotations": [{"source": first, "place": "S01.strengths"}],
        "evidence": [{"source": id, "held": ""} for id in others],
    }
    place = built.place(folder, build.survey_id, build.number)
    key = files.put(place, json.dumps(manifest).encode())
    build.files = {built.MANIFEST: {"key": key, "size": 1, "sha256": "x"}}


def whole(check: MemberCheck, **form: str) -> dict[str, str]:
    """Return what a page sends: the boxes of all passages that stand on it, and what was said."""
    return {f"{one.id.hex}:instead": one.words for one in check.items} | form


def send(session: Session, survey: Survey, person: Person, folder: Path) -> MemberCheck:
    """Send Alder a check of a build."""
    made = build(session, survey, person, folder)
    printed = quotations.printed(session, made, folder, ["X06000001"])
    told = printing.read(folder, made)
    line = next(one for one in listing.lines(session, survey, made, told) if one.count)
    settings = Settings(instance=folder.parent, mail="outbox")
    asked = Asked(made, printed["X06000001"], DUE)
    check = sending.send(session, line, asked, Sender(person, NOON, settings))
    session.commit()
    return check
