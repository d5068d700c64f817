"""What tagging costs, over the same spaCy pipeline reading the same text and doing nothing more."""

import csv
import gc
import resource
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Final

import spacy

from synthesis import language
from synthesis.__main__ import read_codebook
from synthesis.material import Response
from synthesis.tagger import Tagger

RATIO_GOAL: Final = 0.7
MEMORY_GOAL: Final = 1.1
"""Peak memory may grow this many times while the input grows a hundredfold."""
GROWTH_GOAL: Final = 12.0
SIZES: Final = (300, 3_000, 30_000)
TRIES: Final = 5
CODEBOOK: Final = Path(__file__).parents[1] / "questionnaires" / "early_help" / "codebook.toml"


def run() -> bool:
    """Measure, print a line a figure, and say whether all goals are met."""
    tagger = Tagger(read_codebook(CODEBOOK))
    trained = spacy.load(language.MODEL)
    gc.freeze()  # as the command does
    gc.set_threshold(100_000)
    responses = list(islice(answers(), SIZES[1]))
    texts = [response.text for response in responses]
    words = sum(len(text.split()) for text in texts)
    tagging, bare = race(
        lambda: tagger.suggest(responses), lambda: tagger.readers.reader.nlp.pipe(texts)
    )
    whole = seconds(lambda: trained.pipe(texts[:300]))
    whole_words = sum(len(text.split()) for text in texts[:300])
    print(f"tagging, words per second: {words / tagging:,.0f} (no goal)")
    ratio = bare / tagging
    print(f"tagging, over the same pipeline's bare nlp.pipe: {ratio:.2f} (goal {RATIO_GOAL})")
    faster = (words / tagging) / (whole_words / whole)
    print(f"tagging, over the trained pipeline's bare nlp.pipe: {faster:.1f} (no goal)")
    return grows() and ratio >= RATIO_GOAL


def grows() -> bool:
    """Tag ten and a hundred times as much, each in a process of its own, and compare the peaks."""
    runs = [measured(size) for size in SIZES]
    (_, first), (middle, _), (last, peak) = runs
    memory, growth = peak / first, last / middle
    print(f"tagging, peak memory for a hundred times as much: {memory:.2f} (goal {MEMORY_GOAL})")
    print(f"tagging, time for ten times the responses: {growth:.1f} (goal {GROWTH_GOAL})")
    return memory <= MEMORY_GOAL and growth <= GROWTH_GOAL


def measured(size: int) -> tuple[float, float]:
    """Return the seconds and the peak kilobytes of tagging so many responses in a new process."""
    command = [sys.executable, "-m", "benchmarks.tagging", str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own module
    taken, peak = done.stdout.split()
    return float(taken), float(peak)


def stream(size: int) -> None:
    """Tag so many responses as a stream, and print the seconds and the peak memory."""
    tagger = Tagger(read_codebook(CODEBOOK))
    taken = seconds(lambda: tagger.suggest(islice(answers(), size)), tries=1)
    print(taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def answers() -> Iterator[Response]:
    """Yield the codebook's coded examples as responses, over and over, with ids of their own."""
    with (CODEBOOK.parent / "coded_examples.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for number, row in enumerate(cycle(rows)):
        yield Response(
            id=str(number),
            text=row["text"],
            question_code=row["question_code"],
            question=row["question"],
        )


def race(*works: Callable[[], Iterable[object]]) -> tuple[float, ...]:
    """Run the works by turns, so that a busy machine slows all alike; return each one's best."""
    taken = [[seconds(work, tries=1) for work in works] for _ in range(TRIES)]
    return tuple(min(column) for column in zip(*taken, strict=True))


def seconds(work: Callable[[], Iterable[object]], tries: int = TRIES) -> float:
    """Return the best time to run through what the work yields, keeping none of it."""
    best = float("inf")
    for _ in range(tries):
        gc.collect()
        start = time.perf_counter()
        deque(work(), maxlen=0)
        best = min(best, time.perf_counter() - start)
    return best


if __name__ == "__main__":
    if len(sys.argv) > 1:
        stream(int(sys.argv[1]))
    else:
        sys.exit(0 if run() else 1)
