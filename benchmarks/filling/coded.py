"""What coders did with an authority's passages: finished, decided, marked, and thought."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from benchmarks.filling.ground import NOW, Ground, Row, Rows, Told
from surveyapp.material import agreed
from surveyapp.material.agreed import Both
from surveyapp.models import (
    Clearing,
    CodedPassage,
    CodingAct,
    Decision,
    Mark,
    Memo,
    Person,
    Sample,
)

FINISHED: Final = 0.12
MARKED: Final = 0.005
NOTED: Final = 0.003
BULK: Final = 100
VERDICTS: Final = ("cleared", "held", "erased")


@dataclass
class Coding:
    """Who codes passages, in which sample, and what came of it."""

    coder: Person
    sample: Sample | None = None
    given: dict[str, frozenset[str]] = field(default_factory=dict)
    moments: int = 0

    @property
    def sample_id(self) -> uuid.UUID | None:
        """Return which sample they code blind, if they do."""
        return self.sample.id if self.sample else None

    def next(self) -> dt.datetime:
        """Return a moment after the last one."""
        self.moments += 1
        return NOW - dt.timedelta(days=30) + dt.timedelta(seconds=self.moments)


def code(ground: Ground, rows: Rows, told: Told, coding: Coding, share: float = FINISHED) -> None:
    """Let a coder finish some passages; one who codes blind changes no tag."""
    many: list[list[object]] = []
    for passage in told.passages:
        if not ground.chance(share):
            continue
        tags = told.tags[passage["key"]]
        verdicts = {one["theme"]: "accept" if ground.chance(0.6) else "reject" for one in tags}
        more = ground.dice.choice(ground.themes)
        if more not in verdicts and ground.chance(0.2):
            verdicts[more] = "add"
        many.append(_decide(ground, rows, coding, (passage, verdicts, tags)))
        if coding.sample is None:
            _lay(ground, told, passage, verdicts)
    if coding.sample is None and many:
        _act(ground, rows, coding, "many", [row for some in many[:BULK] for row in some])


def _decide(
    ground: Ground, rows: Rows, coding: Coding, what: tuple[Row, dict[str, str], Sequence[Row]]
) -> list[object]:
    """Write what one line on a passage leads to, and return what its act notes."""
    passage, verdicts, tags = what
    if coding.sample is not None:
        verdicts = {theme: "add" for theme, one in verdicts.items() if one != "reject"}
    at = coding.next()
    words = {name: passage[name] for name in ("response", "start", "end", "words")}
    shared = {
        **words,
        "survey_id": ground.survey.id,
        "coder_id": coding.coder.id,
        "sample_id": coding.sample_id,
        "codebook_id": ground.survey.codebook_id,
    }
    suggested = {one["theme"]: one["score"] for one in tags} if coding.sample is None else {}
    rows.add(CodedPassage, id=ground.id(), **shared, suggested=suggested, at=at)
    noted: list[object] = []
    place = [passage["key"], *(passage[name] for name in ("response", "start", "end"))]
    for theme, verdict in verdicts.items():
        about = {"theme": theme, "verdict": verdict, "made_at": at}
        rows.add(Decision, id=ground.id(), **shared, **about)
        noted.append([*place, theme, verdict, ground.survey.codebook_id.hex, at.isoformat()])
    coding.given[passage["key"]] = frozenset(
        theme for theme, verdict in verdicts.items() if verdict != "reject"
    )
    _act(ground, rows, coding, "blind" if coding.sample else "finish", noted)
    return noted


def _act(ground: Ground, rows: Rows, coding: Coding, kind: str, noted: list[object]) -> None:
    rows.add(
        CodingAct,
        id=ground.id(),
        survey_id=ground.survey.id,
        coder_id=coding.coder.id,
        sample_id=coding.sample_id,
        kind=kind,
        before={"decisions": [], "finished": []},
        after={"decisions": noted, "finished": []},
        at=coding.next(),
    )


def _lay(ground: Ground, told: Told, passage: Row, verdicts: dict[str, str]) -> None:
    """Lay verdicts over the tags."""
    passage["coded"] = True
    tags = {one["theme"]: one for one in told.tags[passage["key"]]}
    for theme, verdict in verdicts.items():
        if verdict == "add":
            shared = {"passage_key": passage["key"], "survey_id": ground.survey.id}
            row = {**shared, "theme": theme, "score": None, "reason": "added", "verdict": "add"}
            told.tags[passage["key"]].append(row)
        else:
            tags[theme]["verdict"] = verdict


def mark(ground: Ground, rows: Rows, told: Told) -> None:
    """Mark words in some passages, and in one at least: cleared, held back, erased or open."""
    for number, passage in enumerate(told.passages):
        if number == 0 or ground.chance(MARKED):
            _mark(ground, rows, told, passage)


def _mark(ground: Ground, rows: Rows, told: Told, passage: Row) -> None:
    start = passage["start"]
    end = start + passage["words"].index(" ")
    words = told.responses[passage["response"]]["text"][start:end]
    shared = {
        "survey_id": ground.survey.id,
        "place": passage["response"],
        "words_sha256": hashlib.sha256(words.encode()).hexdigest(),
        "kind": "name",
    }
    verdict = VERDICTS[len(rows.kept[Clearing]) % len(VERDICTS)]
    by = {"by_id": ground.coder.id, "at": NOW, "reason": "A member of staff."}
    rows.add(Clearing, id=ground.id(), **shared, verdict=verdict, **by)
    if verdict != "erased":
        found = {"start": start, "end": end, "reason": "a name", "authority_code": told.code}
        rows.add(Mark, id=ground.id(), **shared, **found, found_at=NOW)
        open_one = {"place": passage["response"], "words_sha256": "0" * 64, "kind": "address"}
        rows.add(Mark, id=ground.id(), **{**shared, **open_one}, **found, found_at=NOW)
        passage["held"] = True


def note(ground: Ground, rows: Rows, told: Told) -> None:
    """Keep memos on some passages, and one on the authority."""
    subjects = [("passage", one["key"]) for one in told.passages if ground.chance(NOTED)]
    for about, subject in [*subjects, ("authority", told.code)]:
        by = {"author_id": ground.coder.id, "at": NOW}
        what = {"about": about, "subject": subject, "text": "Ask them again."}
        rows.add(Memo, id=ground.id(), survey_id=ground.survey.id, **what, **by)


def sample(ground: Ground, codes: Sequence[str], seed: int, *, finished: bool) -> Sample:
    """Draw some authorities for the second coder."""
    row = Sample(
        survey_id=ground.survey.id,
        coder_id=ground.second.id,
        drawn_by_id=ground.coder.id,
        drawn_at=NOW - dt.timedelta(days=40),
        seed=seed,
        authorities=list(codes),
        finished_at=NOW if finished else None,
    )
    ground.session.add(row)
    ground.session.flush()
    return row


def compare(ground: Ground, rows: Rows, first: Coding, blind: Coding, told: Sequence[Told]) -> None:
    """Set down what both coders gave the passages that both finished."""
    both = list(_both(first, blind, told))
    rows.add(
        CodingAct,
        id=ground.id(),
        survey_id=ground.survey.id,
        coder_id=first.coder.id,
        sample_id=blind.sample_id,
        kind=agreed.COMPARED,
        before={},
        after=agreed.kept(ground.themes, both, [first.coder.id]),
        at=NOW,
    )


def _both(first: Coding, blind: Coding, told: Sequence[Told]) -> Iterator[Both]:
    for one in told:
        for key, tags in one.tags.items():
            if key in first.given and key in blind.given:
                machine = frozenset(tag["theme"] for tag in tags if tag["score"] is not None)
                yield Both(key, one.code, first.given[key], blind.given[key], machine)
