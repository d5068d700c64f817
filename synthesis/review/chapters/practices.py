"""Practices worth copying: the boxes, the list at a glance, and the rule for both."""

from collections.abc import Iterator, Mapping

from synthesis.findings.drawing import lot
from synthesis.findings.names import UNNAMED
from synthesis.findings.practices import printable
from synthesis.material import Practice, Strength
from synthesis.review.blocks import Block, Box, Cell, Runs, Table
from synthesis.review.manuscript import Manuscript
from synthesis.review.prose import cell, note, quoted, references, words

STRENGTHS: Mapping[Strength, str] = {
    "comparison": "Comparison with similar families or areas",
    "independent evaluation": "Independent evaluation",
    "local data": "Local data",
    "claimed": "The authority’s own account",
}
RULE = (
    "Shown are all {examples} that the authority agreed to publish and whose words identify no "
    "child, in the order of the strands; examples on one strand stand in an order drawn by lot."
)
SHORTLISTED = "Shortlisted for this review: {chosen} of the {offered} examples offered. "
HELD = (
    "{examples} held back, because other words in this review would tell whose {they} without a "
    "name."
)


def allowed(manuscript: Manuscript) -> tuple[Practice, ...]:
    """Return the practices that may be printed, by strand and then as the lot falls."""
    order = {theme.code: turn for turn, theme in enumerate(manuscript.inquiry.basis.codebook)}
    held = manuscript.ledger.held_examples
    printed = (one for one in printable(manuscript.material) if one.id not in held)
    return tuple(sorted(printed, key=lambda one: (order.get(one.theme, 99), lot(one.what))))


def named(manuscript: Manuscript, practice: Practice) -> str:
    """Return the authority's name if it may be given."""
    return UNNAMED if practice.use_level == "unnamed" else manuscript.named(practice.authority)


def label(practice: Practice) -> str:
    """Say what a practice is: promising, unless evidence stands behind it."""
    return "Promising practice" if practice.strength == "claimed" else "Practice with evidence"


def at_a_glance(manuscript: Manuscript) -> Iterator[Block]:
    """Yield the practices in a table, or words that praise practice where none was offered."""
    practices = allowed(manuscript)
    if not practices:
        yield from quoted(manuscript.ledger.quoted("examples"))
        yield from _held(manuscript)
        return
    rows = tuple(_row(manuscript, practice) for practice in practices)
    yield Table(
        anchor="practices",
        caption="Examples worth copying",
        description="A row for each example: its title, whose it is, its strand and its evidence.",
        header=("Example", "Authority", "Strand", "Evidence of impact", "Ref."),
        rows=rows,
        widths=(3.2, 2.1, 2.7, 2.9, 1.0),
        small=True,
    )
    yield note(_rule(manuscript))
    yield from _held(manuscript)


def _rule(manuscript: Manuscript) -> str:
    """Say which examples are shown, and how many were shortlisted, if any were."""
    material = manuscript.material
    if not material.shortlisted_of:
        return RULE.format(examples="examples")
    told = SHORTLISTED.format(chosen=len(material.practices), offered=material.shortlisted_of)
    return told + RULE.format(examples="of these")


def _held(manuscript: Manuscript) -> Iterator[Block]:
    """Yield how many examples were held back, if any were."""
    count = len(manuscript.ledger.held_examples)
    if count:
        examples = "One example is" if count == 1 else f"{count} examples are"
        yield note(HELD.format(examples=examples, they="it is" if count == 1 else "they are"))


def boxes(manuscript: Manuscript, theme: str) -> Iterator[Box]:
    """Yield the practice boxes of one strand."""
    for practice in allowed(manuscript):
        if practice.theme == theme:
            fields = tuple((name, runs) for name, runs in _fields(manuscript, practice) if runs)
            yield Box(_shown(manuscript, practice, practice.title), label(practice), fields)


def _row(manuscript: Manuscript, practice: Practice) -> tuple[Cell, ...]:
    """Return a practice's row in the table."""
    codebook = manuscript.inquiry.basis.codebook
    strand = codebook[practice.theme].name if practice.theme in codebook else "Early help"
    return (
        cell(_shown(manuscript, practice, practice.title)),
        cell(named(manuscript, practice)),
        cell(strand),
        cell(f"{label(practice)}: {STRENGTHS[practice.strength].lower()}"),
        Cell(_reference(manuscript, practice)),
    )


def _fields(manuscript: Manuscript, practice: Practice) -> Iterator[tuple[str, Runs]]:
    """Yield what a box says of a practice, in the authority's words; some of it may be empty."""
    yield "Authority", words(named(manuscript, practice))
    told = {
        "Need": practice.need,
        "What they do": practice.what,
        "Evidence of impact": practice.impact,
    }
    for name, text in told.items():
        yield name, words(_shown(manuscript, practice, text)) if text else ()
    yield "Strength of evidence", words(STRENGTHS[practice.strength])
    for name, text in (("Cost", practice.cost), ("What made it work", practice.lessons)):
        yield name, words(_shown(manuscript, practice, text)) if text else ()
    yield "Reference", _reference(manuscript, practice)


def _reference(manuscript: Manuscript, practice: Practice) -> Runs:
    """Return the practice's reference alone."""
    id = manuscript.ledger.reference_to(f"practice:{practice.id}")
    return references([id])[1:2] if id else ()


def _shown(manuscript: Manuscript, practice: Practice, text: str) -> str:
    """Return words of a practice as they may be printed."""
    return manuscript.inquiry.shown(text, practice.use_level)
