"""Sealing a ledger: each claim and cell with the hash of the words that it was counted from."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import chain

from synthesis.findings.asked import Answer, key
from synthesis.findings.basis import Inquiry
from synthesis.findings.claims import Filled, Ledger
from synthesis.matrix import Ids

Said = tuple[str, str]
"""The id of a passage or an answer, and its words."""


def seal(inquiry: Inquiry, ledger: Ledger) -> Ledger:
    """Return the ledger with the cells of the matrix, and a seal on every claim and cell."""
    passages = inquiry.matrix.corpus.passages
    answers: tuple[Answer, ...] = (*inquiry.material.ratings, *inquiry.material.choices)
    given = {key(answer): told(answer) for answer in answers}

    def rests_on(ids: Collection[str]) -> Iterator[Said]:
        if isinstance(ids, Ids):
            yield from ((heard.id, heard.passage.text) for heard in ids.chosen)
        else:
            yield from ((id, look(id)) for id in ids)

    def look(id: str) -> str:
        heard = passages.get(id)
        return heard.passage.text if heard else given.get(id, "")

    cells = tuple(
        Filled(one.authority, one.theme, one.state, one.passages)
        for one in inquiry.matrix.cells.values()
    )
    seals = {
        one.id: sealed(chain(rests_on(one.supporting), rests_on(one.contradicting)))
        for one in ledger.claims
    }
    seals |= {one.id: sealed(rests_on(one.passages)) for one in cells}
    return replace(ledger, cells=cells, seals=seals)


def sealed(rests_on: Iterable[Said]) -> str:
    """Return the hash of passages and answers: which they are, and what they say."""
    digest = hashlib.sha256()
    for id, words in rests_on:
        digest.update(f"{id}\0{words}\0".encode())
    return digest.hexdigest()


def told(answer: Answer) -> str:
    """Return what a rating or a ticked option says."""
    return str(getattr(answer, "option", getattr(answer, "value", "")))
