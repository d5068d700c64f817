"""Lint: everything that is wrong with a folder of definitions, found at once.

An error stops publication; a warning is something for a person to weigh. What cannot be read is
left out, so that the rest is still checked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from surveyapp.definitions import codebook, interview, mending, questionnaire, reading, register
from surveyapp.definitions.codebook import CodebookFile
from surveyapp.definitions.faults import DefinitionError, Fault
from surveyapp.definitions.interview import InterviewGuide
from surveyapp.definitions.lint import codes, routes, settings, themes
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.definitions.reading import Frozen, Source
from synthesis.codebook import Codebook
from synthesis.errors import InputError
from synthesis.review import outline

REVIEW: Final = "review.toml"
NEEDED: Final = (questionnaire.NAME, interview.NAME, codebook.NAME, REVIEW)
Model = TypeVar("Model", bound=Frozen)


@dataclass(frozen=True, slots=True)
class _Read(Generic[Model]):
    """What could be read of a file, the codes that were left out, and what was wrong."""

    model: Model | None = None
    spoilt: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()


def check(folder: Mapping[str, Source]) -> list[Fault]:
    """Return every fault in a folder, given as the text of its files by name."""
    texts, faults = _texts(folder)
    asked = _read(Questionnaire, texts, questionnaire.NAME)
    guide = _read(InterviewGuide, texts, interview.NAME)
    book = _read(CodebookFile, texts, codebook.NAME)
    return [
        *faults,
        *_absent(folder),
        *(*asked.faults, *guide.faults, *book.faults),
        *(_of_instruments(asked, asked.model, guide.model) if asked.model else ()),
        *(_of_themes(asked.model, guide.model, book.model, texts) if book.model else ()),
        *_of_review(texts, book.model),
        *_of_register(texts),
    ]


def _texts(folder: Mapping[str, Source]) -> tuple[dict[str, str], list[Fault]]:
    """Return the files that are text, and what is wrong with the others."""
    texts: dict[str, str] = {}
    faults: list[Fault] = []
    for name, source in folder.items():
        try:
            texts[name] = reading.text(source, name)
        except DefinitionError as error:
            faults += error.faults
    return texts, faults


def _absent(folder: Mapping[str, Source]) -> Iterator[Fault]:
    for name in NEEDED:
        if name not in folder:
            yield Fault(name, "", "The file is missing.", "Put it back, or check how it is spelt.")
    if register.NAME not in folder:
        remedy = "Add it, unless the authorities are in the register already."
        yield Fault(register.NAME, "", "The file is missing.", remedy, "warning")


def _read(kind: type[Model], texts: Mapping[str, str], name: str) -> _Read[Model]:
    if name not in texts:
        return _Read()
    try:
        tables = reading.table(texts[name], name)
    except DefinitionError as error:
        return _Read(faults=error.faults)
    model, faults = mending.understand(kind, tables, name)
    spoilt = _codes(tables) - _codes(model.model_dump() if model else {})
    return _Read(model, frozenset(spoilt), tuple(faults))


def _codes(tables: object) -> set[str]:
    """Return every code in tables within tables."""
    if isinstance(tables, Mapping):
        own = {tables["code"]} if isinstance(tables.get("code"), str) else set()
        return own.union(*(_codes(inner) for inner in tables.values()))
    return set().union(*map(_codes, tables)) if isinstance(tables, list | tuple) else set()


def _of_instruments(
    read: _Read[Questionnaire], asked: Questionnaire, guide: InterviewGuide | None
) -> Iterator[Fault]:
    yield from codes.of_questionnaire(asked)
    yield from settings.of_questionnaire(asked, {fault.item for fault in read.faults})
    if guide:
        yield from codes.of_interview(guide, asked)
        yield from settings.of_interview(guide)
    yield from routes.faults(asked, guide, read.spoilt)


def _of_themes(
    asked: Questionnaire | None,
    guide: InterviewGuide | None,
    book: CodebookFile,
    texts: Mapping[str, str],
) -> Iterator[Fault]:
    known = {theme.code for theme in book.themes}
    yield from themes.of_codebook(book)
    yield from themes.of_examples(book, texts)
    if asked:
        yield from themes.of_questionnaire(asked, known)
        yield from themes.not_asked_about(book, asked, guide)
    if guide:
        yield from themes.of_interview(guide, known)


def _of_review(texts: Mapping[str, str], book: CodebookFile | None) -> Iterator[Fault]:
    if REVIEW not in texts:
        return
    try:
        found = outline.parse(texts[REVIEW], REVIEW)
    except InputError as error:
        yield themes.of_input(error)
        return
    if book:
        for what in outline.check(found, Codebook(book.title, book.version, book.themes)):
            yield Fault(REVIEW, "", what, "Name a theme of the codebook.")


def _of_register(texts: Mapping[str, str]) -> tuple[Fault, ...]:
    if register.NAME not in texts:
        return ()
    try:
        return tuple(register.understand(texts[register.NAME])[1])
    except DefinitionError as error:
        return error.faults
