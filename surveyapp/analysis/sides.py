"""One authority's questionnaire and interview side by side, and where they differ.

The rules by which a difference is flagged are few, and the page states each: what people wrote and
said is not compared by its meaning, which is for whoever reads it.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from surveyapp import progress
from surveyapp.analysis import searching, themes
from surveyapp.analysis.searching import COUNTS
from surveyapp.definitions import answers, routing
from surveyapp.definitions.questions import MaturityQuestion
from surveyapp.files import uploads
from surveyapp.material import spoken, written
from surveyapp.material.file import File, prevails
from surveyapp.models import Answer, Correction, Interview, Note, Passage, Submission, Survey
from synthesis import material
from synthesis.codebook import Theme

HIGH, LOW = 3, 1
RULES: Final[Mapping[str, str]] = {
    "corrected": "A note was recorded as correcting a written answer, or as adding to it.",
    "only gaps": f"Rated {HIGH} or more, and what was said is tagged as gaps, never as strengths.",
    "only strengths": f"Rated {LOW} or less, and what was said is tagged as strengths, never as "
    "gaps. Suggested tags count here, unless they were rejected.",
    "not written": "Something was said, and no words were written.",
    "not said": "Words were written, and nothing was said in the interview.",
}
FLAGS: Final[Mapping[str, str]] = {
    "corrected": "Corrected on the telephone",
    "only gaps": "Rated high, only gaps said",
    "only strengths": "Rated low, only strengths said",
    "not written": "Said, not written",
    "not said": "Written, not said",
}


class Read(NamedTuple):
    """The passages of some words: the first, how many, and how many of them are held back."""

    first: str
    passages: int
    held: int


@dataclass(frozen=True, slots=True)
class Item:
    """One answer or note: what was asked, the words, and how they may be used."""

    question: str
    words: str
    use_level: str
    read: Read | None
    is_verbatim: bool = True
    is_confirmed: bool | None = None
    # What prevails where both differ: note, answer or both; empty where nothing was recorded.
    prevails: str = ""
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Strand:
    """What one authority wrote and said under one theme."""

    theme: Theme | None
    ratings: tuple[tuple[str, str], ...]
    written: tuple[Item, ...]
    said: tuple[Item, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """One authority's file, theme by theme; `loose` was said under none."""

    submission: Submission
    strands: tuple[Strand, ...]
    loose: tuple[Item, ...]
    is_interviewed: bool

    @property
    def flagged(self) -> tuple[Strand, ...]:
        """Return the themes on which the two differ."""
        return tuple(one for one in self.strands if one.flags)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was derived from one authority's words."""

    of_response: Mapping[str, Read]
    themes: Mapping[str, Collection[str]]
    stances: Mapping[str, Collection[str]]


def side_by_side(session: Session, survey: Survey, authority: str) -> Sides | None:
    """Return what an authority wrote and said; None where it was not asked."""
    submission = session.scalars(
        select(Submission)
        .where(Submission.survey_id == survey.id, Submission.authority_code == authority)
        .options(
            joinedload(Submission.authority),
            joinedload(Submission.questionnaire),
            selectinload(Submission.sections),
        )
    ).one_or_none()
    if submission is None:
        return None
    file = _file(session, submission)
    reading = _reading(session, survey, authority)
    charted = themes.of_kinds(themes.of(survey), themes.CHARTED)
    said, loose = _said(file, reading, {one.code for one in charted})
    strands = (_strand(file, theme, said.get(theme.code, ()), reading) for theme in charted)
    return Sides(submission, tuple(strands), loose, is_interviewed=bool(file.interviews))


def _file(session: Session, submission: Submission) -> File:
    """Read one authority's rows, a query a table."""
    calls = session.scalars(
        select(Interview)
        .where(
            Interview.submission_id == submission.id,
            Interview.held_on.is_not(None),
            Interview.cancelled_at.is_(None),
        )
        .options(
            joinedload(Interview.guide),
            selectinload(Interview.notes),
            selectinload(Interview.documents),
            selectinload(Interview.contacts),
        )
        .order_by(Interview.held_on, Interview.id)
    ).all()
    rows = session.scalars(select(Answer).where(Answer.submission_id == submission.id)).all()
    names = uploads.names(uploads.of_submission(session, submission))
    found = _corrections(session, submission.id)
    return File(submission, tuple(rows), tuple(calls), names, tuple(found))


def _corrections(session: Session, submission_id: uuid.UUID) -> Sequence[Correction]:
    return session.scalars(
        select(Correction)
        .join(Correction.note)
        .join(Note.interview)
        .where(Interview.submission_id == submission_id, Correction.undone_at.is_(None))
        .options(contains_eager(Correction.note).contains_eager(Note.interview))
        .order_by(Correction.at, Correction.id)
    ).all()


