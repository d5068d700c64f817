"""Checking traces: nothing unnamed stands beside what would give it away."""

from collections.abc import Iterator
from itertools import chain, pairwise

from synthesis.findings.drawing import lot
from synthesis.findings.practices import printable
from synthesis.findings.tracing import Account, offered, unnamed_examples
from synthesis.material import Rating
from synthesis.matrix import gives_away
from synthesis.review import plain
from synthesis.review.blocks import Box, Heading, Table
from synthesis.review.chapters import returned
from synthesis.review.check.sources import Sources
from synthesis.review.numbering import lines, mentions

_EXAMPLE = "practice:"
_STRAND = "strand-"


def traceable(sources: Sources) -> Iterator[str]:
    """Yield everything unnamed that a reader could trace to its authority."""
    accounts = _accounts(sources)
    yield from _matched(sources, accounts)
    yield from _matched_examples(sources, accounts)
    yield from _misnumbered(sources)
    yield from _ordered(sources)
    yield from _subtracted(sources)
    yield from _asked(sources)


def _accounts(sources: Sources) -> list[Account]:
    """Return what the review prints under each authority's name, an answer at a time."""
    answers: dict[str, list[str]] = {}
    for row in sources.ledger.evidence:
        if row.use_level == "named" and not row.held and sources.stretch(row.source):
            answer = row.source.rpartition(":")[0]
            answers.setdefault(answer, [sources.owner(row.source)]).append(row.words)
    said = [(owner, " ".join(words)) for owner, *words in answers.values()]
    return [*said, *offered(sources.material, sources.roster)]


def _matched(sources: Sources, accounts: list[Account]) -> Iterator[str]:
    """Yield unnamed words that tell the same story as named words of their authority."""
    for row in sources.ledger.evidence:
        unnamed = row.use_level == "unnamed" and sources.stretch(row.source) is not None
        if unnamed and sources.tracer.traces(sources.owner(row.source), row.words, accounts):
            yield f"{row.id}: unnamed words tell the same story as named ones."


def _matched_examples(sources: Sources, accounts: list[Account]) -> Iterator[str]:
    """Yield unnamed examples that named words give away, and that are printed all the same."""
    indexed = {row.source for row in sources.ledger.evidence}
    boxes = [block for block in sources.review.blocks if isinstance(block, Box)]
    boxed = {plain.spell(runs) for box in boxes for runs in lines(box)}
    # Two examples may be told in the same words.
    others = {
        sources.shown(one.what, one.use_level)
        for one in printable(sources.material)
        if f"{_EXAMPLE}{one.id}" in indexed
    }
    for example in unnamed_examples(sources.material):
        printed = f"{_EXAMPLE}{example.id}" in indexed or (
            sources.shown(example.what, example.use_level) in boxed - others
        )
        if printed and sources.tracer.traces_example(example, accounts):
            yield f"{example.id}: named words give away whose this unnamed example is."


def _misnumbered(sources: Sources) -> Iterator[str]:
    """Yield references that do not count up through the review, and so follow another order."""
    met = dict.fromkeys(chain.from_iterable(map(mentions, sources.review.blocks)))
    for turn, id in enumerate(met, start=1):
        if id != f"E{turn:03d}":
            yield f"{id}: stands where E{turn:03d} is due; numbers must tell no register."
            return


def _ordered(sources: Sources) -> Iterator[str]:
    """Yield what stands together in another order than that of the lot."""
    source = {row.id: row.source for row in sources.ledger.evidence}
    for claim in sources.ledger.claims:
        lots = [lot(sources.words(source.get(id, ""))) for id in claim.cited]
        if lots != sorted(lots):
            yield f"{claim.id}: its references do not stand as the lot falls."
    examples = {f"{_EXAMPLE}{one.id}": one for one in sources.material.practices}
    for table in (one for one in sources.review.blocks if isinstance(one, Table)):
        listed = [examples[source[id]] for id in mentions(table) if source.get(id) in examples]
        for before, after in pairwise(listed):
            if before.theme == after.theme and lot(before.what) > lot(after.what):
                yield f"{after.id}: examples on one strand do not stand as the lot falls."


def _subtracted(sources: Sources) -> Iterator[str]:
    """Yield columns of the matrix whose named ratings would give unnamed ones away."""
    headings = [one.anchor for one in sources.review.blocks if isinstance(one, Heading)]
    strands = [one.removeprefix(_STRAND) for one in headings if one.startswith(_STRAND)]
    asked = {
        (claim.theme, claim.question) for claim in sources.ledger.claims if claim.kind == "rating"
    }
    for table in sources.review.blocks:
        if isinstance(table, Table) and table.anchor == "matrix":
            for column, strand in enumerate(strands, start=1):
                rated = any("(" in plain.spell(row[column].runs) for row in table.rows)
                if rated and gives_away(_ratings(sources, strand, asked)):
                    yield f"{strand}: the matrix shows ratings that give unnamed ones away."


def _ratings(sources: Sources, strand: str, asked: set[tuple[str, str]]) -> Iterator[Rating]:
    """Yield the ratings given to the questions on a strand."""
    for rating in sources.material.ratings:
        if (strand, rating.question_code) in asked:
            yield rating


def _asked(sources: Sources) -> Iterator[str]:
    """Yield authorities of whom it is told that they were shown words printed without a name."""
    named = returned.quoted_by_name(sources.ledger)
    for table in sources.review.blocks:
        if isinstance(table, Table) and table.header[-1] == returned.SHOWN:
            for row in table.rows:
                name, told = plain.spell(row[0].runs), plain.spell(row[-1].runs)
                if told != returned.UNTOLD and name not in named:
                    yield f"The table of returns tells that {name} has words among the unnamed."
