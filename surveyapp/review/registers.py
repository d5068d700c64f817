"""The registers as a page shows them: who may be asked, and which documents may be shared."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.definitions.questions import ContactQuestion, DocumentQuestion
from surveyapp.material import codebooks, gathering, reading
from surveyapp.models import LinkCheck, Survey
from synthesis.material import KeyContact, SharedDocument


@dataclass(frozen=True, slots=True)
class Listed:
    """A document that may be shared, whose it is, and what came of trying its link."""

    authority: str
    document: SharedDocument
    checked_at: dt.datetime | None
    works: bool | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may be asked: whose colleague, what about, and how they are reached."""

    authority: str
    name: str
    role: str
    topics: str
    reached_at: str


@dataclass(frozen=True, slots=True)
class Registers:
    """Contacts, each person once, and documents."""

    contacts: Sequence[Person]
    documents: Sequence[Listed]

    @property
    def links(self) -> int:
        """Return how many different links there are to try."""
        return len({one.document.url for one in self.documents if one.document.url})


def read(session: Session, survey: Survey) -> Registers:
    """Return both registers, with nothing in them that was not agreed to."""
    kinds = (ContactQuestion, DocumentQuestion)
    material = gathering.offered(session, survey, lambda asked: reading.of_kinds(asked, *kinds))
    names = {one.code: one.name for one in material.authorities}
    checks = {
        row.url: row
        for row in session.scalars(select(LinkCheck).where(LinkCheck.survey_id == survey.id))
    }
    entries: dict[tuple[str, str], list[KeyContact]] = {}
    for one in material.contacts:
        if one.may_publish:
            entries.setdefault((names[one.authority], one.name.casefold()), []).append(one)
    strands = {theme.code: theme.name for theme in codebooks.current(survey)}
    documents = [
        _listed(names[one.authority], one, checks.get(one.url))
        for one in material.documents
        if one.may_share
    ]
    return Registers(
        [together(key[0], theirs, strands) for key, theirs in sorted(entries.items())],
        sorted(documents, key=lambda one: (one.authority, one.document.title)),
    )


def together(authority: str, entries: Sequence[KeyContact], strands: Mapping[str, str]) -> Person:
    """Put together what was given of one person, strand by strand."""
    given = {entry.theme for entry in entries}
    ways = dict.fromkeys(way for one in entries for way in (one.email, one.phone) if way)
    return Person(
        authority=authority,
        name=entries[0].name,
        role=entries[0].role,
        topics="; ".join(name for code, name in strands.items() if code in given),
        reached_at=", ".join(ways),
    )


def _listed(authority: str, document: SharedDocument, check: LinkCheck | None) -> Listed:
    return Listed(
        authority=authority,
        document=document,
        checked_at=check.checked_at if check else None,
        works=check.works if check else None,
        outcome=check.outcome if check else "",
    )
