"""Coding blind: a second coder gives themes to the passages of a sample, one after the other.

They see no suggestion, and nothing that others decided, drew or noted. What they decide is kept
with the sample, for measuring agreement, and goes no further.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import audit
from surveyapp.agreement.drawing import of_sample, stands
from surveyapp.derived import acts, commands, context
from surveyapp.derived.acts import Change, Hand, On, Place
from surveyapp.derived.commands import Command, CommandError
from surveyapp.derived.context import InContext
from surveyapp.errors import SurveyError
from surveyapp.material import codebooks
from surveyapp.models import Authority, CodedPassage, Passage, Sample
from synthesis.codebook import Codebook

CODING: Final = "blind"
GIVES: Final = {"add", "take off"}
LEADS: Final[tuple[commands.Kind, ...]] = ("finish", "skip", "back", "undo")
KEYS: Final = tuple(one for one in commands.KEYS if one[0][:2] in {"+S", "-S", "En", "n", "p", "u"})
"""What a blind coder can type: they have no suggestions, draw nothing and keep no memos."""
_IN_ORDER: Final = (Passage.place, Passage.start, Passage.key)


class ClosedError(SurveyError):
    """The sample is finished or set aside: nothing in it changes any more."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("You have finished this sample, so nothing in it can be changed.")


