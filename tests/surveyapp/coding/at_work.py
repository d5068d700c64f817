"""A coder at work: a survey with passages, and lines typed on them."""

import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.coding import deciding
from surveyapp.coding.deciding import Done
from surveyapp.derived import acts, commands, context, laying
from surveyapp.derived.acts import Hand
from surveyapp.derived.context import InContext
from surveyapp.models import Cell, CodedPassage, Decision, Passage, Person, Survey, Tag
from tests.surveyapp.building import NOON, save, submission_of
from tests.surveyapp.deriving import derive

WORDS = (
    "Our front door works well. Schools ring us with figures, but the audit is not yet there. Fine."
)
BASE = "/coding/tiny-survey-2015"
# What is suggested for the passage about schools.
SEEN = "E1 E2 P2"


@dataclass
class Coder:
    """One person who codes, a second later each time."""

    session: Session
    survey: Survey
    person: Person
    at: dt.datetime = field(default=NOON)

    def hand(self) -> Hand:
        self.at += dt.timedelta(seconds=1)
        return Hand(self.person, self.at)

    def see(self, key: str) -> InContext:
        found = context.read(self.session, self.survey, key)
        assert found is not None
        return found

    def type(self, key: str, line: str, words: tuple[int, int] | None = None) -> Done:
        shown = self.see(key)
        seen = [one.theme for one in shown.on_it]
        chosen = shown.taking(*words) if words else shown
        sheet = deciding.lay_out(self.session, self.survey, self.person.id, chosen, seen)
        done = deciding.carry_out(
            self.session, self.survey, self.hand(), sheet, commands.parse(line)
        )
        self.session.expire_all()
        return done

    def undo(self) -> None:
        acts.undo(self.session, self.survey, self.hand())
        self.session.expire_all()


def consultant(session: Session, name: str = "Kay Runs") -> Person:
    """Bring a consultant in."""
    email = f"{name.split()[0].lower()}@trees.example"
    person = Person(email=email, name=name, staff_role="consultant")
    session.add(person)
    session.flush()
    return person


def coder(session: Session, survey: Survey, name: str = "Kay Runs") -> Coder:
    """Have a consultant begin to code; passages are derived first."""
    birch = submission_of(session, "Birch")
    save(session, birch, "S01.1", {"rating": 4}, seen=1)
    save(session, birch, "S01.2", {"text": WORDS})
    derive(session, survey)
    return Coder(session, survey, consultant(session, name))


def passages(session: Session) -> list[Passage]:
    """Return all passages, as they are read."""
    return list(session.scalars(select(Passage).order_by(Passage.place, Passage.start)))


def suggested(session: Session) -> list[Passage]:
    """Return the passages with a suggestion, as they are read."""
    tagged = select(Tag.passage_key)
    asked = select(Passage).where(Passage.key.in_(tagged))
    return list(session.scalars(asked.order_by(Passage.place, Passage.start)))


def at(key: str, rest: str = "") -> str:
    """Return the address of a passage's page."""
    return f"{BASE}/passages/{key}/{rest}"


def verdicts(session: Session, key: str) -> dict[str, str]:
    """Return what was decided about each theme of a passage, "" where nothing was."""
    rows = session.execute(select(Tag.theme, Tag.verdict).where(Tag.passage_key == key))
    return {row.theme: row.verdict for row in rows}


def everything(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Return all that decisions move, to tell whether it is as it was."""
    asked = {
        "decisions": select(
            Decision.response,
            Decision.start,
            Decision.end,
            Decision.words,
            Decision.theme,
            Decision.verdict,
            Decision.coder_id,
            Decision.codebook_id,
            Decision.made_at,
        ),
        "finished": select(
            CodedPassage.response,
            CodedPassage.start,
            CodedPassage.end,
            CodedPassage.words,
            CodedPassage.coder_id,
            CodedPassage.at,
        ),
        "tags": select(Tag.passage_key, Tag.theme, Tag.score, Tag.reason, Tag.verdict),
        "passages": select(Passage.key, Passage.start, Passage.end, Passage.coded, Passage.drawn),
        "cells": select(Cell.authority_code, Cell.theme, Cell.found, Cell.confirmed, Cell.rests_on),
    }
    return {
        name: sorted((tuple(row) for row in session.execute(one)), key=str)
        for name, one in asked.items()
    }


def lay_all(session: Session, survey: Survey) -> None:
    """Lay every decision again, as deriving would."""
    laying.lay(session, survey, {one.response for one in passages(session)})
