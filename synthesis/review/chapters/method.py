"""Background and method: what was asked, what came back, how it was read, and with what limits."""

from collections import Counter
from collections.abc import Iterator

from synthesis.findings.quotations import MONTHS, published
from synthesis.findings.wording import UNITS, Speech, Step
from synthesis.material import Material
from synthesis.review.blocks import Block, Bullets, Heading, Paragraph, Table
from synthesis.review.chapters import returned
from synthesis.review.manuscript import Manuscript
from synthesis.review.prose import cell, note, number, standing, words

UNDECIDED = "While suggestions are open, the counts in this review are provisional."
PLAIN_SENSE = (
    "A strength, a gap, a plan or a kind of evidence is not counted from a sentence that plainly "
    "says the contrary, such as “no data”, unless a coder has decided that it should be; a plan "
    "counts only where the sentence speaks of what is to come."
)
ILLUSTRATION = 20
"""The size of the group for which the scale of words is spelt out."""


def background(manuscript: Manuscript, place: str) -> Iterator[Block]:
    """Yield the background."""
    yield Heading(1, f"{place} {manuscript.chapter('background').title}", "background")
    yield from standing(manuscript.standing("background"))


def method(manuscript: Manuscript, place: str) -> Iterator[Block]:
    """Yield the method."""
    yield Heading(1, f"{place} {manuscript.chapter('method').title}", "method")
    if manuscript.only_table:
        yield Paragraph(words(_table_read(manuscript)))
    yield from standing(manuscript.standing("method"))
    yield from returned.returns(manuscript)
    yield from _documents(manuscript)
    for turn, key in enumerate(("tagging", "use", "wording", "limits"), start=1):
        yield Heading(2, f"{place}.{turn} {manuscript.chapter(key).title}", key)
        yield from _limits(manuscript) if key == "limits" else standing(manuscript.standing(key))
        if key == "tagging":
            yield from _sorting(manuscript)
        if key == "wording":
            yield _scale(manuscript.inquiry.speech)


def _limits(manuscript: Manuscript) -> Iterator[Block]:
    """Yield the limits; what was used though nobody had submitted it is one of them."""
    blocks = list(standing(manuscript.standing("limits")))
    unsubmitted = returned.unsubmitted(manuscript)
    if unsubmitted and blocks and isinstance(blocks[-1], Bullets):
        blocks[-1] = Bullets((*blocks[-1].items, words(unsubmitted)))
    elif unsubmitted:
        blocks.append(Paragraph(words(unsubmitted)))
    yield from blocks


def _table_read(manuscript: Manuscript) -> str:
    """Say what the review rests on where all there is is a table of responses."""
    responses, roster = manuscript.material.responses, manuscript.inquiry.matrix.roster
    rows = f"{len(responses):,} response{'' if len(responses) == 1 else 's'}"
    if roster.unit == "response":
        return f"This review rests on a table of {rows}."
    unit = UNITS["authority"][len(roster) != 1]
    return f"This review rests on a table of {rows} from {len(roster)} {unit}."


def _documents(manuscript: Manuscript) -> Iterator[Block]:
    """Yield the table of documents read, one row an authority, if there are any."""
    read = [
        heard
        for heard in manuscript.inquiry.matrix.corpus
        if heard.response.source == "document" and heard.response.use_level == "named"
    ]
    if not read or manuscript.inquiry.speech.unit != "authority":
        return
    rows = []
    for authority in manuscript.inquiry.matrix.roster:
        theirs = [heard for heard in read if heard.authority == authority.code]
        days = sorted({day for heard in theirs if (day := published(heard))})
        months = dict.fromkeys(f"{MONTHS[day.month - 1]} {day.year}" for day in days)
        extracts = len({heard.response.id for heard in theirs})
        dates = ", ".join(months) or "Not dated"
        rows.append((cell(authority.name), number(extracts), cell(dates if theirs else "None")))
    yield Table(
        anchor="documents-read",
        caption="Published documents read, by authority",
        description="For each authority: how many extracts were read and when they were published.",
        header=("Authority", "Extracts", "Published"),
        rows=tuple(rows),
        widths=(2.8, 1.3, 5.6),
    )


