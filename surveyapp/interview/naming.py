"""Contacts and documents made of notes: what the words seem to say, for a person to check."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from sqlalchemy.orm import Session

from surveyapp import audit
from surveyapp.definitions.values import as_date
from surveyapp.interview import corrections
from surveyapp.interview.notes import Hand
from surveyapp.models import KeyContact, Note, SharedDocument

LONGEST_TITLE: Final = 120
EMAIL: Final = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
PHONE: Final = re.compile(r"(?<!\w)\+?\(?\d[\d ()-]{7,16}\d(?!\w)")
LINK: Final = re.compile(r"(?:https?://|www\.)\S+[^\s.,;:)\]]", re.IGNORECASE)
# A title ends with its sentence, but not inside "v1.0", and before the day by which it comes.
ENDS_TITLE: Final = re.compile(r"\.(?!\w)|\n|,\s+by\s", re.IGNORECASE)
QUOTED: Final = re.compile(r"[“‘\"']([^“”‘\"\n]{3,120}?)[”’\"'](?!\w)")
CAPITALISED: Final = re.compile(
    r"(?<![\w@.])[A-Z][\w’'-]+(?: (?:(?:van|von|de|der|la|le|bin|al) )?[A-Z][\w’'-]+){1,3}"
)
ROLE: Final = re.compile(
    r"^\s*(?:,|\(|–|-|is (?:the|our)|, (?:the|our))\s*(?:the |our )?([^,.;()\n]+)"
)
# A sentence that asks for something opens with one of these, and no name does.
OPENING: Final = frozenset(
    (
        *("Ask", "Speak", "Talk", "Ring", "Call", "Contact", "Email", "Write", "See"),
        *("Our", "The", "Their", "They", "We", "Please", "Try"),
    )
)
MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
IN_WORDS: Final = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b", re.IGNORECASE)
IN_FIGURES: Final = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")


@dataclass(frozen=True, slots=True)
class Contact:
    """Who to ask about a strand."""

    name: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""
    theme: str = ""
    may_publish: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was promised."""

    title: str = ""
    url: str = ""
    dated: dt.date | None = None
    kind: str = ""
    owner: str = ""
    theme: str = ""
    may_share: bool = False


Row = TypeVar("Row", KeyContact, SharedDocument)


def guess_contact(note: Note) -> Contact:
    """Return what a note seems to say about somebody to ask."""
    text = note.text
    email, phone = _first(EMAIL, text), _first(PHONE, EMAIL.sub(" ", text))
    name, after = _name(text)
    found = ROLE.match(after)
    role = found[1].strip() if found and "@" not in found[1] and not PHONE.search(found[1]) else ""
    return Contact(name, role[:LONGEST_TITLE], email, phone, corrections.theme_of(note))


def guess_document(note: Note) -> Document:
    """Return what a note seems to say about a document."""
    text = note.text
    quoted = QUOTED.search(text)
    plain = LINK.sub(" ", text).strip()
    title = quoted[1] if quoted else ENDS_TITLE.split(plain, maxsplit=1)[0]
    return Document(
        title=" ".join(title.split())[:LONGEST_TITLE],
        url=_first(LINK, text),
        dated=guess_day(text),
        theme=corrections.theme_of(note),
    )


def guess_day(text: str) -> dt.date | None:
    """Return the first whole date in words or figures, day before month."""
    words, figures = IN_WORDS.search(text), IN_FIGURES.search(text)
    if words:
        month = MONTHS.index(words[2].lower()) + 1
        return _day(int(words[1]), month, int(words[3]))
    return _day(*(int(part) for part in figures.groups())) if figures else None


def keep_contact(
    session: Session, note: Note, told: Contact, row: KeyContact | None, by: Hand
) -> KeyContact:
    """Keep somebody named in a note: a new row, or the one they have already."""
    row = row or _same(note.interview.contacts, note, told.name, "name") or KeyContact()
    row.interview, row.note_id = note.interview, note.id
    row.name, row.role, row.email, row.phone = told.name, told.role, told.email, told.phone
    row.theme, row.may_publish = told.theme, told.may_publish
    session.add(row)
    session.flush()
    detail = {"note": note.id, "contact": row.id}
    audit.record(session, "contact.named", note.interview, by.author, **detail)
    return row


def keep_document(
    session: Session, note: Note, told: Document, row: SharedDocument | None, by: Hand
) -> SharedDocument:
    """Keep a document promised in a note: a new row, or the one it has already."""
    row = row or _same(note.interview.documents, note, told.title, "title") or SharedDocument()
    row.interview, row.note_id = note.interview, note.id
    row.title, row.url, row.dated, row.kind = told.title, told.url, told.dated, told.kind
    row.owner, row.theme, row.may_share = told.owner, told.theme, told.may_share
    session.add(row)
    session.flush()
    detail = {"note": note.id, "document": row.id}
    audit.record(session, "document.promised", note.interview, by.author, **detail)
    return row


def _same(rows: Sequence[Row], note: Note, named: str, by: str) -> Row | None:
    """Return the row of the same name that a button pressed twice has made already."""
    of_note = (row for row in rows if row.note_id == note.id)
    return next((row for row in of_note if getattr(row, by).lower() == named.lower()), None)


def _name(text: str) -> tuple[str, str]:
    """Return the first name in a text, and what follows it."""
    for found in CAPITALISED.finditer(text):
        words = found[0].split()
        while words and words[0] in OPENING:
            words.pop(0)
        if len(words) > 1:
            return " ".join(words), text[found.end() :]
    return "", ""


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[0].strip() if found else ""


def _day(day: int, month: int, year: int) -> dt.date | None:
    written = f"{year:04}-{month:02}-{day:02}"
    return dt.date.fromisoformat(written) if as_date(written) else None
