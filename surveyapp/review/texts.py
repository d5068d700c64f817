"""Standing texts as the consultant edits them: every version is kept, and the Word file is not."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp import audit
from surveyapp.errors import SurveyError
from surveyapp.material import codebooks, gathering, standing_texts
from surveyapp.material.standing_texts import Place
from surveyapp.models import Person, StandingText, Survey

LONGEST: Final = 20_000
_PLACEHOLDER: Final = re.compile(r"\{[^{}\n]*\}")


class UnfitTextError(SurveyError):
    """A text that cannot stand in the review as it is; the message says what to do."""


class OvertakenError(SurveyError):
    """Somebody else changed the text while the page was open."""

    def __init__(self, now: "Standing") -> None:
        """Keep the text as it is now, so that the page can show both."""
        super().__init__("The text was changed while you wrote.")
        self.now = now


@dataclass(frozen=True, slots=True)
class Standing:
    """A place with the text that stands there now; version 0 is the outline's own."""

    place: Place
    text: str
    version: int
    row: StandingText | None

    @property
    def is_own(self) -> bool:
        """Say whether the outline's own text stands there."""
        return self.row is None or not self.row.text.strip()


def standings(session: Session, survey: Survey) -> Sequence[Standing]:
    """Return every place with its text, in the order in which the review prints them."""
    changed = standing_texts.latest(session, survey)
    return [_standing(place, changed.get(place.place)) for place in _places(survey)]


def find(session: Session, survey: Survey, place: str) -> Standing | None:
    """Return one place with its text; None where the outline has no such place."""
    wanted = (one for one in standings(session, survey) if one.place.place == place)
    return next(wanted, None)


def versions(session: Session, survey: Survey, place: str) -> Sequence[StandingText]:
    """Return every version of a text, the latest first."""
    return session.scalars(
        select(StandingText)
        .where(StandingText.survey_id == survey.id, StandingText.place == place)
        .options(joinedload(StandingText.author))
        .order_by(StandingText.version.desc())
    ).all()


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wrote, the version that the page had shown them, and when."""

    text: str
    seen: int
    author: Person
    at: dt.datetime


def save(session: Session, survey: Survey, place: str, draft: Draft) -> StandingText:
    """Put a text in its place; empty words put the outline's own back.

    Raises OvertakenError where somebody else changed it meanwhile, and UnfitTextError where it
    cannot stand there.
    """
    # One after the other, so that both do not make the same version.
    session.scalars(select(Survey).where(Survey.id == survey.id).with_for_update()).one()
    now = find(session, survey, place)
    if now is None:
        raise UnfitTextError("The outline has no such place.")
    if now.version != draft.seen:
        raise OvertakenError(now)
    text = draft.text.replace("\r\n", "\n").strip()
    _refuse_unfit(text, now.place)
    row = StandingText(
        survey_id=survey.id,
        place=place,
        version=now.version + 1,
        text=text,
        author_id=draft.author.id,
        at=draft.at,
    )
    session.add(row)
    action = "review.text_changed" if text else "review.text_put_back"
    audit.record(session, action, survey, draft.author, place=place, version=row.version)
    return row


def _refuse_unfit(text: str, place: Place) -> None:
    if len(text) > LONGEST:
        raise UnfitTextError(f"The text must be {LONGEST:,} characters or fewer")
    unknown = set(_PLACEHOLDER.findall(text)) - set(_PLACEHOLDER.findall(place.own))
    if unknown:
        first = min(unknown)
        raise UnfitTextError(f"Take out {first}: only what the outline’s own text has is filled in")


def _standing(place: Place, row: StandingText | None) -> Standing:
    text = row.text if row is not None and row.text.strip() else place.own.strip()
    return Standing(place, text, row.version if row else 0, row)


def _places(survey: Survey) -> tuple[Place, ...]:
    names: Mapping[str, str] = {theme.code: theme.name for theme in codebooks.current(survey)}
    return standing_texts.places(gathering.read_outline(survey), names)
