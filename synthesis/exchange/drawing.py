"""The coding of a survey drawn up as a project for other programs, and found again in theirs."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from types import MappingProxyType
from uuid import UUID

from synthesis.codebook import KINDS, Codebook, Theme
from synthesis.exchange.project import (
    Case,
    Code,
    Note,
    Project,
    Selection,
    Source,
    User,
    Variable,
    guid,
)
from synthesis.exchange.sheets import Sheet, lay_out
from synthesis.material import Material

TAGGER = "tagger"
GROUPS: Mapping[str, str] = {
    "strand": "Strands",
    "outcome": "Adverse outcomes",
    "evidence": "Kinds of evidence",
    "stance": "Stances",
    "emergent": "Emergent themes",
}
VARIABLES = ("Region", "Type", "Round")
NO_NOTES: Mapping[str, tuple[UUID, ...]] = MappingProxyType({})
NO_NAMES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Given:
    """A theme that somebody gave to some words; by the tagger it is only suggested.

    `by` is what they are known by here, or the name that a file gives them.
    """

    response: str
    start: int
    end: int
    theme: str
    by: str
    remark: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """A memo: `about` is passage, theme, authority, cell or survey; a passage has a place."""

    id: str
    about: str
    subject: str
    text: str
    by: str
    at: dt.datetime
    place: tuple[str, int, int] = ("", 0, 0)


@dataclass(frozen=True, slots=True)
class Told:
    """What a project tells of its survey, and the program that wrote it.

    `names` leads from what people are known by to what they are called, each by a name of their
    own; who is not in it is called what they are known by.
    """

    title: str
    region: str
    round: str
    origin: str
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A coding of a file that belongs nowhere here, and why."""

    words: str
    code: str
    source: str
    why: str


def code_of(theme: Theme) -> UUID:
    """Return the id that a theme has as a code, in every export."""
    return guid("theme", theme.code)


def draw_codes(
    codebook: Codebook, notes: Mapping[str, tuple[UUID, ...]] = NO_NOTES
) -> tuple[Code, ...]:
    """Return a codebook as groups of codes, by kind; a group cannot be coded with."""
    return tuple(
        Code(
            guid=guid("group", kind),
            name=GROUPS[kind],
            is_codable=False,
            codes=tuple(
                Code(
                    guid=code_of(theme),
                    # Names are unique in the whole project: two codes of one name are one to some.
                    name=f"{theme.code} {theme.name}",
                    description=_description(theme),
                    notes=notes.get(theme.code, ()),
                )
                for theme in codebook.of_kind(kind)
            ),
        )
        for kind in KINDS
        if codebook.of_kind(kind)
    )


def draw(
    material: Material,
    codebook: Codebook,
    told: Told,
    given: Sequence[Given],
    remarks: Sequence[Remark] = (),
) -> Project:
    """Return a survey's texts, codebook and coding; suggestions are coded by the tagger."""
    sheets = lay_out(material.responses, material.held)
    # People first: some programs take the first for whoever opens the file.
    people = {one.by for one in given} | {one.by for one in remarks}
    users = [User(_user(one), told.names.get(one, one)) for one in people]
    return Project(
        name=told.title,
        origin=told.origin,
        users=tuple(sorted(users, key=lambda one: (one.guid == _user(TAGGER), one.name))),
        codes=draw_codes(codebook, _about_themes(remarks)),
        variables=tuple(Variable(guid("variable", name), name) for name in VARIABLES),
        cases=tuple(_cases(material, told, sheets)),
        sources=tuple(_sources(sheets, codebook, given, remarks, material)),
        notes=tuple(_note(one) for one in remarks),
        description=f"Codebook {codebook.title}, version {codebook.version}.",
    )


def find(
    project: Project,
    material: Material,
    codebook: Codebook,
    names: Mapping[str, str] = NO_NAMES,
) -> tuple[list[Given], list[Unplaced]]:
    """Return what people coded in a project, by our responses and themes; and what has no place.

    `names` are as in `Told`: whoever a file names so, by id or by name, is given as what they are
    known by. A text that is one of ours leads back place by place. In any other the words coded are
    looked for, and count where they stand in just one response.
    """
    finder = _Finder(material, codebook, project, names)
    found: list[Given] = []
    unplaced: list[Unplaced] = []
    for source in project.sources:
        for one in source.selections:
            if one.code is None or finder.by(one, source) == TAGGER:
                continue
            placed = finder.place(one, source)
            if isinstance(placed, Given):
                found.append(placed)
            else:
                unplaced.append(placed)
    return found, unplaced


def _user(known_by: str) -> UUID:
    return guid("user", known_by)


def _description(theme: Theme) -> str:
    parts = [theme.definition]
    if theme.include:
        parts.append("Include: " + "; ".join(theme.include))
    if theme.exclude:
        parts.append("Leave out: " + "; ".join(theme.exclude))
    return "\n".join(parts)


def _note(one: Remark) -> Note:
    name = f"Memo on {one.about} {one.subject}".strip()
    return Note(guid("memo", one.id), name, one.text, _user(one.by), one.at.replace(microsecond=0))


def _about_themes(remarks: Iterable[Remark]) -> dict[str, tuple[UUID, ...]]:
    found: dict[str, tuple[UUID, ...]] = {}
    for one in remarks:
        if one.about == "theme":
            found[one.subject] = (*found.get(one.subject, ()), guid("memo", one.id))
    return found


