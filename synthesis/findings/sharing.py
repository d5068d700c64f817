"""Sharing: who is strong where another authority asks for help, and who may be introduced."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from synthesis.material import Choice, KeyContact, Material, Practice, UseLevel
from synthesis.matrix.roster import Roster, call
from synthesis.schedule import Question, Schedule

LOW, HIGH, MOST = 1, 3, 3
RULES = (
    f"An authority asks for help on a strand where it rates itself {LOW} or lower, or where it "
    "chooses the strand under a question about the help it would like.",
    f"An authority is strong on a strand where an example of its own on it is shortlisted, where "
    "it offers help on it, or where every rating it gives there is "
    f"{HIGH} or higher.",
    f"Each that asks is introduced to up to {MOST}: examples first, then offers, then the highest "
    "ratings. Those with confirmed gaps on the strand come after those without. Among equals, "
    "those introduced least often come first, then by name.",
    "Confirmed gaps are passages on which a coder confirmed both the strand and a gap, and which "
    "may be used with a name. How many there are is said beside whoever is strong there.",
    "Both are named only where what was said may be used with a name on both sides and both have a "
    "contact who agreed to be published. All others are counted and not named.",
)
"""How the table of introductions is drawn up."""
_ASKS = re.compile(
    r"\byou\b.*\b(?:like|want|need|welcome)\b.*\b(?:help|support|advice|learn|hear)\b",
    re.IGNORECASE,
)
_OFFERS = re.compile(
    r"\byou\b.*\b(?:offer|share|show)\b|\bcould you help\b|\byou could help\b", re.IGNORECASE
)
EXAMPLE, OFFER = 9, 8
"""How strong an example makes an authority, and an offer; a rating counts as it is."""
Gaps = Mapping[tuple[str, str], int]
"""How many passages of an authority, by its code, confirm a gap on a strand."""


@dataclass(frozen=True, slots=True)
class Side:
    """One authority's side: what it said, how that may be used, and who may be asked there.

    `gaps` are the passages in which a coder confirmed a gap of its own on the strand.
    """

    authority: str
    name: str
    why: str
    strength: int
    use_level: UseLevel
    contacts: tuple[KeyContact, ...] = ()
    gaps: int = 0

    @property
    def agreed(self) -> bool:
        """Tell whether it may be named here and somebody may be asked."""
        return self.use_level == "named" and bool(self.contacts)


@dataclass(frozen=True, slots=True)
class Introduction:
    """Two authorities that may be brought together on a strand."""

    theme: str
    asks: Side
    offers: Side


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Who is left out under a strand because not both sides agreed, counted."""

    theme: str
    asking: int
    strong: int


@dataclass(frozen=True, slots=True)
class Table:
    """Who may be introduced to whom, and how many are counted only."""

    introductions: tuple[Introduction, ...]
    unnamed: tuple[Unnamed, ...]


def introduce(
    material: Material,
    schedule: Schedule,
    themes: Sequence[str],
    shortlisted: Iterable[Practice],
    gaps: Gaps | None = None,
) -> Table:
    """Draw up who may be introduced to whom, strand by strand."""
    floor = _Floor(material, schedule, call(material), tuple(shortlisted), gaps or {})
    met: Counter[str] = Counter()
    introductions: list[Introduction] = []
    unnamed: list[Unnamed] = []
    for theme in themes:
        asking, strong = floor.asking(theme), floor.strong(theme)
        for one in (side for side in asking if side.agreed):
            others = [side for side in strong if side.agreed and side.authority != one.authority]
            others.sort(
                key=lambda side: (side.gaps > 0, -side.strength, met[side.authority], side.name)
            )
            for other in others[:MOST]:
                met[other.authority] += 1
                introductions.append(Introduction(theme, one, other))
        left = [sum(not side.agreed for side in sides) for sides in (asking, strong)]
        if any(left):
            unnamed.append(Unnamed(theme, *left))
    return Table(tuple(introductions), tuple(unnamed))


