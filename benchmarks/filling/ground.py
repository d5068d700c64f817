"""What every part of filling a survey needs: the survey, who works in it, and the rows so far."""

import datetime as dt
import random
import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from surveyapp import published
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.derived.keys import passage_key
from surveyapp.material import codebooks
from surveyapp.models import Person, Submission, Survey
from surveyapp.models.base import Base

NOW: Final = dt.datetime(2015, 8, 1, 9, 0, tzinfo=dt.UTC)
SEED: Final = 5
SENTENCES: Final = (
    "Our workers meet families at the library and ask them what would help. ",
    "Schools ring the front door before they write anything down. ",
    "We review every plan after six weeks with the family and whoever leads. ",
    "There is no shared data with health, and that remains a gap. ",
    "An audit of forty cases found outcomes recorded in half of them. ",
    "Nobody could tell us how long a family waits in the north. ",
    "The nursery and the health visitor look at the same child together. ",
)
Row = dict[str, Any]


@dataclass(slots=True)
class Rows:
    """Rows by their table, written in one go each, the tables in the order they came up in."""

    kept: dict[type[Base], list[Row]] = field(default_factory=lambda: defaultdict(list))

    def add(self, model: type[Base], **values: object) -> Row:
        """Note a row, and return it: it may still change until it is written."""
        row: Row = values
        self.kept[model].append(row)
        return row

    def write(self, session: Session) -> None:
        """Write every row noted so far, and forget them."""
        for model, rows in self.kept.items():
            session.execute(insert(model), rows)
        self.kept.clear()


@dataclass(frozen=True)
class Ground:
    """A survey that is being filled; `folder` is where its builds are kept."""

    session: Session
    survey: Survey
    coder: Person
    second: Person
    folder: Path
    dice: random.Random

    @cached_property
    def asked(self) -> Questionnaire:
        """Return what the survey asks in writing."""
        return published.questionnaire(self.survey.questionnaire)

    @cached_property
    def charted(self) -> tuple[str, ...]:
        """Return the themes that have cells."""
        book = codebooks.current(self.survey)
        return tuple(one.code for one in book if one.kind in ("strand", "outcome"))

    @cached_property
    def themes(self) -> tuple[str, ...]:
        """Return every theme that a passage may have."""
        book = codebooks.current(self.survey)
        return tuple(one.code for one in book if one.kind != "emergent")

    def key(self, passage: Mapping[str, Any]) -> str:
        """Return what a passage is called."""
        place = (passage["response"], passage["start"], passage["end"])
        return passage_key(self.survey.id, *place, passage["words"])

    def chance(self, share: float) -> bool:
        """Say yes as often as this."""
        return self.dice.random() < share

    def id(self) -> uuid.UUID:
        """Return an id that is the same in every run."""
        return uuid.UUID(int=self.dice.getrandbits(128), version=4)


@dataclass
class Told:
    """What one authority has said: its passages in order, and the tags on each by its key."""

    submission: Submission
    coordinator: Person
    passages: list[Row]
    tags: dict[str, list[Row]]
    responses: dict[str, Row]

    @property
    def code(self) -> str:
        """Return the authority's code."""
        return self.submission.authority_code


def person(session: Session, email: str, name: str, role: str | None = None) -> Person:
    """Return the person with this address, made if there is none."""
    found = session.scalars(select(Person).where(Person.email == email)).one_or_none()
    if found is None:
        found = Person(email=email, name=name, staff_role=role)
        session.add(found)
        session.flush()
    return found
