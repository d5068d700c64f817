"""The tables of a build for spreadsheets: the registers, and the matrix with its summaries."""

from collections.abc import Iterator

from surveyapp.tables import Row, Table, dictionary
from synthesis.findings import Claim
from synthesis.matrix import Cell
from synthesis.review.chapters.registers import published, shared
from synthesis.review.companions.drawn import Sources
from synthesis.review.companions.registers import link_state

HELD = "Not shown, because words behind it may not be used with the name."


def registers(sources: Sources) -> Iterator[Table]:
    """Yield both registers, with nothing in them that was not agreed to."""
    contacts = Table(
        "Contacts",
        "A person who may be asked about a strand.",
        {
            "authority": "The authority.",
            "name": "The person’s name.",
            "role": "What they do.",
            "strand": "The strand that they may be asked about.",
            "email": "Their e-mail address.",
            "phone": "Their telephone number.",
        },
        tuple(_contacts(sources)),
    )
    documents = Table(
        "Documents",
        "A document that may be shared.",
        {
            "authority": "The authority.",
            "document": "Its title.",
            "kind": "What kind of document it is.",
            "dated": "The day it is dated.",
            "owner": "Who looks after it.",
            "link": "Where it is found.",
            "last checked": "When its link was last tried.",
            "link state": "Whether the link works.",
        },
        tuple(_documents(sources)),
    )
    yield contacts
    yield documents
    yield dictionary((contacts, documents))


def matrix(sources: Sources) -> Iterator[Table]:
    """Yield the matrix: counts or why there are none, summaries, and what the review states."""
    themes = [theme for theme in sources.manuscript.inquiry.basis.codebook if _is_column(theme)]
    columns = {f"{theme.code} {theme.name}": theme.definition for theme in themes}
    codes = [theme.code for theme in themes]
    authority = {"code": "The authority’s ONS code.", "authority": "The authority."}
    cells = sources.manuscript.inquiry.matrix.cells
    counts = Table(
        "Matrix",
        "An authority. A cell holds how many sentences were found, or why there are none.",
        {**authority, **columns},
        tuple(
            (one.code, one.name, *(_counted(cells[one.code, code]) for code in codes))
            for one in sources.authorities
        ),
    )
    summaries = Table(
        "Summaries",
        "An authority. A cell holds the review consultant’s summary.",
        {**authority, **columns},
        tuple(
            (one.code, one.name, *(_summary(sources, one.code, code) for code in codes))
            for one in sources.authorities
        ),
    )
    stated = _statements(sources)
    yield counts
    yield summaries
    yield stated
    yield dictionary((counts, summaries, stated))


def _statements(sources: Sources) -> Table:
    """Return what the review states, with the counts behind it."""
    return Table(
        "Statements",
        "A statement of the review with the counts behind it.",
        {
            "theme": "The strand or outcome that it is about; empty for the region as a whole.",
            "statement": "The words of the review.",
            "count": "How many authorities it holds for.",
            "base": "Of how many.",
            "for": "How many sentences or answers speak for it.",
            "against": "How many speak against it.",
            "evidence": "Its references, which the evidence index of the review explains.",
        },
        tuple(_statement(sources, claim) for claim in sources.manuscript.ledger.claims),
    )


def _statement(sources: Sources, claim: Claim) -> Row:
    codebook = sources.manuscript.inquiry.basis.codebook
    theme = codebook[claim.theme].name if claim.theme in codebook else ""
    numbers = (claim.count, claim.base, len(claim.supporting), len(claim.contradicting))
    return (theme, claim.text, *numbers, ", ".join(claim.cited))


def _is_column(theme: object) -> bool:
    return getattr(theme, "kind", "") in ("strand", "outcome")


def _contacts(sources: Sources) -> Iterator[Row]:
    codebook = sources.manuscript.inquiry.basis.codebook
    for one in published(sources.manuscript):
        strand = codebook[one.theme].name if one.theme in codebook else ""
        name = sources.manuscript.named(one.authority)
        yield name, one.name, one.role, strand, one.email, one.phone


def _documents(sources: Sources) -> Iterator[Row]:
    for one in shared(sources.manuscript):
        checked, state = link_state(sources, one)
        name = sources.manuscript.named(one.authority)
        yield name, one.title, one.kind, one.dated, one.owner, one.url, checked, state


def _counted(cell: Cell) -> int | str:
    return len(cell.passages) if cell.state == "found" else cell.state


def _summary(sources: Sources, code: str, theme: str) -> str:
    noted = sources.summaries.get((code, theme))
    if noted is None:
        return ""
    if not sources.may_show(code, theme):
        return HELD
    return f"{noted.text} (stale)" if noted.is_stale else noted.text
