"""What the companions are drawn from: the review's manuscript, and what stands beside it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from synthesis.findings.quotations import MONTHS
from synthesis.material import Authority
from synthesis.review.blocks import Block, Contents, Cover, Heading, PageBreak, Review
from synthesis.review.manuscript import Manuscript

FEWEST_LISTED = 6
"""Fewer chapters than this are found without a list of them."""
Place = tuple[str, str]
"""An authority's code and a theme's."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What the researcher wrote in a cell; stale where what it was written from has changed."""

    text: str
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class LinkState:
    """When a link was last tried, and what came of it."""

    checked_on: dt.date
    works: bool
    outcome: str


@dataclass(frozen=True, slots=True)
class Sources:
    """A manuscript with the summaries by cell, and the state of links by address."""

    manuscript: Manuscript
    summaries: Mapping[Place, Noted] = field(default_factory=dict)
    links: Mapping[str, LinkState] = field(default_factory=dict)

    @property
    def authorities(self) -> tuple[Authority, ...]:
        """Return the authorities, in alphabetical order."""
        return tuple(self.manuscript.inquiry.matrix.roster)

    def code(self, name: str) -> str:
        """Return the code of an authority by any of its names."""
        return self.manuscript.inquiry.matrix.roster.code_of(name)

    def may_show(self, authority: str, theme: str) -> bool:
        """Say whether a summary may be shown with the name: all that it rests on may be named."""
        passages = self.manuscript.inquiry.matrix.corpus.passages
        cell = self.manuscript.inquiry.matrix.cells.get((authority, theme))
        given = cell.passages if cell else ()
        return all(passages[id].response.use_level == "named" for id in given)

    def paper(self, title: str, subtitle: str, blocks: tuple[Block, ...]) -> Review:
        """Return a paper of these blocks that goes with the review."""
        outline, as_of = self.manuscript.outline, self.manuscript.material.as_of
        details = (
            ("Goes with", outline.title),
            ("Version", outline.version),
            ("Prepared by", outline.author),
            ("Date", day(as_of) if as_of else ""),
        )
        cover = Cover(title, subtitle, tuple(line for line in details if line[1]))
        return Review(
            title=f"{outline.title}: {title[:1].lower()}{title[1:]}",
            subject=subtitle or title,
            author=outline.author or "The review team",
            version=f"Version {outline.version}",
            blocks=(cover, *_contents(blocks), *blocks),
        )


def _contents(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the contents, where there is enough to look up; in any case start a page."""
    chapters = sum(isinstance(one, Heading) and one.level == 1 for one in blocks)
    return (Contents(depth=1), PageBreak()) if chapters >= FEWEST_LISTED else (PageBreak(),)


def day(date: dt.date) -> str:
    """Write a day."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"
