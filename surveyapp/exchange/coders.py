"""Coders: what other programs call them, and who is meant by the names in a file."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Decision, Memo, Person, Survey

BLIND: Final = " (blind)"
"""Ends what somebody is known by and called who coded blind: that is no decision of theirs."""


def people(session: Session, survey: Survey) -> Mapping[str, Person]:
    """Return who may code here or has, by their address, in one query."""
    coded = select(Decision.coder_id).where(Decision.survey_id == survey.id)
    noted = select(Memo.author_id).where(Memo.survey_id == survey.id)
    asked = select(Person).where(
        sa.or_(
            Person.staff_role.in_(("consultant", "administrator")),
            Person.id.in_(coded),
            Person.id.in_(noted),
        )
    )
    return {one.email: one for one in session.scalars(asked.order_by(Person.email))}


def names(known: Mapping[str, Person]) -> Mapping[str, str]:
    """Return what people are called, each by a name of their own, blind and otherwise."""
    shared = Counter(one.name.casefold() for one in known.values())
    called = {
        email: one.name if shared[one.name.casefold()] == 1 else f"{one.name} ({email})"
        for email, one in known.items()
    }
    return called | {f"{email}{BLIND}": f"{name}{BLIND}" for email, name in called.items()}


def is_blind(known_by: str) -> bool:
    """Say whether somebody coded blind."""
    return known_by.endswith(BLIND)
