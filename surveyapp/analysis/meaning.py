"""What a query means in one survey: each term looked up, and the whole turned into SQL.

A verdict that stands beside themes is about these themes' tags; alone it is about any tag. Terms
may stand anywhere in the same answer, or must all be true of one passage. SQL is put together from
the parts of the query, and words are only ever handed over as parameters.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import eq, ge, gt, le, lt
from typing import Final

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import aliased

from surveyapp.analysis.grid import Listed
from surveyapp.analysis.query import (
    All,
    Comparison,
    Either,
    Field,
    Node,
    Not,
    QueryError,
    Rating,
    Span,
    Words,
)
from surveyapp.analysis.ratings import Rated
from surveyapp.models import Passage, Response, Survey, Tag
from synthesis.codebook import Codebook

Condition = sa.ColumnElement[bool]
VERDICTS: Final[Mapping[str, frozenset[str]]] = {
    "confirmed": frozenset({"accept", "add"}),
    "suggested": frozenset({""}),
    "rejected": frozenset({"reject"}),
}
SOURCES: Final = ("questionnaire", "interview", "document")
USES: Final = ("named", "unnamed", "withheld")
IS: Final = ("held", "finished")
EVERY: Final = frozenset({"", "accept", "add", "reject"})
STANDING: Final = EVERY - {"reject"}
COMPARE: Final[Mapping[Comparison, Callable[[int, int], bool]]] = {
    "=": eq,
    ">=": ge,
    "<=": le,
    ">": gt,
    "<": lt,
}


@dataclass(frozen=True, slots=True)
class Known:
    """What terms are looked up in; `rated` is asked for a theme where a query speaks of ratings.

    Where `whole`, terms may stand in different passages of the same answer.
    """

    survey: Survey
    book: Codebook
    authorities: Sequence[Listed]
    rated: Callable[[str], Sequence[Rated]]
    whole: bool = False


def condition(node: Node, known: Known) -> Condition:
    """Return what a query asks of a passage; QueryError where a term is not of this survey."""
    here = sa.and_(Passage.survey_id == known.survey.id, _of(node, known, STANDING))
    if not known.whole:
        return here
    # Of an answer that is found, the passages that any term finds.
    own = list(_own(node, replace(known, whole=False), STANDING))
    return sa.and_(here, sa.or_(*own)) if own else here


def _of(node: Node, known: Known, verdicts: frozenset[str]) -> Condition:
    """Turn a part into SQL; a theme's tags are to have one of these verdicts."""
    match node:
        case Words():
            return _words(node, known)
        case Rating():
            return Passage.authority_code.in_(_rated(node, known))
        case Field(name="theme"):
            return _tagged(known, verdicts, _theme(known, node.value, node.span))
        case Field():
            return _attribute(node, known)
        case Not():
            return sa.not_(_of(node.part, known, STANDING))
        case Either():
            return sa.or_(*(_of(part, known, verdicts) for part in node.parts))
        case All():
            return _all(node, known, verdicts)


def _all(node: All, known: Known, verdicts: frozenset[str]) -> Condition:
    parts, meant = _beside(node, verdicts)
    return sa.and_(*(_of(part, known, meant) for part in parts))


def _beside(node: All, verdicts: frozenset[str]) -> tuple[Sequence[Node], frozenset[str]]:
    """Return the parts that must hold together, and which verdicts their themes are to have."""
    wanted = [part for part in node.parts if _is_verdict(part)]
    others = [part for part in node.parts if not _is_verdict(part)]
    if not wanted or not any(map(_has_theme, others)):
        return node.parts, verdicts
    return others, _meant(wanted)


def _own(node: Node, known: Known, verdicts: frozenset[str]) -> Iterator[Condition]:
    """Yield what is true of a passage that a term finds; what is not to be there finds none."""
    match node:
        case Words() | Field(name="theme" | "verdict" | "is"):
            yield _of(node, known, verdicts)
        case Either():
            for part in node.parts:
                yield from _own(part, known, verdicts)
        case All():
            parts, meant = _beside(node, verdicts)
            for part in parts:
                yield from _own(part, known, meant)


def _words(node: Words, known: Known) -> Condition:
    if not known.whole:
        return Passage.words.icontains(node.text, autoescape=True)
    holding = select(Response.id).where(
        Response.survey_id == known.survey.id, Response.text.icontains(node.text, autoescape=True)
    )
    return Passage.response.in_(holding)


