"""What coding the next passage costs among 100,000, over a bare page.

The page of the next passage is measured against the page that shows whoever is signed in their
surveys, on the same server with the same database. The whole step is shown beside it: the line is
sent, a passage is finished, the next one is shown, against a form that writes one row and leads to
the bare page, with the same durability.
"""

import datetime as dt
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Flask, redirect, url_for
from flask.testing import FlaskClient
from sqlalchemy import insert, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse
from werkzeug.wrappers import Response as Answer

from benchmarks import tracker
from benchmarks.serving import keys
from benchmarks.tagging import race
from surveyapp import create_app, migrating
from surveyapp.config import Settings
from surveyapp.derived import fingerprint
from surveyapp.extensions import db
from surveyapp.models import Authority, Derivation, Memo, Passage, Response, Survey, Tag

RATIO_GOAL: Final = 2.0
PASSAGES: Final = 100_000
IN_A_RESPONSE: Final = 5
THEMES: Final = ("S01", "S02", "S03", "S04", "A1", "E1", "P1", "P2")
STEPS: Final = 20
SEED: Final = 5
SENTENCE: Final = "Our workers meet families at the library and ask them what would help. "
NOW: Final = dt.datetime(2015, 8, 1, 9, 0, tzinfo=dt.UTC)


@dataclass
class Desk:
    """A coder's browser, and the page it is on."""

    client: FlaskClient
    token: str
    here: str

    def step(self) -> int:
        """Accept the first suggestion, finish, and look at the next passage."""
        sent = {"command": "1 .", "seen": "S01", "csrf_token": self.token}
        self.here = _led_to(self.client.post(self.here, data=sent))
        return self.look(self.here)

    def bare_step(self) -> int:
        """Have one row written, and look at the bare page."""
        return self.look(_led_to(self.client.post("/bare", data={"csrf_token": self.token})))

    def look(self, address: str) -> int:
        """Look at a page, and return how long it is."""
        answer = self.client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"A page that fails is fast: {answer.status_code}.")
        return len(answer.data)


def run() -> bool:
    """Measure, print a line a figure, and say whether the goal is met."""
    with tempfile.TemporaryDirectory() as place:
        desk = _sit_down(Path(place))
        steps = race(
            lambda: (desk.step() for _ in range(STEPS)),
            lambda: (desk.bare_step() for _ in range(STEPS)),
        )
        pages = race(
            lambda: (desk.look(desk.here) for _ in range(STEPS)),
            lambda: (desk.look("/account/") for _ in range(STEPS)),
        )
        with desk.client.application.app_context():
            db.engine.dispose()
    ratio = pages[0] / pages[1]
    what = f"coding among {PASSAGES:,} passages"
    print(f"{what}, the next passage's page over a bare page: {ratio:.2f} (goal {RATIO_GOAL})")
    print(f"{what}, milliseconds to finish one and see the next: {steps[0] / STEPS * 1000:.1f}")
    print(f"{what}, the same over a form that writes a row: {steps[0] / steps[1]:.2f} (no goal)")
    return ratio <= RATIO_GOAL


def _led_to(answer: TestResponse) -> str:
    if answer.status_code != 302:
        raise RuntimeError(f"It does not lead on: {answer.status_code}.")
    return str(answer.headers["Location"])


def _sit_down(place: Path) -> Desk:
    app = create_app(Settings(instance=place, demo=True))
    with app.test_request_context():
        with db.engine.connect() as connection:
            migrating.upgrade(connection)
        coder = tracker.fill()
        survey = db.session.scalars(select(Survey)).one()
        fill(db.session, survey)
        cookie, token = keys(app, coder)
        code, survey_id, coder_id = survey.code, survey.id, coder.id
        db.session.close()
    _add_bare(app, Memo(survey_id=survey_id, author_id=coder_id))
    client = app.test_client()
    client.set_cookie("session", cookie)
    return Desk(client, token, _led_to(client.get(f"/coding/{code}/next")))


def _add_bare(app: Flask, told: Memo) -> None:
    """Add the reference: a form that writes a row, and leads on to a page."""

    def bare() -> Answer:
        row = {"survey_id": told.survey_id, "author_id": told.author_id}
        db.session.add(Memo(**row, about="survey", text="Bare.", at=NOW))
        db.session.commit()
        return redirect(url_for("account.mine"))

    app.add_url_rule("/bare", view_func=bare, methods=["POST"])


def fill(session: Session, survey: Survey) -> None:
    """Write 100,000 passages of invented words, with three suggestions each at most."""
    dice = random.Random(SEED)  # noqa: S311 - nothing secret
    codes = list(session.scalars(select(Authority.code).order_by(Authority.code)))
    for code, first in zip(codes, _firsts(len(codes)), strict=True):
        _write(session, survey, (code, first), dice)
    row = Derivation(survey_id=survey.id, derived_at=NOW, codebook_id=survey.codebook_id)
    row.fingerprint = fingerprint.of(session, survey)
    session.add(row)
    session.commit()


def _firsts(authorities: int) -> Iterator[range]:
    """Yield the places of each authority's passages."""
    each = -(-PASSAGES // authorities)
    for first in range(0, PASSAGES, each):
        yield range(first, min(first + each, PASSAGES))


def _write(session: Session, survey: Survey, whose: tuple[str, range], dice: random.Random) -> None:
    code, places = whose
    shared = {
        "survey_id": survey.id,
        "authority_code": code,
        "source": "questionnaire",
        "use_level": "named",
        "verbatim": True,
    }
    state = {"drawn": False, "coded": False, "held": False}
    responses: list[dict[str, object]] = []
    passages: list[dict[str, object]] = []
    tags: list[dict[str, object]] = []
    for place in places:
        number, within = divmod(place, IN_A_RESPONSE)
        asked = {"asked": THEMES[number % 4], "question_code": f"{THEMES[number % 4]}.2"}
        response = f"{code}/{number}"
        if within == 0 or place == places.start:
            told = {"question": "What do you do?", "text": SENTENCE * IN_A_RESPONSE}
            named = {"id": response, "place": place, "confirmed": None}
            responses.append({**shared, **asked, **told, **named})
        start = within * len(SENTENCE)
        words = {"start": start, "end": start + len(SENTENCE) - 1, "words": SENTENCE[:-1]}
        row = {"key": f"{place:016x}", "response": response, "place": place}
        passages.append({**shared, **asked, **state, **words, **row, "doubt": dice.random()})
        tags += _tags({"passage_key": row["key"], "survey_id": survey.id}, dice)
    for model, rows in ((Response, responses), (Passage, passages), (Tag, tags)):
        session.execute(insert(model), rows)


def _tags(shared: dict[str, object], dice: random.Random) -> Iterator[dict[str, object]]:
    said = {"reason": "says ‘families’", "verdict": ""}
    for theme in dice.sample(THEMES, dice.randint(0, 3)):
        yield {**shared, **said, "theme": theme, "score": round(dice.uniform(0.4, 1), 2)}


if __name__ == "__main__":
    sys.exit(0 if run() else 1)
