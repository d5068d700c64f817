"""Profiles: for each authority a page or two of what it returned, and what may be said of it."""

from collections.abc import Iterator, Mapping

from synthesis.codebook import Theme
from synthesis.findings.practices import printable
from synthesis.findings.sentences import capital
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
HELD = "Summaries left out, as words behind them may not be used with the name: {strands}."
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
    yield _strands(sources, authority)
    parts = (
        ("What the review consultant concluded", "summaries", _summaries(sources, code)),
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
    kind = ", ".join(filter(None, (authority.type, authority.code)))
    lines = [("Authority", kind)]
    lines += _facts(found) if found else [("Questionnaire", "Not known")]
    return Table(
        anchor=f"returned-{authority.code}",
        caption=f"What {authority.name} returned",
        description="What came back from the authority: its questionnaire and its interviews.",
        header=("What", "Details"),
        rows=tuple((cell(name), cell(value)) for name, value in lines if value),
        widths=(1.0, 2.4),
        small=True,
    )


def _facts(found: Return) -> list[tuple[str, str]]:
    signed = found.signed_off_by
    if signed and found.signed_off_on:
        signed = f"{signed}, {day(found.signed_off_on)}"
    return [
        ("Questionnaire", STATES[found.questionnaire]),
        ("Questions answered", f"{found.answered} of {found.asked}" if found.asked else ""),
        ("Signed off by", signed),
        ("Interviews", _interviews(found)),
    ]


def _interviews(found: Return) -> str:
    """Say how many interviews were held, and how many of their records are confirmed."""
    if not found.interviews:
        return "One is under way" if found.under_way else "None"
    held = "One" if found.interviews == 1 else str(found.interviews)
    last = f", on {day(found.interviewed_on)}" if found.interviewed_on else ""
    if last and found.interviews > 1:
        last = f", the last{last[1:]}"
    if found.interviews == 1:
        return f"{held}{last}; its record is {'' if found.confirmed else 'not yet '}confirmed"
    return f"{held}{last}; records confirmed: {found.confirmed}"


def _strands(sources: Sources, authority: Authority) -> Table:
    """Return a row for each strand: what was found, and the rating if it may be named."""
    themes = sources.manuscript.strands()
    return Table(
        anchor=f"covered-{authority.code}",
        caption=f"{authority.name}: strands covered",
        description="For each strand: how many sentences were found on it or why there are none, "
        "and the ratings that may be shown with the authority’s name.",
        header=("Strand", "Sentences found", "How it rates itself"),
        rows=tuple(_strand(sources, authority, theme) for theme in themes),
        widths=(3.8, 1.6, 2.6),
        small=True,
    )


def _strand(sources: Sources, authority: Authority, theme: Theme) -> tuple[Cell, ...]:
    found = sources.manuscript.inquiry.matrix.cell(authority.code, theme.code)
    shown = [one for one in found.ratings if one.use_level == "named"]
    scale = dict(sources.manuscript.inquiry.basis.schedule.scale)
    ratings = "; ".join(
        capital(one.missing) if one.value is None else f"{one.value} {scale.get(one.value, '')}"
        for one in shown
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
    """Yield what the consultant wrote in the authority's cells of the matrix."""
    held = []
    for theme in sources.manuscript.inquiry.basis.codebook:
        noted = sources.summaries.get((code, theme.code))
        if noted is None or not noted.text.strip():
            continue
        if sources.may_show(code, theme.code):
            yield Paragraph((Text(f"{theme.name}. ", bold=True), *_summary(noted)))
        else:
            held.append(theme.name)
    if held:
        yield note(HELD.format(strands="; ".join(held)))


def _summary(noted: Noted) -> Runs:
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
        titles = "; ".join(_titled(one.title, one.kind) for one in offered)
        yield Paragraph(words(f"{titles}. The registers say where they are found."))


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
