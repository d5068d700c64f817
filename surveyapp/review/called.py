"""What the places of a survey are called, for people: authorities, questions, themes, texts."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.material import codebooks, gathering, held, standing_texts
from surveyapp.models import Authority, Response, Submission, Survey
from surveyapp.review.comparing import Quoted
from synthesis.material import Held

INTERVIEW: Final = "interview"
GONE: Final = "These words do not stand so any more: they were changed, taken back or erased."
HELD_BACK: Final = "These words are held back now."
# What a text is called that is no answer and no note, by how its place begins.
OTHERS: Final[Mapping[str, str]] = {
    "upload": "an uploaded file",
    "comment": "a comment",
    "standing": "a standing text",
    "finding": "a finding",
    "summary": "a summary",
    "memo": "a memo",
}


@dataclass(frozen=True, slots=True)
class Names:
    """The names by which people know authorities, questions, themes and standing texts."""

    authorities: Mapping[str, str]
    questions: Mapping[str, str]
    themes: Mapping[str, str]
    texts: Mapping[str, str]

    def authority(self, code: str) -> str:
        """Return what an authority is called."""
        return self.authorities.get(code, code)

    def theme(self, code: str) -> str:
        """Return what a theme is called, in quotation marks."""
        return f"“{self.themes.get(code, code)}”"

    def text(self, place: str) -> str:
        """Return what a standing text is called, in quotation marks."""
        return f"“{self.texts.get(place, place)}”"

    def place(self, response: str) -> str:
        """Return whose words these are and what they answer, in a few words."""
        code, _, rest = response.partition("/")
        if code not in self.authorities:
            return OTHERS.get(code, "another text")
        name, question = self.authorities[code], rest.partition("/")[0]
        if question == INTERVIEW:
            return f"a note of the interview with {name}"
        return f"what {name} answered to {question}" if question else name

    def asked(self, response: str) -> str:
        """Return the question that words answer, with its code; empty where it is not known."""
        code = response.partition("/")[2].partition("/")[0]
        return f"{code} {self.questions[code]}" if code in self.questions else ""


def names(session: Session, survey: Survey) -> Names:
    """Return the names of everything in a survey, in a query or two."""
    rows = session.execute(
        select(Authority.code, Authority.name)
        .join(Submission, Submission.authority_code == Authority.code)
        .where(Submission.survey_id == survey.id)
    )
    themes = {one.code: one.name for one in codebooks.current(survey)}
    places = standing_texts.places(gathering.read_outline(survey), themes)
    return Names(
        authorities={row.code: row.name for row in rows},
        questions={one.code: one.text for one in gathering.read_schedule(survey).questions()},
        themes=themes,
        texts={one.place: one.title for one in places},
    )


def words(session: Session, survey: Survey, quoted: Collection[Quoted]) -> Mapping[Quoted, str]:
    """Return the words of quotations as they are stored, in a fixed number of queries.

    Those that are not there any more, or not to be read, are not told.
    """
    if not quoted:
        return {}
    wanted = {one.response for one in quoted}
    rows = session.scalars(
        select(Response).where(Response.survey_id == survey.id, Response.id.in_(wanted))
    )
    stored = {one.id: one for one in rows}
    marks = [one for one in held.held(session, survey) if one.response in wanted]
    return {one: _words(one, stored.get(one.response), marks) for one in quoted}


def _words(quoted: Quoted, stored: Response | None, marks: Collection[Held]) -> str:
    start, end = quoted.stretch
    text = stored.text[start:end] if stored is not None and stored.use_level != "withheld" else ""
    if not text or hashlib.sha256(text.encode()).hexdigest() != quoted.seal:
        return GONE
    theirs = [one for one in marks if one.response == quoted.response]
    return HELD_BACK if any(one.start < end and start < one.end for one in theirs) else text
