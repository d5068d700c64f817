"""What the consultant concluded: findings, summaries, a shortlist, another version of a theme."""

import datetime as dt
import hashlib
import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import func, select

from benchmarks.filling.ground import NOW, Ground, Row, Rows, Told
from benchmarks.filling.said import EXAMPLES, PRACTICE
from surveyapp.coding.codebook import changing, planning
from surveyapp.derived import laying
from surveyapp.material import codebooks
from surveyapp.models import (
    Cell,
    Derivation,
    Emerging,
    Finding,
    FindingPassage,
    Learning,
    LinkCheck,
    Shortlisting,
    StandingText,
    Summary,
)

EVIDENCE: Final = 8
SUMMARIES: Final = 4
EMPTY: Final = ("nothing found", "not answered", "not asked")


def write(ground: Ground, rows: Rows, told: Sequence[Told], findings: int) -> uuid.UUID:
    """Write findings on confirmed passages, and the rest of what a consultant keeps.

    Return the id of one on a strand whose passages mostly praise, or mostly find fault.
    """
    confirmed = _confirmed(told)
    tags = {key: some for one in told for key, some in one.tags.items()}
    clear = []
    for number in range(findings):
        theme = ground.charted[number % len(ground.charted)]
        found, chosen = _finding(ground, rows, (theme, number), confirmed[theme])
        stances = Counter(
            tag["theme"] for key in chosen for tag in tags[key] if tag["verdict"] != "reject"
        )
        if theme.startswith("S") and stances["P1"] != stances["P2"]:
            clear.append(found)
    for one in told:
        _shortlist(ground, rows, one)
        _links(ground, rows, one)
    _texts(ground, rows, findings)
    _emerge(ground, rows, told, findings)
    return clear[0]


def _confirmed(told: Sequence[Told]) -> Mapping[str, list[Row]]:
    """Return the passages that may be used, by the themes that a coder gave them."""
    found: dict[str, list[Row]] = defaultdict(list)
    for one in told:
        for passage in one.passages:
            if passage["coded"] and not passage["held"] and passage["use_level"] != "withheld":
                for tag in one.tags[passage["key"]]:
                    if tag["verdict"] in ("accept", "add"):
                        found[tag["theme"]].append(passage)
    return found


def _finding(
    ground: Ground, rows: Rows, where: tuple[str, int], passages: Sequence[Row]
) -> tuple[uuid.UUID, Sequence[str]]:
    theme, place = where
    row = rows.add(
        Finding,
        id=ground.id(),
        survey_id=ground.survey.id,
        theme=theme,
        claim=f"families are met where they are, in way {place}",
        author_id=ground.coder.id,
        updated_at=NOW,
        looked_against_at=NOW if ground.chance(0.7) else None,
        place=place,
    )
    chosen = ground.dice.sample(passages, min(EVIDENCE, len(passages)))
    for number, passage in enumerate(chosen):
        words = {name: passage[name] for name in ("response", "start", "end", "words")}
        side = "against" if number % 4 == 3 else "for"
        rows.add(FindingPassage, finding_id=row["id"], **words, side=side)
    return row["id"], [one["key"] for number, one in enumerate(chosen) if number % 4 != 3]


def _shortlist(ground: Ground, rows: Rows, one: Told) -> None:
    for number in range(EXAMPLES):
        if ground.chance(0.5):
            rows.add(
                Shortlisting,
                id=ground.id(),
                survey_id=ground.survey.id,
                practice=f"{one.code}/{PRACTICE[:-1]}/entry{number}",
                shortlisted=ground.chance(0.7),
                reason="It shows how.",
                by_id=ground.coder.id,
                at=NOW,
            )


def _links(ground: Ground, rows: Rows, one: Told) -> None:
    address = f"https://{one.code.lower()}.example/S01.5"
    about = {"survey_id": ground.survey.id, "url": address, "checked_at": NOW}
    rows.add(LinkCheck, **about, works=True, outcome="It works.")


