"""Tags: themes on passages, suggested with a score and the reason, or decided by a coder."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from synthesis.errors import InputError
from synthesis.material import Decision, Response
from synthesis.passages import Passage


@dataclass(frozen=True, slots=True)
class Tag:
    """A theme on a passage. `score` is 0 to 1; `decided` is true once a coder has confirmed it."""

    passage: Passage
    theme: str
    score: float
    reason: str
    decided: bool = False


def decide(
    suggested: Iterable[Tag], decisions: Sequence[Decision], responses: Mapping[str, Response]
) -> Iterator[Tag]:
    """Lay a coder's decisions over fresh suggestions.

    A rejected theme goes from every passage that the decision's words touch; an accepted one is
    marked as decided; an added one joins. Raises InputError for a decision whose response is gone
    or whose words no longer stand at its place.
    """
    for decision in decisions:
        _check(decision, responses)
    rulings = {(d.response, d.theme): d for d in decisions if d.verdict != "add"}
    for tag in suggested:
        ruling = rulings.get((tag.passage.response.id, tag.theme))
        if ruling is None or not _touch(tag.passage, ruling):
            yield tag
        elif ruling.verdict == "accept":
            yield replace(tag, decided=True)
    for decision in decisions:
        if decision.verdict == "add":
            passage = Passage(responses[decision.response], decision.start, decision.end)
            yield Tag(passage, decision.theme, 1.0, f"added by {decision.coder}", decided=True)


def _check(decision: Decision, responses: Mapping[str, Response]) -> None:
    place = f"decision on {decision.response}, {decision.theme}"
    response = responses.get(decision.response)
    if response is None:
        raise InputError(place, "The response is not there.", "Leave the decision out.")
    if response.text[decision.start : decision.end] != decision.words:
        raise InputError(
            place,
            f"Its words are not at {decision.start} to {decision.end} any more.",
            "Decide again on the words as they stand now.",
        )


def _touch(passage: Passage, decision: Decision) -> bool:
    return passage.start < decision.end and decision.start < passage.end
