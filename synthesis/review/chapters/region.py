"""The regional picture: the matrix of authorities by strands, and charts across the strands."""

from collections.abc import Iterator, Mapping

from synthesis import charts
from synthesis.charts import Chart, Series
from synthesis.findings.claims import Claim, Kind
from synthesis.findings.wording import UNITS
from synthesis.matrix import Cell as MatrixCell
from synthesis.matrix import State, gives_away
from synthesis.review.blocks import Block, Cell, Heading, Paragraph, Picture, Table, Text
from synthesis.review.manuscript import Manuscript
from synthesis.review.prose import cell, note, standing, words

SHORT: Mapping[State, str] = {
    "not asked": "not asked",
    "not answered": "no reply",
    "no response": "none given",
    "nothing found": "none",
    "not for publication": "withheld",
}
MEANING: Mapping[State, str] = {
    "not asked": "nobody asked this authority about the strand.",
    "not answered": "the authority was asked and has not answered. This is not a no.",
    "no response": "the table holds no response from this authority on the strand. This is not a "
    "no.",
    "nothing found": "the authority answered, and nothing on the strand was found in its words.",
    "not for publication": "the authority answered and asked that its words not be published.",
}
NO_DOCUMENT = "no published document on this authority was read."
NO_QUESTION = "the table holds no question about the strand."
SILENT = "the documents were read, and nothing on the strand was found. This is not a no."
LEFT_OUT = (
    "Ratings are left out of a whole column where one or two authorities gave theirs unnamed, or "
    "all who did gave the same, because the counts in the next chapter would then show them"
)
"""Says in one line, under the matrix, what `gives_away` rules."""
COLUMNS = "Columns follow the strands in the order of the next chapter."
SHADES = 5


def region(manuscript: Manuscript, place: str) -> Iterator[Block]:
    """Yield the regional picture."""
    yield Heading(1, f"{place} {manuscript.chapter('region').title}", "region")
    yield from standing(manuscript.standing("region"))
    yield Heading(2, f"{place}.1 Across the strands", "across")
    yield from _pictures(manuscript)
    if manuscript.inquiry.speech.unit == "authority":
        yield Heading(2, f"{place}.2 {manuscript.chapter('matrix').title}", "matrix-section")
        yield from standing(manuscript.standing("matrix"))
        yield _key(manuscript)
        yield _matrix(manuscript)
        yield from _left_out(manuscript)


def _key(manuscript: Manuscript) -> Paragraph:
    """Return what numbers and words in the matrix mean, as far as they occur.

    One short paragraph goes with the matrix onto its page.
    """
    cells = manuscript.inquiry.matrix.cells.values()
    strands = {theme.code for theme in manuscript.strands()}
    present = {one.state for one in cells if one.theme in strands}
    rated = any(any(_ratings(manuscript, code).values()) for code in strands)
    found = "how many sentences were found on the strand"
    scale = " and in brackets the rating, or the lowest and highest, where it may be named"
    meaning = dict(MEANING)
    if manuscript.only_documents:
        meaning |= {"not asked": NO_DOCUMENT, "nothing found": SILENT}
    if manuscript.only_table:
        meaning |= {"not asked": NO_QUESTION}
    runs = [Text("A number: ", bold=True), Text(f"{found}{scale if rated else ''}. ")]
    for state, short in SHORT.items():
        if state in present:
            runs += [Text(f"{short.capitalize()}: ", bold=True), Text(f"{meaning[state]} ")]
    return Paragraph((*runs, Text(COLUMNS)), style="note")


def _matrix(manuscript: Manuscript) -> Table:
    """Return the matrix, authorities in alphabetical order."""
    strands, inquiry = manuscript.strands(), manuscript.inquiry
    most = max((len(one.passages) for one in inquiry.matrix.cells.values()), default=1)
    ratings = {theme.code: _ratings(manuscript, theme.code) for theme in strands}
    rows = tuple(
        (
            cell(one.name),
            *(
                _cell(
                    inquiry.matrix.cell(one.code, theme.code),
                    ratings[theme.code].get(one.code, ()),
                    most,
                )
                for theme in strands
            ),
        )
        for one in inquiry.matrix.roster
    )
    return Table(
        anchor="matrix",
        caption="What was found, by authority and strand",
        description="A row for each authority and a column for each strand. A cell holds the "
        "number of sentences found, with the rating if it may be named, or says why it is empty.",
        header=("Authority", *(inquiry.frame.notes(theme).short for theme in strands)),
        rows=rows,
        widths=(2.3, *(1.25 for _ in strands)),
        small=True,
        landscape=True,
    )


