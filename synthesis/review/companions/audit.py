"""The remarks of the audit edition: behind every claim and quotation, the words and verdicts.

They say whose unnamed words are, so the audit edition is for those who answer for the review. On
paper nobody opens a comment, so the edition closes with all of them, statement by statement.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from synthesis.findings.basis import Inquiry
from synthesis.findings.claims import Claim, Evidence, Ledger
from synthesis.findings.quotations import spoken
from synthesis.material import Decision
from synthesis.review.blocks import Block, Heading, PageBreak, Paragraph, Review
from synthesis.review.prose import note, words

VERDICTS: Mapping[str, str] = {"accept": "Accepted", "reject": "Rejected", "add": "Added"}
USES: Mapping[str, str] = {"named": "may be named", "unnamed": "not to be named"}
SUGGESTED = "Suggested by the machine; no coder has decided."
LONGEST_HASH = 8
CLOSING = "Evidence, statement by statement"
HOW_TO_READ = "What the comments of this edition say, in their order, so that it can be printed."
_ROW = re.compile(r"\n(?=E\d+: )")


def remarks(inquiry: Inquiry, ledger: Ledger) -> Mapping[str, str]:
    """Return the remark on every claim and quotation, by the words that are printed of it."""
    audit = _Audit(inquiry, ledger)
    found = {claim.text: "\n".join(audit.claim(claim)) for claim in ledger.claims}
    for one in ledger.quotations:
        exact = f"“{one.words}”" if one.verbatim else one.words
        row = audit.rows.get(one.reference)
        if row is not None:
            found[exact] = "\n".join(audit.row(row, ""))
    return found


def in_print(review: Review, noted: Mapping[str, str]) -> Review:
    """Return the audit edition: the review with its remarks once more at the end, to be printed."""
    return replace(review, blocks=(*review.blocks, *_closing(noted)))


def _closing(noted: Mapping[str, str]) -> Iterator[Block]:
    yield PageBreak()
    yield Heading(1, CLOSING, "audit")
    yield note(HOW_TO_READ)
    for at, (statement, remark) in enumerate(noted.items(), start=1):
        yield Paragraph(words(f"{at}. {statement}", bold=True))
        for row in _ROW.split(remark):
            yield note(" ".join(row.splitlines()))


class _Audit:
    """The ledger laid out to look things up in."""

    def __init__(self, inquiry: Inquiry, ledger: Ledger) -> None:
        self.rows: Mapping[str, Evidence] = {row.id: row for row in ledger.evidence}
        self._passages = inquiry.matrix.corpus.passages
        self._roster = inquiry.matrix.roster
        self._decisions: dict[str, list[Decision]] = defaultdict(list)
        for one in inquiry.material.decisions:
            self._decisions[one.response].append(one)

    def claim(self, claim: Claim) -> Iterator[str]:
        """Yield the lines on a claim: what it counts, and the words that it cites."""
        yield (
            f"{claim.id}: {claim.count} of {claim.base}. Rests on {len(claim.supporting)}, and "
            f"{len(claim.contradicting)} speak against it."
        )
        cited = [self.rows[id] for id in claim.cited if id in self.rows]
        for row in cited:
            yield from self.row(row, claim.theme)
        if len(claim.supporting) > len(cited):
            yield "The manifest of this build lists everything that it rests on."

    def row(self, row: Evidence, theme: str) -> Iterator[str]:
        """Yield the lines on one piece of evidence."""
        heard = self._passages.get(row.source)
        if heard is None:
            yield f"{row.id}: {row.authority}. {row.source}. {row.words}"
            return
        response = heard.response
        source = response.source
        if source == "interview":
            stood_by = response.stood_by(heard.passage.start, heard.passage.end)
            source = spoken(verbatim=response.verbatim, confirmed=stood_by)
        name = self._roster.name_of(heard.authority)
        exact = heard.passage.text
        yield f"{row.id}: {name}, {USES.get(response.use_level, response.use_level)}. {source}."
        yield f"{row.source}"
        yield f"“{exact}”" if response.verbatim else exact
        if row.held:
            yield row.held
        yield from self._verdicts(heard.passage.start, heard.passage.end, response.id, theme)

    def _verdicts(self, start: int, end: int, response: str, theme: str) -> Iterator[str]:
        touching = [
            one
            for one in self._decisions.get(response, ())
            if one.start < end and start < one.end and theme in ("", one.theme)
        ]
        yield from _said(touching) if touching else (SUGGESTED,)


def _said(decisions: Iterable[Decision]) -> Iterator[str]:
    for one in decisions:
        by = f" by {one.coder}" if one.coder else ""
        book = f", codebook {one.codebook[:LONGEST_HASH]}" if one.codebook else ""
        yield f"{VERDICTS[one.verdict]}{by}: {one.theme}{book}."
