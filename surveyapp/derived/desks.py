"""A coder's rows about some responses: read, replaced, and noted without their words."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import insert, select
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
    """The rows about some responses, and what these say.

    `made` and `done` are everybody's that count in the review, and all of this coder's;
    `decisions` and `finished` are those that this coder's acts are about: of the review, or of
    the sample that they code blind.
    """

    session: Session
    survey: Survey
    hand: Hand
    responses: dict[str, Response]
    made: dict[uuid.UUID, Row]
    done: dict[uuid.UUID, Row]
    decisions: dict[On, Row]
    finished: dict[Place, Row]

    def words(self, place: Place) -> str:
        """Return the words at a place, if there are any."""
        found = self._said(place)
        if not found.strip():
            raise WordsMovedError
        return found

    def key(self, place: Place) -> str:
        """Return what a passage at a place would be called; it tells whether words have changed."""
        return passage_key(self.survey.id, *place, self._said(place))

    def _said(self, place: Place) -> str:
        response = self.responses.get(place.response)
        return response.text[place.start : place.end] if response else ""


def sit_down(session: Session, survey: Survey, hand: Hand, responses: Collection[str]) -> Desk:
    """Read what there is about some responses, in three queries.

    Acts on one survey wait for each other, so that no two of them draw the same passage. On SQLite
    whoever writes is alone anyway.
    """
    if session.get_bind().dialect.name != "sqlite":
        session.execute(
            select(Survey.id).where(Survey.id == survey.id).with_for_update(key_share=True)
        ).one()
    said = session.scalars(
        select(Response).where(Response.survey_id == survey.id, Response.id.in_(responses))
    )
    made = _rows(session, _about(Decision, _DECISION, survey, hand, responses))
    done = _rows(session, _about(CodedPassage, _FINISHED, survey, hand, responses))
    return Desk(
        session=session,
        survey=survey,
        hand=hand,
        responses={one.id: one for one in said},
        made=made,
        done=done,
        decisions={_on(one): one for one in made.values() if _is_of(hand, one)},
        finished={place_of(one): one for one in done.values() if _is_of(hand, one)},
    )


_DECISION = ("id", "response", "start", "end", "theme", "verdict", "codebook_id", "made_at")
_FINISHED = ("id", "response", "start", "end", "codebook_id", "at", "suggested")
_WHOSE = ("words", "coder_id", "sample_id")


def _rows(session: Session, asked: sa.Select[Any]) -> dict[uuid.UUID, Row]:
    return {one["id"]: dict(one) for one in session.execute(asked).mappings()}


def _about(
    model: type[Decision] | type[CodedPassage],
    names: tuple[str, ...],
    survey: Survey,
    hand: Hand,
    responses: Collection[str],
) -> sa.Select[Any]:
    """Ask for the rows that count in the review, and for a coder's own in whatever sample."""
    return (
        select(*(getattr(model, name) for name in (*names, *_WHOSE)), Person.name.label("coder"))
        .join(Person, Person.id == model.coder_id)
        .where(
            model.survey_id == survey.id,
            model.response.in_(responses),
            sa.or_(model.sample_id.is_(None), model.coder_id == hand.coder.id),
        )
    )


def _is_of(hand: Hand, row: Row) -> bool:
    """Say whether a row is this coder's, of the review or of the sample that they code."""
    return bool(row["coder_id"] == hand.coder.id and row["sample_id"] == hand.sample_id)


def place_of(row: Mapping[str, Any]) -> Place:
    """Return the place that a row is about."""
    return Place(row["response"], row["start"], row["end"])


def _on(row: Mapping[str, Any]) -> On:
    return On(place_of(row), row["theme"])


def new_row(desk: Desk, place: Place) -> Row:
    """Return what every new row about a place has."""
    return {
        "id": uuid.uuid4(),
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
    for model, kept, ids in ((Decision, desk.made, going), (CodedPassage, desk.done, gone)):
        if ids:
            desk.session.execute(
                sa.delete(model)
                .where(model.id.in_(ids))
                .execution_options(synchronize_session=False)
            )
        for one in ids:
            del kept[one]
    _check_blind(desk, decisions[1], finished[1])
    for model, rows in ((Decision, decisions[1]), (CodedPassage, finished[1])):
        if rows:
            desk.session.execute(insert(model), list(rows.values()))
    by = {"coder": desk.hand.coder.name}
    desk.made |= {row["id"]: row | by for row in decisions[1].values()}
    desk.done |= {row["id"]: row | by for row in finished[1].values()}


def _check_blind(desk: Desk, made: Collection[On], done: Collection[Place]) -> None:
    """Refuse a second row on the same words: a coder has one, and a blind one stays as given."""
    me = desk.hand.coder.id
    mine = {_on(row) for row in desk.made.values() if row["coder_id"] == me}
    own = {place_of(row) for row in desk.done.values() if row["coder_id"] == me}
    if not (mine.isdisjoint(made) and own.isdisjoint(done)):
        raise CodedBlindError


def lay(desk: Desk, places: Collection[Place]) -> None:
    """Bring what was derived in line, an authority at a time.

    A blind coder's verdicts change nothing of it.
    """
    if desk.hand.sample_id is not None:
        return
    by_authority: dict[str, set[str]] = defaultdict(set)
    for place in places:
        found = desk.responses.get(place.response)
        by_authority[found.authority_code if found else ""].add(place.response)
    for responses in by_authority.values():
        laying.lay(desk.session, desk.survey, responses, _known(desk, responses))


def _known(desk: Desk, responses: Collection[str]) -> laying.Known:
    """Return what counts in the review on some responses, as it stands now."""
    made, done = (
        [row for row in rows.values() if row["sample_id"] is None and row["response"] in responses]
        for rows in (desk.made, desk.done)
    )
    made.sort(key=lambda row: (row["made_at"], row["id"]))
    return laying.Known(
        responses={one: desk.responses[one] for one in responses if one in desk.responses},
        made=[laying.Made(*(row[name] for name in laying.Made._fields)) for row in made],
        finished=[laying.Words(*(row[name] for name in laying.WORDS)) for row in done],
    )


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
