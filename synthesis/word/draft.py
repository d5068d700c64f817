"""What is counted and collected while a review is written."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from synthesis.review.blocks import Heading


@dataclass(frozen=True, slots=True)
class Draft:
    """A review in the making: names already given, and numbers still to give out."""

    bookmarks: Mapping[str, str]
    pages: Mapping[str, int]
    headings: tuple[Heading, ...]
    links: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def next(self, what: str) -> int:
        """Give the next number of its kind, from one."""
        self.counts[what] += 1
        return self.counts[what]

    def link(self, url: str) -> str:
        """Give the relationship that opens this address, the same for the same address."""
        return self.links.setdefault(url, f"link{len(self.links) + 1}")

    def picture(self, png: bytes) -> str:
        """Keep a picture's bytes and give the relationship that shows it."""
        name = f"picture{len(self.pictures) + 1}"
        self.pictures[name] = png
        return name
