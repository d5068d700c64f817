"""A file of notes, by what it is called: looked into first, and then read into passages."""

from collections.abc import Callable, Mapping
from typing import Final

from surveyapp import files
from surveyapp.files import names
from surveyapp.interview.bringing import texts, transcripts
from surveyapp.interview.bringing.passages import (
    MOST,
    MOST_PASSAGES,
    Brought,
    Passage,
    Source,
    UnreadableFileError,
    fit,
)
from surveyapp.pages import counted
from synthesis.errors import InputError
from synthesis.word import prose

NOT_TAKEN: Final = (
    "The file must be a Word document (.docx), plain text (.txt) or a transcript (.vtt). Save it "
    "as one of these and choose it again."
)
NO_WORDS: Final = "There are no words in this file. Choose a file that has notes in it."
TOO_LONG: Final = (
    "There is far more in this file than anybody says in a call. Take out what is not about this "
    "interview, and choose it again."
)


def read(given_name: str, content: bytes) -> Brought:
    """Return what a file says; SurveyError with words that say why it cannot be taken."""
    ending = names.extension(names.safe(given_name))
    if ending not in _READ:
        # Programs, old formats and archives have reasons of their own.
        files.check(given_name, content)
        raise UnreadableFileError(NOT_TAKEN)
    _look_into(ending, content)
    brought = _READ[ending](content)
    if sum(len(one.text) for one in brought.passages) > MOST:
        raise UnreadableFileError(TOO_LONG)
    passages = fit(brought.passages)
    if len(passages) > MOST_PASSAGES:
        raise UnreadableFileError(TOO_LONG)
    if not passages:
        raise UnreadableFileError(NO_WORDS)
    return Brought(brought.source, passages, brought.warnings)


def _look_into(ending: str, content: bytes) -> None:
    if ending == "docx":
        files.check("notes.docx", content)
        return
    # What says that it is wide is looked into as such.
    marked = b"\xff\xfe" + content if texts.is_wide(content) else content
    files.check("notes.txt", marked)


def _docx(content: bytes) -> Brought:
    try:
        found = prose.read(content)
    except InputError as error:
        raise UnreadableFileError(f"{error.fault} {error.remedy}") from error
    passages: list[Passage] = []
    heading = ""
    for line in found.lines:
        if line.is_heading:
            heading = line.text
        else:
            passages.append(Passage(line.text, under=line.beside or heading))
    # Headings alone are better than nothing.
    passages = passages or [Passage(line.text) for line in found.lines]
    return Brought("docx", tuple(passages), tuple(filter(None, _left_out(found))))


def _left_out(found: prose.Prose) -> tuple[str, ...]:
    pictures = counted(found.objects, "picture or other object", "pictures or other objects")
    removed = counted(found.removed, "tracked change", "tracked changes")
    return (
        f"The file has {pictures} in it, which cannot be read as words." if found.objects else "",
        f"Words that {removed} took out are left out." if found.removed else "",
    )


def _plain(source: Source, split: Callable[[str], list[Passage]]) -> Callable[[bytes], Brought]:
    def read_words(content: bytes) -> Brought:
        text = texts.decode(content)
        if len(text) > MOST:
            raise UnreadableFileError(TOO_LONG)
        return Brought(source, tuple(split(text)))

    return read_words


_READ: Final[Mapping[str, Callable[[bytes], Brought]]] = {
    "docx": _docx,
    "txt": _plain("txt", texts.read),
    "vtt": _plain("vtt", transcripts.read),
}
