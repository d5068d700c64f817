"""A REFI-QDA file read: of what it holds, what is about text.

Programs differ in how they count. Whether an end is the last place or the one after it, and whether
a byte order mark or a line's two end characters count, is told by the selections that quote their
words: what makes most quotes true is how the file counts.
"""

import datetime as dt
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from lxml import etree

from synthesis.errors import InputError
from synthesis.exchange.project import (
    Case,
    Code,
    Note,
    Project,
    Selection,
    Source,
    User,
    Variable,
)
from synthesis.exchange.writing import FOLDER, INTERNAL, PROJECT_FILE, Element

LARGEST = 200_000_000
"""The most bytes that a file may hold unpacked."""
MOST_FILES = 20_000
_BOM = "\ufeff"
_DAMAGED: Final = ("Its XML is damaged.", "Export it again.")
# What comes of an archive that is none, is damaged, is locked or is packed in a way of its own.
_NO_ARCHIVE: Final = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError),
    *(RuntimeError, NotImplementedError, ValueError),
)


def check_project(content: bytes, name: str) -> None:
    """Raise InputError unless a file looks like a project: an archive of sound size with one in it.

    Nothing but its list of parts and the first lines are read, so it is quick however large it is;
    whatever else is wrong with a file is found when it is read.
    """
    with _opened(content, name) as archive, archive.open(_project_in(archive, name)) as stream:
        try:
            # Entities stay unresolved: a file with rules of its own is refused below.
            events = etree.iterparse(stream, ("start",), resolve_entities=False, load_dtd=False)
            _, root = next(events)
        except etree.XMLSyntaxError as error:
            raise _refused(name, *_DAMAGED) from error
        _refuse_another(root, name, "Project")


def read_project(content: bytes, name: str) -> Project:
    """Return the project in a .qdpx file. Raises InputError where it is none, or breaks its rules.

    `name` is the file's name, for errors.
    """
    with _opened(content, name) as archive:
        inside = _project_in(archive, name)
        files = {one.filename: archive.read(one) for one in archive.infolist() if not one.is_dir()}
    return _Reader(_parse(files[inside], name, "Project"), files, name).project()


def read_codebook(content: bytes, name: str) -> tuple[Code, ...]:
    """Return the codes in a .qdc file. Raises InputError where it is none."""
    root = _parse(content, name, "CodeBook")
    return tuple(_codes(root.find("{*}Codes"), name))


def _refused(name: str, fault: str, remedy: str) -> InputError:
    return InputError(name, fault, remedy)


