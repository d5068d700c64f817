"""What pages say of coding: acts in words, themes by kind, and what passages can be chosen by."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.derived import acts
from surveyapp.models import Authority, CodingAct, Passage, Response, Submission, Survey
from synthesis.codebook import Codebook, Kind, Theme

KINDS: Final[Mapping[Kind, str]] = {
    "strand": "Strands",
    "outcome": "Adverse outcomes",
    "evidence": "Kinds of evidence",
    "stance": "Stances",
    "emergent": "Emergent themes",
}
SOURCES: Final = (
    ("questionnaire", "Questionnaire"),
    ("interview", "Interview"),
    ("document", "Document"),
)
_BEGINS: Final = {"finish": "Finished", "extent": "Drew"}
_LOOKED: Final = {
    "look again": ("{} is kept on {}", "{} is taken off {}"),
    "look again, turned down": ("{} is given to {}", "{} stays turned down on {}"),
}
_VERDICTS: Final = {"accept": "accepted", "add": "added", "reject": "turned down"}


@dataclass(frozen=True, slots=True)
class Choices:
    """What passages can be narrowed by: codes with names."""

    authorities: Sequence[tuple[str, str]]
    asked: Sequence[tuple[str, str]]
    questions: Sequence[tuple[str, str]]
    sources: Sequence[tuple[str, str]] = SOURCES


def by_kind(themes: Codebook) -> list[tuple[str, tuple[Theme, ...]]]:
    """Return the themes of a codebook under the names of their kinds."""
    groups = ((words, themes.of_kind(kind)) for kind, words in KINDS.items())
    return [(words, found) for words, found in groups if found]


def named(themes: Codebook, code: str) -> str:
    """Return a theme as pages write it: its name, and its code."""
    return f"{themes[code].name} ({code})" if code in themes else code


def act_in_words(act: CodingAct, themes: Codebook) -> str:
    """Say what an act did, in a line."""
    if act.kind in _LOOKED:
        return _looked_in_words(act, themes)
    given: dict[str, list[str]] = {}
    # A theme that stood as it stands was not decided by this act.
    for row in act.after["decisions"]:
        verdict = _VERDICTS[row[5]]
        if row[4] not in given.setdefault(verdict, []):
            given[verdict].append(row[4])
    if act.kind == "extent":
        # What the sentence lost, the stretch has; only that was wanted.
        given = {verdict: codes for verdict, codes in given.items() if verdict == "added"}
    told = "; ".join(
        f"{verdict} {', '.join(named(themes, code) for code in sorted(codes))}"
        for verdict, codes in sorted(given.items())
    )
    if act.kind == "many":
        return _many_in_words(act, told or "decided")
    return f"{_BEGINS.get(act.kind, 'Coded')} {_passages(act)}{': ' + told if told else ''}."


def _looked_in_words(act: CodingAct, themes: Codebook) -> str:
    """Say what decisions that were looked at again came to, theme by theme."""
    given, off = _LOOKED[act.kind]
    counts = Counter((row[4], row[5] == "reject") for row in act.after["decisions"])
    said = [
        (off if is_off else given).format(
            named(themes, code), "1 passage" if count == 1 else f"{count:,} passages"
        )
        for (code, is_off), count in sorted(counts.items())
    ]
    return f"{'; '.join(said)}."


def _many_in_words(act: CodingAct, told: str) -> str:
    more = acts.finished(act)
    count = len(act.after["decisions"]) or len(act.before["decisions"])
    finished = f", and finished {more:,} of them" if more > 0 else ""
    on = "1 passage" if count == 1 else f"{count:,} passages"
    return f"{told[0].upper()}{told[1:]} on {on}{finished}."


def _passages(act: CodingAct) -> str:
    count = 1 if act.kind == "extent" else acts.how_many(act)
    return "1 passage" if count == 1 else f"{count:,} passages"


def names(session: Session, passages: Iterable[Passage]) -> Mapping[str, str]:
    """Return the names of the authorities that passages come from."""
    codes = {one.authority_code for one in passages}
    rows = session.execute(select(Authority.code, Authority.name).where(Authority.code.in_(codes)))
    return {row.code: row.name for row in rows}


def choices(session: Session, survey: Survey, themes: Codebook) -> Choices:
    """Return what passages can be narrowed by, in two queries."""
    authorities = session.execute(
        select(Authority.code, Authority.name)
        .join(Submission, Submission.authority_code == Authority.code)
        .where(Submission.survey_id == survey.id)
        .order_by(Authority.name, Authority.code)
    )
    rows = session.execute(
        select(Response.question_code, Response.asked)
        .where(Response.survey_id == survey.id)
        .distinct()
    ).all()
    asked = {row.asked for row in rows if row.asked}
    known = [one.code for one in themes if one.code in asked]
    known += sorted(asked.difference(known))
    return Choices(
        authorities=[(row.code, row.name) for row in authorities],
        asked=[(code, f"{code} {themes[code].name}" if code in themes else code) for code in known],
        questions=[(code, code) for code in sorted({row.question_code for row in rows})],
    )
