"""The manifest of a build: everything that it claims, and the stored words that it rests on.

Two builds are compared by it, and each of their sentences can be traced. It is plain data.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from synthesis.findings.basis import Inquiry
from synthesis.findings.claims import Claim, Ledger
from synthesis.matrix import Heard

VERSION = 1


def manifest(inquiry: Inquiry, ledger: Ledger) -> dict[str, Any]:
    """Return claims, quotations, evidence and cells, each with what it leads to."""
    passages = inquiry.matrix.corpus.passages
    used = dict.fromkeys(_used(ledger))
    return {
        "version": VERSION,
        "claims": [_claim(one, ledger) for one in ledger.claims],
        "quotations": [
            {
                "place": one.slot,
                "reference": one.reference,
                "source": one.source,
                "words_sha256": sha256(one.words),
                "use_level": one.use_level,
            }
            for one in ledger.quotations
        ],
        "evidence": [
            {
                "reference": one.id,
                "source": one.source,
                "use_level": one.use_level,
                "held": one.held,
            }
            for one in ledger.evidence
        ],
        "cells": [
            {
                "authority": one.authority,
                "theme": one.theme,
                "state": one.state,
                "count": len(one.passages),
                "seal": ledger.seals.get(one.id, ""),
            }
            for one in ledger.cells
        ],
        "passages": {id: _passage(passages[id]) for id in used if id in passages},
    }


def sha256(words: str) -> str:
    """Return the hash by which words are known."""
    return hashlib.sha256(words.encode()).hexdigest()


def _used(ledger: Ledger) -> Iterator[str]:
    for claim in ledger.claims:
        yield from claim.supporting
        yield from claim.contradicting
    yield from (one.source for one in ledger.quotations)
    yield from (one.source for one in ledger.evidence)


def _claim(claim: Claim, ledger: Ledger) -> dict[str, Any]:
    return {
        "id": claim.id,
        "kind": claim.kind,
        "theme": claim.theme,
        "text": claim.text,
        "count": claim.count,
        "base": claim.base,
        "authorities": _sorted(claim.answering),
        "for": list(claim.supporting),
        "against": list(claim.contradicting),
        "cited": list(claim.cited),
        "seal": ledger.seals.get(claim.id, ""),
    }


def _passage(heard: Heard) -> dict[str, Any]:
    passage = heard.passage
    return {
        "response": passage.response.id,
        "start": passage.start,
        "end": passage.end,
        "words_sha256": sha256(passage.text),
    }


def _sorted(names: Iterable[str]) -> list[str]:
    return sorted(names)
