"""Coding that was done in another program, taken in: looked at first, then made decisions of."""

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.derived import acts
from surveyapp.derived.acts import Change, Hand, On, Place
from surveyapp.exchange import coders
from surveyapp.material import course, decided, gathering
from surveyapp.models import CodingAct, Decision, Person, Response, Survey
from synthesis import exchange
from synthesis.exchange import Unplaced

STEPS: Final = 3
AT_ONCE: Final = 100
"""Responses that are taken in together, while nobody else can write."""


@dataclass(frozen=True, slots=True)
class Coding:
    """A theme that somebody gave to some words in another program, by our responses and themes.

    `by` is what they are known by here, or what the file calls them.
    """

    response: str
    start: int
    end: int
    theme: str
    by: str
    words: str

    @property
    def on(self) -> On:
        """Return what it is about."""
        return On(Place(self.response, self.start, self.end), self.theme)


@dataclass(frozen=True, slots=True)
class Coder:
    """Somebody with codings that are new; those of people known here stay their own."""

    by: str
    name: str
    is_known: bool
    codings: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds for a survey: codings to take in, those here already, and the rest.

    `blind` is how many stay out because their coder coded blind.
    """

    codebook: uuid.UUID
    new: tuple[Coding, ...]
    coders: tuple[Coder, ...]
    known: int
    blind: int
    unplaced: tuple[Unplaced, ...]


STORED: Final = TypeAdapter(Found)


@dataclass(frozen=True, slots=True)
class _Here:
    """What was decided here, by the address of who did: for the review, and blind."""

    people: Mapping[str, Person]
    own: Mapping[str, Collection[On]]
    blind: Mapping[str, Collection[On]]

    def has(self, one: Coding) -> bool:
        """Say whether its coder has decided on it, or anybody where nobody here is its coder."""
        if one.by in self.people:
            return one.on in self.own.get(one.by, ())
        return any(one.on in own for own in self.own.values())

    def coded_blind(self, one: Coding, coder: str) -> bool:
        """Say whether it was coded blind, there or by this coder here."""
        return coders.is_blind(one.by) or one.on in self.blind.get(coder, ())


class _Row(NamedTuple):
    response: str
    start: int
    end: int
    words: str
    theme: str
    verdict: str
    made_at: dt.datetime


def look(
    session: Session, survey: Survey, content: bytes, name: str, tell: Callable[[int], None]
) -> Found:
    """Return what a REFI-QDA project holds that is new here. Raises InputError for another file.

    What somebody known here coded is compared with their own decisions; what anybody else did,
    with everybody's.
    """
    project = exchange.read_project(content, name)
    tell(1)
    gathered = gathering.gather(session, survey)
    tell(2)
    here = _here(session, survey)
    names = coders.names(here.people)
    placed, unplaced = exchange.find(project, gathered.material, gathered.codebook, names)
    texts = {one.id: one.text for one in gathered.material.responses}
    codings = {
        Coding(one.response, one.start, one.end, one.theme, one.by, words)
        for one in placed
        if (words := texts[one.response][one.start : one.end]).strip()
    }
    blind = {one for one in codings if here.coded_blind(one, one.by)}
    new = [one for one in codings - blind if not here.has(one)]
    new.sort(key=lambda one: (one.on, one.by))
    return Found(
        codebook=survey.codebook_id,
        new=tuple(new),
        coders=_coders(new, here.people, names),
        known=len(codings) - len(blind) - len(new),
        blind=len(blind),
        unplaced=tuple(unplaced),
    )


def parts(codings: Sequence[Coding]) -> Iterator[tuple[Coding, ...]]:
    """Yield codings in parts that can be taken in one by one, a response's together."""
    responses = sorted({one.response for one in codings})
    for first in range(0, len(responses), AT_ONCE):
        some = set(responses[first : first + AT_ONCE])
        yield tuple(one for one in codings if one.response in some)


