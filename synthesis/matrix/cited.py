"""Cited words: what a person chose for a finding can be cited, though no theme was found on it."""

from collections.abc import Iterable, Iterator

from synthesis.material import CORRECTED, Cited, Held, Material, Response
from synthesis.passages import Passage
from synthesis.tags import Tag


def cited(material: Material) -> Iterator[Tag]:
    """Yield the cited words of written findings as tags without a theme, to join the passages.

    As they join no theme, no count but their finding's changes. Words that no longer stand, are
    withheld or are held back stay out.
    """
    return (Tag(passage, "", 0.0, "cited") for passage in _passages(material))


def unfit(one: Cited, response: Response | None, held: Iterable[Held]) -> str:
    """Say why words cannot be cited; empty where they can."""
    if response is None:
        return "the answer is not there any more"
    if response.text[one.start : one.end] != one.words or not one.words.strip():
        return "the words have changed"
    if response.use_level == "withheld":
        return "the words are not for publication"
    marks = (mark for mark in held if mark.response == one.response)
    kinds = {mark.kind for mark in marks if mark.start < one.end and one.start < mark.end}
    if kinds == {CORRECTED}:
        return "the authority has put other words in their place, which are a passage of their own"
    return "the words may identify a child, and nobody has cleared them" if kinds else ""


def _passages(material: Material) -> Iterator[Passage]:
    """Yield the words that findings cite and that can be cited."""
    chosen = [
        one for finding in material.findings for one in (*finding.speak_for, *finding.speak_against)
    ]
    wanted = {one.response for one in chosen}
    responses = {one.id: one for one in material.responses if one.id in wanted}
    for one in chosen:
        response = responses.get(one.response)
        if response is not None and not unfit(one, response, material.held):
            yield Passage(response, one.start, one.end)
