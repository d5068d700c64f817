"""What is wrong with an answer, in words for the person who gives it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right: the field it stands in and what to do."""

    field: str
    message: str


class AnswerError(ValueError):
    """An answer that cannot be kept as it is, with everything that is wrong with it."""

    def __init__(self, *problems: Problem) -> None:
        """Keep the problems apart, so that a page can show each beside its field."""
        super().__init__("\n".join(f"{problem.field}: {problem.message}" for problem in problems))
        self.problems = problems


def refuse(problems: Iterable[Problem]) -> None:
    """Raise everything that is wrong, if anything is."""
    found = tuple(problems)
    if found:
        raise AnswerError(*found)