def _anywhere(known: Known, asked: sa.Select[str]) -> Condition:
    """Return what is true of the passages that a query finds, or of all beside them."""
    if not known.whole:
        return Passage.key.in_(asked)
    there = aliased(Passage)
    answers = select(there.response).where(there.survey_id == known.survey.id, there.key.in_(asked))
    return Passage.response.in_(answers)


def _is_verdict(node: Node) -> bool:
    inner = node.part if isinstance(node, Not) else node
    return isinstance(inner, Field) and inner.name == "verdict"


def _has_theme(node: Node) -> bool:
    if isinstance(node, All | Either):
        return any(map(_has_theme, node.parts))
    return isinstance(node, Field) and node.name == "theme"


def _meant(wanted: Sequence[Node]) -> frozenset[str]:
    """Return the verdicts that these terms leave; what was rejected only where they say so."""
    meant = STANDING
    for part in wanted:
        if isinstance(part, Field):
            chosen = _verdict(part)
            meant = chosen if meant is STANDING else meant & chosen
    for part in wanted:
        if isinstance(part, Not) and isinstance(part.part, Field):
            meant -= _verdict(part.part)
    return meant


def _verdict(field: Field) -> frozenset[str]:
    return VERDICTS[_one_of(field, VERDICTS)]


def _tagged(known: Known, verdicts: Collection[str], theme: str = "") -> Condition:
    tags = select(Tag.passage_key).where(
        Tag.survey_id == known.survey.id, Tag.verdict.in_(sorted(verdicts))
    )
    return _anywhere(known, tags.where(Tag.theme == theme) if theme else tags)


def _attribute(field: Field, known: Known) -> Condition:
    match field.name:
        case "verdict":
            return _tagged(known, _verdict(field))
        case "source":
            return Passage.source == _one_of(field, SOURCES)
        case "use":
            return Passage.use_level == _one_of(field, USES)
        case "is":
            flag = Passage.held if _one_of(field, IS) == "held" else Passage.coded
            flagged = select(Passage.key).where(
                Passage.survey_id == known.survey.id, flag.is_(True)
            )
            return _anywhere(known, flagged)
        case "question":
            return _question(field)
    return Passage.authority_code.in_(_authorities(field, known))


def _question(field: Field) -> Condition:
    """Match a question, or the section or group that it is a part of."""
    code = sa.func.lower(Passage.question_code)
    wanted = field.value.lower()
    return sa.or_(code == wanted, code.startswith(f"{wanted}.", autoescape=True))


def _one_of(field: Field, choices: Collection[str]) -> str:
    wanted = field.value.casefold()
    if wanted not in choices:
        said = ", ".join(choices)
        raise QueryError(f"After “{field.name}:” write one of {said}", *field.span)
    return wanted


def _theme(known: Known, value: str, span: Span) -> str:
    wanted = value.casefold()
    for theme in known.book:
        if wanted in (theme.code.casefold(), theme.name.casefold()):
            return theme.code
    codes = ", ".join(theme.code for theme in known.book)
    raise QueryError(f"The codebook has no theme “{value}”. Its codes are {codes}", *span)


def _authorities(field: Field, known: Known) -> list[str]:
    wanted = field.value.casefold()
    if field.name == "type":
        types = {one.type.casefold() for one in known.authorities if one.type}
        _one_of(field, sorted(types))
        return [one.code for one in known.authorities if one.type.casefold() == wanted]
    found = [one for one in known.authorities if wanted in (one.code.lower(), one.name.casefold())]
    if not found:
        raise QueryError(
            f"No authority “{field.value}” is in this survey. Write its name or ONS code",
            *field.span,
        )
    return [one.code for one in found]


def _rated(rating: Rating, known: Known) -> list[str]:
    theme = _theme(known, rating.theme, rating.span)
    return sorted(set(_holding(rating, known.rated(theme))))


def _holding(rating: Rating, rated: Sequence[Rated]) -> Iterator[str]:
    """Yield the authorities whose rating may be used, and compares as asked."""
    compare = COMPARE[rating.comparison]
    for one in rated:
        if one.is_usable and one.value is not None and compare(one.value, rating.number):
            yield one.authority