class NotAllError(SurveyError):
    """A sample is finished only when all its passages are."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many passages of an authority are there to code, and how many are finished."""

    name: str
    passages: int
    done: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a line did, and the passage that is shown next; None where all are finished."""

    said: str
    key: str | None


def find(session: Session, sample_id: uuid.UUID) -> Sample | None:
    """Return a sample that has not been set aside."""
    found = session.get(Sample, sample_id)
    return found if found is not None and found.dropped_at is None else None


def lock(session: Session, sample: Sample) -> None:
    """Let one request at a time code in a sample; ClosedError where it is closed."""
    session.refresh(sample, with_for_update=True)
    if sample.finished_at is not None or sample.dropped_at is not None:
        raise ClosedError


def shares(session: Session, sample: Sample) -> Sequence[Share]:
    """Return how far the coder is with each authority, in one query."""
    rows = session.execute(
        select(Authority.name, func.count(), func.count(CodedPassage.id))
        .select_from(Passage)
        .join(Authority, Authority.code == Passage.authority_code)
        .outerjoin(CodedPassage, _done_in(sample))
        .where(of_sample(sample.survey_id, sample.authorities))
        .group_by(Authority.name, Passage.authority_code)
        .order_by(Authority.name, Passage.authority_code)
    )
    return [Share(*row) for row in rows]


def read(session: Session, sample: Sample, key: str) -> InContext | None:
    """Return a passage of a sample as its coder sees it; None where the sample has none of it."""
    found = context.read(session, sample.survey, key, sample)
    if found is None:
        return None
    one = found.passage
    is_theirs = one.authority_code in sample.authorities and not one.drawn and not one.held
    return found if is_theirs else None


def is_finished(session: Session, sample: Sample, passage: Passage) -> bool:
    """Say whether the coder has finished a passage as it stands."""
    done = select(CodedPassage.id).where(
        CodedPassage.sample_id == sample.id,
        CodedPassage.response == passage.response,
        CodedPassage.start == passage.start,
        CodedPassage.end == passage.end,
        CodedPassage.words == passage.words,
    )
    return session.scalar(done) is not None


def next_open(session: Session, sample: Sample, after: Passage | None = None) -> str | None:
    """Return the next passage to code, from the first again after the last; None where none is."""
    is_open = (
        select(Passage.key)
        .outerjoin(CodedPassage, _done_in(sample))
        .where(of_sample(sample.survey_id, sample.authorities), CodedPassage.id.is_(None))
        .order_by(*_IN_ORDER)
        .limit(1)
    )
    later = None if after is None else session.scalar(is_open.where(_later(after)))
    return later or session.scalar(is_open)


def beside(session: Session, sample: Sample, passage: Passage, *, is_next: bool) -> str:
    """Return the passage before or after one, finished or not; at either end the same again."""
    here = of_sample(sample.survey_id, sample.authorities)
    place = sa.tuple_(*_IN_ORDER)
    now = sa.tuple_(*(sa.literal(one) for one in (passage.place, passage.start, passage.key)))
    order = _IN_ORDER if is_next else [column.desc() for column in _IN_ORDER]
    where = place > now if is_next else place < now
    found = session.scalar(select(Passage.key).where(here, where).order_by(*order).limit(1))
    return found or passage.key


def obey(
    session: Session, sample: Sample, shown: InContext, line: Sequence[Command], at: dt.datetime
) -> Outcome:
    """Do what a coder typed about a passage, all or nothing. Raises CommandError for a slip."""
    lock(session, sample)
    hand = Hand(sample.coder, at, sample.id)
    verdicts = _verdicts(shown, line, codebooks.current(sample.survey))
    place = Place(shown.passage.response, shown.passage.start, shown.passage.end)
    _check_not_theirs(session, sample, place)
    last = line[-1].kind
    ends = last == "finish" and not is_finished(session, sample, shown.passage)
    change = Change(verdicts, {place: {}} if ends else {})
    acts.perform(session, sample.survey, hand, CODING, change)
    if last == "undo":
        undone = acts.undo(session, sample.survey, hand)
        return Outcome("Undone: what you did last.", acts.place_of(undone))
    if last == "finish":
        return Outcome("Passage finished.", next_open(session, sample, shown.passage))
    if last in {"skip", "back"}:
        key = beside(session, sample, shown.passage, is_next=last == "skip")
        return Outcome("Passage left open." if last == "skip" else "One passage back.", key)
    return Outcome(_said(verdicts), shown.passage.key)


def ticked(seen: Sequence[str], ticks: Sequence[str], then: str) -> tuple[Command, ...]:
    """Return what ticks say of a passage that had the themes `seen`, and where that leads."""
    given = [Command("add", theme=code) for code in ticks if code not in seen]
    taken = [Command("take off", theme=code) for code in seen if code not in ticks]
    return *given, *taken, *(Command(kind) for kind in LEADS if kind == then)


def finish(session: Session, sample: Sample, at: dt.datetime) -> None:
    """Close a sample whose passages are all finished; NotAllError where some are not."""
    lock(session, sample)
    there = shares(session, sample)
    left = sum(one.passages - one.done for one in there)
    if left or not there:
        noun = "passage is" if left == 1 else "passages are"
        raise NotAllError(f"{left} {noun} not finished yet. Finish all of them first")
    sample.finished_at = at
    done = sum(one.done for one in there)
    audit.record(session, "sample.finished", sample.survey, sample.coder, passages=done)


def _verdicts(shown: InContext, line: Sequence[Command], themes: Codebook) -> dict[On, str]:
    """Return what a line says of themes; CommandError where it says what cannot be done."""
    place = Place(shown.passage.response, shown.passage.start, shown.passage.end)
    known = {theme.code.casefold(): theme.code for theme in themes}
    # What has left the codebook since can still be taken off.
    given = {one.theme.casefold(): one.theme for one in shown.on_it}
    verdicts: dict[On, str] = {}
    for one in line:
        if one.kind in LEADS:
            continue
        if one.kind not in GIVES:
            raise CommandError(
                "You code without suggestions: type + and a theme’s code, or - to take it off."
            )
        typed = one.theme.casefold()
        theme = known.get(typed) or (given.get(typed) if one.kind == "take off" else None)
        if theme is None:
            raise CommandError(f"There is no theme {one.theme}. The themes are listed below.")
        verdicts[On(place, theme)] = "add" if one.kind == "add" else ""
    return verdicts


def _said(verdicts: dict[On, str]) -> str:
    given = [on.theme for on, verdict in verdicts.items() if verdict]
    taken = [on.theme for on, verdict in verdicts.items() if not verdict]
    parts = (("Given", given), ("Taken off", taken))
    return "; ".join(f"{word}: {', '.join(codes)}" for word, codes in parts if codes) + "."


def _check_not_theirs(session: Session, sample: Sample, place: Place) -> None:
    """Refuse a passage that the coder has coded elsewhere: they know what is to be measured."""
    other = select(CodedPassage.id).where(
        CodedPassage.survey_id == sample.survey_id,
        CodedPassage.response == place.response,
        CodedPassage.coder_id == sample.coder_id,
        CodedPassage.sample_id.is_distinct_from(sample.id),
    )
    if session.scalar(other.limit(1)) is not None:
        raise CommandError(
            "You have coded these words elsewhere. Ask the consultant to set this sample aside."
        )


def _done_in(sample: Sample) -> sa.ColumnElement[bool]:
    """Return when a passage is finished in a sample, with the words that it has now."""
    return sa.and_(CodedPassage.sample_id == sample.id, stands())


def _later(passage: Passage) -> sa.ColumnElement[bool]:
    now = sa.tuple_(*(sa.literal(one) for one in (passage.place, passage.start, passage.key)))
    return sa.tuple_(*_IN_ORDER) > now
