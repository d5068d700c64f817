"""Checking words: quotations are exact, and no paraphrase stands in quotation marks."""

import re
from collections.abc import Iterator

from synthesis.findings.claims import Evidence, Quotation
from synthesis.findings.practices import printable, told
from synthesis.findings.quotable import unlisted
from synthesis.review.blocks import Box, Quote, Text
from synthesis.review.check.sources import Sources

_QUOTED = re.compile(r"“([^“”]+)”")
_FEWEST_WORDS = 5


def misquoted(sources: Sources) -> Iterator[str]:
    """Yield every quotation or row of evidence that is not what somebody said."""
    yield from _quotes(sources)
    for row in sources.ledger.evidence:
        yield from _row(sources, row)
    yield from _boxes(sources)
    yield from _paraphrases(sources)


def _quotes(sources: Sources) -> Iterator[str]:
    """Yield printed quotations that the ledger does not know or the material does not hold."""
    known = {(one.words, one.reference): one for one in sources.ledger.quotations}
    for block in sources.review.blocks:
        if isinstance(block, Quote):
            quotation = known.get((block.words, block.reference))
            if quotation is None:
                yield f"A quotation is not in the ledger: “{block.words}”."
            elif block.verbatim != quotation.verbatim or not _exact(sources, quotation):
                yield f"{block.reference}: the quotation is not what was said: “{block.words}”."
            elif not _is_own(sources, quotation):
                yield f"{block.reference}: quotes a note that nobody confirmed: “{block.words}”."


def _is_own(sources: Sources, quotation: Quotation) -> bool:
    """Tell whether words are those of whoever said them: exactly, or so that they stand by them."""
    found = sources.stretch(quotation.source)
    return found is not None and found[0].is_own(*found[1:])


def _row(sources: Sources, row: Evidence) -> Iterator[str]:
    """Yield what is wrong with a row of the evidence index."""
    if row.held and row.words:
        yield f"{row.id}: its words are held back, and yet they are there."
    if not row.held and not row.words:
        yield f"{row.id}: leads to no words."
    if sources.stretch(row.source) and not row.held and not _exact(sources, row):
        yield f"{row.id}: the words in the index are not what was said."


def _exact(sources: Sources, one: Quotation | Evidence) -> bool:
    """Tell whether words are exactly those of their passage, with names out if unnamed."""
    found = sources.stretch(one.source)
    if found is None:
        return False
    response = found[0]
    cut = unlisted(sources.words(one.source))
    words = sources.shown(cut, response.use_level, verbatim=response.verbatim)
    same = one.words == words and one.verbatim == response.verbatim
    same = same and one.confirmed == response.stood_by(*found[1:])
    return same and one.use_level == response.use_level != "withheld"


def _boxes(sources: Sources) -> Iterator[str]:
    """Yield practice boxes that nobody agreed to publish, or whose words were changed."""
    agreed = {sources.shown(one.what, one.use_level) for one in printable(sources.material)}
    for block in sources.review.blocks:
        if isinstance(block, Box):
            texts = {run.text for _, runs in block.fields for run in runs if isinstance(run, Text)}
            if not texts & agreed:
                yield f"The practice box “{block.title}” holds words nobody agreed to publish."


def _paraphrases(sources: Sources) -> Iterator[str]:
    """Yield what stands in quotation marks and is an interviewer's paraphrase."""
    said = sources.material.responses
    notes = [one.text for one in said if not one.verbatim]
    own = [one.text for one in said if one.verbatim]
    own += [text for one in printable(sources.material) for text in told(one)]
    spoken = "\n".join(own)
    for words in sorted(set(_QUOTED.findall(sources.text))):
        long = len(words.split()) >= _FEWEST_WORDS
        if long and words not in spoken and any(words in note for note in notes):
            yield f"A paraphrase stands in quotation marks: “{words}”."
