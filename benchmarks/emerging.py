"""What proposing emergent themes costs: among ten times the passages, ten times as much."""

import csv
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Final

from benchmarks.tagging import CODEBOOK
from synthesis import emerging, language
from synthesis.emerging import Bounds, Said

SIZES: Final = (10_000, 100_000)
GROWTH_GOAL: Final = 12.0
MEMORY_GOAL: Final = 800
"""Megabytes at most, whatever the number of passages."""
AUTHORITIES: Final = 152
UNEXPLAINED: Final = 3
"""One passage in so many is explained by no theme."""


def run() -> bool:
    """Measure, print a line a figure, and say whether the goals are met."""
    (few, _), (many, peak) = (measured(size) for size in SIZES)
    growth = many / few
    print(f"emerging, seconds of CPU for {SIZES[1]:,} passages: {many:.1f} (no goal)")
    print(f"emerging, time for ten times the passages: {growth:.1f} (goal {GROWTH_GOAL})")
    print(f"emerging, megabytes at most: {peak:.0f} (goal {MEMORY_GOAL})")
    return growth <= GROWTH_GOAL and peak <= MEMORY_GOAL


def measured(size: int) -> tuple[float, float]:
    """Return the seconds and the peak megabytes of proposing from so many in a new process."""
    command = [sys.executable, "-m", "benchmarks.emerging", str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own module
    taken, peak = done.stdout.split()
    return float(taken), float(peak) / 1024


def propose(size: int) -> None:
    """Propose themes from so many passages, and print the seconds and the peak memory."""
    language.parts_of_speech(["It loads."])
    said = [
        Said(str(number), str(number // 5), str(number % AUTHORITIES), text)
        for number, text in enumerate(passages(size // UNEXPLAINED))
    ]
    begun = time.process_time()
    emerging.propose(said, passages(size - len(said), seed=1), Bounds())
    print(time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def passages(size: int, seed: int = 0) -> Iterator[str]:
    """Yield sentences of the codebook's examples, one word in five of each exchanged by lot."""
    with (CODEBOOK.parent / "coded_examples.csv").open(encoding="utf-8", newline="") as lines:
        texts = [row["text"].split()[:25] for row in csv.DictReader(lines)]
    vocabulary = [word for text in texts for word in text]
    lot = random.Random(seed)  # noqa: S311 - shuffled, not kept secret
    for number in range(size):
        words = list(texts[number % len(texts)])
        for _ in range(len(words) // 5):
            words[lot.randrange(len(words))] = lot.choice(vocabulary)
        yield " ".join(words)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        propose(int(sys.argv[1]))
    else:
        sys.exit(0 if run() else 1)