@dataclass(frozen=True)
class _Floor:
    """What introductions are drawn up from."""

    material: Material
    schedule: Schedule
    roster: Roster
    shortlisted: tuple[Practice, ...]
    gaps: Gaps

    def asking(self, theme: str) -> list[Side]:
        """Return those who ask for help on a strand, by name."""
        rated = (
            Side(code, "", f"Rates itself {_spell(values)}", 0, level)
            for code, values, level in self._rated(theme)
            if values[0] <= LOW
        )
        return self._sides((*self._chosen(theme, _ASKS, "Asks for help", 0), *rated), theme)

    def strong(self, theme: str) -> list[Side]:
        """Return those who are strong on a strand, by name."""
        rated = (
            Side(code, "", f"Rates itself {_spell(values)}", values[0], level)
            for code, values, level in self._rated(theme)
            if values[0] >= HIGH
        )
        examples = (
            Side(self.roster.code_of(one.authority), "", f"Example: {one.title}", EXAMPLE, level)
            for one in self.shortlisted
            if one.theme == theme
            for level in [one.use_level if one.consent else "withheld"]
        )
        offered = self._chosen(theme, _OFFERS, "Offers help", OFFER)
        sides = self._sides((*examples, *offered, *rated), theme)
        return [replace(one, gaps=self.gaps.get((one.authority, theme), 0)) for one in sides]

    def _sides(self, found: Iterable[Side], theme: str) -> list[Side]:
        """Return one side an authority: of several the strongest that may be named."""
        best: dict[str, Side] = {}
        for one in sorted(found, key=lambda one: (one.use_level != "named", -one.strength)):
            best.setdefault(one.authority, one)
        sides = (
            Side(code, self.roster.name_of(code), one.why, one.strength, one.use_level, contacts)
            for code, one in best.items()
            if code
            for contacts in [self._contacts(code, theme)]
        )
        return sorted(sides, key=lambda side: side.name)

    def _rated(self, theme: str) -> Iterator[tuple[str, list[int], UseLevel]]:
        """Yield the ratings that each authority gives on a strand, and how they may be used."""
        topics = {question.code: question.theme for question in self.schedule.questions()}
        given: dict[str, list[tuple[int, UseLevel]]] = {}
        for one in self.material.ratings:
            if one.value is not None and topics.get(one.question_code) == theme:
                code = self.roster.code_of(one.authority)
                given.setdefault(code, []).append((one.value, one.use_level))
        for code, ratings in given.items():
            values, levels = sorted(value for value, _ in ratings), {level for _, level in ratings}
            yield code, values, "named" if levels == {"named"} else "unnamed"

    def _chosen(
        self, theme: str, wanted: re.Pattern[str], why: str, strength: int
    ) -> Iterator[Side]:
        """Yield those who choose a strand under a question that asks for, or offers, help."""
        asked = {one.code for one in questions(self.schedule) if wanted.search(one.text)}
        for one in self.material.choices:
            if one.question_code in asked and _strand(one) == theme:
                yield Side(self.roster.code_of(one.authority), "", why, strength, one.use_level)

    @cached_property
    def _published(self) -> Mapping[str, Sequence[KeyContact]]:
        """Return who may be asked, by authority."""
        found: dict[str, list[KeyContact]] = {}
        for one in self.material.contacts:
            if one.may_publish:
                found.setdefault(self.roster.code_of(one.authority), []).append(one)
        return found

    def _contacts(self, code: str, theme: str) -> tuple[KeyContact, ...]:
        """Return who may be asked: on this strand, or else on early help, or else at all."""
        theirs = self._published.get(code, ())
        themes = (theme, "")
        for wanted in themes:
            if found := _people(one for one in theirs if one.theme == wanted):
                return found
        return _people(theirs)[:1]


def questions(schedule: Schedule) -> tuple[Question, ...]:
    """Return the choice questions whose every option is a theme that something is asked about."""
    themes = {question.theme for question in schedule.questions()} - {""}
    return tuple(
        question
        for question in schedule.questions()
        if question.options and all(code.upper() in themes for code, _ in question.options)
    )


def _strand(choice: Choice) -> str:
    """Return the theme that an option stands for; an option's code is in small letters."""
    return choice.option.upper()


def _people(contacts: Iterable[KeyContact]) -> tuple[KeyContact, ...]:
    """Return contacts by name, each person once."""
    found: Mapping[str, KeyContact] = {one.name: one for one in contacts}
    return tuple(found[name] for name in sorted(found))


def _spell(values: Sequence[int]) -> str:
    """Write ratings from the lowest to the highest."""
    if len(values) == 1:
        return str(values[0])
    return f"{', '.join(map(str, values[:-1]))} and {values[-1]}"