def _cases(material: Material, told: Told, sheets: Iterable[Sheet]) -> Iterator[Case]:
    texts: dict[str, list[UUID]] = {}
    for sheet in sheets:
        texts.setdefault(sheet.authority, []).append(sheet.guid)
    for authority in material.authorities:
        known = zip(VARIABLES, (told.region, authority.type, told.round), strict=True)
        yield Case(
            guid=guid("authority", authority.code),
            name=authority.name,
            values=tuple((guid("variable", name), words) for name, words in known if words),
            sources=tuple(texts.get(authority.code, ())),
        )


def _sources(
    sheets: Iterable[Sheet],
    codebook: Codebook,
    given: Iterable[Given],
    remarks: Iterable[Remark],
    material: Material,
) -> Iterator[Source]:
    names = {authority.code: authority.name for authority in material.authorities}
    codings: dict[str, list[Given]] = {}
    for one in given:
        codings.setdefault(one.response, []).append(one)
    memos: dict[str, list[Remark]] = {}
    for remark in remarks:
        if remark.place[0]:
            memos.setdefault(remark.place[0], []).append(remark)
    codes = {theme.code: code_of(theme) for theme in codebook}
    for sheet in sheets:
        name = f"{names.get(sheet.authority, sheet.authority)}, {sheet.instrument}"
        made = list(_selections(sheet, codes, codings)) + list(_noted(sheet, memos))
        yield Source(sheet.guid, name, sheet.text, tuple(made))


def _selections(
    sheet: Sheet, codes: Mapping[str, UUID], codings: Mapping[str, Sequence[Given]]
) -> Iterator[Selection]:
    for stretch in sheet.stretches:
        for one in codings.get(stretch.response.id, ()):
            if one.theme in codes:
                start, end = stretch.there(one.start), stretch.there(one.end)
                yield Selection(
                    guid=_even_guid(one.response, f"{one.start}-{one.end}", one.theme, one.by),
                    start=start,
                    end=end,
                    quote=sheet.text[start:end],
                    user=_user(one.by),
                    code=codes[one.theme],
                    at=one.at.replace(microsecond=0) if one.at else None,
                    description=one.remark,
                )


def _noted(sheet: Sheet, memos: Mapping[str, Sequence[Remark]]) -> Iterator[Selection]:
    for stretch in sheet.stretches:
        for one in memos.get(stretch.response.id, ()):
            start, end = (stretch.there(place) for place in one.place[1:])
            yield Selection(
                guid=_even_guid("memo", one.id),
                start=start,
                end=end,
                quote=sheet.text[start:end],
                user=_user(one.by),
                at=one.at.replace(microsecond=0),
                notes=(guid("memo", one.id),),
            )


def _even_guid(*parts: str) -> UUID:
    """Return an id with its last bit off, for the coding beside it has it on."""
    return UUID(int=guid("selection", *parts).int & ~1)


class _Finder:
    """Where codings of a project belong here."""

    def __init__(
        self, material: Material, codebook: Codebook, project: Project, names: Mapping[str, str]
    ) -> None:
        self._codes = {code.guid: code for code in project.each_code()}
        self._users = dict(_known(project.users, names))
        self._sheets = {one.guid: one for one in lay_out(material.responses, material.held)}
        # One text of all, so that words are looked for once and not in every response.
        self._ids = [one.id for one in material.responses]
        texts = [f"{one.text}\0" for one in material.responses]
        self._starts = [0, *accumulate(map(len, texts))]
        self._all = "".join(texts)
        self._themes = _by_any_name(codebook)

    def by(self, one: Selection, source: Source) -> str:
        """Return who coded: what they are known by here, or else what the file calls them."""
        return self._users.get(one.user or source.user or UUID(int=0), "")

    def place(self, one: Selection, source: Source) -> Given | Unplaced:
        """Return where a coding belongs, or why it belongs nowhere."""
        code = self._codes.get(one.code or UUID(int=0))
        name = code.name if code else ""
        theme = self._themes.get(str(one.code)) or self._themes.get(name.casefold())
        where = self._here(one, source) or self._elsewhere(one)
        if theme is None or where is None:
            why = "no theme of this name" if theme is None else "its words stand nowhere here"
            return Unplaced(one.quote, name, source.name, why)
        return Given(*where, theme, self.by(one, source), one.description, one.at)

    def _here(self, one: Selection, source: Source) -> tuple[str, int, int] | None:
        sheet = self._sheets.get(source.guid)
        if sheet is None or sheet.text != source.text:
            return None
        stretch = sheet.around(one.start, one.end)
        return (stretch.response.id, *stretch.back(one.start, one.end)) if stretch else None

    def _elsewhere(self, one: Selection) -> tuple[str, int, int] | None:
        """Look for the words; they must be some, and stand in one place only."""
        words = one.quote.strip()
        place = self._all.find(words) if words else -1
        if place < 0 or self._all.find(words, place + 1) >= 0:
            return None
        number = bisect_right(self._starts, place) - 1
        start = place - self._starts[number]
        return self._ids[number], start, start + len(words)


def _known(users: Iterable[User], names: Mapping[str, str]) -> Iterator[tuple[UUID, str]]:
    """Lead from a file's users to what they are known by; programs keep ids, names or both."""
    by_guid = {_user(one): one for one in (*names, TAGGER)}
    by_name = {name.casefold(): one for one, name in names.items()}
    for user in users:
        name = user.name.strip()
        known = by_guid.get(user.guid) or by_name.get(name.casefold())
        yield user.guid, known or (TAGGER if name.casefold() == TAGGER else name)


def _by_any_name(codebook: Codebook) -> dict[str, str]:
    """Lead to themes from the ids and names that codes may have."""
    found: dict[str, str] = {}
    for theme in codebook:
        for name in (theme.name, theme.code, f"{theme.code} {theme.name}"):
            found[name.casefold()] = theme.code
        found[str(code_of(theme))] = theme.code
    return found
