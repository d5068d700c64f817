"""Contacts brought in from a spreadsheet: each row checked first, and nothing written before.

Checking is a pure function of the rows and of what is known already.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from surveyapp.coordinate.spreadsheets import Sheet, SpreadsheetError
from surveyapp.definitions.faults import listed, suggestion

Verdict = Literal["add", "change", "same", "refuse"]
NEEDED: Final = ("authority", "name", "email")
COLUMNS: Final = (*NEEDED, "job_title", "coordinator")
EMAIL: Final = re.compile(r"[^@\s,;:<>()\"]+@[^@\s,;:<>()\"]+\.[^@\s.,;:<>()\"]+")
YES: Final = frozenset({"yes", "y", "true", "1", "x"})
NO: Final = frozenset({"", "no", "n", "false", "0"})


def plain(name: str) -> str:
    """Return a name without what people write in more than one way."""
    return " ".join(name.casefold().replace("&", " and ").split())


@dataclass(frozen=True, slots=True)
class Contact:
    """A person as a row names them, at one authority."""

    authority_code: str
    name: str
    email: str
    job_title: str = ""
    is_coordinator: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What is there already: authorities by code, people, and who completes which return."""

    authorities: Mapping[str, str]
    asked: frozenset[str] = frozenset()
    staff: frozenset[str] = frozenset()
    contacts: Mapping[tuple[str, str], Contact] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    # Every other name an authority goes by, and what to say of those that do not stand.
    aliases: Mapping[str, str] = field(default_factory=dict)
    gone: Mapping[str, str] = field(default_factory=dict)

    def find(self, words: str) -> str:
        """Return the code of the authority that a row means, by code or by name."""
        if words.upper() in self.authorities:
            return words.upper()
        named = {plain(name): code for code, name in self.authorities.items()}
        others = {plain(name): code for name, code in self.aliases.items()}
        return (others | named).get(plain(words), "")

    def ended(self, words: str) -> str:
        """Return why an authority that a row names cannot be asked, where it does not stand."""
        return {plain(name): why for name, why in self.gone.items()}.get(plain(words), "")

    def coordinator(self, code: str) -> Contact | None:
        """Return who coordinates at an authority now."""
        return next(
            (one for (at, _), one in self.contacts.items() if at == code and one.is_coordinator),
            None,
        )


@dataclass(frozen=True, slots=True)
class Checked:
    """One row: what will become of it, in words, and the contact it names unless refused."""

    line: int
    row: Mapping[str, str]
    verdict: Verdict
    words: str
    contact: Contact | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A spreadsheet of contacts, row by row, the columns not used, and whom it brings in."""

    rows: tuple[Checked, ...]
    unused: tuple[str, ...] = ()
    brought_in: tuple[str, ...] = ()

    def count(self, verdict: Verdict) -> int:
        """Count the rows with one verdict."""
        return sum(row.verdict == verdict for row in self.rows)

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """Return the contacts that will be written."""
        wanted = (row.contact for row in self.rows if row.verdict in ("add", "change"))
        return tuple(contact for contact in wanted if contact)


def check(sheet: Sheet, known: Known) -> Check:
    """Return what will become of every row, or raise SpreadsheetError where columns are missing."""
    absent = [column for column in NEEDED if column not in sheet.columns]
    if absent:
        raise SpreadsheetError(
            f"The first row must name the columns {listed(NEEDED)}. Missing: {listed(absent)}."
        )
    checked: list[Checked] = []
    for line, row in sheet.rows:
        checked.append(_checked(line, row, known, checked))
    unused = tuple(column for column in sheet.columns if column and column not in COLUMNS)
    codes = (row.contact.authority_code for row in checked if row.contact)
    joining = dict.fromkeys(code for code in codes if code not in known.asked)
    return Check(tuple(checked), unused, tuple(known.authorities[code] for code in joining))


def _checked(line: int, row: Mapping[str, str], known: Known, before: Sequence[Checked]) -> Checked:
    contact = _contact(row, known)
    reasons = [*_wrong(row, contact, known), *_clashes(contact, before)]
    if reasons:
        return Checked(line, row, "refuse", " ".join(reasons))
    old = known.contacts.get((contact.authority_code, contact.email))
    # A cell left empty changes nothing.
    contact = replace(contact, job_title=contact.job_title or (old.job_title if old else ""))
    if old and "coordinator" not in row:
        contact = replace(contact, is_coordinator=old.is_coordinator)
    changes = list(_changes(contact, old, known))
    verdict: Verdict = "add" if old is None else "change" if changes else "same"
    return Checked(line, row, verdict, " ".join(changes) or "Nothing changes.", contact)


def _contact(row: Mapping[str, str], known: Known) -> Contact:
    return Contact(
        authority_code=known.find(row.get("authority", "")),
        name=row.get("name", ""),
        email=row.get("email", "").lower(),
        job_title=row.get("job_title", ""),
        is_coordinator=row.get("coordinator", "").casefold() in YES,
    )


def _wrong(row: Mapping[str, str], contact: Contact, known: Known) -> Iterator[str]:
    if not contact.authority_code:
        yield _unknown(row.get("authority", ""), known)
    if not contact.name:
        yield "The name is missing."
    if not contact.email:
        yield "The e-mail address is missing."
    elif not EMAIL.fullmatch(contact.email):
        yield f"“{contact.email}” is not an e-mail address."
    elif contact.email in known.staff:
        yield f"{contact.email} belongs to a member of staff, who cannot complete a return."
    if row.get("coordinator", "").casefold() not in YES | NO:
        yield f"“{row['coordinator']}” is neither yes nor no."


def _unknown(given: str, known: Known) -> str:
    if not given:
        return "The authority is missing."
    near = suggestion(given, known.authorities.values())
    return known.ended(given) or f"“{given}” is not an authority in the register.{near}"


def _clashes(contact: Contact, before: Sequence[Checked]) -> Iterator[str]:
    """Find rows further up that say something else about the same person or authority."""
    for row in before:
        if row.contact is None or row.contact.authority_code != contact.authority_code:
            continue
        if row.contact.email == contact.email:
            yield f"This person is on line {row.line} already."
        elif row.contact.is_coordinator and contact.is_coordinator:
            yield f"Line {row.line} names another coordinator for this authority."


def _changes(contact: Contact, old: Contact | None, known: Known) -> Iterator[str]:
    authority = known.authorities[contact.authority_code]
    if contact.authority_code not in known.asked:
        yield f"{authority} is brought into the survey."
    if old is None:
        yield f"{contact.name} is added at {authority}."
    name = known.names.get(contact.email, contact.name)
    if name != contact.name:
        yield f"The name {name} becomes {contact.name}."
    if old and old.job_title != contact.job_title:
        yield f"The job title {old.job_title or '(none)'} becomes {contact.job_title}."
    yield from _coordination(contact, old, known)


def _coordination(contact: Contact, old: Contact | None, known: Known) -> Iterator[str]:
    now = known.coordinator(contact.authority_code)
    if contact.is_coordinator and not (old and old.is_coordinator):
        instead = f" instead of {now.name}" if now else ""
        yield f"{contact.name} coordinates{instead}."
    if old and old.is_coordinator and not contact.is_coordinator:
        yield f"{contact.name} no longer coordinates."
