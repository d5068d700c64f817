"""Whether what a review rests on may still be published, by what is stored once it is built.

Whoever answers or decides while a review is built is not in it, and the build stands. Words that
are taken back, erased, held back, made unnamed or no longer agreed to meanwhile are never handed
out. Nothing here asks the database.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, Protocol

from synthesis.material import Authority, Material, Response, UseLevel

OPEN: Final[Mapping[str, int]] = {"withheld": 0, "unnamed": 1, "named": 2}
Earlier = Mapping[str, Collection[str]]
"""What responses said before they were changed, as it is stored, by their ids."""


class Used(Protocol):
    """Anything that an authority said how we may use."""

    @property
    def id(self) -> str:
        """Return what it is known by."""

    @property
    def authority(self) -> str:
        """Return whose it is."""

    @property
    def use_level(self) -> UseLevel:
        """Return how it may be used."""


def changed(was: Material, now: Material) -> frozenset[str]:
    """Return the responses that read otherwise than they did."""
    texts = {one.id: one.text for one in _responses(now)}
    return frozenset(one.id for one in was.responses if texts.get(one.id, one.text) != one.text)


def faults(was: Material, now: Material, earlier: Earlier) -> tuple[str, ...]:
    """Return what of the material before may not be published any more, each with its place."""
    names = {one.code: one.name for one in was.authorities}
    found = (
        *_words(was, now, earlier),
        *_closed(was.ratings, now.ratings),
        *_closed(was.choices, now.choices),
        *_closed(was.figures, now.figures),
        *_offers(was, now),
        *_held(was, now),
        *_names(was.authorities, now.authorities),
    )
    return tuple(dict.fromkeys(f"{_place(id, names)}: {why}" for id, why in found))


def _place(id: str, names: Mapping[str, str]) -> str:
    """Name a place as a person would: the authority, and the question."""
    code, _, rest = id.partition("/")
    return ", ".join(filter(None, (names.get(code, code), rest)))


def _responses(material: Material) -> Iterator[Response]:
    """Yield responses, those that other words prevail over now among them: they are kept."""
    yield from material.responses
    yield from (one for one in material.overtaken if isinstance(one, Response))


def _words(was: Material, now: Material, earlier: Earlier) -> Iterator[tuple[str, str]]:
    stored = {one.id: one for one in _responses(now)}
    for one in was.responses:
        found = stored.get(one.id)
        if one.use_level == "withheld":
            continue
        if found is None:
            yield one.id, "the words behind it are not there any more"
        elif OPEN[found.use_level] < OPEN[one.use_level]:
            yield one.id, _tightened(found.use_level)
        elif found.text != one.text and one.text not in earlier.get(one.id, ()):
            yield one.id, "the words behind it are not those that are stored now"
        elif found.text == one.text and _is_less_sure(one, found):
            yield one.id, "nobody stands by these words any more as they were noted"


def _is_less_sure(was: Response, now: Response) -> bool:
    unsaid = (was.confirmed is True and now.confirmed is not True) or was.verbatim > now.verbatim
    return unsaid or not set(was.checked) <= set(now.checked)


def _closed(was: Iterable[Used], now: Iterable[Used]) -> Iterator[tuple[str, str]]:
    """Yield what may be used less freely; one that is gone was answered otherwise since."""
    stored = {one.id: one.use_level for one in now}
    for one in was:
        level = stored.get(one.id, one.use_level)
        if OPEN[level] < OPEN[one.use_level]:
            yield one.id, _tightened(level)


def _tightened(level: UseLevel) -> str:
    return "not for publication" if level == "withheld" else "not to be named any more"


def _offers(was: Material, now: Material) -> Iterator[tuple[str, str]]:
    """Yield the documents, people and examples that are not offered for publication any more."""
    shared = {one.id for one in now.documents if one.may_share}
    yield from (
        (one.id, "the document may not be listed any more")
        for one in was.documents
        if one.may_share and one.id not in shared
    )
    published = {one.id for one in now.contacts if one.may_publish}
    yield from (
        (one.id, "the person may not be listed any more")
        for one in was.contacts
        if one.may_publish and one.id not in published
    )
    agreed = {one.id for one in now.practices if one.consent}
    yield from (
        (one.id, "the example may not be published any more")
        for one in was.practices
        if one.consent and one.id not in agreed
    )
    yield from _closed(was.practices, now.practices)


def _held(was: Material, now: Material) -> Iterator[tuple[str, str]]:
    """Yield what is held back now and was not, where it touches words that the review read."""
    before, stored = set(was.held), {one.id: one.text for one in _responses(now)}
    read = {one.id: one.text for one in was.responses}
    for mark in now.held:
        words = stored.get(mark.response, "")[mark.start : mark.end]
        if mark not in before and (not words or words in read.get(mark.response, "")):
            yield mark.response, f"may identify a child ({mark.kind}); clear it first"
    if set(was.cleared) - set(now.cleared):
        yield "", "words that had been cleared are held back again, for they may identify a child"


def _names(was: Iterable[Authority], now: Iterable[Authority]) -> Iterator[tuple[str, str]]:
    """Yield authorities that are gone, or that words not named must now be rid of another name."""
    stored = {one.code: one for one in now}
    for one in was:
        found = stored.get(one.code)
        if found is None:
            yield one.code, "the authority is not in the survey any more"
        elif not _telling(found) <= _telling(one):
            yield one.code, "there are new names to keep out of words that are not to be named"


def _telling(one: Authority) -> set[str]:
    return {one.name, *one.aliases, *one.places, *one.brands}