def _reading(session: Session, survey: Survey, authority: str) -> _Reading:
    """Read an authority's passages, and the tags on those that count."""
    here = (Passage.survey_id == survey.id, Passage.authority_code == authority)
    rows = session.execute(
        select(Passage.response, Passage.key, Passage.held)
        .where(*here)
        .order_by(Passage.place, Passage.key)
    ).all()
    by_response: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for response, key, held in rows:
        by_response[response].append((key, held))
    tags: dict[str, set[str]] = defaultdict(set)
    for response, theme in session.execute(searching.standing_tags(*here, COUNTS)):
        tags[response].add(theme)
    book = themes.of(survey)
    stances = {one.code for one in book.of_kind("stance")}
    charted = {one.code for one in themes.of_kinds(book, themes.CHARTED)}
    return _Reading(
        {
            response: Read(some[0][0], len(some), sum(held for _, held in some))
            for response, some in by_response.items()
        },
        {response: some & charted for response, some in tags.items()},
        {response: some & stances for response, some in tags.items()},
    )


Said = tuple[material.Response, Item]


def _said(
    file: File, reading: _Reading, charted: Collection[str]
) -> tuple[Mapping[str, Sequence[Said]], tuple[Item, ...]]:
    """Sort what was said by theme: that of the prompt, or else those that its passages have."""
    found: dict[str, list[Said]] = defaultdict(list)
    loose: list[Item] = []
    ends = {one.note: one.prevails for one in spoken.corrections(file)}
    pieces = (*spoken.pieces(file), *spoken.overtaken(file))
    for one in (piece for piece in pieces if isinstance(piece, material.Response)):
        item = Item(
            question=one.question,
            words=one.text,
            use_level=one.use_level,
            read=reading.of_response.get(one.id),
            is_verbatim=one.verbatim,
            is_confirmed=one.confirmed,
            prevails=ends.get(one.id, ""),
        )
        under = {one.asked} if one.asked in charted else reading.themes.get(one.id, ())
        for theme in under:
            found[theme].append((one, item))
        if not under:
            loose.append(item)
    return found, tuple(loose)


def _strand(file: File, theme: Theme, said: Sequence[Said], reading: _Reading) -> Strand:
    items = tuple(_written(file, theme.code, reading))
    rated, gone = (
        _rated(file, theme.code, some) for some in (written.pieces(file), written.overtaken(file))
    )
    stances = {stance for one, _ in said for stance in reading.stances.get(one.id, ())}
    spoke = bool(file.interviews)
    flags = {
        "corrected": any(one.prevails for one in (*items, *(item for _, item in said))),
        "only gaps": _only(stances, themes.GAP) and any((r.value or 0) >= HIGH for r in rated),
        "only strengths": _only(stances, themes.STRENGTH)
        and any(r.value is not None and r.value <= LOW for r in rated),
        "not written": bool(said) and not _has_words(file, theme.code),
        "not said": spoke and not said and _has_words(file, theme.code),
    }
    return Strand(
        theme=theme,
        ratings=(
            *(_rating(file, one) for one in rated),
            *(_rating(file, one, ", and a note counts instead") for one in gone),
        ),
        written=items,
        said=tuple(item for _, item in said),
        flags=tuple(name for name, holds in flags.items() if holds),
    )


def _only(stances: Collection[str], one: str) -> bool:
    other = themes.STRENGTH if one == themes.GAP else themes.GAP
    return one in stances and other not in stances


def _has_words(file: File, theme: str) -> bool:
    """Say whether an authority wrote words of its own under a theme."""
    pieces: Iterable[object] = (*written.pieces(file), *written.overtaken(file))
    return any(
        isinstance(one, material.Response)
        and file.questionnaire.theme_of(one.question_code) == theme
        for one in pieces
    )


def _rated(file: File, theme: str, pieces: Iterable[written.Piece]) -> list[material.Rating]:
    return [
        one
        for one in pieces
        if isinstance(one, material.Rating)
        and file.questionnaire.theme_of(one.question_code) == theme
    ]


def _rating(file: File, one: material.Rating, more: str = "") -> tuple[str, str]:
    """Return a rating question and how it was answered, in words."""
    asked = file.questionnaire
    value = {"rating": one.value} if one.value is not None else {"missing": one.missing}
    told = answers.as_text(asked, one.question_code, value)
    if one.use_level == "withheld":
        told += " (not for publication)"
    return asked.question(one.question_code).text, told + more


def _written(file: File, theme: str, reading: _Reading) -> Iterator[Item]:
    """Yield what was written under a theme, ratings apart, as far as it is still asked."""
    asked = file.questionnaire
    counted = routing.counted(asked, progress.collect(asked, file.answers))
    ends = {(one.question_code, one.entry_id): prevails(one) for one in file.standing}
    for row in progress.in_order(file.answers):
        question = asked.by_code.get(row.question_code)
        if question is None or asked.theme_of(question.code) != theme:
            continue
        group = asked.group_of(question.code)
        is_counted = (group.code if group else question.code) in counted
        if not is_counted or isinstance(question, MaturityQuestion):
            continue
        base = "/".join(filter(None, (file.authority, question.code, row.entry_id)))
        yield Item(
            question=question.text,
            words=answers.as_text(asked, question.code, row.value, file.names),
            use_level=file.use_level(question.code),
            read=reading.of_response.get(base) or reading.of_response.get(f"{base}/words"),
            prevails=ends.get((row.question_code, row.entry_id), ""),
            is_missing="missing" in row.value,
        )
