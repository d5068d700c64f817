"""Claims and the ledger that holds them: what is said, what stands behind it, what against it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from synthesis.findings.wording import Speech, Voice
from synthesis.material import Confirmed, UseLevel

Kind = Literal[
    "coverage",
    "strengths",
    "gaps",
    "plans",
    "both",
    "against",
    "approach",
    "evidence",
    "rating",
    "option",
    "implication",
    "partner",
    "tool",
    "region",
    "written",
    "otherwise",
]

LISTED: frozenset[Kind] = frozenset(("approach", "evidence", "option", "partner", "tool"))
"""Kinds that stand in lists under a line that says what is counted: their count stands bare."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One computed statement.

    `count` authorities of the `base` that could have said so: `answering` holds their codes.
    `supporting` and `contradicting` are ids: a passage's, or `rating:` and `choice:` with the
    answer's. `plainest` are those of the supporting that say in plain sense what the claim says:
    where there are any, they alone are cited. `datum` names a tally that is cited in place of
    passages. `cited` are the references printed after it.
    """

    id: str
    kind: Kind
    theme: str
    text: str
    count: int
    base: int
    answering: frozenset[str]
    supporting: Collection[str]
    contradicting: Collection[str] = ()
    plainest: Collection[str] = ()
    label: str = ""
    question: str = ""
    datum: str = ""
    voice: Voice = "answers"
    cited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """Somebody's exact words, chosen to illustrate: `slot` says where they are printed."""

    slot: str
    source: str
    words: str
    attribution: str
    verbatim: bool
    use_level: UseLevel
    reference: str = ""
    confirmed: Confirmed = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row of the evidence index: what a printed reference leads to.

    `source` is the id of a passage, a practice or a tally. `held` says why words are not printed.
    """

    id: str
    source: str
    authority: str
    asked: str
    origin: str
    words: str
    verbatim: bool = True
    use_level: UseLevel = "named"
    held: str = ""
    confirmed: Confirmed = None


@dataclass(frozen=True, slots=True)
class Tally:
    """A count of closed answers, or of words looked for, that a claim cites as one thing."""

    id: str
    asked: str
    base: int
    words: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A cell of the matrix as it is printed: what it is, and the passages that it counts."""

    authority: str
    theme: str
    state: str
    passages: Collection[str]

    @property
    def id(self) -> str:
        """Return what the ledger calls it."""
        return f"cell {self.authority}/{self.theme}"


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every claim and quotation of a review, and every piece of evidence they refer to.

    `held_examples` are the ids of examples that may be printed unnamed and could be traced.
    `cells` are those of the matrix. `seals` leads from every claim and cell to the hash of the
    words and answers that it was counted from, so that none can change unnoticed.
    """

    speech: Speech
    claims: tuple[Claim, ...]
    quotations: tuple[Quotation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    held_examples: frozenset[str] = frozenset()
    cells: tuple[Filled, ...] = ()
    seals: Mapping[str, str] = field(default_factory=dict)

    def of(self, kind: Kind, theme: str = "") -> tuple[Claim, ...]:
        """Return the claims of one kind about one theme."""
        return tuple(c for c in self.claims if c.kind == kind and c.theme == theme)

    def find(self, id: str) -> Claim | None:
        """Return a claim by its id, or None where the material did not carry it."""
        return next((claim for claim in self.claims if claim.id == id), None)

    def quoted(self, slot: str) -> tuple[Quotation, ...]:
        """Return the quotations chosen for one place."""
        return tuple(quotation for quotation in self.quotations if quotation.slot == slot)

    def reference_to(self, source: str) -> str:
        """Return the reference that leads to a passage, practice or tally; empty if none does."""
        return next((item.id for item in self.evidence if item.source == source), "")
