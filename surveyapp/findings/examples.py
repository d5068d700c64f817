"""Examples worth copying: ranked by stated rules, shortlisted or left out with a reason."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from surveyapp import audit
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.definitions.questions import DocumentQuestion, MaturityQuestion
from surveyapp.findings.writing import Hand
from surveyapp.material import codebooks, concluded, gathering, reading
from surveyapp.models import Shortlisting, Survey
from synthesis.findings import ranking
from synthesis.findings.ranking import Candidate
from synthesis.material import Practice

PER_PAGE: Final = 20
LOGGED: Final = 50
LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Line:
    """An example in its rank; `shortlisted` is None while nobody has decided on it.

    `why_not` says why it does not go into the review as things stand; empty where it does.
    """

    rank: int
    candidate: Candidate
    authority: str
    strand: str
    shortlisted: bool | None
    why_not: str = ""

    @property
    def practice(self) -> Practice:
        """Return the example."""
        return self.candidate.practice


@dataclass(frozen=True, slots=True)
class Ruling:
    """An example by its id, whether it goes into the review, and why."""

    practice: str
    wanted: bool
    reason: str


def ranked(session: Session, survey: Survey) -> tuple[Line, ...]:
    """Return every example in the order that the rules put them in."""
    offered = gathering.offered(session, survey, _telling)
    names = {one.code: one.name for one in offered.authorities}
    strands = {theme.code: theme.name for theme in codebooks.current(survey)}
    decided = concluded.shortlist(session, survey)
    wanted = {one.id for one in concluded.chosen(offered.practices, decided).practices}
    order = ranking.rank(offered.practices, offered, gathering.read_schedule(survey))
    return tuple(
        Line(
            rank=place,
            candidate=one,
            authority=names[one.practice.authority],
            strand=strands.get(one.practice.theme, "No strand given"),
            shortlisted=decided.get(one.practice.id),
            why_not=_why_not(one.practice, decided, is_wanted=one.practice.id in wanted),
        )
        for place, one in enumerate(order, start=1)
    )


def _telling(asked: Questionnaire) -> Collection[str]:
    """Return the questions that examples are described under, and those that they are ranked by."""
    ranked_by = reading.of_kinds(asked, DocumentQuestion, MaturityQuestion)
    return (*reading.of_examples(asked), *ranked_by)


def _why_not(practice: Practice, decided: Mapping[str, bool], *, is_wanted: bool) -> str:
    if practice.use_level == "withheld":
        return "it is not for publication"
    if not practice.consent:
        return "the authority has not agreed"
    if is_wanted:
        return ""
    is_left_out = decided.get(practice.id) is False
    return "you left it out" if is_left_out else "others are shortlisted"


def decide(session: Session, survey: Survey, ruling: Ruling, hand: Hand) -> None:
    """Shortlist an example or leave it out; the log keeps every entry."""
    session.add(
        Shortlisting(
            survey_id=survey.id,
            practice=ruling.practice,
            shortlisted=ruling.wanted,
            reason=ruling.reason,
            by_id=hand.person.id,
            at=hand.at,
        )
    )
    action = "example.shortlisted" if ruling.wanted else "example.left_out"
    audit.record(session, action, survey, hand.person)


def log(session: Session, survey: Survey) -> Sequence[Shortlisting]:
    """Return the latest entries of the shortlist, the latest first."""
    return session.scalars(
        select(Shortlisting)
        .where(Shortlisting.survey_id == survey.id)
        .options(joinedload(Shortlisting.by))
        .order_by(Shortlisting.at.desc(), Shortlisting.id.desc())
        .limit(LOGGED)
    ).all()


def logged(session: Session, survey: Survey) -> int:
    """Return how many entries the shortlist has."""
    asked = select(func.count()).where(Shortlisting.survey_id == survey.id)
    return session.scalar(asked.select_from(Shortlisting)) or 0


def titles(lines: Sequence[Line]) -> Mapping[str, str]:
    """Return what each example is called, with whose it is."""
    return {line.practice.id: f"{line.practice.title}, {line.authority}" for line in lines}


def fault(reason: str) -> str:
    """Say what is wrong with a reason; empty where nothing is."""
    if not reason:
        return "Enter a reason"
    too_long = len(reason) > LONGEST
    return f"Shorten the reason to {LONGEST} characters or fewer" if too_long else ""
