"""What stands around the words that an authority looks at: what was asked, where it is printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.checking import printing
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

    They are `noted` where an interviewer put them so: in nobody's own words, also once the person
    interviewed has `confirmed` them.
    """

    question_code: str = ""
    question: str = ""
    noted: bool = False
    confirmed: bool = False
    printed: str = ""


def of(session: Session, check: MemberCheck, folder: Path) -> Mapping[CheckItem, Surroundings]:
    """Return what stands around every quotation of a check, in two queries."""
    survey_id = check.submission.survey_id
    of_these = {one.response for one in check.items}
    asked = select(Response).where(Response.survey_id == survey_id, Response.id.in_(of_these))
    questions = {
        one.id: (one.question_code, one.question, not one.verbatim, bool(one.confirmed))
        for one in session.scalars(asked)
    }
    build = session.get(Build, check.build_id) if check.build_id else None
    told = printing.read(folder, build).of(check.submission.authority_code)
    places = {place[:3]: place.slot for place in told}
    themes = {one.code: one.name for one in codebooks.current(check.submission.survey)}
    return {
        one: Surroundings(
            *questions.get(one.response, ("", "", False, False)),
            printed=_called(places.get((one.response, one.start, one.end)), themes),
        )
        for one in check.items
    }


def noted(session: Session, check: MemberCheck) -> frozenset[str]:
    """Return the responses of a check that an interviewer noted in words of their own."""
    asked = select(Response.id).where(
        Response.survey_id == check.submission.survey_id,
        Response.authority_code == check.submission.authority_code,
        Response.verbatim.is_(False),
    )
    return frozenset(session.scalars(asked))


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
