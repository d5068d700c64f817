"""Rules: cues speak alone, hints in company, and a question for its own theme."""

import pytest

from synthesis import rules
from synthesis.readings import Readers
from tests.synthesis.teaching import CODEBOOK, answer

READERS = Readers(CODEBOOK)


def judged(text, code=""):
    (reading,) = READERS.read([answer(text, code)])
    return rules.judge(reading, READERS.cues)


@pytest.mark.parametrize(
    ("text", "code", "themes"),
    [
        ("The parenting group meets.", "", {"S05": 0.7}),
        ("Nothing is said.", "", {}),
        ("Nothing is said.", "S11.1", {"S11": 0.6}),
        ("We use step-down panels.", "S11.1", {"S11": 0.85}),
        ("We use step-down panels.", "S05.1", {"S11": 0.7, "S05": 0.6}),
        ("A class.", "", {}),
        ("A class and classes.", "", {}),
        ("A class and a course.", "", {"S05": 0.7}),
        ("A class.", "S05.1", {"S05": 0.85}),
        ("A class.", "S11.1", {"S11": 0.6}),
        ("We do not see neglect.", "", {"A1": 0.7}),
        ("Our front door.", "I01", {"S01": 0.7, "X0": 0.7}),
    ],
)
def test_themes_are_heard_hinted_at_or_asked_about(text, code, themes):
    assert judged(text, code) == themes


@pytest.mark.parametrize("text", ["", "  \n"])
def test_silence_carries_no_theme_even_if_it_was_asked_for(text):
    assert judged(text, "S01.1") == {}
