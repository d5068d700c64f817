"""The manifest of a build: everything that it claims, and the stored words that it rests on.

Two builds are compared by it, and each of their sentences can be traced. It is plain data.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from synthesis.findings.basis import Inquiry
from synthesis.findings.claims import Claim, Ledger
from synthesis.matrix import Heard

VERSION: Final = 1
Row = dict[str, Any]


def manifest(inquiry: Inquiry, ledger: Ledger, beside: Mapping[str, Any]) -> Iterator[str]:
    """Yield it as JSON, a row a line, after what stands `beside` it.

    Claims, quotations, evidence and cells come each with what it leads to. There may be very many
    passages: of them one is in memory at a time.
    """
    yield "{\n"
    for name, told in (*beside.items(), ("version", VERSION)):
        yield f"{_json(name)}: {_json(told)},\n"
    for name, rows in _lists(ledger).items():
        yield f"{_json(name)}: ["
        yield from _lines(map(_json, rows))
        yield "],\n"
    yield '"passages": {'
    passages = inquiry.matrix.corpus.passages
    used = (id for id in dict.fromkeys(_used(ledger)) if id in passages)
    yield from _lines(f"{_json(id)}: {_json(_passage(passages[id]))}" for id in used)
    yield "}\n}\n"


def _lists(ledger: Ledger) -> Mapping[str, Iterator[Row]]:
    return {
        "claims": (_claim(one, ledger) for one in ledger.claims),
        "quotations": (
            {
                "place": one.slot,
                "reference": one.reference,
                "source": one.source,
                "words_sha256": sha256(one.words),
                "use_level": one.use_level,
            }
            for one in ledger.quotations
        ),
        "evidence": (
            {
                "reference": one.id,
                "source": one.source,
                "use_level": one.use_level,
                "held": one.held,
            }
            for one in ledger.evidence
        ),
        "cells": (
            {
                "authority": one.authority,
                "theme": one.theme,
                "state": one.state,
                "count": len(one.passages),
                "seal": ledger.seals.get(one.id, ""),
            }
            for one in ledger.cells
        ),
    }


def _lines(rows: Iterable[str]) -> Iterator[str]:
    """Yield rows on lines of their own, with commas between."""
    between = "\n"
    for row in rows:
        yield between + row
        between = ",\n"


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def sha256(words: str) -> str:
    """Return the hash by which words are known."""
    return hashlib.sha256(words.encode()).hexdigest()


def _used(ledger: Ledger) -> Iterator[str]:
    for claim in ledger.claims:
        yield from claim.supporting
        yield from claim.contradicting
    yield from (one.source for one in ledger.quotations)
    yield from (one.source for one in ledger.evidence)


def _claim(claim: Claim, ledger: Ledger) -> Row:
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


def _passage(heard: Heard) -> Row:
    passage = heard.passage
    return {
        "response": passage.response.id,
        "start": passage.start,
        "end": passage.end,
        "words_sha256": sha256(passage.text),
    }


def _sorted(names: Iterable[str]) -> list[str]:
    return sorted(names)
