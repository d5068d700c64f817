"""Checking privacy: nothing withheld, nothing that names who is not named, no child."""

import re
from collections.abc import Iterator

from synthesis.findings.practices import printable, told
from synthesis.findings.quotable import is_balanced
from synthesis.findings.safeguards import may_identify_child
from synthesis.material import Response, UseLevel
from synthesis.review import plain
from synthesis.review.blocks import Box, Quote
from synthesis.review.check.sources import Sources

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
_FEWEST_WORDS = 6
"""Fewer words than this in a row may be anybody's."""


def leaking(sources: Sources) -> Iterator[str]:
    """Yield everything printed that was not to be."""
    said = sources.material.responses
    named = _public(sources, "named")
    usable = _public(sources, "named", "unnamed")
    for response in said:
        if response.use_level == "withheld":
            yield from _withheld(sources, response, usable)
        if response.use_level == "unnamed":
            yield from _unmasked(sources, response, named)
    yield from _withheld_practices(sources, usable)
    yield from _named(sources)
    yield from _children(sources)
    yield from _themes(sources)
    yield from _people(sources)
    yield from _private(sources)


def _public(sources: Sources, *levels: UseLevel) -> str:
    """Return what may be printed whoever wrote it: questions, and words of these use levels."""
    said = sources.material.responses
    practices = printable(sources.material)
    return "\n".join(
        (
            *(one.question for one in said),
            *(one.text for one in said if one.use_level in levels),
            *(text for one in practices if one.use_level in levels for text in told(one)),
        )
    )


def _withheld(sources: Sources, response: Response, public: str) -> Iterator[str]:
    """Yield withheld sentences that are printed."""
    for sentence in _sentences(response.text):
        if sentence in sources.text and sentence not in public:
            yield f"{response.id}: words not for publication are printed."


def _unmasked(sources: Sources, response: Response, public: str) -> Iterator[str]:
    """Yield unnamed sentences that are printed with a name in them."""
    for sentence in _sentences(response.text):
        if sources.names.search(sentence) and sentence in sources.text and sentence not in public:
            yield f"{response.id}: unnamed words are printed with a name in them."


def _withheld_practices(sources: Sources, public: str) -> Iterator[str]:
    """Yield practices that are printed without consent, or that may identify a child."""
    allowed = printable(sources.material)
    for practice in sources.material.practices:
        sentences = _sentences(practice.what) if practice not in allowed else ()
        if any(one in sources.text and one not in public for one in sentences):
            yield f"{practice.id}: a practice is printed that may not be."


def _named(sources: Sources) -> Iterator[str]:
    """Yield unnamed quotations and evidence with a name in or beside them."""
    unnamed = {row.id: row for row in sources.ledger.evidence if row.use_level == "unnamed"}
    for row in unnamed.values():
        named = sources.registered.search(row.authority)
        if named or sources.names.search(row.words):
            yield f"{row.id}: an unnamed authority is named in the evidence index."
    for block in sources.review.blocks:
        if isinstance(block, Quote) and block.reference in unnamed:
            if unnamed[block.reference].held:
                yield f"{block.reference}: words that are held back are quoted."
            named = sources.registered.search(block.attribution)
            if named or sources.names.search(block.words):
                yield f"{block.reference}: an unnamed authority is named by its quotation."


def _children(sources: Sources) -> Iterator[str]:
    """Yield words in print that may identify a child."""
    printed = [(one.reference, one.words) for one in sources.ledger.quotations]
    printed += [(row.id, row.words) for row in sources.ledger.evidence if row.origin != "count"]
    for id, words in printed:
        if may_identify_child(words, sources.material.cleared):
            yield f"{id}: the words may identify a child."


def _themes(sources: Sources) -> Iterator[str]:
    """Yield themes whose words, which are printed, may identify a child and are not cleared."""
    for one in sources.material.held:
        if one.response.startswith("theme/"):
            code = one.response.rpartition("/")[2]
            yield f"{code}: the codebook's words may identify a child ({one.kind}); clear it first."


def _people(sources: Sources) -> Iterator[str]:
    """Yield words in print that name a person who is no published contact, or break off."""
    for row in sources.ledger.evidence:
        if row.origin != "count" and sources.people.named_in(row.words):
            yield f"{row.id}: a person is named in the evidence index."
    for block in sources.review.blocks:
        if isinstance(block, Quote) and sources.people.named_in(block.words):
            yield f"{block.reference}: a person is named in a quotation."
        if isinstance(block, Quote) and not is_balanced(block.words):
            yield f"{block.reference}: a quotation leaves a bracket open."
        if isinstance(block, Box):
            texts = [plain.spell(runs) for _, runs in block.fields]
            if any(map(sources.people.named_in, (block.title, *texts))):
                yield f"The practice box “{block.title}” names a person."


def _private(sources: Sources) -> Iterator[str]:
    """Yield contacts and documents that are printed though they were not to be."""
    shown = {one.email for one in sources.material.contacts if one.may_publish}
    for contact in sources.material.contacts:
        hidden = not contact.may_publish and contact.email and contact.email not in shown
        if hidden and contact.email in sources.text:
            yield f"{contact.id}: a contact is printed without leave."
    links = {one.title for one in sources.material.documents if one.may_share}
    for document in sources.material.documents:
        hidden = not document.may_share and document.title not in links
        if hidden and document.title in sources.text:
            yield f"{document.id}: a document is listed without leave."


def _sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text that are long enough to be told from anyone else's."""
    for found in _SENTENCE.findall(text):
        sentence = found.strip()
        if len(sentence.split()) >= _FEWEST_WORDS:
            yield sentence
