"""A coder's rows about some responses: read, replaced, and noted without their words."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveyapp.derived import laying
from surveyapp.derived.keys import passage_key
from surveyapp.errors import SurveyError
from surveyapp.models import CodedPassage, Decision, Person, Response, Survey

Row = dict[str, Any]


class Place(NamedTuple):
    """Where some words stand: a response's id, and where in it they begin and end."""

    response: str
    start: int
    end: int


class On(NamedTuple):
    """What a verdict is about: a place and a theme."""

    place: Place
    theme: str


@dataclass(frozen=True, slots=True)
class Hand:
    """Who decides, when, and for which sample where they code blind."""

    coder: Person
    at: dt.datetime
    sample_id: uuid.UUID | None = None


class WordsMovedError(SurveyError):
    """The words that a decision was to be about are not there any more."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("The words have changed since this page was shown. Look at them again.")


class CodedBlindError(SurveyError):
    """The coder has coded these words blind, and would not be independent of themselves."""

    def __init__(self) -> None:
        """Say who can."""
        super().__init__(
            "You coded these words in a sample, without seeing what others did. Somebody else has "
            "to code them for the review."
        )


@dataclass(slots=True)
class Desk:
    """The rows of one coder about some responses, and the texts of these."""

    session: Session
    survey: Survey
    hand: Hand
    texts: dict[str, str]
    authorities: dict[str, str]
    decisions: dict[On, Row]
    finished: dict[Place, Row]

    def words(self, place: Place) -> str:
        """Return the words at a place, if there are any."""
        found = self.texts.get(place.response, "")[place.start : place.end]
        if not found.strip():
            raise WordsMovedError
        return found

    def key(self, place: Place) -> str:
        """Return what a passage at a place would be called; it tells whether words have changed."""
        words = self.texts.get(place.response, "")[place.start : place.end]
        return passage_key(self.survey.id, *place, words)


def sit_down(session: Session, survey: Survey, hand: Hand, responses: Collection[str]) -> Desk:
    """Read a coder's rows about some responses, in four queries.

    Acts on one survey wait for each other, so that no two of them draw the same passage.
    """
    session.execute(
        select(Survey.id).where(Survey.id == survey.id).with_for_update(key_share=True)
    ).one()
    texts = session.execute(
        select(Response.id, Response.text, Response.authority_code).where(
            Response.survey_id == survey.id, Response.id.in_(responses)
        )
    ).all()
    decisions = session.execute(_own(Decision, _DECISION, survey, hand, responses))
    finished = session.execute(_own(CodedPassage, _FINISHED, survey, hand, responses))
    return Desk(
        session=session,
        survey=survey,
        hand=hand,
        texts={one.id: one.text for one in texts},
        authorities={one.id: one.authority_code for one in texts},
        decisions={_on(one): one for one in map(dict, decisions.mappings())},
        finished={place_of(one): one for one in map(dict, finished.mappings())},
    )


_DECISION = ("id", "response", "start", "end", "theme", "verdict", "codebook_id", "made_at")
_FINISHED = ("id", "response", "start", "end", "codebook_id", "at", "suggested")


def _own(
    model: type[Decision] | type[CodedPassage],
    names: tuple[str, ...],
    survey: Survey,
    hand: Hand,
    responses: Collection[str],
) -> sa.Select[Any]:
    return select(*(getattr(model, name) for name in names)).where(
        model.survey_id == survey.id,
        model.coder_id == hand.coder.id,
        model.sample_id.is_(None) if hand.sample_id is None else model.sample_id == hand.sample_id,
        model.response.in_(responses),
    )


def place_of(row: Mapping[str, Any]) -> Place:
    """Return the place that a row is about."""
    return Place(row["response"], row["start"], row["end"])


def _on(row: Mapping[str, Any]) -> On:
    return On(place_of(row), row["theme"])


def new_row(desk: Desk, place: Place) -> Row:
    """Return what every new row about a place has."""
    return {
        "survey_id": desk.survey.id,
        **place._asdict(),
        "words": desk.words(place),
        "coder_id": desk.hand.coder.id,
        "sample_id": desk.hand.sample_id,
        "codebook_id": desk.survey.codebook_id,
    }


def whole(desk: Desk, row: Row) -> Row:
    """Return a row that was noted without its words with all it had."""
    return new_row(desk, place_of(row)) | {k: v for k, v in row.items() if k != "key"}


def replace(
    desk: Desk,
    decisions: tuple[Mapping[On, Row], Mapping[On, Row]],
    finished: tuple[Mapping[Place, Row], Mapping[Place, Row]],
) -> None:
    """Put rows in the place of others: of each pair, the first go and the second come."""
    going = [desk.decisions[on]["id"] for on in decisions[0]]
    gone = [desk.finished[place]["id"] for place in finished[0]]
    session = desk.session
    if going:
        session.execute(sa.delete(Decision).where(Decision.id.in_(going)))
    if gone:
        session.execute(sa.delete(CodedPassage).where(CodedPassage.id.in_(gone)))
    try:
        # A coder has one row on the same words, and a blind one stays as it was given.
        with session.begin_nested():
            for model, rows in ((Decision, decisions[1]), (CodedPassage, finished[1])):
                if rows:
                    session.execute(insert(model), list(rows.values()))
    except IntegrityError as error:
        raise CodedBlindError from error


def lay(desk: Desk, places: Collection[Place]) -> None:
    """Bring what was derived in line, an authority at a time.

    A blind coder's verdicts change nothing of it.
    """
    if desk.hand.sample_id is not None:
        return
    by_authority: dict[str, set[str]] = defaultdict(set)
    for place in places:
        by_authority[desk.authorities.get(place.response, "")].add(place.response)
    for responses in by_authority.values():
        laying.lay(desk.session, desk.survey, responses, only_decided=True)


def noted(desk: Desk, decisions: Mapping[On, Row], finished: Mapping[Place, Row]) -> Row:
    """Return what an act keeps of rows: all but their words."""
    return {
        "decisions": [
            [
                desk.key(on.place),
                *on.place,
                on.theme,
                row["verdict"],
                row["codebook_id"].hex,
                row["made_at"].isoformat(),
            ]
            for on, row in decisions.items()
        ],
        "finished": [
            [
                desk.key(place),
                *place,
                row["codebook_id"].hex,
                row["at"].isoformat(),
                row["suggested"],
            ]
            for place, row in finished.items()
        ],
    }


@dataclass(frozen=True, slots=True)
class Noted:
    """What an act keeps, read back."""

    decisions: Mapping[On, Row]
    finished: Mapping[Place, Row]

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Noted":
        """Read what was noted."""
        decisions = [
            dict(zip(("key", *_DECISION[1:]), one, strict=True)) for one in kept["decisions"]
        ]
        finished = [
            dict(zip(("key", *_FINISHED[1:]), one, strict=True)) for one in kept["finished"]
        ]
        for row in (*decisions, *finished):
            row["codebook_id"] = uuid.UUID(row["codebook_id"])
            moment = "made_at" if "made_at" in row else "at"
            row[moment] = dt.datetime.fromisoformat(row[moment])
        return cls({_on(row): row for row in decisions}, {place_of(row): row for row in finished})

    @property
    def places(self) -> set[Place]:
        """Return every place something is noted of."""
        return {on.place for on in self.decisions} | set(self.finished)

    @property
    def responses(self) -> set[str]:
        """Return every response something is noted of."""
        return {place.response for place in self.places}
