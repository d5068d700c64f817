"""Claims from closed answers: ratings by level, and options by how many authorities ticked them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from synthesis.findings.basis import Inquiry
from synthesis.findings.claims import Claim, Kind, Tally
from synthesis.findings.sentences import write
from synthesis.material import Choice, Rating
from synthesis.schedule import Question

HIGH = 3
"""The level at which an arrangement is applied throughout; a review counts from there up."""
Answer = Rating | Choice
A = TypeVar("A", Rating, Choice)


@dataclass(frozen=True, slots=True)
class Ratings:
    """The ratings of one question: how many authorities at each level, and how many at none."""

    question: Question
    levels: tuple[tuple[int, str, int], ...]
    unknown: int
    not_applicable: int

    @property
    def base(self) -> int:
        """Return how many gave a rating."""
        return sum(count for _, _, count in self.levels)


@dataclass(frozen=True, slots=True)
class _Closed:
    """A closed claim to be: the answers given to a question, and those that support it."""

    kind: Kind
    theme: str
    question: Question
    given: Sequence[Answer]
    chosen: Sequence[Answer]
    label: str
    words: Mapping[str, str] = field(default_factory=dict)


def about_answers(inquiry: Inquiry, theme: str) -> Iterator[Claim]:
    """Yield the claims that closed answers carry about one theme."""
    for draft in (*_high(inquiry, theme), *_ticked(inquiry, theme)):
        if draft.chosen or (draft.kind == "rating" and draft.given):
            yield _claim(inquiry, draft)


def ratings(inquiry: Inquiry, theme: str) -> Iterator[Ratings]:
    """Yield the ratings given to each question about a theme."""
    for question in inquiry.basis.schedule.asked_about(theme):
        given = _given(inquiry.material.ratings, question)
        if given:
            levels = Counter(rating.value for rating in given)
            missing = Counter(rating.missing for rating in given)
            scale = inquiry.basis.schedule.scale
            yield Ratings(
                question,
                tuple((value, label, levels[value]) for value, label in scale),
                missing["don't know"],
                missing["not applicable"],
            )


def tallies(inquiry: Inquiry, themes: Iterable[str]) -> Iterator[Tally]:
    """Yield what each closed question's answers come to, for the evidence index."""
    for theme in themes:
        for rated in ratings(inquiry, theme):
            yield Tally(
                f"ratings:{rated.question.code}", _asked(rated.question), rated.base, spell(rated)
            )
        for question in inquiry.basis.schedule.asked_about(theme):
            given = _given(inquiry.material.choices, question)
            if given:
                words = "; ".join(
                    f"{text} {len(_who(inquiry, _chosen(given, code, text)))}"
                    for code, text in question.options
                )
                base = len(_who(inquiry, given))
                yield Tally(f"choices:{question.code}", _asked(question), base, words)


def spell(rated: Ratings, *, levels: bool = True) -> str:
    """Spell out how many authorities gave each rating, and how many gave none."""
    parts = [f"{label} {count}" for _, label, count in rated.levels if levels]
    if rated.unknown:
        parts.append(f"don’t know {rated.unknown}")
    if rated.not_applicable:
        parts.append(f"not applicable {rated.not_applicable}")
    return "; ".join(parts)


def _high(inquiry: Inquiry, theme: str) -> Iterator[_Closed]:
    """Draft how many rate themselves high under each question."""
    meanings = dict(inquiry.basis.schedule.scale)
    for question in inquiry.basis.schedule.asked_about(theme):
        given = [r for r in _given(inquiry.material.ratings, question) if r.value is not None]
        high = [rating for rating in given if (rating.value or 0) >= HIGH]
        words = {"level": str(HIGH), "meaning": meanings.get(HIGH, "")}
        yield _Closed("rating", theme, question, given, high, question.code, words)


def _ticked(inquiry: Inquiry, theme: str) -> Iterator[_Closed]:
    """Draft how many ticked each option under each question, the most ticked first."""
    for question in inquiry.basis.schedule.asked_about(theme):
        given = _given(inquiry.material.choices, question)
        drafts = [
            _Closed("option", theme, question, given, _chosen(given, code, text), text)
            for code, text in question.options
        ]
        yield from sorted(drafts, key=lambda draft: -len(_who(inquiry, draft.chosen)))


def _claim(inquiry: Inquiry, draft: _Closed) -> Claim:
    """Count and word one draft."""
    speech = replace(inquiry.speech, voice="answers")
    base, chosen = _who(inquiry, draft.given), _who(inquiry, draft.chosen)
    sentence = "rating" if draft.kind == "rating" else "term"
    words = {"label": draft.label, **draft.words}
    against = [answer for answer in draft.given if answer not in draft.chosen]
    table = "ratings" if draft.kind == "rating" else "choices"
    return Claim(
        id=f"{draft.theme}.{draft.kind}.{draft.question.code}.{draft.label}",
        kind=draft.kind,
        theme=draft.theme,
        text=write(speech, sentence, (len(chosen), len(base)), 0, **words),
        count=len(chosen),
        base=len(base),
        answering=base,
        supporting=tuple(map(key, draft.chosen)),
        contradicting=tuple(map(key, against)) if draft.kind == "rating" else (),
        label=draft.label,
        question=draft.question.code,
        datum=f"{table}:{draft.question.code}",
    )


def key(answer: Answer) -> str:
    """Return the id under which the ledger holds a closed answer."""
    return f"{'rating' if isinstance(answer, Rating) else 'choice'}:{answer.id}"


def _given(answers: Iterable[A], question: Question) -> tuple[A, ...]:
    """Return the answers to a question that may be used."""
    return tuple(
        answer
        for answer in answers
        if answer.question_code == question.code and answer.use_level != "withheld"
    )


def _chosen(given: Iterable[Choice], code: str, text: str) -> tuple[Choice, ...]:
    """Return the answers that ticked an option, stored by its code or its words."""
    return tuple(choice for choice in given if choice.option in (code, text))


def _who(inquiry: Inquiry, answers: Iterable[Answer]) -> frozenset[str]:
    """Return the authorities that gave these answers."""
    return frozenset(inquiry.matrix.roster.code_of(answer.authority) for answer in answers)


def _asked(question: Question) -> str:
    """Write a question with its code."""
    return f"{question.code} {question.text}"
