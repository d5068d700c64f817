"""Sealing a ledger: each claim and cell with the hash of the words that it was counted from."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace

from synthesis.findings.asked import Answer, key
from synthesis.findings.basis import Inquiry
from synthesis.findings.claims import Filled, Ledger

Look = Callable[[str], str]
"""Leads from the id of a passage or an answer to its words; empty where there is none."""


def seal(inquiry: Inquiry, ledger: Ledger) -> Ledger:
    """Return the ledger with the cells of the matrix, and a seal on every claim and cell."""
    passages = inquiry.matrix.corpus.passages
    answers: tuple[Answer, ...] = (*inquiry.material.ratings, *inquiry.material.choices)
    given = {key(answer): told(answer) for answer in answers}

    def look(id: str) -> str:
        return passages[id].passage.text if id in passages else given.get(id, "")

    cells = tuple(
        Filled(one.authority, one.theme, one.state, one.passages)
        for one in inquiry.matrix.cells.values()
    )
    seals = {one.id: sealed((*one.supporting, *one.contradicting), look) for one in ledger.claims}
    seals |= {one.id: sealed(one.passages, look) for one in cells}
    return replace(ledger, cells=cells, seals=seals)


def sealed(ids: Iterable[str], look: Look) -> str:
    """Return the hash of these passages and answers: which they are, and what they say."""
    digest = hashlib.sha256()
    for id in ids:
        digest.update(f"{id}\0{look(id)}\0".encode())
    return digest.hexdigest()


def told(answer: Answer) -> str:
    """Return what a rating or a ticked option says."""
    return str(getattr(answer, "option", getattr(answer, "value", "")))
