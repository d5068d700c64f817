"""The states of the pages of the room review."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import built, files
from surveyapp.config import Settings
from surveyapp.models import Build, Person, StandingText, Survey
from tests.e2e.every_page.furniture import OPEN
from tests.e2e.every_page.states import Page, Site, State, press, write
from tests.surveyapp.building import NOON

ME: Final = "consultant"
SURVEY: Final = {"code": OPEN}
Made = tuple[str, Mapping[str, bytes], dict[str, object]]
PLACE: Final = "chapters.foreword.text"


def of(name: str) -> Mapping[str, str]:
    """Return the parts of the address of a build."""
    return {"code": OPEN, "build_id": name}


def open_text(page: Page, site: Site) -> None:
    """Open the standing text of the foreword."""
    page.goto(f"{site.address}/review/{OPEN}/text?place={PLACE}")


def overtake(page: Page, _: Site) -> None:
    """Let the page have been opened before somebody else changed the text."""
    page.evaluate("document.querySelector('[name=seen]').value = '0'")


def at(name: str, build: str) -> State:
    """Return the page of a build."""
    return State(f"review: {name}", ME, "review.build", of(build))


STATES: Final = (
    State("review: overview", ME, "review.overview", SURVEY),
    at("a build under way", "review_going"),
    at("a build that broke its rules", "review_broken"),
    at("a build that broke down", "review_failed"),
    at("a build that was forgotten", "review_forgotten"),
    at("the first build", "review_first"),
    at("a build compared with the last", "review_second"),
    State(
        "review: sign-off not confirmed",
        ME,
        "review.sign_off",
        of("review_second"),
        (press("Sign off"),),
        begins_at="review.build",
        status=422,
    ),
    State("review: standing texts", ME, "review.standing_texts", SURVEY),
    State(
        "review: a standing text",
        ME,
        "review.standing_text",
        SURVEY,
        (open_text,),
        begins_at="review.standing_texts",
    ),
    State(
        "review: a standing text left empty",
        ME,
        "review.change_text",
        SURVEY,
        (open_text, write("Text", " "), press("Save")),
        begins_at="review.standing_texts",
        status=422,
    ),
    State(
        "review: a standing text changed meanwhile",
        ME,
        "review.change_text",
        SURVEY,
        (open_text, overtake, write("Text", "Mine."), press("Save")),
        begins_at="review.standing_texts",
        status=409,
        needs_scripts=True,
    ),
    State("review: registers", ME, "review.registers_page", SURVEY),
)
# Addresses that answer with something else than a page.
NO_PAGES: Final[Mapping[str, str]] = {
    "review.build_progress": "how far a build is, as JSON",
}
# What is sent to these is never shown again: they do it, and lead on to a page.
LEAD_ON: Final[Mapping[str, str]] = {
    "review.ask": "a button",
    "review.build_file": "a button for a file",
    "review.check_links": "a button",
}


def manifest(*given: str) -> dict[str, object]:
    """Return a manifest with one claim that rests on these answers."""
    share = {"count": len(given), "base": 3, "text": f"{len(given)} of 3 have a front door."}
    claim = {"id": "S01.coverage", "theme": "S01", "for": [f"{one}:0-9" for one in given]}
    return {
        "version": 1,
        "inputs": "".join(given),
        "versions": {},
        "claims": [{**claim, **share, "against": [], "seal": str(given)}],
        "quotations": [{"source": f"{given[-1]}:0-9"}],
        "cells": [],
        "evidence": [],
        "passages": {
            f"{one}:0-9": {"response": one, "start": 0, "end": 9, "words_sha256": ""}
            for one in given
        },
    }


def kept(place: Path, content: bytes) -> dict[str, object]:
    """Keep a file, and return what a build notes of it."""
    return {"key": files.put(place, content), "size": len(content), "sha256": ""}


def told() -> tuple[Made, ...]:
    """Return the builds that there are: their names, their files, and how far they are."""
    later = NOON + dt.timedelta(hours=2)
    broken = {"violations.json": json.dumps(["S01.gaps: says 3, but 1 stand behind it."]).encode()}
    first = {"manifest.json": json.dumps(manifest("X/S01.2")).encode(), "clean.docx": b"PK"}
    second = {
        "manifest.json": json.dumps(manifest("X/S01.2", "Y/S01.2")).encode(),
        **dict.fromkeys(("clean.docx", "clean.pdf", "audit.docx", "matrix.xlsx"), b"PK"),
    }
    return (
        ("broken", broken, {"failed_at": NOON, "violations": 1}),
        ("failed", {}, {"failed_at": NOON}),
        ("forgotten", {}, {"done_at": NOON, "forgotten_at": NOON}),
        ("first", first, {"done_at": NOON, "started_at": NOON, "inputs": "a" * 64}),
        ("second", second, {"done_at": later, "started_at": later, "inputs": "b" * 64}),
        ("going", {}, {"started_at": NOON, "doing": "tagging response 3 of 9"}),
    )


def furnish(session: Session) -> Mapping[str, str]:
    """Fill the database with what these states show, and return the ids they need, by name."""
    survey = session.scalars(select(Survey).where(Survey.code == OPEN)).one()
    person = session.scalars(select(Person).where(Person.staff_role == ME)).first()
    settings: Settings = current_app.config["SETTINGS"]
    folder = settings.instance / built.FOLDER
    ids = {}
    for number, (name, contents, values) in enumerate(told(), start=11):
        place = built.place(folder, survey.id, number)
        noted = {one: kept(place, content) for one, content in contents.items()}
        row = Build(survey=survey, number=number, asked_by=person, asked_at=NOON, files=noted)
        for column, value in values.items():
            setattr(row, column, value)
        session.add(row)
        session.flush()
        ids[f"review_{name}"] = str(row.id)
    at = NOON + dt.timedelta(hours=1)
    text = {"place": PLACE, "version": 1, "text": "Ours.", "author": person, "at": at}
    session.add(StandingText(survey_id=survey.id, **text))
    session.flush()
    return ids
