"""How authorities rate themselves, question by question, in a fixed number of queries.

Only the answers to rating questions are read, and those that decide whether they are asked. A
rating counts as it does in the review: not where it is for our eyes only, and not where something
said on the telephone counts instead.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, selectinload

from surveyapp import progress, published
from surveyapp.definitions import reach, routing
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.definitions.questions import MaturityQuestion, Point
from surveyapp.material import written
from surveyapp.material.file import File
from surveyapp.models import Answer, Correction, Interview, Note, Submission, Survey
from synthesis import material

Standing = Literal[
    "rated",
    "don't know",
    "not applicable",
    "not for publication",
    "corrected on the telephone",
    "not answered",
    "not asked",
]
UNRATED: Final[Sequence[Standing]] = (
    "don't know",
    "not applicable",
    "not for publication",
    "corrected on the telephone",
    "not answered",
    "not asked",
)


class Rated(NamedTuple):
    """What one authority's rating of one question comes to."""

    authority: str
    theme: str
    question: str
    standing: Standing
    value: int | None

    @property
    def is_usable(self) -> bool:
        """Say whether it is a rating that may be used."""
        return self.standing == "rated"


@dataclass(frozen=True, slots=True)
class Bar:
    """How one question was rated: how many authorities chose each point, and what the rest said.

    `who` are the codes of the authorities at each point, and of the rest by why there is no rating.
    """

    theme: str
    code: str
    text: str
    points: tuple[tuple[Point, int], ...]
    others: Mapping[Standing, int]
    asked: int
    who: Mapping[int | Standing, tuple[str, ...]]

    @property
    def rated(self) -> int:
        """Count the authorities whose rating may be used."""
        return sum(count for _, count in self.points)


def scale(survey: Survey) -> Mapping[int, str]:
    """Return the words of each point of the scale."""
    return {one.value: one.label for one in published.questionnaire(survey.questionnaire).scale}


def bars(survey: Survey, rated: Iterable[Rated]) -> tuple[Bar, ...]:
    """Return how every rating question of a survey was answered, in the order they are asked."""
    asked = published.questionnaire(survey.questionnaire)
    by_question: dict[str, list[Rated]] = defaultdict(list)
    for one in rated:
        by_question[one.question].append(one)
    return tuple(_bar(asked, code, by_question[code]) for code in _rating_codes(asked))


def _bar(asked: Questionnaire, code: str, rated: Sequence[Rated]) -> Bar:
    values = Counter(one.value for one in rated if one.is_usable)
    standings = Counter(one.standing for one in rated)
    who: dict[int | Standing, list[str]] = defaultdict(list)
    for one in rated:
        given = one.value if one.is_usable and one.value is not None else one.standing
        who[given].append(one.authority)
    return Bar(
        theme=asked.theme_of(code),
        code=code,
        text=asked.question(code).text,
        points=tuple((point, values[point.value]) for point in asked.scale),
        others={name: standings[name] for name in UNRATED if standings[name]},
        asked=len(rated) - standings["not asked"],
        who={given: tuple(codes) for given, codes in who.items()},
    )


def read(session: Session, survey: Survey, authority: str = "") -> tuple[Rated, ...]:
    """Return the ratings of all authorities, or of one, for every rating question."""
    asked = select(Submission).where(Submission.survey_id == survey.id)
    if authority:
        asked = asked.where(Submission.authority_code == authority)
    returns = session.scalars(
        asked.options(selectinload(Submission.sections), selectinload(Submission.questionnaire))
    ).all()
    papers = {one.questionnaire_id: published.questionnaire(one.questionnaire) for one in returns}
    codes = {code for paper in papers.values() for code in _looked_at(paper)}
    found = _Found(
        _answers(session, [one.id for one in returns], codes),
        *_corrected(session, survey, codes),
    )
    files = (found.file(one) for one in returns)
    return tuple(rated for file in files for rated in _of(file))


@dataclass(frozen=True, slots=True)
class _Found:
    """What the queries brought back, by return."""

    answers: Mapping[uuid.UUID, Sequence[Answer]]
    corrections: Mapping[uuid.UUID, Sequence[Correction]]
    calls: Mapping[uuid.UUID, Sequence[Interview]]

    def file(self, one: Submission) -> File:
        return File(
            one,
            tuple(self.answers.get(one.id, ())),
            tuple(self.calls.get(one.id, ())),
            {},
            tuple(self.corrections.get(one.id, ())),
        )


def _rating_codes(asked: Questionnaire) -> list[str]:
    return [code for code, one in asked.by_code.items() if isinstance(one, MaturityQuestion)]


def _looked_at(asked: Questionnaire) -> Iterable[str]:
    """Return the codes to read: of rating questions, and what decides whether they are asked."""
    codes = _rating_codes(asked)
    conditions = [one.show_if for one in map(asked.question, codes) if one.show_if]
    return (*codes, *reach.involved(conditions, asked)[0])


def _answers(
    session: Session, returns: Sequence[uuid.UUID], codes: Iterable[str]
) -> Mapping[uuid.UUID, Sequence[Answer]]:
    found: dict[uuid.UUID, list[Answer]] = defaultdict(list)
    for row in session.scalars(
        select(Answer).where(Answer.submission_id.in_(returns), Answer.question_code.in_(codes))
    ):
        found[row.submission_id].append(row)
    return found


def _corrected(
    session: Session, survey: Survey, codes: Iterable[str]
) -> tuple[Mapping[uuid.UUID, Sequence[Correction]], Mapping[uuid.UUID, Sequence[Interview]]]:
    """Return what notes say of these answers, and the calls they were taken on."""
    corrections: dict[uuid.UUID, list[Correction]] = defaultdict(list)
    calls: dict[uuid.UUID, dict[uuid.UUID, Interview]] = defaultdict(dict)
    rows = session.scalars(
        select(Correction)
        .join(Correction.note)
        .join(Note.interview)
        .join(Interview.submission)
        .where(
            Submission.survey_id == survey.id,
            Correction.undone_at.is_(None),
            Correction.question_code.in_(codes),
            Interview.held_on.is_not(None),
            Interview.cancelled_at.is_(None),
        )
        .options(
            contains_eager(Correction.note)
            .contains_eager(Note.interview)
            .selectinload(Interview.notes)
        )
        .order_by(Correction.at, Correction.id)
    )
    for one in rows:
        call = one.note.interview
        corrections[call.submission_id].append(one)
        calls[call.submission_id][call.id] = call
    return corrections, {key: tuple(some.values()) for key, some in calls.items()}


def _of(file: File) -> Iterable[Rated]:
    """Yield what one authority's ratings come to."""
    asked = file.questionnaire
    shown = {one.code for one in routing.shown(asked, progress.collect(asked, file.answers))}
    given = _by_code(written.pieces(file))
    gone = _by_code(written.overtaken(file))
    for code in _rating_codes(asked):
        standing, value = _standing(given.get(code), is_asked=code in shown)
        if code in gone:
            standing = "corrected on the telephone"
        yield Rated(file.authority, asked.theme_of(code), code, standing, value)


def _by_code(pieces: Iterable[written.Piece]) -> dict[str, material.Rating]:
    return {one.question_code: one for one in pieces if isinstance(one, material.Rating)}


def _standing(given: material.Rating | None, *, is_asked: bool) -> tuple[Standing, int | None]:
    if given is None:
        return ("not answered" if is_asked else "not asked"), None
    if given.use_level == "withheld":
        return "not for publication", given.value
    if given.value is None:
        return given.missing or "not answered", None
    return "rated", given.value
