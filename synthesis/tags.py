"""Tags: themes on passages, suggested with a score and the reason in words."""

from dataclasses import dataclass

from synthesis.passages import Passage


@dataclass(frozen=True, slots=True)
class Tag:
    """A theme on a passage. `score` is 0 to 1; `decided` is true once a coder has confirmed it."""

    passage: Passage
    theme: str
    score: float
    reason: str
    decided: bool = False
