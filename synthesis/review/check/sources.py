"""What a check looks things up in: the review as text, the ledger, and who said what."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from synthesis.findings.asked import Answer, key
from synthesis.findings.claims import Ledger
from synthesis.findings.names import pattern, registered
from synthesis.findings.people import People, Terms, shown
from synthesis.findings.tracing import Tracer
from synthesis.material import Material, Response, UseLevel
from synthesis.matrix.corpus import speaker
from synthesis.matrix.roster import Roster, call
from synthesis.passages import place_of
from synthesis.review import plain
from synthesis.review.blocks import Bullets, Paragraph, Review, Runs
from synthesis.review.numbering import lines


@dataclass(frozen=True, slots=True)
class Sources:
    """A review beside what it was made from."""

    review: Review
    ledger: Ledger
    material: Material
    roster: Roster
    text: str
    responses: Mapping[str, Response]
    answers: Mapping[str, Answer]
    names: re.Pattern[str]
    registered: re.Pattern[str]
    people: People
    tracer: Tracer

    @classmethod
    def of(cls, review: Review, ledger: Ledger, material: Material) -> Self:
        """Lay everything out."""
        answers: tuple[Answer, ...] = (*material.ratings, *material.choices)
        roster = call(material)
        return cls(
            review,
            ledger,
            material,
            roster,
            plain.text(review),
            {response.id: response for response in material.responses},
            {key(answer): answer for answer in answers},
            pattern(material),
            registered(material),
            People.of(material),
            Tracer.of(material, roster),
        )

    def shown(self, text: str, use_level: UseLevel, *, verbatim: bool = True) -> str:
        """Return words as they may be printed at a use level, and if they are anybody's own."""
        return shown(text, Terms(use_level, verbatim), self.names, self.people)

    def stretch(self, passage: str) -> tuple[Response, int, int] | None:
        """Return the response a passage's id names, and the place in it; None if there is none."""
        place = place_of(passage)
        response = self.responses.get(place[0]) if place else None
        return (response, *place[1:]) if place and response is not None else None

    def words(self, passage: str) -> str:
        """Return the exact words of a passage; empty if it does not exist."""
        found = self.stretch(passage)
        return found[0].text[found[1] : found[2]] if found else ""

    def owner(self, id: str) -> str:
        """Return the code of the authority a passage or answer comes from; empty if it may not
        be used or does not exist.
        """
        answer = self.answers.get(id)
        if answer is not None:
            return "" if answer.use_level == "withheld" else self.roster.code_of(answer.authority)
        found = self.stretch(id)
        if found is None:
            return ""
        response, start, end = found
        may_use = response.use_level != "withheld" and response.text[start:end]
        return speaker(response, self.roster) if may_use else ""

    def runs(self) -> Iterator[Runs]:
        """Yield every line of runs in the review."""
        for block in self.review.blocks:
            yield from lines(block)

    def sentences(self) -> Iterator[Runs]:
        """Yield the lines of running text: what the review says, and not what it quotes."""
        for block in self.review.blocks:
            if isinstance(block, Paragraph | Bullets):
                yield from lines(block)
