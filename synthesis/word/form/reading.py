"""A filled-in form read back: the answers by their tags, and everything that is no answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from synthesis.word.form.archive import Archive, open_archive
from synthesis.word.form.blocks import (
    NO_ANSWER,
    PLACEHOLDERS,
    Field,
    Form,
    Heading,
    bookmark_of,
    entry_text,
    known_as,
    option_tag,
)
from synthesis.word.form.controls import TICKED
from synthesis.word.form.outside import other_stories, strays
from synthesis.word.form.walking import Notice, Piece, Walk, walk
from synthesis.word.form.writing import REFERENCE, write
from synthesis.word.package import CUSTOM

# What Word itself shows in a control that somebody has emptied.
_WORDS_OWN: Final = "Click or tap here to enter text."
_NOTHING: Final = frozenset({"", _WORDS_OWN, NO_ANSWER, *PLACEHOLDERS.values()})
_HINTS: Final = tuple(sorted(_NOTHING - {"", NO_ANSWER}, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Given:
    """What stands in one field: its text, or the codes of what was chosen."""

    text: str = ""
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormAnswers:
    """The answers by their tags; a field that is not in the file any more has none."""

    answers: Mapping[str, Given]
    notices: tuple[Notice, ...]


def reference(docx: bytes) -> str:
    """Give the reference that a form was written with; "" where it has none any more."""
    root = open_archive(docx).parts.get(CUSTOM)
    for one in () if root is None else root:
        if one.get("name") == REFERENCE:
            return "".join(str(text) for text in one.itertext()).strip()
    return ""


def read(docx: bytes, form: Form) -> FormAnswers:
    """Read a file that was written from this form, or raise InputError where it cannot be read."""
    archive = open_archive(docx)
    tags = _tags(form)
    marks = {bookmark_of(tag): tag for tag in tags.values()}
    found = _known(walk(archive.parts[archive.main], marks), tags)
    texts, notices = _texts(found, list(tags.values()))
    answers, unlisted = _answers(form, texts)
    told = (*notices, *unlisted, *_merged(found.notices))
    return FormAnswers(answers, (*told, *_outside(archive, found, tags, marks, form)))


def _tags(form: Form) -> dict[str, str]:
    """Give every tag by the name that Word knows it by."""
    tags = [one for field in form.fields() for one in _tags_of(field)]
    return {known_as(tag): tag for tag in tags}


def _tags_of(field: Field) -> list[str]:
    if field.kind != "choices":
        return [field.tag]
    return [option_tag(field, option) for option in field.options]


def _known(found: Walk, tags: Mapping[str, str]) -> Walk:
    """Tell the tags of this form from others."""
    pieces = [replace(piece, tag=tags.get(piece.tag, piece.tag)) for piece in found.pieces]
    controls = [(number, tags.get(tag, tag)) for number, tag in found.controls]
    notices = [replace(one, tag=tags.get(one.tag, one.tag)) for one in found.notices]
    return replace(found, pieces=pieces, controls=controls, notices=notices)


def _texts(found: Walk, tags: Sequence[str]) -> tuple[dict[str, str], list[Notice]]:
    """Give the text under every tag, by its control or else its bookmark."""
    texts: dict[str, str] = {}
    notices: list[Notice] = []
    held: dict[str, list[Piece]] = {}
    marked: dict[str, list[Piece]] = {}
    for piece in found.pieces:
        held.setdefault(piece.tag, []).append(piece)
        marked.setdefault(piece.marked, []).append(piece)
    for tag in tags:
        copies = [joined(list(run)) for _, run in _by_control(held.get(tag, []))]
        copies = copies or ([joined(marked[tag])] if tag in marked else [])
        if not copies:
            notices.append(Notice("gone", "", tag=tag))
            continue
        texts[tag] = copies[0]
        others = [copy for copy in dict.fromkeys(copies[1:]) if copy not in (copies[0], "")]
        notices += [Notice("twice", copy, tag=tag) for copy in others]
    return texts, notices


def _by_control(pieces: list[Piece]) -> Iterator[tuple[int, Iterator[Piece]]]:
    """Part the pieces by the controls they stand in; one control may stand within another."""
    return groupby(sorted(pieces, key=_number), _number)


def _number(piece: Piece) -> int:
    return piece.control


def joined(pieces: list[Piece]) -> str:
    """Join pieces into a text, a new line for every paragraph; what only hints at it is no text."""
    lines = ["".join(one.text for one in run) for _, run in groupby(pieces, lambda p: p.paragraph)]
    first = pieces[0]
    # A control that stands within a line opens in the paragraph round it.
    text = "\n".join(lines[1:] if lines and not lines[0] and len(lines) > 1 else lines)
    if text.strip() in _NOTHING and (first.is_placeholder or text.strip() != NO_ANSWER):
        return ""
    return text if first.is_placeholder else _without_hint(text)


def _without_hint(text: str) -> str:
    """Take out the hint that some programs leave beside what was typed."""
    for hint in _HINTS:
        if text.startswith(hint) or text.endswith(hint):
            return text.removeprefix(hint).removesuffix(hint)
    return text


def _answers(form: Form, texts: Mapping[str, str]) -> tuple[dict[str, Given], list[Notice]]:
    answers: dict[str, Given] = {}
    notices: list[Notice] = []
    for field in form.fields():
        if field.kind == "choices":
            answers |= _ticked(field, texts)
        elif field.tag in texts and field.kind == "choice":
            answers[field.tag] = _chosen(field, texts[field.tag])
            if answers[field.tag].text:
                notices.append(Notice("list", answers[field.tag].text, tag=field.tag))
        elif field.tag in texts:
            answers[field.tag] = Given(texts[field.tag])
    return answers, notices


def _ticked(field: Field, texts: Mapping[str, str]) -> dict[str, Given]:
    """Read the boxes; those that are gone are as they were, and are told of."""
    if not any(tag in texts for tag in _tags_of(field)):
        return {}
    chosen = tuple(
        option.code
        for option in field.options
        if _is_ticked(texts.get(option_tag(field, option)), was=option.code in field.chosen)
    )
    return {field.tag: Given(chosen=chosen)}


def _is_ticked(text: str | None, *, was: bool) -> bool:
    if text is None:
        return was
    return text.strip() in (TICKED, "☑", "✓", "✔", "x", "X")


def _chosen(field: Field, text: str) -> Given:
    """Find the option by its words; words that are no option are kept as they are."""
    line = " ".join(text.split())
    if line in ("", NO_ANSWER):
        return Given()
    for option in field.options:
        if line.casefold() in (entry_text(option.text).casefold(), option.code.casefold()):
            return Given(chosen=(option.code,))
    return Given(line)


def _merged(notices: Sequence[Notice]) -> list[Notice]:
    """Tell once what is said again and again about the same answer, its words together."""
    merged: dict[tuple[str, str, str], list[str]] = {}
    for one in notices:
        merged.setdefault((one.kind, one.tag, one.author), []).append(one.text)
    return [
        Notice(one.kind, "".join(merged.pop(key)), tag=one.tag, author=one.author)
        for one in notices
        if (key := (one.kind, one.tag, one.author)) in merged
    ]


def _outside(
    archive: Archive,
    found: Walk,
    tags: Mapping[str, str],
    marks: Mapping[str, str],
    form: Form,
) -> list[Notice]:
    """Compare what stands outside the fields with what was written there."""
    own = open_archive(write(form))
    written = _known(walk(own.parts[own.main], marks), tags)
    known = frozenset(tags.values())
    headings = {" ".join(one.text.split()) for one in form.blocks if isinstance(one, Heading)}
    return [*strays(found, written, known, headings), *other_stories(archive.parts, own.parts)]
