"""How authorities rate themselves, question by question, in a fixed number of queries.

Only the answers to rating questions are read, and those that decide whether they are asked. A
rating counts as it does in the review: not where it is for our eyes only, and not where something
said on the telephone counts instead.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from sqlalchemy.orm import Session

from surveyapp import progress, published
from surveyapp.definitions import routing
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.definitions.questions import MaturityQuestion, Point
from surveyapp.material import reading, written
from surveyapp.material.file import File
from surveyapp.models import Submission, Survey
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


def read(
    session: Session, survey: Survey, authority: str = "", theme: str = ""
) -> tuple[Rated, ...]:
    """Return the ratings of all authorities, or of one, under every question, or on one theme."""
    which = (Submission.authority_code == authority,) if authority else ()
    given = reading.part(session, survey, lambda asked: _rating_codes(asked, theme), *which)
    return tuple(rated for file in given for rated in _of(file, theme))


def _rating_codes(asked: Questionnaire, theme: str = "") -> list[str]:
    codes = reading.of_kinds(asked, MaturityQuestion)
    return [code for code in codes if theme in ("", asked.theme_of(code))]


def _of(file: File, theme: str) -> Iterable[Rated]:
    """Yield what one authority's ratings come to."""
    asked = file.questionnaire
    shown = {one.code for one in routing.shown(asked, progress.collect(asked, file.answers))}
    given = _by_code(written.pieces(file))
    gone = _by_code(written.overtaken(file))
    for code in _rating_codes(asked, theme):
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
