"""The manifest of a build: everything that it claims, and the stored words that it rests on.

Two builds are compared by it, and each of their sentences can be traced. It is plain data.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final, TypeGuard

from synthesis.findings.basis import Inquiry
from synthesis.findings.claims import Claim, Ledger
from synthesis.matrix import Heard

VERSION: Final = 1
Row = dict[str, Any]


def manifest(inquiry: Inquiry, ledger: Ledger, beside: Mapping[str, Any]) -> Iterator[str]:
    """Yield it as JSON, a row a line, after what stands `beside` it.

    Claims, quotations, evidence and cells come each with what it leads to, and then every passage
    that may be used. There may be very many: of them one is in memory at a time.
    """
    said = inquiry.matrix.corpus
    yield "{\n"
    for name, told in (*beside.items(), ("version", VERSION)):
        yield f"{_json(name)}: {_json(told)},\n"
    for name, rows in _lists(ledger).items():
        yield f"{_json(name)}: ["
        yield from _lines(map(_object, rows))
        yield "],\n"
    yield '"passages": {'
    yield from _lines((f"{_json(heard.id)}: {_json(_passage(heard))}",) for heard in said)
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


def _lines(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield rows, each in pieces, on lines of their own with commas between."""
    between = "\n"
    for row in rows:
        yield between
        yield from row
        between = ",\n"


def _object(row: Row) -> Iterator[str]:
    """Yield a row as JSON; what a list holds of very many passages is spelled out one by one."""
    between = "{"
    for name, told in row.items():
        yield f"{between}{_json(name)}: "
        yield from _list(told) if _is_list(told) else (_json(told),)
        between = ", "
    yield "}"


def _is_list(told: object) -> TypeGuard[Collection[object]]:
    return isinstance(told, Collection) and not isinstance(told, str | Mapping)


def _list(items: Iterable[object]) -> Iterator[str]:
    between = ""
    yield "["
    for one in items:
        yield between + _json(one)
        between = ", "
    yield "]"


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def sha256(words: str) -> str:
    """Return the hash by which words are known."""
    return hashlib.sha256(words.encode()).hexdigest()


def _claim(claim: Claim, ledger: Ledger) -> Row:
    return {
        "id": claim.id,
        "kind": claim.kind,
        "theme": claim.theme,
        "text": claim.text,
        "count": claim.count,
        "base": claim.base,
        "authorities": _sorted(claim.answering),
        "for": claim.supporting,
        "against": claim.contradicting,
        "cited": claim.cited,
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
