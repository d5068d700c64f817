"""Citing: giving claims and quotations their references, few enough to read past."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

from synthesis.findings.basis import Inquiry
from synthesis.findings.claims import Claim, Ledger, Quotation
from synthesis.findings.drawing import lot
from synthesis.findings.index import draw_up, held_examples
from synthesis.findings.practices import printable
from synthesis.findings.quotable import is_balanced
from synthesis.matrix import Heard

Rank = tuple[bool, bool, bool, bool, float, str]
"""How well a passage serves to be cited: the least comes first."""
CITED = 3
SURE = 0.5
CITED_BY_KIND: Mapping[str, int] = {
    "approach": 2,
    "evidence": 2,
    "tool": 2,
    "partner": 1,
    "written": 6,
    "otherwise": 6,
}


@dataclass(slots=True)
class _Numbering:
    """The references given out so far, in the order in which they were first needed."""

    ids: dict[str, str] = field(default_factory=dict)

    def refer(self, source: str) -> str:
        """Return the reference to a source, giving it one if it has none."""
        return self.ids.setdefault(source, f"E{len(self.ids) + 1:03d}")


def cite(inquiry: Inquiry, claims: Sequence[Claim], quotations: Sequence[Quotation]) -> Ledger:
    """Give every claim and quotation its references, and draw up the index they lead to."""
    numbering, wanted = _Numbering(), {quotation.source for quotation in quotations}
    cited = []
    for claim in claims:
        sources = _sources(inquiry, claim, wanted)
        wanted.update(sources)
        cited.append(replace(claim, cited=tuple(map(numbering.refer, sources))))
    quoted = [replace(one, reference=numbering.refer(one.source)) for one in quotations]
    held = held_examples(inquiry, numbering.ids)
    for practice in printable(inquiry.material):
        if practice.id not in held:
            numbering.refer(f"practice:{practice.id}")
    evidence = draw_up(inquiry, numbering.ids)
    return Ledger(inquiry.speech, tuple(cited), tuple(quoted), evidence, held)


def _sources(inquiry: Inquiry, claim: Claim, wanted: set[str]) -> tuple[str, ...]:
    """Choose what to cite for a claim: its tally, or a few passages from different authorities.

    Words of equal rank, and those chosen, stand as the lot falls: never in the register's order.
    """
    if claim.datum:
        return (claim.datum,)

    def rank(heard: Heard) -> Rank:
        """Put words that may be named and are sure of their theme first, then those in use."""
        unnamed = heard.response.use_level != "named"
        score, text = heard.themes.get(claim.theme, 1.0), heard.passage.text
        cut = not is_balanced(text)
        return unnamed, cut, score < SURE, heard.id not in wanted, -score, lot(text)

    best: dict[str, tuple[Rank, Heard]] = {}
    for heard in inquiry.matrix.corpus.of(claim.supporting):
        found, so_far = rank(heard), best.get(heard.authority)
        if so_far is None or found < so_far[0]:
            best[heard.authority] = found, heard
    ranked = sorted(best.values(), key=itemgetter(0))
    few = [heard for _, heard in ranked[: CITED_BY_KIND.get(claim.kind, CITED)]]
    return tuple(heard.id for heard in sorted(few, key=lambda one: lot(one.passage.text)))
