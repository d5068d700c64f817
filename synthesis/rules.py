"""Rules: which themes a response carries where there are no coded examples to learn from."""

from collections import Counter
from collections.abc import Sequence

from synthesis.cues import Cue
from synthesis.readings import Reading

HEARD, ASKED, BOTH = 0.7, 0.6, 0.85
"""Scores for a theme whose cue is found, that was asked about, and both."""


def judge(reading: Reading, cues: Sequence[Cue]) -> dict[str, float]:
    """Return the themes with a cue, or two hints, or asked about; score 0 to 1."""
    if not reading.sentences:
        return {}
    found = [cues[cue] for cue in reading.cues]
    hints = Counter(cue.theme for cue in found if cue.strength == "hint")
    heard = {cue.theme for cue in found if cue.strength == "cue"}
    heard |= {theme for theme, count in hints.items() if count > 1 or theme == reading.asked}
    scores = dict.fromkeys(sorted(heard), HEARD)
    if reading.asked:
        scores[reading.asked] = BOTH if reading.asked in heard else ASKED
    return scores
