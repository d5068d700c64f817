"""Quotations: choosing words that illustrate a claim, from different authorities and sources."""

import datetime as dt
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from synthesis.findings.basis import EMERGENT, Inquiry, Term
from synthesis.findings.claims import Quotation
from synthesis.findings.drawing import lot
from synthesis.findings.names import REMOVED, UNNAMED, mask
from synthesis.findings.practices import printable
from synthesis.findings.quotable import Sense, is_quotable, reads_as, unlisted
from synthesis.findings.terms import mentions
from synthesis.findings.themes import EVIDENCE
from synthesis.findings.words import GAP, PLAN, STRENGTH
from synthesis.findings.written import cited, place_of
from synthesis.material import Confirmed
from synthesis.matrix import Heard, Selection

IDEAL_WORDS = 22
MOST_WRITTEN = 2
CONFIRMED: Mapping[Confirmed, str] = {
    True: ", confirmed by the person interviewed",
    "authority": ", confirmed by the authority",
    False: ", not yet confirmed by the person interviewed",
    None: "",
}
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for quotations: how many, and the themes their passages must carry.

    `sense` is how they must read; `terms`, if any, are words of which they must hold one. Where
    `among` holds any, only these may be chosen, whatever their themes.
    """

    name: str
    themes: tuple[str, ...]
    most: int
    sense: Sense = ""
    terms: tuple[Term, ...] = ()
    among: Selection | None = None


@dataclass(slots=True)
class _Chosen:
    """What has been chosen so far, so that no words are used twice and no authority crowds."""

    passages: set[str] = field(default_factory=set)
    authorities: Counter[str] = field(default_factory=Counter)


def choose(inquiry: Inquiry, avoid: frozenset[str] = frozenset()) -> Iterator[Quotation]:
    """Yield the quotations of a review, place by place, without the passages to avoid."""
    names, so_far = inquiry.names, _Chosen()
    strands = frozenset(theme.code for _, theme, _ in inquiry.strands())
    cleared = inquiry.material.cleared

    def may_be_quoted(heard: Heard) -> bool:
        """Say whether a passage is somebody's own words, and makes a quotation."""
        is_own = heard.response.is_own(heard.passage.start, heard.passage.end)
        return is_own and heard.id not in avoid and is_quotable(_words(heard, names), cleared)

    quotable = inquiry.matrix.corpus.everything().those(may_be_quoted)
    for slot in _slots(inquiry):
        among = slot.among or inquiry.matrix.corpus.about(*slot.themes)
        passages = [heard for heard in among & quotable if _suits(heard, slot)]
        points = {h.id: _points(h, slot, strands, names) for h in passages}
        for heard in _pick(passages, points, slot.most, so_far):
            yield quotation(inquiry, heard, slot.name)


def quotation(inquiry: Inquiry, heard: Heard, slot: str) -> Quotation:
    """Set out one passage as a quotation."""
    response = heard.response
    return Quotation(
        slot=slot,
        source=heard.id,
        words=inquiry.shown(
            unlisted(heard.passage.text), response.use_level, verbatim=response.verbatim
        ),
        attribution=attribute(inquiry, heard),
        verbatim=response.verbatim,
        use_level=response.use_level,
        confirmed=response.stood_by(heard.passage.start, heard.passage.end),
    )


def attribute(inquiry: Inquiry, heard: Heard) -> str:
    """Say whose words a quotation is, as far as they may be named."""
    response = heard.response
    unnamed = response.use_level == "unnamed"
    name = UNNAMED if unnamed else inquiry.matrix.roster.name_of(heard.authority)
    if response.source == "document":
        return f"Published document{'' if unnamed else f' on {name}'}{dated(heard)}"
    if response.source == "interview":
        stood_by = response.stood_by(heard.passage.start, heard.passage.end)
        noted = spoken(verbatim=response.verbatim, confirmed=stood_by)
        return f"{name}, {noted}"
    return f"{name}, {response.source}"


def spoken(*, verbatim: bool, confirmed: Confirmed) -> str:
    """Say what spoken words are, and who stands by them."""
    return f"{'interview' if verbatim else 'interviewer’s note'}{CONFIRMED[confirmed]}"


def dated(heard: Heard) -> str:
    """Return the month in which a document was published, after a comma; empty if not known.

    A date could name the document, and so the authority: unnamed words carry none.
    """
    day = published(heard)
    if day is None or heard.response.use_level == "unnamed":
        return ""
    return f", {MONTHS[day.month - 1]} {day.year}"


