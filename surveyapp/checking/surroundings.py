"""What stands around the words that an authority looks at: what was asked, where it is printed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import built, files
from surveyapp.material import codebooks
from surveyapp.models import Build, CheckItem, MemberCheck, Response

IN_THE_INDEX: Final = "In the list of evidence at the end"
ELSEWHERE: Final[Mapping[str, str]] = {
    "written": "Quoted beside a finding",
    "examples": "Quoted among the examples",
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The question that words answer, empty where it is not known, and where they are printed.

    They are `noted` where an interviewer put them so and the person interviewed has not confirmed
    them: nobody's own words yet.
    """

    question_code: str = ""
    question: str = ""
    noted: bool = False
    printed: str = ""


def of(session: Session, check: MemberCheck, folder: Path) -> Mapping[CheckItem, Surroundings]:
    """Return what stands around every quotation of a check, in two queries."""
    survey_id = check.submission.survey_id
    of_these = {one.response for one in check.items}
    asked = select(Response).where(Response.survey_id == survey_id, Response.id.in_(of_these))
    questions = {
        one.id: (one.question_code, one.question, not one.verbatim and not one.confirmed)
        for one in session.scalars(asked)
    }
    build = session.get(Build, check.build_id) if check.build_id else None
    places = _places(folder, build) if build is not None else {}
    themes = {one.code: one.name for one in codebooks.current(check.submission.survey)}
    return {
        one: Surroundings(
            *questions.get(one.response, ("", "", False)),
            printed=_called(places.get(_id(one)), themes),
        )
        for one in check.items
    }


def _id(item: CheckItem) -> str:
    return f"{item.response}:{item.start}-{item.end}"


def _called(place: str | None, themes: Mapping[str, str]) -> str:
    """Return what a place for quotations is called; words that are not quoted are listed.

    It is None where they are not printed any more, or nobody knows.
    """
    if place is None:
        return ""
    start = place.partition(".")[0]
    if not start:
        return IN_THE_INDEX
    return ELSEWHERE.get(start, f"Quoted under “{themes.get(start, start)}”")


def _places(folder: Path, build: Build) -> Mapping[str, str]:
    """Return where a build prints passages, by their ids; none where its files are gone."""
    if build.forgotten_at is not None or built.MANIFEST not in build.files:
        return {}
    there = built.place(folder, build.survey_id, build.number)
    return _read(there, str(build.files[built.MANIFEST]["key"]))


@lru_cache(maxsize=4)
def _read(there: Path, key: str) -> Mapping[str, str]:
    """Read a build's quotations once: its files never change, and its manifest may be large."""
    manifest = json.loads(files.get(there, key) or b"{}")
    listed = {str(one["source"]): "" for one in manifest.get("evidence", ()) if not one["held"]}
    quoted = manifest.get("quotations", ())
    return listed | {str(one["source"]): str(one.get("place", "")) for one in quoted}
