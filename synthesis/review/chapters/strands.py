"""The chapter on the strands, a section for each."""

from collections import Counter
from collections.abc import Iterator

from synthesis import charts
from synthesis.charts import Series
from synthesis.codebook import Theme
from synthesis.findings.asked import Ratings, ratings, spell
from synthesis.findings.claims import Claim, Kind
from synthesis.findings.sentences import listed as sequence
from synthesis.findings.written import place_of
from synthesis.material import Figure
from synthesis.matrix import State
from synthesis.review.blocks import Block, Bullets, Heading, Paragraph, Picture, Runs, Table, Text
from synthesis.review.chapters.practices import boxes
from synthesis.review.chapters.registers import offered
from synthesis.review.manuscript import Manuscript
from synthesis.review.prose import (
    cell,
    listed,
    note,
    number,
    quoted,
    references,
    run_in,
    said,
    standing,
    told,
    words,
)
from synthesis.schedule import Question

NOTHING = "Nothing on this strand was found in the words that may be used."
WRITTEN = (
    "The review consultant wrote the findings that open a section. How many say so is counted from "
    "passages that a coder confirmed, each authority once."
)


def strands(manuscript: Manuscript, place: str) -> Iterator[Block]:
    """Yield the chapter on the strands."""
    yield Heading(1, f"{place} {manuscript.chapter('strands').title}", "strands")
    yield from standing(manuscript.standing("strands"))
    if any(manuscript.ledger.of("written", theme.code) for theme in manuscript.strands()):
        yield note(WRITTEN)
    for turn, theme in enumerate(manuscript.strands(), start=1):
        yield Heading(2, f"{place}.{turn} {theme.name}", f"strand-{theme.code}")
        yield from _strand(manuscript, theme)


def _strand(manuscript: Manuscript, theme: Theme) -> Iterator[Block]:
    """Yield the section on one strand; parts that the material does not carry are left out."""
    introduction = manuscript.inquiry.frame.notes(theme).introduction or theme.definition
    yield Paragraph(words(introduction), style="lead")
    parts = (
        ("Findings", written(manuscript, theme.code)),
        ("Position", _position(manuscript, theme.code)),
        ("Common approaches", _approaches(manuscript, theme.code)),
        ("Variation", _variation(manuscript, theme.code)),
        ("Worth copying", boxes(manuscript, theme.code)),
        ("Shared work and key contacts", offered(manuscript, theme)),
        ("For the framework", listed(manuscript.ledger.of("implication", theme.code))),
    )
    for title, blocks in parts:
        found = tuple(blocks)
        if found:
            yield Heading(3, title, f"{theme.code}-{title.replace(' ', '-').lower()}")
            yield from found


def written(manuscript: Manuscript, code: str) -> Iterator[Block]:
    """Yield the findings that the consultant wrote, each with words for it and against it."""
    ledger = manuscript.ledger
    otherwise = {claim.label: claim for claim in ledger.of("otherwise", code)}
    for claim in ledger.of("written", code):
        yield from told((claim,))
        yield from quoted(ledger.quoted(place_of(claim.label)))
        yield from told((otherwise.get(claim.label),))
        yield from quoted(ledger.quoted(place_of(claim.label, against=True)))


def _position(manuscript: Manuscript, code: str) -> Iterator[Block]:
    """Yield where authorities stand: how many have something to say, and how they rate it."""
    coverage = manuscript.ledger.of("coverage", code)
    silent = _silence(manuscript, code)
    if coverage:
        yield Paragraph((*said(coverage[0]), *silent))
    else:
        yield Paragraph((*words(NOTHING), *silent))
    rated = tuple(ratings(manuscript.inquiry, code))
    rates = {claim.question: claim for claim in manuscript.ledger.of("rating", code)}
    for found in rated:
        asked, rate = found.question, rates.get(found.question.code)
        counted = (Text(" "), *said(rate)) if rate else ()
        yield Paragraph((Text(f"{asked.code} ", bold=True), Text(asked.text), *counted))
    if rated:
        yield _levels(manuscript, code, rated)
        yield from _unrated(rated)
    yield from _figures(manuscript, code)


def _unrated(rated: tuple[Ratings, ...]) -> Iterator[Block]:
    """Yield a note on who gave no rating, which the chart does not show."""
    silent = [one for one in rated if one.unknown or one.not_applicable]
    if silent:
        told = "; ".join(f"{one.question.code}: {spell(one, levels=False)}" for one in silent)
        yield note(f"Besides the ratings shown, {told}.")