def take_in(
    session: Session, survey: Survey, codings: Collection[Coding], person: Person, at: dt.datetime
) -> Sequence[uuid.UUID]:
    """Make decisions of codings that are not here yet, and return the acts that did so.

    They are their coder's; where nobody here is, this person's. What was said otherwise since, or
    has been coded blind by whose decision it would be, is left out.
    """
    responses = {one.response for one in codings}
    here = _here(session, survey, Decision.response.in_(responses))
    said = dict(
        session.execute(
            select(Response.id, Response.text).where(
                Response.survey_id == survey.id, Response.id.in_(responses)
            )
        ).all()
    )
    verdicts: dict[str, dict[On, str]] = defaultdict(dict)
    for one in codings:
        coder = one.by if one.by in here.people else person.email
        stands = said.get(one.response, "")[one.start : one.end] == one.words
        if stands and not (here.has(one) or here.coded_blind(one, coder)):
            verdicts[coder][one.on] = "add"
    made = (
        acts.perform(
            session,
            survey,
            Hand(here.people.get(coder, person), at),
            acts.TAKEN_IN,
            Change(verdicts[coder]),
        )
        for coder in sorted(verdicts)
    )
    return [act.id for act in made if act is not None]


def taken(session: Session, done: Collection[uuid.UUID]) -> Mapping[str, int]:
    """Return whose decisions some acts brought in, and how many."""
    found: Counter[str] = Counter()
    rows = session.execute(
        select(Person.name, CodingAct.after)
        .join(Person, Person.id == CodingAct.coder_id)
        .where(CodingAct.id.in_(done))
        .order_by(Person.name)
    )
    for name, after in rows:
        found[name] += len(after["decisions"])
    return found


def take_back(session: Session, survey: Survey, done: uuid.UUID, at: dt.datetime) -> int:
    """Undo an act that took codings in, and return how many decisions went.

    What its coder has decided again since stays.
    """
    act = session.get(CodingAct, done)
    if act is None or act.undone_at is not None or act.survey_id != survey.id:
        return 0
    coder = session.get_one(Person, act.coder_id)
    responses = {row[1] for row in act.after["decisions"]}
    rows = session.execute(
        select(Decision.response, Decision.start, Decision.end, Decision.theme).where(
            Decision.survey_id == survey.id,
            Decision.coder_id == coder.id,
            Decision.sample_id.is_(None),
            Decision.made_at == act.at,
            Decision.response.in_(responses),
        )
    )
    stand = {On(Place(*row[:3]), row[3]) for row in rows}
    going = {on for row in act.after["decisions"] if (on := On(Place(*row[1:4]), row[4])) in stand}
    acts.perform(
        session, survey, Hand(coder, at), acts.TAKEN_BACK, Change(dict.fromkeys(going, ""))
    )
    act.undone_at = at
    return len(going)


def _coders(
    new: Collection[Coding], known: Mapping[str, Person], names: Mapping[str, str]
) -> tuple[Coder, ...]:
    """Return whose codings are new, people known here first."""
    found = (
        Coder(by, names.get(by, by), by in known, count)
        for by, count in Counter(one.by for one in new).items()
    )
    return tuple(sorted(found, key=lambda one: (not one.is_known, one.name)))


def _here(session: Session, survey: Survey, *among: sa.ColumnElement[bool]) -> _Here:
    """Return what was decided here, by the themes of then and by those of now."""
    asked = (
        select(*(getattr(Decision, name) for name in _Row._fields), Person.email)
        .add_columns(Decision.sample_id)
        .join(Person, Person.id == Decision.coder_id)
        .where(Decision.survey_id == survey.id, *among)
        .order_by(Decision.made_at, Decision.id)
    )
    own: dict[str, list[_Row]] = defaultdict(list)
    blind: dict[str, set[On]] = defaultdict(set)
    for *told, email, sample in session.execute(asked):
        row = _Row(*told)
        if sample is None:
            own[email].append(row)
        else:
            blind[email].add(_on(row))
    gone = course.read(session, survey)
    return _Here(
        coders.people(session, survey),
        {
            email: {_on(row) for row in rows} | set(_carried(rows, gone))
            for email, rows in own.items()
        },
        blind,
    )


def _carried(rows: Sequence[_Row], gone: course.Course) -> Iterator[On]:
    """Yield what decisions are about in the codebook of now, as an export tells it."""
    for one in decided.carry(rows, gone):
        yield On(Place(one.row.response, one.row.start, one.row.end), one.theme)


def _on(row: _Row) -> On:
    return On(Place(row.response, row.start, row.end), row.theme)
