"""A manuscript: everything the chapters are written from."""

from dataclasses import dataclass

from synthesis.codebook import Theme
from synthesis.findings.basis import Inquiry
from synthesis.findings.claims import Ledger
from synthesis.material import Material
from synthesis.review.outline import Chapter, Outline

HOW_ASKED = ("method", "practice")
"""Places whose standing text tells what was asked of whom, or offered by whom."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What was found, the outline it is set out by, and the ledger that vouches for it."""

    inquiry: Inquiry
    outline: Outline
    ledger: Ledger

    @property
    def material(self) -> Material:
        """Return the material."""
        return self.inquiry.material

    @property
    def only_documents(self) -> bool:
        """Tell whether nobody was asked and documents are all there is."""
        return self.inquiry.speech.voice == "documents"

    @property
    def only_table(self) -> bool:
        """Tell whether there is a table of responses, and no word of who was asked and how."""
        return not self.material.returns and not self.only_documents

    def chapter(self, key: str) -> Chapter:
        """Return the title and standing text of a place."""
        return self.outline.chapters[key]

    def standing(self, key: str) -> str:
        """Return the standing text that fits what the review rests on."""
        chapter = self.chapter(key)
        if self.only_documents:
            return chapter.documents or chapter.text
        if self.only_table:
            return chapter.table or ("" if key in HOW_ASKED else chapter.text)
        return chapter.text

    def named(self, authority: str) -> str:
        """Return the name an authority has in the review, from any of its names."""
        roster = self.inquiry.matrix.roster
        return roster.name_of(roster.code_of(authority))

    def strands(self) -> tuple[Theme, ...]:
        """Return the strands in their order."""
        return self.inquiry.basis.codebook.of_kind("strand")