def published(heard: Heard) -> dt.date | None:
    """Return the day on which a document was published, if its row says so."""
    value = heard.response.attributes.get("published", "")[:10]
    found = re.fullmatch(r"([12]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", value)
    if found is None:
        return None
    year, month, day = map(int, found.groups())
    return dt.date(year, month, day) if day <= monthrange(year, month)[1] else None


def _slots(inquiry: Inquiry) -> Iterator[Slot]:
    """Yield every place that takes quotations, in the order they are filled."""
    for finding in inquiry.material.findings:
        if spoken_for := cited(inquiry, finding.speak_for):
            against, place = cited(inquiry, finding.speak_against), place_of(finding.id)
            yield Slot(place, (), MOST_WRITTEN, among=spoken_for)
            yield Slot(place_of(finding.id, against=True), (), MOST_WRITTEN, among=against)
    if not printable(inquiry.material):
        for kind in EVIDENCE:
            yield Slot("examples", (kind, STRENGTH), 2, "good")
    for _, theme, _ in inquiry.strands():
        yield Slot(f"{theme.code}.strengths", (theme.code, STRENGTH), 2, "good")
        yield Slot(f"{theme.code}.gaps", (theme.code, GAP), 2, "bad")
        yield Slot(f"{theme.code}.plans", (theme.code, PLAN), 1, "plan")
    for _, theme, notes in inquiry.outcomes():
        yield Slot(f"{theme.code}.strengths", (theme.code, STRENGTH), 1, "good", notes.terms)
        yield Slot(f"{theme.code}.gaps", (theme.code, GAP), 1, "bad", notes.terms)
    for kind in EVIDENCE:
        yield Slot(f"{kind}.strengths", (kind, STRENGTH), 1, "good")
        yield Slot(f"{kind}.gaps", (kind, GAP), 1, "bad")
    yield from _outside(inquiry)


def _outside(inquiry: Inquiry) -> Iterator[Slot]:
    """Yield the places for words that stand outside the strands."""
    yield Slot(f"{EMERGENT}.says", (EMERGENT,), 3)
    for theme, _ in inquiry.promoted():
        yield Slot(f"{theme.code}.says", (theme.code,), 2)


def _suits(heard: Heard, slot: Slot) -> bool:
    """Tell whether words read as their place requires and name what it is about.

    What an authority put right stands where the words before it stood, in plainer words or not.
    """
    words, replaced = heard.passage.text, heard.response.instead_of
    named = not slot.terms or any(mentions(words, term) for term in slot.terms)
    before = replaced.response.text[replaced.start : replaced.end] if replaced else words
    return named and any(reads_as(said, slot.sense) for said in (words, before))


def _pick(
    passages: Iterable[Heard], points: dict[str, float], most: int, so_far: _Chosen
) -> Iterator[Heard]:
    """Yield the best passages, one an authority, leaning away from those quoted often."""
    left = [heard for heard in passages if heard.id not in so_far.passages]
    for _ in range(most):
        if not left:
            return
        ranks = {h.id: points[h.id] - 0.15 * so_far.authorities[h.authority] for h in left}
        best = max(left, key=lambda heard: (ranks[heard.id], lot(heard.passage.text)))
        so_far.passages.add(best.id)
        so_far.authorities[best.authority] += 1
        left = [heard for heard in left if heard.authority != best.authority]
        yield best


def _points(heard: Heard, slot: Slot, strands: frozenset[str], names: re.Pattern[str]) -> float:
    """Say how well a passage serves: sure of its theme, about little else, of a good length."""
    sure = min((heard.themes[theme] for theme in slot.themes), default=1.0)
    others = sum(theme in strands for theme in heard.themes) - 1
    length = abs(len(heard.passage.text.split()) - IDEAL_WORDS) / 60
    own = 0.1 if heard.asked in slot.themes else 0.0
    masked = 0.5 if REMOVED in _words(heard, names) else 0.0
    # What an authority put in place of its words that were printed is printed rather than others.
    put_right = 0.5 if heard.response.instead_of else 0.0
    return sure + own + put_right - 0.15 * max(others, 0) - length - masked


def _words(heard: Heard, names: re.Pattern[str]) -> str:
    """Return the words as they may be printed: exact, or with names taken out if unnamed."""
    text = heard.passage.text
    return mask(text, names) if heard.response.use_level == "unnamed" else text
