"""What people did between two builds, and which changes of the review may follow from it."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, joinedload, selectinload

from surveyapp.identifying import lasting
from surveyapp.material import checked
from surveyapp.models import (
    Answer,
    AnswerRevision,
    Build,
    CheckItem,
    Clearing,
    CodedPassage,
    Decision,
    Finding,
    Interview,
    MemberCheck,
    Note,
    Person,
    StandingText,
    Submission,
    Summary,
    Survey,
)
from surveyapp.review import called
from surveyapp.review.called import Names
from surveyapp.review.comparing import FINDING, Places, Stretch, standing

VERDICTS: Final[Mapping[str, str]] = {
    "accept": "accepted",
    "reject": "rejected",
    "add": "added",
    "cleared": "cleared words that may have identified a child in",
    "held": "held back words that may identify a child in",
    "erased": "erased words that may identify a child in",
}
CORRECTED: Final = "corrected its words in"
CHECKED: Final[Mapping[str, str]] = {
    "confirmed": "confirmed its words in",
    "corrected": CORRECTED,
    "unnamed": "asked to be unnamed in",
}
# How well an act explains a change that it touches: those below only where none above does.
EXPLAINS, MAY_EXPLAIN, ONLY_CONFIRMS = range(3)
# So much of a claim tells which finding is meant.
CLAIM: Final = 80


@dataclass(frozen=True, slots=True)
class Cause:
    """One act: when, by whom, what in words; the words and the theme that it touches.

    `cites` are the passages that it chose to be quoted; `strength` is how well it explains a change
    of what it touches.
    """

    at: dt.datetime
    who: str
    what: str
    places: Places = frozenset()
    theme: str = ""
    cites: Places = frozenset()
    strength: int = EXPLAINS

    def touches(self, places: Places, *, quoted: bool = False) -> bool:
        """Say whether it is about some of these words, or chose them to be quoted."""
        mine = self.places | self.cites if quoted else self.places
        return any(one.meets(other) for one in mine for other in places)

    def explains(self, theme: str) -> int:
        """Say how well it explains a change under a theme, or under any."""
        is_elsewhere = bool(theme and self.theme) and theme != self.theme
        return max(self.strength, MAY_EXPLAIN if is_elsewhere else EXPLAINS)

    @property
    def is_exact(self) -> bool:
        """Say whether it is about just some words of a text."""
        return any(one.end for one in self.places | self.cites)


@dataclass(frozen=True, slots=True)
class Window:
    """The time between two builds: from when the first began to read to when the second did."""

    start: dt.datetime
    end: dt.datetime

    def holds(self, column: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
        """Return the condition that something happened in it."""
        return (column > self.start) & (column <= self.end)


@dataclass(frozen=True, slots=True)
class Asked:
    """What acts are asked for: of which survey, within which time, and what things are called."""

    session: Session
    survey: Survey
    within: Window
    names: Names


def window(was: Build, now: Build) -> Window:
    """Return the time between two builds."""
    return Window(was.started_at or was.asked_at, now.started_at or now.asked_at)


@dataclass(frozen=True, slots=True)
class Latest:
    """The last acts of a time, in the order in which they were done, and how many there were."""

    acts: Sequence[Cause]
    count: int


@dataclass(frozen=True, slots=True)
class _Rows:
    """Acts that are a row each: when each was done, what is asked for, and how a row is told."""

    at: InstrumentedAttribute[Any]
    asked: Select[*tuple[Any, ...]]
    tell: Callable[..., Cause]


def between(
    session: Session, survey: Survey, within: Window, names: Names | None = None
) -> Sequence[Cause]:
    """Return everything that people did between two builds, in the order in which they did it."""
    asked = Asked(session, survey, within, names or called.names(session, survey))
    found = [cause for way in _WHOLE for cause in way(asked)]
    for way in _BY_ROW:
        rows = way(asked)
        found += (rows.tell(*row) for row in session.execute(rows.asked))
    return sorted(found, key=_in_time)


def latest(session: Session, survey: Survey, within: Window, names: Names, most: int) -> Latest:
    """Return the last acts of all, and how many there were: no others are read of most kinds."""
    asked = Asked(session, survey, within, names)
    found = [cause for way in _WHOLE for cause in way(asked)]
    count = len(found)
    for way in _BY_ROW:
        rows = way(asked)
        count += session.scalar(select(func.count()).select_from(rows.asked.subquery())) or 0
        last = rows.asked.order_by(rows.at.desc()).limit(most)
        found += (rows.tell(*row) for row in session.execute(last))
    return Latest(sorted(found, key=_in_time)[-most:], count)


def _in_time(one: Cause) -> tuple[dt.datetime, str]:
    return one.at, one.what


def _decisions(asked: Asked) -> _Rows:
    def tell(
        at: dt.datetime, who: str, verdict: str, theme: str, response: str, *within: int
    ) -> Cause:
        what = f"{VERDICTS[verdict]} {asked.names.theme(theme)} in {asked.names.place(response)}"
        return Cause(at, who, what, standing(response, *within), theme)

    rows = (
        select(
            Decision.made_at,
            Person.name,
            Decision.verdict,
            Decision.theme,
            Decision.response,
            Decision.start,
            Decision.end,
        )
        .join(Decision.coder)
        .where(
            Decision.survey_id == asked.survey.id,
            Decision.sample_id.is_(None),
            asked.within.holds(Decision.made_at),
        )
    )
    return _Rows(Decision.made_at, rows, tell)


def _finished(asked: Asked) -> _Rows:
    """Ask for passages that were finished: what was suggested there, and not accepted, is gone."""

    def tell(at: dt.datetime, who: str, response: str, start: int, end: int) -> Cause:
        what = f"finished a passage of {asked.names.place(response)}"
        return Cause(at, who, what, standing(response, start, end), strength=MAY_EXPLAIN)

    rows = (
        select(
            CodedPassage.at,
            Person.name,
            CodedPassage.response,
            CodedPassage.start,
            CodedPassage.end,
        )
        .join(Person, Person.id == CodedPassage.coder_id)
        .where(
            CodedPassage.survey_id == asked.survey.id,
            CodedPassage.sample_id.is_(None),
            asked.within.holds(CodedPassage.at),
        )
    )
    return _Rows(CodedPassage.at, rows, tell)


def _clearings(asked: Asked) -> _Rows:
    def tell(at: dt.datetime, who: str, verdict: str, place: str) -> Cause:
        return Cause(at, who, f"{VERDICTS[verdict]} {asked.names.place(place)}", standing(place))

    rows = (
        select(Clearing.at, Person.name, Clearing.verdict, Clearing.place)
        .join(Clearing.by)
        .where(
            Clearing.survey_id == asked.survey.id,
            asked.within.holds(Clearing.at),
            # Nobody decided these: they stay open where other words were erased.
            ~Clearing.kind.startswith(lasting.KIND, autoescape=True),
        )
    )
    return _Rows(Clearing.at, rows, tell)


def _checks(asked: Asked) -> Iterator[Cause]:
    rows = asked.session.execute(
        select(MemberCheck.returned_at, Person.name, CheckItem)
        .join(CheckItem.check)
        .join(MemberCheck.person)
        .join(MemberCheck.submission)
        .where(
            Submission.survey_id == asked.survey.id,
            CheckItem.verdict != "",
            asked.within.holds(MemberCheck.returned_at),
        )
    )
    for at, who, item in rows:
        if at is not None:
            yield from _said(asked, at, who, item)


def _said(asked: Asked, at: dt.datetime, who: str, item: CheckItem) -> Iterator[Cause]:
    """Yield what an authority said to words of its own: to keep its name off is about all of it."""
    where = asked.names.place(item.response)
    here = standing(item.response, item.start, item.end)
    is_corrected = checked.corrects(item)
    if is_corrected:
        yield Cause(at, who, f"{CORRECTED} {where}", here)
    if item.verdict == "unnamed":
        yield Cause(at, who, f"{CHECKED[item.verdict]} {where}", standing(item.response))
    elif not is_corrected:
        what = f"{CHECKED['confirmed']} {where}"
        yield Cause(at, who, what, here, strength=ONLY_CONFIRMS)


def _findings(asked: Asked) -> Iterator[Cause]:
    looker = aliased(Person)
    rows = asked.session.execute(
        select(Finding, looker.name)
        .outerjoin(looker, looker.id == Finding.looked_against_by_id)
        .where(
            Finding.survey_id == asked.survey.id,
            or_(
                asked.within.holds(Finding.updated_at),
                asked.within.holds(Finding.removed_at),
                asked.within.holds(Finding.looked_against_at),
            ),
        )
        .options(joinedload(Finding.author), selectinload(Finding.passages))
    )
    for one, looked in rows:
        yield from _on_finding(asked, one, looked or one.author.name)


def _on_finding(asked: Asked, one: Finding, looked: str) -> Iterator[Cause]:
    """Yield what was done to a finding, each act once."""
    told = f"{one.claim[:CLAIM].rstrip()}…" if len(one.claim) > CLAIM else one.claim
    where = f"the finding “{told}” on {asked.names.theme(one.theme)}"
    here = standing(f"{FINDING}{one.id.hex}")
    cites = frozenset(Stretch(row.response, row.start, row.end) for row in one.passages)
    acts = (
        (one.updated_at, one.author.name, "wrote or changed"),
        (one.looked_against_at, looked, "looked for what speaks against"),
        (one.removed_at, one.author.name, "removed"),
    )
    for at, who, what in acts:
        if at is not None and asked.within.start < at <= asked.within.end:
            yield Cause(at, who, f"{what} {where}", here, one.theme, cites)


def _texts(asked: Asked) -> _Rows:
    def tell(at: dt.datetime, who: str, place: str) -> Cause:
        return Cause(at, who, f"changed the standing text {asked.names.text(place)}")

    rows = (
        select(StandingText.at, Person.name, StandingText.place)
        .join(StandingText.author)
        .where(StandingText.survey_id == asked.survey.id, asked.within.holds(StandingText.at))
    )
    return _Rows(StandingText.at, rows, tell)


def _answers(asked: Asked) -> _Rows:
    def tell(at: dt.datetime, who: str, *parts: str) -> Cause:
        response = "/".join(part for part in parts if part)
        return Cause(at, who, f"changed {asked.names.place(response)}", standing(response))

    rows = (
        select(
            AnswerRevision.saved_at,
            Person.name,
            Submission.authority_code,
            Answer.question_code,
            Answer.entry_id,
        )
        .join(AnswerRevision.answer)
        .join(AnswerRevision.author)
        .join(Answer.submission)
        .where(Submission.survey_id == asked.survey.id, asked.within.holds(AnswerRevision.saved_at))
    )
    return _Rows(AnswerRevision.saved_at, rows, tell)


def _notes(asked: Asked) -> _Rows:
    def tell(at: dt.datetime, who: str, authority: str, note: uuid.UUID) -> Cause:
        response = f"{authority}/interview/{note.hex[:12]}"
        return Cause(at, who, f"wrote or changed {asked.names.place(response)}", standing(response))

    rows = (
        select(Note.updated_at, Person.name, Submission.authority_code, Note.id)
        .join(Note.interview)
        .join(Interview.submission)
        .join(Note.author)
        .where(Submission.survey_id == asked.survey.id, asked.within.holds(Note.updated_at))
    )
    return _Rows(Note.updated_at, rows, tell)


def _summaries(asked: Asked) -> _Rows:
    def tell(at: dt.datetime, who: str, authority: str, theme: str) -> Cause:
        where = f"{asked.names.authority(authority)} under {asked.names.theme(theme)}"
        return Cause(at, who, f"wrote the summary of {where}")

    rows = (
        select(Summary.updated_at, Person.name, Summary.authority_code, Summary.theme)
        .join(Summary.author)
        .where(Summary.survey_id == asked.survey.id, asked.within.holds(Summary.updated_at))
    )
    return _Rows(Summary.updated_at, rows, tell)


# Acts that are a row each, of which there may be many; and those that several rows tell of.
_BY_ROW: Final = (_decisions, _finished, _clearings, _texts, _answers, _notes, _summaries)
_WHOLE: Final = (_checks, _findings)


class Acts:
    """What people did, found by the texts that it touches."""

    def __init__(self, causes: Iterable[Cause]) -> None:
        """Keep them in their order."""
        self._on: dict[str, list[Cause]] = defaultdict(list)
        for cause in causes:
            for text in {one.text for one in cause.places | cause.cites}:
                self._on[text].append(cause)

    def explaining(
        self, places: Places, theme: str = "", *, quoted: bool = False
    ) -> tuple[Cause, ...]:
        """Return the acts that a change may follow from: those that explain it best, each once.

        Acts on just these words come before those on all of their text.
        """
        near = dict.fromkeys(
            one for text in sorted({here.text for here in places}) for one in self._on.get(text, ())
        )
        found = [one for one in near if one.touches(places, quoted=quoted)]
        best = min((one.explains(theme) for one in found), default=EXPLAINS)
        kept = (one for one in found if one.explains(theme) == best)
        return once(sorted(kept, key=lambda one: (not one.is_exact, one.at, one.what)))


def once(causes: Iterable[Cause]) -> tuple[Cause, ...]:
    """Return acts that read the same on the same day once, when they were done first."""
    told: dict[tuple[str, str, dt.date], Cause] = {}
    for one in causes:
        told.setdefault((one.who, one.what, one.at.date()), one)
    return tuple(told.values())
