"""The words of authorities that a build prints: what they are asked to look at, and have been."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.checking import printing
from surveyapp.checking.printing import Place
from surveyapp.material.checked import CORRECTION
from surveyapp.models import Build, CheckItem, Response, Survey


@dataclass(frozen=True, slots=True)
class Quotation:
    """Exact words that a build prints, in their response."""

    authority: str
    response: str
    start: int
    end: int
    words: str

    @property
    def place(self) -> Place:
        """Return where the words stand, and what proves them."""
        return Place(self.response, self.start, self.end, seal(self.words), "")


class Shown(NamedTuple):
    """Words that an authority was shown in a check, and what it would have said instead."""

    response: str
    start: int
    end: int
    words: str
    instead: str


def latest(session: Session, survey: Survey) -> Build | None:
    """Return the last build that was made and still has its files."""
    return session.scalars(
        select(Build)
        .where(
            Build.survey_id == survey.id,
            Build.done_at.is_not(None),
            Build.forgotten_at.is_(None),
        )
        .order_by(Build.number.desc())
        .limit(1)
    ).one_or_none()


def printed(
    session: Session, build: Build, folder: Path, authorities: Collection[str]
) -> Mapping[str, tuple[Quotation, ...]]:
    """Return what a build prints of some authorities' words, by the authority's code.

    Words that read otherwise now are left out: the next build has them as they are.
    """
    told = printing.read(folder, build)
    texts = _texts(session, build, authorities)
    found: dict[str, list[Quotation]] = defaultdict(list)
    for code in sorted(set(authorities)):
        for one in told.of(code):
            words = texts.get(one.response, "")[one.start : one.end]
            if words and seal(words) == one.sealed:
                found[code].append(Quotation(code, one.response, one.start, one.end, words))
    return {code: tuple(some) for code, some in found.items()}


def shown(items: Iterable[CheckItem]) -> list[Shown]:
    """Return what an authority was shown in a check."""
    return [Shown(one.response, one.start, one.end, one.words, one.instead) for one in items]


def missing(items: Iterable[CheckItem], some: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """Return those that a check does not have: their words were never shown in it."""
    wanted = set(unseen(shown(items), [one.place for one in some]))
    return tuple(one for one in some if one.place in wanted)


def unseen(had: Iterable[Shown], places: Iterable[Place]) -> tuple[Place, ...]:
    """Return the places whose words were never shown.

    Words that the authority itself put there in answer to it need not be shown to it again.
    """
    seen, own = set[tuple[str, int, int, str]](), dict[str, str]()
    for one in had:
        seen.add((one.response, one.start, one.end, seal(one.words)))
        if one.instead not in ("", one.words):
            own[f"{one.response}{CORRECTION}{one.start}"] = one.instead
    return tuple(one for one in places if one[:4] not in seen and not _is_own(one, own))


def seal(words: str) -> str:
    """Return the hash by which words are known."""
    return hashlib.sha256(words.encode()).hexdigest()


def _is_own(place: Place, own: Mapping[str, str]) -> bool:
    words = own.get(place.response)
    return words is not None and seal(words[place.start : place.end]) == place.sealed


def _texts(session: Session, build: Build, authorities: Collection[str]) -> Mapping[str, str]:
    """Return what the responses of some authorities say, by their ids."""
    rows = session.execute(
        select(Response.id, Response.text).where(
            Response.survey_id == build.survey_id, Response.authority_code.in_(authorities)
        )
    )
    return dict(rows.all())
