"""Passages: the stretches of a response that are tagged, cut by sentence, with offsets."""

from typing import NamedTuple

from synthesis.material import Response


def place_of(id: str) -> tuple[str, int, int] | None:
    """Return the response that a passage's id names, and where in it; None where it is no id."""
    response, _, place = id.rpartition(":")
    start, _, end = place.partition("-")
    if not (start.isdecimal() and end.isdecimal()):
        return None
    return response, int(start), int(end)


class Passage(NamedTuple):
    """A stretch of a response; `start` and `end` are Python string indices into its text."""

    response: Response
    start: int
    end: int

    @property
    def text(self) -> str:
        """Return the exact words."""
        return self.response.text[self.start : self.end]

    @property
    def id(self) -> str:
        """Return a name that holds as long as the response does."""
        return f"{self.response.id}:{self.start}-{self.end}"
