"""What may speak against a finding: words of the opposite kind, silence, and contrary ratings."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from surveyapp import published
from surveyapp.definitions.questions import MaturityQuestion
from surveyapp.findings import passages
from surveyapp.findings.drafting import Draft
from surveyapp.findings.passages import Page
from surveyapp.models import Answer, Cell, Passage, Submission, Survey, Tag
from synthesis.findings.asked import HIGH
from synthesis.findings.sharing import LOW
from synthesis.findings.words import GAP, STRENGTH

Kind = Literal["opposite", "silent", "rated"]
KINDS: Final[Mapping[Kind, str]] = {
    "opposite": "The opposite said",
    "silent": "Nothing found",
    "rated": "Contrary ratings",
}
# Named one by one: that finds them by the index.
STANDING: Final = ("", *passages.GIVEN)
OPPOSITE: Final[Mapping[str, str]] = {STRENGTH: GAP, GAP: STRENGTH}


@dataclass(frozen=True, slots=True)
class Rated:
    """An authority whose rating does not fit a finding, and what it gave."""

    name: str
    ratings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """Where to look for what speaks against a finding: one kind of place, a page at a time.

    `stance` is how the passages for the finding mostly speak; empty where that is not clear.
    `names` are the authorities looked at, with what they rated. `counts` says how many candidates
    each place has.
    """

    kind: Kind
    stance: str
    page: Page
    counts: Mapping[Kind, int]
    names: tuple[Rated, ...] = ()

    @property
    def kinds(self) -> Mapping[Kind, str]:
        """Return the kinds of place that there are for this finding, with what they are called."""
        return {kind: name for kind, name in KINDS.items() if kind in self.counts}

    @property
    def contrary(self) -> str:
        """Say which ratings go against a finding that speaks as this one does."""
        return f"{LOW} or lower" if self.stance == STRENGTH else f"{HIGH} or higher"


@dataclass(frozen=True, slots=True)
class _Place:
    """A place to look in: the query for its passages, and the authorities looked at."""

    asked: sa.Select[Passage]
    ratings: Mapping[str, tuple[int, ...]]


def look(session: Session, survey: Survey, draft: Draft, kind: Kind, number: int) -> Search:
    """Return the candidates of one kind, and how many there are of each.

    What speaks for the finding already is no candidate.
    """
    stance = _stance(session, draft)
    places = _places(session, survey, draft, stance)
    kind = kind if kind in places else "opposite"
    ratings = places[kind].ratings
    names = passages.named(session, list(ratings))
    rated = sorted((names.get(code, code), given) for code, given in ratings.items())
    counts = {each: passages.count(session, place.asked) for each, place in places.items()}
    page = passages.turn(session, survey, places[kind].asked, number)
    return Search(kind, stance, page, counts, tuple(Rated(*one) for one in rated))


def _places(session: Session, survey: Survey, draft: Draft, stance: str) -> Mapping[Kind, _Place]:
    """Return every place to look in; no rating goes against what praises as much as it faults."""
    silent = dict.fromkeys(_silent(session, survey, draft.theme), ())
    unheard = passages.usable(survey).where(
        Passage.authority_code.in_(silent), Passage.asked == draft.theme
    )
    kept = [key for key, (_, side) in draft.chosen.items() if side == "for"]
    found: dict[Kind, _Place] = {
        "opposite": _Place(_opposite(survey, draft.theme, stance), {}),
        "silent": _Place(unheard, silent),
    }
    if stance:
        ratings = _rated(session, survey, draft.theme, stance)
        contrary = _on(survey, draft.theme).where(Passage.authority_code.in_(ratings))
        found["rated"] = _Place(contrary, ratings)
    return {
        kind: replace(place, asked=place.asked.where(Passage.key.not_in(kept)))
        for kind, place in found.items()
    }


def _stance(session: Session, draft: Draft) -> str:
    """Return how the passages for a finding mostly speak of its theme."""
    keys = [key for key, (_, side) in draft.chosen.items() if side == "for"]
    asked = (
        select(Tag.theme, func.count())
        .where(Tag.passage_key.in_(keys), Tag.theme.in_(OPPOSITE), Tag.verdict != "reject")
        .group_by(Tag.theme)
    )
    counts = dict(session.execute(asked).all())
    praised, faulted = counts.get(STRENGTH, 0), counts.get(GAP, 0)
    if praised == faulted:
        return ""
    return STRENGTH if praised > faulted else GAP


def _opposite(survey: Survey, theme: str, stance: str) -> sa.Select[Passage]:
    """Return the query for passages on the theme that speak the other way."""
    wanted = [OPPOSITE[stance]] if stance else list(OPPOSITE)
    spoken = select(Tag.passage_key).where(
        Tag.survey_id == survey.id, Tag.theme.in_(wanted), Tag.verdict != "reject"
    )
    return _on(survey, theme).where(Passage.key.in_(spoken))


def _on(survey: Survey, theme: str) -> sa.Select[Passage]:
    """Return the query for passages on a theme, confirmed or only suggested."""
    tag = aliased(Tag)
    return (
        passages.usable(survey)
        .join(tag, tag.passage_key == Passage.key)
        .where(tag.survey_id == survey.id, tag.theme == theme, tag.verdict.in_(STANDING))
    )


def _silent(session: Session, survey: Survey, theme: str) -> Collection[str]:
    """Return the authorities whose words could have held the theme, and do not."""
    asked = select(Cell.authority_code).where(
        Cell.survey_id == survey.id,
        Cell.theme == theme,
        Cell.worded.is_(True),
        Cell.found == 0,
    )
    return session.scalars(asked).all()


def _rated(
    session: Session, survey: Survey, theme: str, stance: str
) -> Mapping[str, tuple[int, ...]]:
    """Return the authorities whose ratings on a theme go against a stance, with those ratings."""
    asked = published.questionnaire(survey.questionnaire)
    codes = [
        code
        for code, question in asked.by_code.items()
        if isinstance(question, MaturityQuestion) and asked.theme_of(code) == theme
    ]
    rows = session.execute(
        select(Submission.authority_code, Answer.value)
        .join(Answer.submission)
        .where(Submission.survey_id == survey.id, Answer.question_code.in_(codes))
        .order_by(Submission.authority_code, Answer.question_code)
    )
    found: dict[str, tuple[int, ...]] = {}
    for code, value in rows:
        rating = value.get("rating")
        if rating is not None and _contrary(rating, stance):
            found[code] = (*found.get(code, ()), rating)
    return found


def _contrary(rating: int, stance: str) -> bool:
    low, high = rating <= LOW, rating >= HIGH
    return low if stance == STRENGTH else high
