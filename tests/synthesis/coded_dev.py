"""The coded text that stands beside the checkout and is not ours, and our codebook for it."""

import csv
from pathlib import Path

import pytest

from synthesis.__main__ import read_codebook
from synthesis.codebook import CodedExample

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpora" / "coded_dev.csv"
needed = pytest.mark.skipif(not CORPUS.exists(), reason="the coded text is not beside the checkout")


def codebook():
    """Return the codebook that it was coded with."""
    return read_codebook(ROOT / "questionnaires" / "early_help" / "codebook.toml")


def examples():
    """Return every text, with what its coders gave it."""
    with CORPUS.open(encoding="utf-8-sig", newline="") as lines:
        return [
            CodedExample(
                id=row["id"],
                text=row["text"],
                codes=frozenset(row["codes"].split()),
                authority=row["authority"],
                question_code=row["question_code"],
                question=row["question"],
            )
            for row in csv.DictReader(lines)
        ]
