"""On answers beside the checkout: every planted slip is found, and how often others are flagged."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest

from synthesis.identifying import Hit, find, trained

CORPORA = Path(__file__).resolve().parents[4] / "shared" / "corpora"
PLANTED = {"A003", "A020", "A022", "A059", "A078"}
COLLEAGUE = "A111"
MOST_FALSE = 3.0
Look = Callable[[Sequence[str]], Sequence[tuple[Hit, ...]]]
LOOKS = {
    "rules": lambda texts: [find(text) for text in texts],
    "rules and model": lambda texts: list(trained.find_all(texts)),
}

pytestmark = [
    pytest.mark.privacy,
    pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not beside the checkout"),
]


def flagged(name: str, look: Look) -> tuple[set[str], pd.DataFrame]:
    frame = pd.read_csv(CORPORA / name, keep_default_na=False)
    hits = look(list(frame["text"]))
    return {id for id, found in zip(frame["id"], hits, strict=True) if found}, frame


@pytest.mark.parametrize("speed", LOOKS)
def test_planted_slips_are_found_and_few_others(speed: str) -> None:
    found, frame = flagged("coded_dev.csv", LOOKS[speed])
    answers = set(frame.loc[frame["source"] != "document", "id"])
    assert found >= PLANTED
    assert COLLEAGUE not in found
    clean = answers - PLANTED
    rate = 100 * len(found & clean) / len(clean)
    sys.stdout.write(
        f"\n{speed}: recall 1.0 of {len(PLANTED)}; {rate:.2f} false alarms per 100 answers\n"
    )
    assert rate < MOST_FALSE


@pytest.mark.parametrize("speed", LOOKS)
def test_published_reports_are_hardly_ever_flagged(speed: str) -> None:
    found, frame = flagged("ofsted_se_responses.csv", LOOKS[speed])
    rate = 100 * len(found) / len(frame)
    sys.stdout.write(
        f"\n{speed}: {rate:.2f} false alarms per 100 paragraphs of inspection reports\n"
    )
    assert rate < MOST_FALSE