def _silence(manuscript: Manuscript, code: str) -> Runs:
    """Return a sentence on whose answers the section lacks; nothing where none is lacking."""
    cells = manuscript.inquiry.matrix.cells.values()
    states: Counter[State] = Counter(cell.state for cell in cells if cell.theme == code)
    parts = {
        "did not answer": states["not answered"],
        "asked not to be published": states["not for publication"],
        "answered with nothing on the strand": states["nothing found"],
    }
    if not (states["not answered"] or states["not for publication"]):
        return ()
    counted = sequence([f"{count} {what}" for what, count in parts.items() if count])
    return words(f" Of all {sum(states.values())} authorities, {counted}.")


def _levels(manuscript: Manuscript, code: str, rated: tuple[Ratings, ...]) -> Picture:
    """Return the chart of how ratings are spread, a bar for each question."""
    series = [
        Series(label, tuple(found.levels[turn][2] for found in rated))
        for turn, (_, label, _) in enumerate(rated[0].levels)
    ]
    chart = charts.stacks([found.question.code for found in rated], series)
    name = manuscript.inquiry.basis.codebook[code].name
    caption = f"Ratings on {name[:1].lower()}{name[1:]}: authorities at each level"
    return Picture(f"levels-{code}", caption, f"{caption}. {chart.description}", chart.png)


def _figures(manuscript: Manuscript, code: str) -> Iterator[Block]:
    """Yield the figures that authorities gave and that may be named."""
    given = [f for f in manuscript.material.figures if f.use_level == "named"]
    tables = [
        _figure_table(manuscript, question, theirs)
        for question in manuscript.inquiry.basis.schedule.asked_about(code)
        if (theirs := [figure for figure in given if figure.question_code == question.code])
    ]
    if tables:
        yield from tables
        yield note("Authorities count in different ways: these figures are not to be compared.")


def _figure_table(manuscript: Manuscript, question: Question, given: list[Figure]) -> Table:
    """Return the table of the figures given to one question, by authority."""
    return Table(
        anchor=f"figures-{question.code}",
        caption=f"{question.code} {question.text}",
        description="For each authority: the figure it gave and the period it covers.",
        header=("Authority", "Figure", "Period"),
        rows=tuple(
            (
                cell(manuscript.named(one.authority)),
                number(_amount(one.value, one.unit)),
                cell(one.period),
            )
            for one in sorted(given, key=lambda one: manuscript.named(one.authority).casefold())
        ),
        widths=(3.0, 2.0, 4.0),
        small=True,
    )


def _amount(value: float, unit: str) -> str:
    """Write a figure with its unit."""
    return f"{value:g}%" if unit == "%" else f"{value:,g} {unit}".strip()


def _approaches(manuscript: Manuscript, code: str) -> Iterator[Block]:
    """Yield the approaches in common: options ticked and approaches named in free words."""
    yield from ticked(manuscript, code)
    approaches = manuscript.ledger.of("approach", code)
    if approaches:
        yield Paragraph(words(_named_most(manuscript)))
        yield from listed(approaches)


def _named_most(manuscript: Manuscript) -> str:
    """Lead in to the approaches that go by name, and say what their counts are of."""
    if manuscript.only_documents:
        return "Named most often in the documents, by how many authorities they are about:"
    return "Named most often in people’s own words, by how many of those answering:"


def ticked(manuscript: Manuscript, code: str) -> Iterator[Block]:
    """Yield the options ticked under each question about a theme, with the base."""
    options = manuscript.ledger.of("option", code)
    asked = {q.code: q.text for q in manuscript.inquiry.basis.schedule.questions()}
    for question in dict.fromkeys(claim.question for claim in options):
        theirs = tuple(claim for claim in options if claim.question == question)
        cited = references(theirs[0].cited)
        yield Paragraph((Text(f"{question} ", bold=True), Text(asked[question]), *cited))
        yield Bullets(tuple(words(claim.text) for claim in theirs))


def _variation(manuscript: Manuscript, code: str) -> Iterator[Block]:
    """Yield where authorities differ: what more of them describe leads, with words from each side.

    What speaks against the pattern follows the side that makes it.
    """
    of = manuscript.ledger.of
    sides: list[Kind] = ["strengths", "gaps"]
    sides.sort(key=lambda kind: -sum(claim.count for claim in of(kind, code)))
    beside: tuple[tuple[Claim, ...], ...] = (of("against", code), of("both", code))
    for kind, more in zip(sides, beside, strict=True):
        yield from told((*of(kind, code), *more))
        yield from quoted(manuscript.ledger.quoted(f"{code}.{kind}"))
    yield from told(of("plans", code))
    yield from quoted(manuscript.ledger.quoted(f"{code}.plans"))
    yield from run_in("Evidence mentioned", of("evidence", code))