def _cell(found: MatrixCell, ratings: tuple[int, ...], most: int) -> Cell:
    """Return one cell of the matrix."""
    rating = f" ({_span(ratings)})" if ratings else ""
    if found.state != "found":
        return Cell(words(f"{SHORT[found.state]}{rating}"), align="centre")
    count = len(found.passages)
    shade = 1 + (SHADES - 1) * (count - 1) // max(most - 1, 1)
    return Cell(words(f"{count}{rating}"), shade=shade, align="centre")


def _ratings(manuscript: Manuscript, theme: str) -> dict[str, tuple[int, ...]]:
    """Return the ratings that a column of the matrix may show, by authority."""
    matrix = manuscript.inquiry.matrix
    cells = [matrix.cell(authority.code, theme) for authority in matrix.roster]
    if gives_away(rating for one in cells for rating in one.ratings):
        return {}
    return {
        one.authority: tuple(r.value for r in one.ratings if r.value is not None)
        for one in cells
        if one.ratings and all(rating.use_level == "named" for rating in one.ratings)
    }


def _left_out(manuscript: Manuscript) -> Iterator[Block]:
    """Yield the line on ratings that the matrix leaves out, and the columns that lack them."""
    cells = manuscript.inquiry.matrix.cells.values()
    columns = [
        manuscript.inquiry.frame.notes(theme).short
        for theme in manuscript.strands()
        if gives_away(rating for one in cells if one.theme == theme.code for rating in one.ratings)
    ]
    if columns:
        yield note(f"{LEFT_OUT}: {'; '.join(columns)}.")


def _span(values: tuple[int, ...]) -> str:
    """Write the lowest and the highest of some ratings."""
    low, high = min(values), max(values)
    return str(low) if low == high else f"{low}–{high}"


def _pictures(manuscript: Manuscript) -> Iterator[Block]:
    """Yield the charts across the strands."""
    claims = manuscript.ledger.of
    strands = [theme for theme in manuscript.strands() if claims("coverage", theme.code)]
    if not strands:
        yield note("Nothing was found on any strand.")
        return
    everyone = len(manuscript.inquiry.matrix.roster)
    found = [(theme.name, claims("coverage", theme.code)[0].count, everyone) for theme in strands]
    unit = UNITS[manuscript.inquiry.speech.unit][1]
    if len({count for _, count, _ in found}) > 1:
        caption = f"How many of all {unit} have something on each strand"
        ranked = sorted(found, key=lambda row: -row[1])
        yield _picture("coverage-chart", caption, charts.bars(ranked))
    else:
        yield note(f"On every strand {found[0][1]} of all {everyone} {unit} have something.")
    kinds: tuple[tuple[str, Kind], ...] = (
        ("Strengths", "strengths"),
        ("Gaps or difficulties", "gaps"),
        ("Plans", "plans"),
    )
    stances = charts.grid(
        [theme.name for theme in strands],
        [
            Series(name, tuple(_count(claims(kind, theme.code)) for theme in strands))
            for name, kind in kinds
        ],
        everyone,
    )
    caption = f"How many {unit} describe strengths, gaps or difficulties, and plans, by strand"
    yield _picture("stance-chart", caption, stances)


def _count(claims: tuple[Claim, ...]) -> int:
    """Return the count of the first claim, or none where there is no claim."""
    return claims[0].count if claims else 0


def _picture(anchor: str, caption: str, chart: Chart) -> Picture:
    """Set a chart as a picture; its caption opens the words that stand in for it."""
    return Picture(anchor, caption, f"{caption}. {chart.description}", chart.png)
