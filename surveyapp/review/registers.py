"""The registers as a page shows them: who may be asked, and which documents may be shared."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.material import gathering
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
class Registers:
    """Contacts with the names of their authorities, and documents."""

    contacts: Sequence[tuple[str, KeyContact]]
    documents: Sequence[Listed]

    @property
    def links(self) -> int:
        """Return how many different links there are to try."""
        return len({one.document.url for one in self.documents if one.document.url})


def read(session: Session, survey: Survey) -> Registers:
    """Return both registers, with nothing in them that was not agreed to."""
    material = gathering.offered(session, survey)
    names = {one.code: one.name for one in material.authorities}
    checks = {
        row.url: row
        for row in session.scalars(select(LinkCheck).where(LinkCheck.survey_id == survey.id))
    }
    contacts = [(names[one.authority], one) for one in material.contacts if one.may_publish]
    documents = [
        _listed(names[one.authority], one, checks.get(one.url))
        for one in material.documents
        if one.may_share
    ]
    return Registers(
        sorted(contacts, key=lambda pair: (pair[0], pair[1].name)),
        sorted(documents, key=lambda one: (one.authority, one.document.title)),
    )


def _listed(authority: str, document: SharedDocument, check: LinkCheck | None) -> Listed:
    return Listed(
        authority=authority,
        document=document,
        checked_at=check.checked_at if check else None,
        works=check.works if check else None,
        outcome=check.outcome if check else "",
    )
