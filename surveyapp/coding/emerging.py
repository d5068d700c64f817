"""Emergent themes: what the words that no theme explains may point to, taken up or set aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import audit
from surveyapp.coding.codebook import changing, planning, settling
from surveyapp.coding.codebook.changing import Hand
from surveyapp.coding.codebook.settling import Ruling
from surveyapp.material import codebooks, course
from surveyapp.models import (
    Authority,
    CodebookChange,
    Decision,
    Emerging,
    Passage,
    Survey,
)
from synthesis import phrases
from synthesis.codebook import Theme

PER_PAGE: Final = 10
# A proposal shows so many of its passages in the list, and as many again on its own page.
SHOWN: Final = 3
SHOWN_ALONE: Final = 50


@dataclass(frozen=True, slots=True)
class Behind:
    """A passage behind a proposal; its words in parts, each marked or not for holding a term."""

    key: str
    authority: str
    parts: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What may be a theme, with passages behind it; `count` is how many there are.

    Its terms stand in so many passages `elsewhere`, and in those behind it so many `times` as
    often; both are 0 where it was proposed before they were kept.
    """

    key: str
    terms: tuple[str, ...]
    authorities: int
    count: int
    behind: tuple[Behind, ...]
    elsewhere: int = 0
    times: float = 0

    @property
    def called(self) -> str:
        """Its most telling phrase, as a heading."""
        first = self.terms[0] if self.terms else "No words in common"
        return first[:1].upper() + first[1:]


@dataclass(frozen=True, slots=True)
class Proposals:
    """A page of what is proposed, how much there is in all, and what was set aside."""

    listed: tuple[Proposal, ...]
    total: int
    aside: tuple[tuple[CodebookChange, tuple[str, ...]], ...]


def proposals(session: Session, survey: Survey, page: int = 1) -> Proposals:
    """Return what is proposed and neither taken up nor set aside, in a fixed number of queries."""
    known = course.proposals(session, survey)
    rows = _rows(session, survey)
    waiting = [row for row in rows if _waits(known.get(row.key))]
    shown = waiting[(page - 1) * PER_PAGE : page * PER_PAGE]
    terms = {row.key: tuple(row.terms) for row in rows}
    aside = [one for one in known.values() if course.is_set_aside(one)]
    return Proposals(
        tuple(_told(session, survey, shown, SHOWN)),
        len(waiting),
        tuple((one, terms.get(one.theme, ())) for one in course.newest_first(aside)),
    )


def proposal(session: Session, survey: Survey, key: str) -> Proposal:
    """Return one proposal that waits; KeyError where there is none."""
    row = session.get(Emerging, (key, survey.id))
    if row is None or not _waits(course.proposals(session, survey).get(key)):
        raise KeyError(key)
    return _told(session, survey, [row], SHOWN_ALONE)[0]


def gone(session: Session, survey: Survey, key: str, terms: tuple[str, ...]) -> Proposal:
    """Return what was proposed while somebody read it, and is not any more.

    It can be taken up all the same. KeyError where it was taken up or set aside, or never was.
    """
    if not terms or not _waits(course.proposals(session, survey).get(key)):
        raise KeyError(key)
    return Proposal(key, terms, authorities=0, count=0, behind=())


def promote(session: Session, survey: Survey, row: Proposal, theme: Theme, by: Hand) -> None:
    """Make a theme of a proposal."""
    changing.make(session, survey, planning.to_promote(row.key, theme), by)


def give(session: Session, survey: Survey, keys: Sequence[str], theme: str, by: Hand) -> int:
    """Give a theme to passages behind a proposal, and return how many they are."""
    passages = session.scalars(
        select(Passage).where(Passage.survey_id == survey.id, Passage.key.in_(keys))
    ).all()
    rulings = [Ruling(_decision(one), theme, "add") for one in passages]
    settling.write(session, survey, rulings, (by.person, by.at))
    audit.record(session, "theme.given", survey, by.person, theme=theme, count=len(rulings))
    return len(rulings)


def take_in(session: Session, survey: Survey, row: Proposal, into: str, by: Hand) -> None:
    """Let a theme take in a proposal, with the words that pointed to it."""
    book = codebooks.current(survey)
    changing.make(session, survey, planning.to_take_in(book, row.key, into, row.terms), by)


def set_aside(session: Session, survey: Survey, key: str, by: Hand, *, back: bool) -> None:
    """Set a proposal aside, or have it proposed again; the codebook stays as it is."""
    session.add(
        CodebookChange(
            survey=survey,
            kind="set aside",
            before=survey.codebook,
            after=survey.codebook,
            theme=key,
            into=[key] if back else [],
            changes_meaning=False,
            reason=by.reason,
            by=by.person,
            at=by.at,
        )
    )
    action = "proposal.brought_back" if back else "proposal.set_aside"
    audit.record(session, action, survey, by.person, theme=key)


def _waits(change: CodebookChange | None) -> bool:
    return change is None or (change.kind == "set aside" and bool(change.into))


def _rows(session: Session, survey: Survey) -> Sequence[Emerging]:
    asked = select(Emerging).where(Emerging.survey_id == survey.id)
    return session.scalars(asked.order_by(Emerging.place, Emerging.key)).all()


def _told(session: Session, survey: Survey, rows: Sequence[Emerging], most: int) -> list[Proposal]:
    """Return proposals with the first of the passages behind each, in one query."""
    keys = {key for row in rows for key in row.passages[:most]}
    asked = (
        select(Passage.key, Authority.name, Passage.words)
        .join(Authority, Authority.code == Passage.authority_code)
        .where(Passage.survey_id == survey.id, Passage.key.in_(keys), Passage.held.is_(False))
    )
    found = {key: (name, words) for key, name, words in session.execute(asked)}
    return [
        Proposal(
            key=row.key,
            terms=tuple(row.terms),
            authorities=row.authorities,
            count=len(row.passages),
            behind=tuple(
                _behind(row, key, *found[key]) for key in row.passages[:most] if key in found
            ),
            elsewhere=row.details.get("elsewhere", 0),
            times=row.details.get("times", 0),
        )
        for row in rows
    ]


def _behind(row: Emerging, key: str, authority: str, words: str) -> Behind:
    """Return a passage with the terms marked in it."""
    parts: list[tuple[str, bool]] = []
    done = 0
    for start, end in phrases.marked(words, row.terms):
        parts += [(words[done:start], False), (words[start:end], True)]
        done = end
    parts.append((words[done:], False))
    return Behind(key, authority, tuple(part for part in parts if part[0]))


def _decision(passage: Passage) -> Decision:
    """Return words to decide on, as an earlier decision would have them; it is not kept."""
    return Decision(
        response=passage.response, start=passage.start, end=passage.end, words=passage.words
    )