def _sorting(manuscript: Manuscript) -> Iterator[Block]:
    """Yield the table of what was sorted and decided."""
    responses = manuscript.material.responses
    levels = Counter(response.use_level for response in responses)
    decided, undecided = decided_on(manuscript), manuscript.inquiry.undecided
    facts = (
        ("Responses received", sum(one.instead_of is None for one in responses)),
        ("of which unnamed", levels["unnamed"]),
        ("of which not for publication, and so left out", levels["withheld"]),
        ("Sentences that carry a theme", len(manuscript.inquiry.matrix.corpus.passages)),
        ("Tags suggested, or added by a coder", decided + undecided),
        ("of which a coder has decided: accepted, rejected or added", decided),
        ("of which suggestions still open", undecided),
    )
    yield Table(
        anchor="sorting",
        caption="What was sorted",
        description="Numbers of responses, sentences and tags, and how many tags a coder decided.",
        header=("What", "Number"),
        rows=tuple((cell(name), number(f"{count:,}")) for name, count in facts),
        widths=(6.0, 1.4),
    )
    deciding = _deciding(manuscript.material)
    if deciding:
        yield note(deciding)
    yield note(PLAIN_SENSE)
    if undecided:
        yield note(UNDECIDED if decided else f"No coder has yet decided on any. {UNDECIDED}")


def decided_on(manuscript: Manuscript) -> int:
    """Return how many tags a coder has decided on: those that stand, and those rejected."""
    decisions = manuscript.material.decisions
    verdicts = {(one.response, one.start, one.end, one.theme): one.verdict for one in decisions}
    return manuscript.inquiry.decided + list(verdicts.values()).count("reject")


def provisional(manuscript: Manuscript) -> str:
    """Say how far the counts rest on what a coder has decided; empty where they do wholly."""
    decided, undecided = decided_on(manuscript), manuscript.inquiry.undecided
    if not undecided:
        return ""
    if not decided:
        return (
            f"The counts are provisional: they rest on {undecided:,} tags that the machine "
            "suggested, and no coder has decided on any yet."
        )
    return (
        f"The counts are provisional: a coder has decided {decided:,} of the "
        f"{decided + undecided:,} tags that they rest on, and the others are the machine’s "
        "suggestions."
    )


def _deciding(material: Material) -> str:
    """Say how decisions were made, as far as that is known: one by one, or many at a time."""
    finished, decided = len(material.finished), len(material.decisions)
    parts = []
    if finished and decided:
        parts.append(f"{finished:,} passage{'' if finished == 1 else 's'} finished")
        if material.finished_in_bulk:
            parts[0] += f", {material.finished_in_bulk:,} of them from a list without opening each"
    if material.decided_in_bulk:
        parts.append(
            f"{decided:,} decision{'' if decided == 1 else 's'} made on themes, "
            f"{material.decided_in_bulk:,} of them from a list without opening each passage"
        )
    return f"How decisions were made: {'; '.join(parts)}." if parts else ""


def _scale(speech: Speech) -> Table:
    """Return the scale of words as a table, with what it means for one size of group."""
    scale = speech.scale
    counts: dict[str, list[int]] = {}
    for count in range(ILLUSTRATION, -1, -1):
        counts.setdefault(scale.words(count, ILLUSTRATION), []).append(count)
    shares = {
        scale.everyone: "All",
        scale.two: "A count of two",
        scale.one: "A count of one",
        scale.nobody: "None",
    }
    shares |= {step.words: _share(step) for step in scale.steps}
    rows = tuple(
        (
            cell(phrase.format(unit="authority", units="authorities", base=ILLUSTRATION)),
            cell(shares[phrase]),
            cell(_span(found)),
        )
        for phrase, found in counts.items()
    )
    small = (
        cell(f"In a group of fewer than {scale.smallest_base}"),
        cell("Any"),
        cell("Numbers only"),
    )
    return Table(
        anchor="scale",
        caption="Words for counts",
        description=f"Each phrase, and the counts it stands for in a group of {ILLUSTRATION}.",
        header=("Words", "Share", f"In a group of {ILLUSTRATION}"),
        rows=(*rows, small),
        widths=(3.0, 2.4, 2.0),
    )


def _share(step: Step) -> str:
    """Write from which share a step of the scale holds."""
    if step.at_least is not None:
        return f"{step.at_least:g}% or more"
    return f"More than {step.above or 0:g}%"


def _span(counts: list[int]) -> str:
    """Write a run of counts from the smallest to the largest."""
    return str(counts[0]) if len(counts) == 1 else f"{min(counts)} to {max(counts)}"
