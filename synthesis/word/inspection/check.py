"""Everything that is wrong with a Word file, in words."""

from collections.abc import Callable, Iterator
from typing import Final

from synthesis.errors import InputError
from synthesis.word.inspection import contents, jumps, parts
from synthesis.word.inspection.package import DOCUMENT, Package, open_package, w, words

Rule = Callable[[Package], Iterator[str]]

RULES: Final[tuple[Rule, ...]] = (
    parts.parts,
    parts.targets,
    parts.properties,
    parts.settings,
    parts.language,
    parts.pages,
    parts.styles,
    contents.headings,
    contents.tables,
    contents.cells,
    contents.pictures,
    jumps.fields,
    jumps.bookmarks,
    jumps.links,
)


def check(docx: bytes) -> list[str]:
    """Say what is wrong with a Word file and where; an empty list means it is good."""
    try:
        package = open_package(docx)
    except InputError as error:
        return [str(error)]
    return [violation for rule in RULES for violation in rule(package)]


def text_of(docx: bytes) -> list[str]:
    """Give the words of every paragraph in the document, cells and contents too, in order."""
    document = open_package(docx).parts[DOCUMENT]
    return [text for paragraph in document.iter(w("p")) if (text := words(paragraph))]
