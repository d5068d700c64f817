"""Profiles: for each authority a page or two of what it returned, and what may be said with it."""

from collections.abc import Iterator, Mapping

from synthesis.codebook import Theme
from synthesis.findings.practices import printable
from synthesis.material import Authority, Return
from synthesis.matrix import Cell as MatrixCell
from synthesis.review.blocks import (
    Block,
    Box,
    Bullets,
    Cell,
    Heading,
    PageBreak,
    Paragraph,
    Review,
    Runs,
    Table,
    Text,
)
from synthesis.review.chapters.practices import STRENGTHS, label
from synthesis.review.chapters.region import SHORT
from synthesis.review.chapters.registers import published, shared
from synthesis.review.companions.drawn import Noted, Sources, day
from synthesis.review.prose import cell, note, number, words

TITLE = "Authority profiles"
SUBTITLE = "What each authority returned, and what it agreed may be said with its name"
STATES: Mapping[str, str] = {
    "returned": "Returned",
    "partial": "Begun, and not returned",
    "not returned": "Not returned",
}
HELD = (
    "The researcher’s summary is not shown: it rests on words that may not be used with the name."
)
STALE = "Written before some of the words it rests on changed."


def profiles(sources: Sources) -> Review:
    """Return the profiles of all authorities, each on a new page."""
    blocks: list[Block] = []
    for authority in sources.authorities:
        if blocks:
            blocks.append(PageBreak())
        blocks += _profile(sources, authority)
    return sources.paper(TITLE, SUBTITLE, tuple(blocks))


def _profile(sources: Sources, authority: Authority) -> Iterator[Block]:
    code = authority.code
    yield Heading(1, authority.name, f"profile-{code}")
    yield _returned(sources, authority)
    yield Heading(2, "Strands", f"strands-{code}")
    yield _strands(sources, authority)
    parts = (
        ("What the researcher concluded", "summaries", _summaries(sources, code)),
        ("Worth copying", "practice", _practice(sources, code)),
        ("Documents to read", "documents", _documents(sources, code)),
        ("People to ask", "contacts", _contacts(sources, code)),
    )
    for title, name, made in parts:
        found = tuple(made)
        if found:
            yield Heading(2, title, f"{name}-{code}")
            yield from found


def _returned(sources: Sources, authority: Authority) -> Table:
    """Return what came back, as a table of two columns."""
    given = sources.manuscript.material.returns
    found = next((one for one in given if sources.code(one.authority) == authority.code), None)
    lines = [("ONS code", authority.code), ("Type", authority.type)]
    lines += _facts(found) if found else [("Questionnaire", "Not known")]
    return Table(
        anchor=f"returned-{authority.code}",
        caption=f"What {authority.name} returned",
        description="What came back from the authority: its questionnaire and its interviews.",
        header=("What", "Details"),
        rows=tuple((cell(name), cell(value)) for name, value in lines if value),
        widths=(1.0, 2.4),
    )


def _facts(found: Return) -> list[tuple[str, str]]:
    held = str(found.interviews) if found.interviews else "None"
    confirmed = f", {found.confirmed} with a confirmed record" if found.interviews else ""
    last = f", the last on {day(found.interviewed_on)}" if found.interviewed_on else ""
    signed = found.signed_off_by
    if signed and found.signed_off_on:
        signed = f"{signed}, {day(found.signed_off_on)}"
    return [
        ("Questionnaire", STATES[found.questionnaire]),
        ("Questions answered", f"{found.answered} of {found.asked}" if found.asked else ""),
        ("Signed off by", signed),
        ("Interviews", f"{held}{last}{confirmed}"),
    ]


def _strands(sources: Sources, authority: Authority) -> Table:
    """Return a row for each strand: what was found, and the rating if it may be named."""
    themes = sources.manuscript.strands()
    return Table(
        anchor=f"covered-{authority.code}",
        caption=f"{authority.name}: strands covered",
        description="For each strand: how many sentences were found on it or why there are none, "
        "and the ratings that may be shown with the authority’s name.",
        header=("Strand", "Sentences found", "Ratings"),
        rows=tuple(_strand(sources, authority, theme) for theme in themes),
        widths=(3.4, 1.3, 2.3),
        small=True,
    )


def _strand(sources: Sources, authority: Authority, theme: Theme) -> tuple[Cell, ...]:
    found = sources.manuscript.inquiry.matrix.cell(authority.code, theme.code)
    shown = [one for one in found.ratings if one.use_level == "named"]
    ratings = "; ".join(
        f"{one.question_code}: {one.missing if one.value is None else one.value}" for one in shown
    )
    held = "Not to be named" if len(shown) < len(found.ratings) else ""
    return (
        cell(theme.name),
        _found(found),
        cell("; ".join(filter(None, (ratings, held))) or "None given"),
    )


def _found(one: MatrixCell) -> Cell:
    """Return how many sentences a cell of the matrix holds, or why there are none."""
    if one.state == "found":
        return number(len(one.passages))
    return cell(SHORT[one.state].capitalize())


def _summaries(sources: Sources, code: str) -> Iterator[Block]:
    """Yield what the researcher wrote in the authority's cells of the matrix."""
    for theme in sources.manuscript.inquiry.basis.codebook:
        noted = sources.summaries.get((code, theme.code))
        if noted is not None and noted.text.strip():
            shown = sources.may_show(code, theme.code)
            yield Paragraph((Text(f"{theme.name}. ", bold=True), *_summary(noted, shown=shown)))


def _summary(noted: Noted, *, shown: bool) -> Runs:
    if not shown:
        return words(HELD)
    text = " ".join(noted.text.split())
    return words(f"{text} ({STALE})" if noted.is_stale else text)


def _practice(sources: Sources, code: str) -> Iterator[Block]:
    """Yield the examples that the authority agreed to publish with its name."""
    for one in printable(sources.manuscript.material):
        if sources.code(one.authority) == code and one.use_level == "named":
            told = (
                ("What they do", one.what),
                ("Why", one.need),
                ("Difference made", one.impact),
                ("Evidence", STRENGTHS[one.strength]),
                ("Cost", one.cost),
                ("Lessons", one.lessons),
            )
            show = sources.manuscript.inquiry.shown
            fields = tuple((name, words(show(text, "named"))) for name, text in told if text)
            yield Box(show(one.title, "named"), label(one), fields)


def _documents(sources: Sources, code: str) -> Iterator[Block]:
    offered = [one for one in shared(sources.manuscript) if sources.code(one.authority) == code]
    if offered:
        yield Bullets(tuple(words(_titled(one.title, one.kind)) for one in offered))
        yield note("Where to find them, and whether their links work, stands in the registers.")


def _titled(title: str, kind: str) -> str:
    return f"{title} ({kind[:1].lower()}{kind[1:]})" if kind else title


def _contacts(sources: Sources, code: str) -> Iterator[Block]:
    offered = [one for one in published(sources.manuscript) if sources.code(one.authority) == code]
    people: dict[str, str] = {}
    for one in offered:
        ways = ", ".join(filter(None, (one.role, one.email, one.phone)))
        people.setdefault(one.name, ways)
    if people:
        yield Bullets(
            tuple((Text(name, bold=True), Text(f", {ways}")) for name, ways in people.items())
        )