def _texts(ground: Ground, rows: Rows, count: int) -> None:
    place = "chapters.foreword.text"
    asked = select(func.max(StandingText.version)).where(StandingText.place == place)
    last = ground.session.scalar(asked.where(StandingText.survey_id == ground.survey.id)) or 0
    for version in range(last + 1, last + 1 + count):
        by = {"author_id": ground.coder.id, "at": NOW}
        what = {"place": place, "version": version, "text": "What stands here is ours."}
        rows.add(StandingText, id=ground.id(), survey_id=ground.survey.id, **what, **by)


def _emerge(ground: Ground, rows: Rows, told: Sequence[Told], count: int) -> None:
    """Propose themes, and say how much was learnt."""
    bare = [key for one in told for key, tags in one.tags.items() if not tags]
    for place in range(count):
        behind = ground.dice.sample(bare, min(60, len(bare)))
        rows.add(
            Emerging,
            key=f"{ground.dice.getrandbits(64):016x}",
            survey_id=ground.survey.id,
            terms=["library", f"word{place}"],
            passages=behind,
            authorities=len(told),
            place=place,
            details={"sure": True},
        )
        figures = {"without": 0.68, "taught": 0.7, "low": -0.01, "high": 0.03}
        at = {"at": NOW + dt.timedelta(hours=place), "passages": 50, "authorities": 3}
        rows.add(Learning, id=ground.id(), survey_id=ground.survey.id, **at, **figures)


def chart(ground: Ground, told: Sequence[Told]) -> None:
    """Count every cell, and write summaries of some."""
    rows = Rows()
    for one in told:
        for number, theme in enumerate(ground.charted):
            rows.add(
                Cell,
                survey_id=ground.survey.id,
                authority_code=one.code,
                theme=theme,
                empty=EMPTY[number % len(EMPTY)],
                worded=number % len(EMPTY) == 0,
                found=0,
                confirmed=0,
                rests_on=laying.rests_on(()),
            )
    rows.write(ground.session)
    for one in told:
        places = [(one.code, theme) for theme in ground.charted]
        laying.count(ground.session, ground.survey, places)
        _summarise(ground, one)


def _summarise(ground: Ground, one: Told) -> None:
    rows = Rows()
    hashes = dict(
        ground.session.execute(
            select(Cell.theme, Cell.rests_on).where(
                Cell.survey_id == ground.survey.id, Cell.authority_code == one.code
            )
        ).all()
    )
    for theme in ground.dice.sample(ground.charted, min(SUMMARIES, len(ground.charted))):
        rests_on = hashes[theme] if ground.chance(0.7) else hashlib.sha256(b"").hexdigest()
        about = {"survey_id": ground.survey.id, "authority_code": one.code, "theme": theme}
        by = {"author_id": ground.coder.id, "updated_at": NOW, "rests_on": rests_on}
        rows.add(Summary, id=ground.id(), **about, **by, text="They meet families early.")
    rows.write(ground.session)


def reword(ground: Ground) -> None:
    """Put a theme in other words, so that what was decided on it is looked at again."""
    book = codebooks.current(ground.survey)
    theme = book[ground.charted[0]]
    now = replace(theme, definition=f"{theme.definition} And more.")
    by = changing.Hand(ground.coder, NOW, ground.survey.codebook_id, "It was unclear.")
    changing.make(ground.session, ground.survey, planning.to_reword(now, changes_meaning=True), by)


def settle(ground: Ground, fingerprint: str) -> None:
    """Say that everything is derived."""
    row = ground.session.get(Derivation, ground.survey.id)
    row = row or Derivation(survey_id=ground.survey.id)
    row.fingerprint, row.codebook_id, row.derived_at = fingerprint, ground.survey.codebook_id, NOW
    row.asked_at, row.doing, row.share_done = None, "", 1.0
    ground.session.add(row)
