"""The regional picture: the matrix of authorities by strands, and charts across the strands."""

from collections.abc import Iterator, Mapping

from synthesis import charts
from synthesis.charts import Chart, Series
from synthesis.findings.claims import Claim, Kind
from synthesis.findings.wording import UNITS
from synthesis.matrix import Cell as MatrixCell
from synthesis.matrix import State
from synthesis.review.blocks import Block, Bullets, Cell, Heading, Picture, Table, Text
from synthesis.review.manuscript import Manuscript
from synthesis.review.prose import cell, note, standing, words

SHORT: Mapping[State, str] = {
    "not asked": "not asked",
    "not answered": "no reply",
    "nothing found": "none",
    "not for publication": "withheld",
}
MEANING: Mapping[State, str] = {
    "not asked": "nobody asked this authority about the strand.",
    "not answered": "the authority was asked and has not answered. This is not a no.",
    "nothing found": "the authority answered, and nothing on the strand was found in its words.",
    "not for publication": "the authority answered and asked that its words not be published.",
}
NO_DOCUMENT = "no published document on this authority was read."
SILENT = "the documents were read, and nothing on the strand was found. This is not a no."
FEWEST = 3
"""Ratings that may not be named must be able to hide among at least this many cells."""
SHADES = 5
ANSWERED: tuple[State, ...] = ("found", "nothing found")


def region(manuscript: Manuscript, place: str) -> Iterator[Block]:
    """Yield the regional picture."""
    yield Heading(1, f"{place} {manuscript.chapter('region').title}", "region")
    yield from standing(manuscript.standing("region"))
    yield Heading(2, f"{place}.1 {manuscript.chapter('matrix').title}", "matrix-key")
    yield from standing(manuscript.standing("matrix"))
    yield from _key(manuscript)
    by_authority = manuscript.inquiry.speech.unit == "authority"
    if by_authority:
        yield Heading(2, f"{place}.2 Authorities and strands", "matrix-section")
        yield _matrix(manuscript)
        yield note("Columns follow the strands in the order of the next chapter.")
    yield Heading(2, f"{place}.{3 if by_authority else 2} Across the strands", "across")
    yield from _pictures(manuscript)


def _key(manuscript: Manuscript) -> Iterator[Bullets]:
    """Yield what numbers and words in the matrix mean, as far as they occur."""
    cells = manuscript.inquiry.matrix.cells.values()
    strands = {theme.code for theme in manuscript.strands()}
    present = {one.state for one in cells if one.theme in strands}
    rated = any(any(_ratings(manuscript, code).values()) for code in strands)
    found = "how many sentences were found on the strand"
    scale = " and in brackets the rating, or the lowest and highest, where it may be named"
    meaning = dict(MEANING)
    if manuscript.only_documents:
        meaning |= {"not asked": NO_DOCUMENT, "nothing found": SILENT}
    items = [(Text("A number: ", bold=True), Text(f"{found}{scale if rated else ''}."))]
    for state, short in SHORT.items():
        if state in present:
            items.append((Text(f"{short.capitalize()}: ", bold=True), Text(meaning[state])))
    yield Bullets(tuple(items))


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
    """Return the ratings that a column of the matrix may show, by authority.

    Ratings are also counted in the chapters. A reader who sees all but one of them could work out
    the last, so where too few are hidden, none is shown.
    """
    matrix = manuscript.inquiry.matrix
    cells = [matrix.cell(authority.code, theme) for authority in matrix.roster]
    shown = {
        one.authority: tuple(r.value for r in one.ratings if r.value is not None)
        for one in cells
        if one.ratings and all(rating.use_level == "named" for rating in one.ratings)
    }
    unnamed = any(r.use_level == "unnamed" for one in cells for r in one.ratings)
    hidden = [one for one in cells if one.authority not in shown and one.state in ANSWERED]
    return {} if unnamed and len(hidden) < FEWEST else shown


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
    caption = f"How many of all {unit} have something on each strand"
    yield _picture("coverage-chart", caption, charts.bars(found))
    kinds: tuple[tuple[str, Kind], ...] = (
        ("Strengths", "strengths"),
        ("Gaps", "gaps"),
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
    caption = f"How many {unit} describe strengths, gaps and plans, by strand"
    yield _picture("stance-chart", caption, stances)


def _count(claims: tuple[Claim, ...]) -> int:
    """Return the count of the first claim, or none where there is no claim."""
    return claims[0].count if claims else 0


def _picture(anchor: str, caption: str, chart: Chart) -> Picture:
    """Set a chart as a picture; its caption opens the words that stand in for it."""
    return Picture(anchor, caption, f"{caption}. {chart.description}", chart.png)
