"""What a check looks things up in: the review as text, the ledger, and who said what."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from synthesis.findings.asked import Answer, key
from synthesis.findings.claims import Ledger
from synthesis.findings.names import pattern, registered
from synthesis.material import Material, Response
from synthesis.matrix.corpus import speaker
from synthesis.matrix.roster import Roster, call
from synthesis.review import plain
from synthesis.review.blocks import Block, Box, Bullets, Paragraph, Review, Runs, Table


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

    @classmethod
    def of(cls, review: Review, ledger: Ledger, material: Material) -> Self:
        """Lay everything out."""
        answers: tuple[Answer, ...] = (*material.ratings, *material.choices)
        return cls(
            review,
            ledger,
            material,
            call(material),
            plain.text(review),
            {response.id: response for response in material.responses},
            {key(answer): answer for answer in answers},
            pattern(material),
            registered(material),
        )

    def stretch(self, passage: str) -> tuple[Response, int, int] | None:
        """Return the response a passage's id names, and the place in it; None if there is none."""
        id, _, place = passage.rpartition(":")
        start, _, end = place.partition("-")
        response = self.responses.get(id)
        if response is None or not (start.isdigit() and end.isdigit()):
            return None
        return response, int(start), int(end)

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
        if found is None or found[0].use_level == "withheld" or not self.words(id):
            return ""
        return speaker(found[0], self.roster)

    def runs(self) -> Iterator[Runs]:
        """Yield every line of runs in the review."""
        for block in self.review.blocks:
            yield from _runs(block)

    def sentences(self) -> Iterator[Runs]:
        """Yield the lines of running text: what the review says, and not what it quotes."""
        for block in self.review.blocks:
            if isinstance(block, Paragraph | Bullets):
                yield from _runs(block)


def _runs(block: Block) -> Iterator[Runs]:
    """Yield the lines of runs in a block."""
    if isinstance(block, Paragraph):
        yield block.runs
    elif isinstance(block, Bullets):
        yield from block.items
    elif isinstance(block, Box):
        yield from (runs for _, runs in block.fields)
    elif isinstance(block, Table):
        yield from (cell.runs for row in block.rows for cell in row)
