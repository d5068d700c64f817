"""What building the review keeps in memory beyond its document, for each thousand passages more.

What was said is held whole, and so is a Word file; where every passage is, who said it and what
counts it is held too, and is measured here. What tags the passages is let go before, and takes the
same for few as for many.
"""

import gc
import random
import sys
import tomllib
import tracemalloc
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from synthesis import codebook, schedule, word
from synthesis.material import Authority, Material, Response
from synthesis.pipeline import Commission, draw
from synthesis.review import outline
from synthesis.review.companions import manifest

HOME: Final = Path(__file__).parent.parent / "questionnaires" / "early_help"
AUTHORITIES: Final = 152
SIZES: Final = (10_000, 20_000)
"""From the smaller on, what is kept to compare words by is as large as it ever is."""
GOAL: Final = 0.4
"""Megabytes for a thousand passages more; their words alone are a tenth of one."""
_WHO: Final = (
    *("Our family hubs", "Schools", "Health visitors", "Lead professionals", "Parents"),
    *("Partners", "The front door team", "Housing officers", "Midwives", "Youth workers"),
)
_DO: Final = (
    *("review", "share", "do not record", "audit", "plan to bring in", "have no data on"),
    *("understand", "struggle with", "measure", "were trained in"),
)
_WHAT: Final = (
    *("the threshold document", "plans after six weeks", "the outcomes star", "parenting groups"),
    *("the voice of the child", "attendance", "a shared case system", "domestic abuse support"),
    *("step down", "the whole family assessment"),
)
_HOW: Final = (
    *("with the family", "across the county", "in half of the cases", "without a lead", "early"),
    *("too late", "in the north of the area", "as a partnership", "every quarter", "since spring"),
)
_WHY: Final = (
    *("and outcomes improve", "but there is a gap", "so families wait", "and staff value it"),
    *("though funding ends", "as the audit showed", "because the data is poor", "and it works"),
    *("which inspectors praised", "but nobody evaluates it"),
)
IN_A_RESPONSE: Final = 4


@dataclass(frozen=True, slots=True)
class Needed:
    """Megabytes: to tag passages, to draw the review of them, to write it; and of its files."""

    tagging: float
    drawing: float
    writing: float
    document: float
    manifest: float


def run(sizes: Sequence[int] = SIZES) -> bool:
    """Measure a few sizes, print a line a figure, and say whether the goal is met."""
    needed = {size: measure(size) for size in sizes}
    for size, one in needed.items():
        told = ", ".join(f"{name} {value:.1f}" for name, value in asdict(one).items())
        print(f"review of {size:,} passages, megabytes at most: {told} (no goal)")
    few, many = min(sizes), max(sizes)
    growth = (needed[many].drawing - needed[few].drawing) / (many - few) * 1000
    print(f"review, megabytes for 1,000 passages more: {growth:.2f} (goal {GOAL})")
    return growth <= GOAL


def measure(size: int) -> Needed:
    """Return what building the review of so many passages needs."""
    commission = commissioned(size)
    draw(commissioned(40))  # what is loaded once is no part of a build
    peaks: dict[str, float] = {}

    def tell(doing: str, _: float = 0) -> None:
        peaks[doing] = tracemalloc.get_traced_memory()[1] / 1e6
        gc.collect()  # what tags refers to itself, and would be let go at any time
        tracemalloc.reset_peak()

    tracemalloc.start()
    drawn = draw(commission, lambda doing, _: tell(doing) if "response" not in doing else None)
    tell("drawn")
    written = sum(map(len, manifest(drawn.inquiry, drawn.ledger, {})))
    document = word.write(drawn.review)
    tell("written")
    tracemalloc.stop()
    tagging, finding = peaks["finding what can be said"], peaks["checking every claim"]
    drawing = max(finding, peaks["drawn"])
    return Needed(tagging, drawing, peaks["written"], len(document) / 1e6, written / 1e6)


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
            id=f"A{number % AUTHORITIES:03}/{codes[number % len(codes)]}/{number}",
            text=" ".join(_sentence(drawn) for _ in range(IN_A_RESPONSE)),
            authority=f"A{number % AUTHORITIES:03}",
            question_code=codes[number % len(codes)],
        )
        for number in range(size // IN_A_RESPONSE)
    )
    authorities = tuple(Authority(f"A{n:03}", f"Elm {n:03}") for n in range(AUTHORITIES))
    plan = outline.parse((HOME / "review.toml").read_text("utf-8"), "review.toml")
    return Commission(Material(authorities, responses), themes, asked, plan)


def _sentence(drawn: random.Random) -> str:
    """Make up a sentence; hardly two are alike, as nobody's are."""
    return f"{' '.join(map(drawn.choice, (_WHO, _DO, _WHAT, _HOW, _WHY)))}."


if __name__ == "__main__":
    sys.exit(0 if run([int(one) for one in sys.argv[1:]] or SIZES) else 1)
