"""What was printed and handed out: builds of the review, checks of members, files asked for."""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import func, select

from benchmarks.filling.ground import NOW, Ground, Row, Rows, Told
from surveyapp import built, files
from surveyapp.models import Build, CheckItem, Export, MemberCheck

BUILDS: Final = 12
ITEMS: Final = 20
EVIDENCE: Final = 200


def build(ground: Ground, told: Sequence[Told], count: int) -> uuid.UUID:
    """Make builds, the last two with what they print, and return the last one's id."""
    last = ground.session.scalar(
        select(func.max(Build.number)).where(Build.survey_id == ground.survey.id)
    )
    first = (last or 0) + 1
    rows = [_build(ground, told, first + number) for number in range(count)]
    ground.session.add_all(rows)
    ground.session.flush()
    return rows[-1].id


def _build(ground: Ground, told: Sequence[Told], number: int) -> Build:
    at = NOW - dt.timedelta(days=100) + dt.timedelta(days=number)
    place = built.place(ground.folder, ground.survey.id, number)
    content = json.dumps(_manifest(ground, told, number)).encode()
    kept = {"key": files.put(place, content), "size": len(content), "sha256": ""}
    return Build(
        survey_id=ground.survey.id,
        number=number,
        asked_by_id=ground.coder.id,
        asked_at=at,
        started_at=at,
        done_at=at,
        inputs=f"{number:064x}",
        files={built.MANIFEST: kept},
        share_done=1.0,
    )


def _manifest(ground: Ground, told: Sequence[Told], number: int) -> Row:
    """Return what a build claims: quotations of every authority, claims on every theme, cells."""
    quoted = [one for each in told for one in quotations(each)]
    passages = {_id(one): _passage(one) for one in quoted}
    ids = list(passages)
    claims = [
        {
            "id": f"{theme}.{place}",
            "theme": theme,
            "text": f"Some authorities say so, in build {number}.",
            "count": number,
            "base": len(told),
            "for": ids[place : place + EVIDENCE : 10],
            "against": [],
            "seal": f"{number}",
        }
        for theme in ground.charted
        for place in range(4)
    ]
    cells = [
        {"authority": one.code, "theme": theme, "state": "found", "seal": f"{number}"}
        for one in told
        for theme in ground.charted
    ]
    return {
        "version": 1,
        "inputs": str(number),
        "versions": {},
        "claims": claims,
        "quotations": [{"source": one} for one in ids],
        "cells": cells,
        "evidence": [],
        "passages": passages,
    }


def _id(passage: Row) -> str:
    return f"{passage['response']}:{passage['start']}-{passage['end']}"


def _passage(passage: Row) -> Row:
    place = {name: passage[name] for name in ("response", "start", "end")}
    return {**place, "words_sha256": hashlib.sha256(passage["words"].encode()).hexdigest()}


def quotations(told: Told) -> Iterator[Row]:
    """Yield the passages of an authority that are printed."""
    usable = (one for one in told.passages if one["use_level"] == "named" and not one["held"])
    yield from (one for one, _ in zip(usable, range(ITEMS), strict=False))


def check(ground: Ground, rows: Rows, one: Told, build_id: uuid.UUID) -> uuid.UUID:
    """Send an authority what is printed of it; some have answered."""
    has_answered = ground.chance(0.5)
    row = rows.add(
        MemberCheck,
        id=ground.id(),
        submission_id=one.submission.id,
        person_id=one.coordinator.id,
        build_id=build_id,
        sent_by_id=ground.coder.id,
        sent_on=NOW.date(),
        due_on=NOW.date() + dt.timedelta(days=14),
        returned_at=NOW if has_answered else None,
    )
    for place, passage in enumerate(quotations(one)):
        verdict = "confirmed" if has_answered else ""
        if has_answered and place % 10 == 9:
            verdict, passage["held"] = "corrected", True
        words = {name: passage[name] for name in ("response", "start", "end", "words")}
        said = {"verdict": verdict, "instead": "Not so." if verdict == "corrected" else ""}
        rows.add(CheckItem, id=ground.id(), check_id=row["id"], place=place, **words, **said)
    check_id: uuid.UUID = row["id"]
    return check_id


def export(ground: Ground, count: int) -> uuid.UUID:
    """Ask for files, and have them made."""
    rows = [
        Export(
            survey_id=ground.survey.id,
            kind="tables",
            asked_by_id=ground.coder.id,
            asked_at=NOW,
            done_at=NOW,
            file_key=f"{ground.dice.getrandbits(64):016x}",
            size=1000,
        )
        for _ in range(count)
    ]
    ground.session.add_all(rows)
    ground.session.flush()
    return rows[-1].id
