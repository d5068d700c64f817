"""The summary: key findings, best practice at a glance, and what the framework should take up."""

from collections.abc import Callable, Iterable, Iterator

from synthesis.findings.claims import Claim, Kind
from synthesis.findings.themes import EVIDENCE
from synthesis.review.blocks import Block, Bullets, Heading, Paragraph
from synthesis.review.chapters.practices import allowed, at_a_glance
from synthesis.review.manuscript import Manuscript
from synthesis.review.prose import labelled, said, standing, told, words

MOST, LEAST = 3, 2
PROPOSALS = 6
FEWEST, FEWEST_SHARE = 3, 5
"""What fewer than three say, or less than a fifth of the base, is not said widely."""

NO_EXAMPLES = "No example was offered that may be published."

Rank = Callable[[Claim], float]


def summary(manuscript: Manuscript, number: str) -> Iterator[Block]:
    """Yield the summary."""
    yield Heading(1, f"{number} {manuscript.chapter('summary').title}", "summary")
    yield from standing(manuscript.standing("summary"))
    yield Heading(2, f"{number}.1 Key findings", "key-findings")
    yield from told([manuscript.ledger.find("words")])
    yield from _findings(manuscript)
    yield Heading(2, f"{number}.2 {manuscript.chapter('practice').title}", "practice")
    yield from _practice(manuscript)
    yield Heading(2, f"{number}.3 {manuscript.chapter('proposals').title}", "proposals")
    yield from standing(manuscript.standing("proposals"))
    yield from _under("", _proposals(manuscript))


def _practice(manuscript: Manuscript) -> Iterator[Block]:
    """Yield the examples that were offered, or words that praise practice where none was."""
    examples = tuple(at_a_glance(manuscript))
    chapter = manuscript.chapter("practice")
    if allowed(manuscript) or manuscript.only_documents:
        yield from standing(manuscript.standing("practice"))
    else:
        yield from standing(chapter.table if examples else NO_EXAMPLES)
    yield from examples


def _findings(manuscript: Manuscript) -> Iterator[Block]:
    """Yield the findings that a reader in a hurry should take away."""
    yield from _under("What authorities say, strand by strand:", _each(manuscript, "written"))
    ratings, coverage = _each(manuscript, "rating"), _each(manuscript, "coverage")
    high = _top(_wide(ratings), MOST)
    rest = [entry for entry in ratings if high and entry not in high]
    yield from _under("Authorities rate themselves highest on:", high)
    yield from _under("They rate themselves lowest on:", _top(rest, LEAST, _lowest))
    strengths, gaps = _each(manuscript, "strengths"), _each(manuscript, "gaps")
    yield from _under("Strengths are described most widely on:", _top(_wide(strengths), MOST))
    yield from _under("Gaps or difficulties are described most widely on:", _top(_wide(gaps), MOST))
    plans = _each(manuscript, "plans")
    yield from _under("Plans are described most widely on:", _top(_wide(plans), LEAST))
    silent = [entry for entry in coverage if entry[1].count < entry[1].base]
    yield from _under("Least is said about:", _top(silent, LEAST, _lowest))
    ledger = manuscript.ledger
    region = [("", claim) for kind in EVIDENCE for claim in ledger.of("region", kind)]
    yield from _under("As evidence that early help makes a difference:", region)
    outcomes = [("", claim) for claim in ledger.claims if claim.id.endswith(".outcome")]
    yield from _under("Of the seven adverse outcomes:", _ends(outcomes))


def _proposals(manuscript: Manuscript) -> list[tuple[str, Claim]]:
    """Return the proposals that rest on the thinnest evidence, in the order of the strands."""
    first = _each(manuscript, "implication")
    return sorted(_top(first, PROPOSALS, _lowest), key=first.index)


def _each(manuscript: Manuscript, kind: Kind) -> list[tuple[str, Claim]]:
    """Return the first claim of a kind under each strand, with the strand's name."""
    found = [(theme.name, manuscript.ledger.of(kind, theme.code)) for theme in manuscript.strands()]
    return [(name, claims[0]) for name, claims in found if claims]


def _highest(claim: Claim) -> float:
    """Rank a claim by its share, the largest first."""
    return -claim.count / claim.base


def _lowest(claim: Claim) -> float:
    """Rank a claim by its share, the smallest first."""
    return claim.count / claim.base


def _top(
    entries: Iterable[tuple[str, Claim]], most: int, rank: Rank = _highest
) -> list[tuple[str, Claim]]:
    """Return the first few claims by rank; those that tie keep the order of the strands."""
    return sorted(entries, key=lambda entry: rank(entry[1]))[:most]


def _wide(entries: Iterable[tuple[str, Claim]]) -> list[tuple[str, Claim]]:
    """Return the claims that so many share that they may be said to be widely made."""
    return [
        (name, claim)
        for name, claim in entries
        if claim.count >= FEWEST and FEWEST_SHARE * claim.count >= claim.base
    ]


def _ends(entries: list[tuple[str, Claim]]) -> list[tuple[str, Claim]]:
    """Return the two that are most widely mentioned and the two that are least."""
    ranked = _top(entries, len(entries))
    return ranked if len(ranked) <= 2 * LEAST else ranked[:LEAST] + ranked[-LEAST:]


def _under(lead: str, entries: Iterable[tuple[str, Claim]]) -> Iterator[Block]:
    """Yield claims as points under a line that leads in to them; nothing where there are none."""
    items = tuple(labelled(label, claim) if label else said(claim) for label, claim in entries)
    if items:
        if lead:
            yield Paragraph(words(lead, bold=True))
        yield Bullets(items)
