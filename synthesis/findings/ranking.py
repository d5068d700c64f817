"""Ranking examples worth copying, by rules that are printed beside the list."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from synthesis.findings.practices import told
from synthesis.findings.safeguards import may_identify_child
from synthesis.material import Material, Practice, Strength
from synthesis.schedule import Schedule

RULES = (
    "Consent: examples that may be printed with a name, then those without one, then the rest.",
    "Strength of evidence: a comparison, then an independent evaluation, then local data, then the "
    "authority’s own account.",
    "Kinds of evidence: the more of data, audit and case studies its account of impact mentions, "
    "the higher.",
    "Rating: the higher the authority rates itself on the strand, by its lowest rating there.",
    "Documents: examples with documents shared on the strand come before those without.",
    "Examples that are equal in all of these stand by title.",
)
"""What puts one example before another: each rule decides only where those above it do not."""
STRENGTHS: Mapping[Strength, str] = {
    "claimed": "The authority’s own account",
    "local data": "Local data",
    "independent evaluation": "Independent evaluation",
    "comparison": "Comparison with similar families or areas",
}
"""From the weakest to the strongest."""
KINDS: Mapping[str, re.Pattern[str]] = {
    "data": re.compile(r"\d|%|\b(?:data|figures?|per cent)\b", re.IGNORECASE),
    "audit": re.compile(r"\b(?:audit\w*|dip[- ]sampl\w*|moderat(?:ed|ion))\b", re.IGNORECASE),
    "case studies": re.compile(r"\bcase stud(?:y|ies)\b|\b(?:feedback|told us)\b", re.IGNORECASE),
}
"""Words that tell what kind of evidence an account of impact mentions."""


@dataclass(frozen=True, slots=True)
class Part:
    """One rule's word on an example: the rule's name and what it finds; `level` is how high."""

    name: str
    words: str
    level: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """An example with what every rule says of it, in the rules' order."""

    practice: Practice
    parts: tuple[Part, ...]


def rank(
    practices: Iterable[Practice], material: Material, schedule: Schedule
) -> tuple[Candidate, ...]:
    """Return the examples in the order that the rules put them in."""
    topics = {question.code: question.theme for question in schedule.questions()}
    ratings: dict[tuple[str, str], list[int]] = {}
    for one in material.ratings:
        if one.value is not None:
            place = (one.authority, topics.get(one.question_code, ""))
            ratings.setdefault(place, []).append(one.value)
    documents: dict[tuple[str, str], int] = {}
    for document in (one for one in material.documents if one.may_share):
        at = (document.authority, document.theme)
        documents[at] = documents.get(at, 0) + 1
    found = []
    for practice in practices:
        place = (practice.authority, practice.theme)
        given = (sorted(ratings.get(place, ())), documents.get(place, 0))
        consent = _consent(practice, material.cleared)
        found.append(Candidate(practice, (consent, *_parts(practice, *given))))
    return tuple(sorted(found, key=_order))


def _order(candidate: Candidate) -> tuple[tuple[int, ...], str, str]:
    practice = candidate.practice
    levels = tuple(-part.level for part in candidate.parts)
    return levels, practice.title.casefold(), practice.id


def _parts(practice: Practice, ratings: Sequence[int], documents: int) -> tuple[Part, ...]:
    kinds = [kind for kind, words in KINDS.items() if words.search(practice.impact)]
    rated = " and ".join(map(str, ratings))
    shared = f"{documents} shared on the strand" if documents else "None shared on the strand"
    return (
        Part(
            "Strength of evidence",
            STRENGTHS[practice.strength],
            tuple(STRENGTHS).index(practice.strength),
        ),
        Part("Kinds of evidence", f"Mentions {_listed(kinds)}", len(kinds)),
        Part(
            "Rating",
            f"Rates itself {rated} on the strand" if ratings else "No rating on the strand",
            ratings[0] if ratings else -1,
        ),
        Part("Documents", shared, min(documents, 1)),
    )


def _consent(practice: Practice, cleared: Collection[str]) -> Part:
    """Say whether an example may be printed."""
    if not practice.consent or practice.use_level == "withheld":
        return Part("Consent", "Not to be published", 0)
    if any(may_identify_child(text, cleared) for text in told(practice)):
        return Part("Consent", "Held back: its words may identify a child", 0)
    if practice.use_level == "unnamed":
        return Part("Consent", "May be published without a name", 1)
    return Part("Consent", "May be published with its name", 2)


def _listed(kinds: Sequence[str]) -> str:
    if len(kinds) < 2:
        return kinds[0] if kinds else "none"
    return f"{', '.join(kinds[:-1])} and {kinds[-1]}"