@contextmanager
def _opened(content: bytes, name: str) -> Iterator[zipfile.ZipFile]:
    """Open an archive, unless it is far too large; what turns out damaged later is refused too."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            if len(infos) > MOST_FILES or sum(one.file_size for one in infos) > LARGEST:
                raise _refused(name, "It is too large.", "Export fewer texts, without pictures.")
            yield archive
    except InputError:
        raise
    except _NO_ARCHIVE as error:
        fault = "It is not a REFI-QDA project, or it is damaged."
        raise _refused(name, fault, "Export it again as .qdpx.") from error


def _project_in(archive: zipfile.ZipFile, name: str) -> str:
    inside = next((path for path in archive.namelist() if path.lower() == PROJECT_FILE), None)
    if inside is None:
        raise _refused(name, "It holds no project.qde.", "Export a REFI-QDA project (.qdpx).")
    return inside


def _parse(content: bytes, name: str, tag: str) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _refused(name, *_DAMAGED) from error
    _refuse_another(root, name, tag)
    return root


def _refuse_another(root: Element, name: str, tag: str) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise _refused(name, "It brings rules of its own (DOCTYPE).", "Export it again.")
    if etree.QName(root).localname != tag:
        raise _refused(name, f"It holds no {tag}.", "Choose a REFI-QDA file.")


def _known(element: Element, attribute: str, name: str) -> UUID:
    found = _maybe(element, attribute, name)
    if found is None:
        tag = etree.QName(element).localname
        raise _refused(name, f"A {tag} has no {attribute}.", "Export it again.")
    return found


def _maybe(element: Element, attribute: str, name: str) -> UUID | None:
    value = element.get(attribute)
    if not value:
        return None
    try:
        return UUID(value.strip())
    except ValueError as error:
        tag = etree.QName(element).localname
        fault = f"The {attribute} of a {tag} is no id: {value[:50]!r}."
        raise _refused(name, fault, "Export it again.") from error


def _place(element: Element, attribute: str, name: str) -> int:
    value = element.get(attribute, "").strip()
    if not value.isdecimal():
        fault = f"A selection's {attribute} is {value[:20]!r}, not a number."
        raise _refused(name, fault, "Export it again.")
    return int(value)


def _moment(element: Element, attribute: str = "creationDateTime") -> dt.datetime | None:
    """Return a time; one that cannot be read is none, for nothing rests on it."""
    try:
        found = dt.datetime.fromisoformat(element.get(attribute, ""))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def _text(element: Element, tag: str) -> str:
    return element.findtext(f"{{*}}{tag}") or ""


def _each(parent: Element | None, tag: str) -> Iterator[Element]:
    if parent is not None:
        yield from parent.iterfind(f"{{*}}{tag}")


def _targets(element: Element, tag: str, name: str) -> tuple[UUID, ...]:
    return tuple(_known(one, "targetGUID", name) for one in _each(element, tag))


def _codes(parent: Element | None, name: str) -> Iterator[Code]:
    for one in _each(parent, "Code"):
        yield Code(
            guid=_known(one, "guid", name),
            name=one.get("name", ""),
            description=_text(one, "Description"),
            is_codable=one.get("isCodable", "true").strip() in ("true", "1"),
            codes=tuple(_codes(one, name)),
            notes=_targets(one, "NoteRef", name),
        )


@dataclass(frozen=True, slots=True)
class _Reader:
    """The parts of one file, and its name for errors."""

    root: Element
    files: Mapping[str, bytes]
    name: str

    def project(self) -> Project:
        sources = tuple(self._sources())
        return Project(
            name=self.root.get("name", ""),
            origin=self.root.get("origin", ""),
            users=tuple(
                User(_known(one, "guid", self.name), one.get("name", ""))
                for one in _each(self.root.find("{*}Users"), "User")
            ),
            codes=tuple(_codes(self.root.find("{*}CodeBook/{*}Codes"), self.name)),
            variables=tuple(
                Variable(_known(one, "guid", self.name), one.get("name", ""))
                for one in _each(self.root.find("{*}Variables"), "Variable")
            ),
            cases=tuple(self._cases()),
            sources=as_counted(sources),
            notes=tuple(self._notes()),
            description=_text(self.root, "Description"),
            at=_moment(self.root),
        )

    def _cases(self) -> Iterator[Case]:
        for one in _each(self.root.find("{*}Cases"), "Case"):
            values = (
                (_known(ref, "targetGUID", self.name), _text(value, "TextValue"))
                for value in _each(one, "VariableValue")
                for ref in _each(value, "VariableRef")
            )
            yield Case(
                guid=_known(one, "guid", self.name),
                name=one.get("name", ""),
                values=tuple(values),
                sources=_targets(one, "SourceRef", self.name),
            )

    def _sources(self) -> Iterator[Source]:
        for one in _each(self.root.find("{*}Sources"), "TextSource"):
            yield Source(
                guid=_known(one, "guid", self.name),
                name=one.get("name", ""),
                text=self._words(one),
                selections=tuple(self._selections(one)),
                description=_text(one, "Description"),
                user=_maybe(one, "creatingUser", self.name),
                at=_moment(one),
            )

    def _selections(self, source: Element) -> Iterator[Selection]:
        """Yield a selection for every code; one with none is there for its note."""
        for one in _each(source, "PlainTextSelection"):
            codings = list(_each(one, "Coding"))
            selection = Selection(
                guid=_known(one, "guid", self.name),
                start=_place(one, "startPosition", self.name),
                end=_place(one, "endPosition", self.name),
                quote=one.get("name", ""),
                user=_maybe(one, "creatingUser", self.name),
                at=_moment(one),
                description=_text(one, "Description"),
                notes=_targets(one, "NoteRef", self.name),
            )
            for coding in codings:
                (code,) = _targets(coding, "CodeRef", self.name)[:1] or (None,)
                user = _maybe(coding, "creatingUser", self.name) or selection.user
                yield replace(selection, code=code, user=user, at=_moment(coding) or selection.at)
            if not codings:
                yield selection

    def _notes(self) -> Iterator[Note]:
        for one in _each(self.root.find("{*}Notes"), "Note"):
            yield Note(
                guid=_known(one, "guid", self.name),
                name=one.get("name", ""),
                text=self._words(one),
                user=_maybe(one, "creatingUser", self.name),
                at=_moment(one),
            )

    def _words(self, source: Element) -> str:
        """Return a text, from a file of its own or from the project's."""
        path = source.get("plainTextPath", "")
        if not path:
            return _text(source, "PlainTextContent")
        wanted = path.removeprefix(INTERNAL).removeprefix("/").lower()
        for name, content in self.files.items():
            if name.lower() in (wanted, f"{FOLDER}/{wanted}"):
                try:
                    return content.decode("utf-8")
                except UnicodeDecodeError as error:
                    fault = f"The text {source.get('name', path)!r} is not UTF-8."
                    raise _refused(self.name, fault, "Export it again.") from error
        fault = f"The text {source.get('name', path)!r} is missing."
        raise _refused(self.name, fault, "Export it again, with its texts.")


Text = Callable[[str], str]
_TEXTS: tuple[Text, ...] = (
    lambda text: text,
    lambda text: text.removeprefix(_BOM),
    lambda text: text.replace("\r\n", "\n"),
    lambda text: text.removeprefix(_BOM).replace("\r\n", "\n"),
)
"""How a program may have seen a text that it counted in."""


def as_counted(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Return the texts as the program that wrote them counted, with ends after the last place."""
    sources = tuple(sources)
    ways = [(text, more) for more in (0, 1) for text in _TEXTS]

    def true(way: tuple[Text, int]) -> int:
        text, more = way
        return sum(_true(one, text(one.text), more) for one in sources)

    # max keeps the first of equals: without quotes, the file counts as we do.
    text, more = max(ways, key=true)
    return tuple(_counted(one, text(one.text), more) for one in sources)


def _true(source: Source, text: str, more: int) -> int:
    return sum(
        one.quote != "" and text[one.start : one.end + more] == one.quote
        for one in source.selections
    )


def _counted(source: Source, text: str, more: int) -> Source:
    selections = (
        replace(one, end=one.end + more, quote=text[one.start : one.end + more])
        for one in source.selections
    )
    return replace(source, text=text, selections=tuple(selections))
