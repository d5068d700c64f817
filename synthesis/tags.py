"""Tags: themes on passages, suggested with a score and the reason, or decided by a coder."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from synthesis.errors import InputError
from synthesis.material import Decision, Finished, Response
from synthesis.passages import Passage


class Tag(NamedTuple):
    """A theme on a passage. `score` is 0 to 1; `decided` is true once a coder has confirmed it."""

    passage: Passage
    theme: str
    score: float
    reason: str
    decided: bool = False


def decide(
    suggested: Iterable[Tag],
    decisions: Sequence[Decision],
    responses: Mapping[str, Response],
    finished: Iterable[Finished] = (),
) -> Iterator[Tag]:
    """Lay a coder's decisions over fresh suggestions.

    A rejected theme goes from every passage that the decision's words touch; an accepted one is
    marked as decided; an added one joins, in place of a suggestion of just that. Of several
    decisions on the same words and theme the last holds. On words that a coder has finished a
    suggestion that nobody decided on goes too: it came later. Raises InputError for a decision
    whose response is gone or whose words no longer stand at its place.
    """
    rulings: dict[tuple[str, str], list[Decision]] = {}
    for decision in decisions:
        _check(decision, responses)
        rulings.setdefault((decision.response, decision.theme), []).append(decision)
    done = {f"{one.response}:{one.start}-{one.end}" for one in finished}
    for tag in suggested:
        made = rulings.get((tag.passage.response.id, tag.theme), ())
        verdict = next((d.verdict for d in reversed(made) if _rules(d, tag.passage)), "")
        if not verdict and tag.passage.id not in done:
            yield tag
        elif verdict == "accept":
            yield tag._replace(decided=True)
    for decision in decisions:
        if decision.verdict == "add":
            passage = Passage(responses[decision.response], decision.start, decision.end)
            yield Tag(passage, decision.theme, 1.0, f"added by {decision.coder}", decided=True)


def _check(decision: Decision, responses: Mapping[str, Response]) -> None:
    about = f"decision on {decision.response}, {decision.theme}"
    place = f"{decision.place}, {about}" if decision.place else about
    response = responses.get(decision.response)
    if response is None:
        raise InputError(place, "The response is not there.", "Leave the decision out.")
    said = response.text[decision.start : decision.end]
    if said != decision.words or not said.strip():
        raise InputError(
            place,
            f"Its words are not at {decision.start} to {decision.end} any more.",
            "Decide again on the words as they stand now.",
        )


def _rules(decision: Decision, passage: Passage) -> bool:
    """Tell whether a decision is about a passage: its words touch, or are just what was added."""
    if decision.verdict == "add":
        return (decision.start, decision.end) == (passage.start, passage.end)
    return passage.start < decision.end and decision.start < passage.end
