"""How a summary refers to passages: by the first letters of their keys, in square brackets.

On a cell's page they are written as the numbers of the passages there.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.errors import SurveyError
from surveyapp.models import Passage, Survey, Tag

LENGTH: Final = 8
_TOKEN: Final = re.compile(rf"\[([0-9a-f]{{{LENGTH}}})\]", re.IGNORECASE)
_AGAIN: Final = re.compile(rf"(\[([0-9a-f]{{{LENGTH}}})\])(?:\s*\[\2\])+", re.IGNORECASE)


_NUMBER: Final = re.compile(r"\[(\d{1,3})\]")
_WORD: Final = re.compile(r"\[(\w{1,16})\]")


class CitationError(SurveyError):
    """A summary refers to a passage that is not there, or that may not be used."""


@dataclass(frozen=True, slots=True)
class Link:
    """A reference in a summary: its number, and the passage where there still is one."""

    number: int
    token: str
    passage: Passage | None
    is_suggested: bool = False


class Piece(NamedTuple):
    """A part of a summary: words, or a reference."""

    words: str
    link: Link | None


def token(key: str) -> str:
    """Return what refers to a passage in a summary."""
    return f"[{key[:LENGTH]}]"


def cited(text: str) -> tuple[str, ...]:
    """Return what a text refers to, each once, in the order of the text."""
    return tuple(dict.fromkeys(one.lower() for one in _TOKEN.findall(text)))


def once(text: str) -> str:
    """Return a text in which no reference stands twice in direct succession."""
    return _AGAIN.sub(r"\1", text)


def with_token(text: str, key: str) -> str:
    """Return a text with a reference to a passage at its end, once."""
    return once(f"{text.rstrip()} {token(key)}".lstrip())


def numbered(text: str, keys: Sequence[str]) -> str:
    """Return a text with the numbers of passages for what refers to them; `keys` in their order."""
    numbers = {key[:LENGTH]: number for number, key in enumerate(keys, start=1)}

    def number(match: re.Match[str]) -> str:
        found = numbers.get(match[1].lower())
        return match[0] if found is None else f"[{found}]"

    return _TOKEN.sub(number, text)


def resolved(text: str, keys: Sequence[str]) -> str:
    """Return a text in which what was referred to by number is referred to by key."""

    def key(match: re.Match[str]) -> str:
        number = int(match[1])
        return token(keys[number - 1]) if 0 < number <= len(keys) else match[0]

    return _NUMBER.sub(key, text)


def leading_nowhere(text: str) -> tuple[str, ...]:
    """Return the single words in square brackets that refer to no passage, each once."""
    words = dict.fromkeys(one for one in _WORD.findall(text) if one.lower() not in cited(text))
    return tuple(words)


def passages(session: Session, survey: Survey, authority: str, text: str) -> Mapping[str, Passage]:
    """Return an authority's passages that a text refers to, by how it does."""
    wanted = cited(text)
    if not wanted:
        return {}
    asked = select(Passage).where(
        Passage.survey_id == survey.id,
        Passage.authority_code == authority,
        func.substr(Passage.key, 1, LENGTH).in_(wanted),
    )
    return {one.key[:LENGTH]: one for one in session.scalars(asked)}


def check(name: str, text: str, found: Mapping[str, Passage]) -> None:
    """Refuse references to what is no passage of the authority, or may not be used.

    A word in square brackets may be meant so; what has a figure in it is taken for a reference.
    """
    for one in leading_nowhere(text):
        if any(letter.isdigit() for letter in one):
            raise CitationError(
                f"[{one}] is no passage here. Take it out, or use the button beside a passage"
            )
    for one in cited(text):
        passage = found.get(one)
        if passage is None:
            raise CitationError(
                f"[{one}] is no passage of {name}. Take it out, or use the button beside a passage"
            )
        why = unusable(passage)
        if why:
            raise CitationError(f"[{one}] is {why}. Take it out")


def unusable(passage: Passage) -> str:
    """Say why a passage counts nowhere; empty where it may be used."""
    if passage.held:
        return "held back: it may identify a child"
    return "not for publication" if passage.use_level == "withheld" else ""


def suggested(session: Session, theme: str, found: Mapping[str, Passage]) -> Collection[str]:
    """Return the keys of the passages on which nobody has decided whether they hold a theme."""
    if not found:
        return ()
    asked = select(Tag.passage_key).where(
        Tag.passage_key.in_([one.key for one in found.values()]),
        Tag.theme == theme,
        Tag.verdict == "",
    )
    return set(session.scalars(asked))


def pieces(
    text: str, found: Mapping[str, Passage], suggested: Collection[str] = ()
) -> Sequence[Piece]:
    """Return a summary in pieces, with its references numbered as they first appear.

    `suggested` are the keys of passages that nobody has confirmed.
    """
    links = {
        one: Link(number, one, passage, passage is not None and passage.key in suggested)
        for number, one in enumerate(cited(text), start=1)
        for passage in [found.get(one)]
    }
    return tuple(_pieces(text, links))


def _pieces(text: str, links: Mapping[str, Link]) -> Iterator[Piece]:
    at = 0
    for match in _TOKEN.finditer(text):
        yield Piece(text[at : match.start()], None)
        yield Piece("", links[match[1].lower()])
        at = match.end()
    yield Piece(text[at:], None)
