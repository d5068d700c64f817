"""Disclosure: which ratings a reader could work out by taking the named from the counted."""

from collections.abc import Iterable

from synthesis.material import Rating

FEWEST = 3
"""Unnamed ratings of one question stay unnamed only among at least this many authorities."""


def gives_away(ratings: Iterable[Rating]) -> bool:
    """Tell whether naming the named ratings would give the unnamed away.

    The chapters count all ratings of a question, named and unnamed. A reader who takes the named
    ones from that count is left with the unnamed ones; they are safe only if at least three
    authorities gave them and did not all give the same. Ratings not for publication are in no
    count, and an answer of don't know is counted like any other.
    """
    unnamed: dict[str, dict[str, str]] = {}
    for rating in ratings:
        if rating.use_level == "unnamed":
            given = str(rating.value if rating.value is not None else rating.missing)
            unnamed.setdefault(rating.question_code, {})[rating.authority] = given
    return any(len(given) < FEWEST or len(set(given.values())) == 1 for given in unnamed.values())
