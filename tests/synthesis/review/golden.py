"""The golden review: the small region's review as plain text, kept in golden.txt.

After a wanted change, write it anew from the root of the project, and read the difference:
    .venv/bin/python -m tests.synthesis.review.golden && git diff tests/synthesis/review/golden.txt
"""

from pathlib import Path

from synthesis.review import draw_up
from synthesis.review.plain import text
from tests.synthesis.small_region import BASIS, small_outline

GOLDEN = Path(__file__).parent / "golden.txt"


def now() -> str:
    """Return the small region's review as it is written today."""
    review, _ = draw_up(BASIS, small_outline())
    return text(review)


if __name__ == "__main__":
    GOLDEN.write_text(now(), "utf-8")
