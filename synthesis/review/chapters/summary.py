"""The summary: key findings, best practice at a glance, and what the framework should take up."""

from collections.abc import Callable, Iterable, Iterator

from synthesis.findings.asked import HIGH
from synthesis.findings.claims import Claim, Kind
from synthesis.findings.themes import EVIDENCE
from synthesis.review.blocks import Block, Bullets, Heading, Paragraph
from synthesis.review.chapters.method import provisional
from synthesis.review.chapters.practices import allowed, at_a_glance
from synthesis.review.manuscript import Manuscript
from synthesis.review.prose import counted, labelled, note, said, standing, told, words

MOST, LEAST = 3, 2
PROPOSALS = 6
FEWEST, FEWEST_SHARE = 3, 5
"""What fewer than three say, or less than a fifth of the base, is not said widely."""

OF = {False: "of those answering", True: "of the authorities that documents are about"}
"""What a bare count is out of, where answers are counted and where documents are."""
MUCH = (3, 4)
"""What three in four speak of is not what least is said about."""

NO_EXAMPLES = "No example was offered that may be published."

Rank = Callable[[Claim], float]


def summary(manuscript: Manuscript, number: str) -> Iterator[Block]:
    """Yield the summary."""
    yield Heading(1, f"{number} {manuscript.chapter('summary').title}", "summary")
    yield from standing(manuscript.standing("summary"))
    yield Heading(2, f"{number}.1 Key findings", "key-findings")
    yield from told([manuscript.ledger.find("words")])
    yield from (note(one) for one in (provisional(manuscript),) if one)
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
    yield from _rated(manuscript)
    yield from _described(manuscript)
    of = manuscript.ledger.of
    region = [("", claim) for kind in EVIDENCE for claim in of("region", kind)]
    yield from _under("As evidence that early help makes a difference:", region)
    outcomes = [("", one) for one in manuscript.ledger.claims if one.id.endswith(".outcome")]
    most, least = _ends(outcomes)
    lead = "The adverse outcomes mentioned most widely:" if least else "The adverse outcomes:"
    yield from _under(lead, most)
    yield from _under("The adverse outcomes mentioned least:", least)


def _rated(manuscript: Manuscript) -> Iterator[Block]:
    """Yield on which strands authorities rate themselves highest and lowest."""
    ratings = _each(manuscript, "rating")
    high = _top(_wide(ratings), MOST)
    rest = [entry for entry in ratings if high and entry not in high]
    level = f"how many are at level {HIGH} or above, of those answering:"
    yield from _counted(f"Authorities rate themselves highest on these; {level}", high)
    yield from _counted(
        f"They rate themselves lowest on these; {level}", _top(rest, LEAST, _lowest)
    )


def _described(manuscript: Manuscript) -> Iterator[Block]:
    """Yield on which strands most, and least, is described."""
    of = f"how many do, {OF[manuscript.only_documents]}:"
    kinds: tuple[tuple[str, Kind, int], ...] = (
        ("Strengths", "strengths", MOST),
        ("Gaps or difficulties", "gaps", MOST),
        ("Plans", "plans", LEAST),
    )
    for title, kind, most in kinds:
        top = _top(_wide(_each(manuscript, kind)), most)
        yield from _counted(f"{title} are described most widely on these; {of}", top)
    coverage = _each(manuscript, "coverage")
    silent = [one for one in coverage if MUCH[1] * one[1].count < MUCH[0] * one[1].base]
    yield from _counted(f"Fewest speak of these; {of}", _top(silent, LEAST, _lowest))


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


def _ends(entries: list[tuple[str, Claim]]) -> tuple[list[tuple[str, Claim]], ...]:
    """Return the two that are most widely mentioned, with all that tie, and the two that are least.

    Of a few, all are the first and none is the second.
    """
    ranked = _top(entries, len(entries))
    if len(ranked) <= 2 * LEAST:
        return ranked, []
    edge = _highest(ranked[LEAST - 1][1])
    most = [entry for entry in ranked if _highest(entry[1]) <= edge]
    return most, ranked[len(most) :][-LEAST:]


def _counted(lead: str, entries: Iterable[tuple[str, Claim]]) -> Iterator[Block]:
    """Yield claims as bare counts under a line that says what is counted."""
    items = tuple(counted(label, claim) for label, claim in entries)
    if items:
        yield Paragraph(words(lead, bold=True))
        yield Bullets(items)


def _under(lead: str, entries: Iterable[tuple[str, Claim]]) -> Iterator[Block]:
    """Yield claims as points under a line that leads in to them; nothing where there are none."""
    items = tuple(labelled(label, claim) if label else said(claim) for label, claim in entries)
    if items:
        if lead:
            yield Paragraph(words(lead, bold=True))
        yield Bullets(items)
