"""What building the review keeps in memory, for few passages and for ten times as many.

What was said is held whole, and so is the Word file; what is measured is how much more than those
a build needs at its peak, and how that grows.
"""

import random
import sys
import tomllib
import tracemalloc
from pathlib import Path
from typing import Final

from synthesis import codebook, schedule, word
from synthesis.material import Authority, Material, Response
from synthesis.pipeline import Commission, draw
from synthesis.review import outline

HOME: Final = Path(__file__).parent.parent / "questionnaires" / "early_help"
AUTHORITIES: Final = 20
SIZES: Final = (100, 1_000)
GROWTH_GOAL: Final = 3.0
"""Ten times the passages may need this many times as much: most of it is what tags them."""
_WORDS: Final = (
    "We review every plan after six weeks with the family and the lead professional.",
    "There is no shared data with health, and that remains a gap.",
    "An audit of forty cases found that outcomes were recorded in half of them.",
    "We plan to bring in the outcomes star in the autumn.",
    "Schools refer early and know the threshold document well.",
    "Families wait too long for parenting groups in the north of the area.",
)


def run() -> bool:
    """Measure both sizes, print a line a figure, and say whether all goals are met."""
    needed = {size: measure(size) for size in SIZES}
    for size, (drawn, written, document) in needed.items():
        print(f"review, megabytes for {size:,} passages: drawn {drawn:.1f}, written {written:.1f}")
        print(f"review, megabytes of the document at {size:,}: {document:.2f} (no goal)")
    small, large = (needed[size] for size in SIZES)
    growth = max(large[0] / small[0], large[1] / small[1])
    print(f"review, growth for ten times the passages: {growth:.1f} (goal {GROWTH_GOAL})")
    return growth <= GROWTH_GOAL


def measure(size: int) -> tuple[float, float, float]:
    """Return the megabytes needed at most to draw the review and to write it, and of the file."""
    commission = commissioned(size)
    draw(commissioned(40))  # what is loaded once is no part of a build
    tracemalloc.start()
    drawn = draw(commission)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    before, _ = tracemalloc.get_traced_memory()
    document = word.write(drawn.review)
    _, writing = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 1e6, (writing - before) / 1e6, len(document) / 1e6


def commissioned(size: int) -> Commission:
    """Return what a review of so many passages is built from."""
    drawn = random.Random(7)  # noqa: S311 - no secret
    questions = tomllib.loads((HOME / "questionnaire.toml").read_text("utf-8"))
    guide = tomllib.loads((HOME / "interview.toml").read_text("utf-8"))
    asked = schedule.parse(questions, guide)
    codes = [one.code for one in asked.questions() if one.theme and one.type == "long"]
    book = (HOME / "codebook.toml").read_text("utf-8")
    beside = {path.name: path.read_text("utf-8") for path in HOME.glob("*.csv")}
    themes = codebook.parse(book, "codebook.toml", beside)
    responses = tuple(
        Response(
            id=f"A{number % AUTHORITIES:02}/{codes[number % len(codes)]}/{number}",
            text=" ".join(drawn.sample(_WORDS, 4)),
            authority=f"A{number % AUTHORITIES:02}",
            question_code=codes[number % len(codes)],
        )
        for number in range(size // 4)
    )
    authorities = tuple(Authority(f"A{n:02}", f"Elm {n:02}") for n in range(AUTHORITIES))
    plan = outline.parse((HOME / "review.toml").read_text("utf-8"), "review.toml")
    return Commission(Material(authorities, responses), themes, asked, plan)


if __name__ == "__main__":
    sys.exit(0 if run() else 1)
