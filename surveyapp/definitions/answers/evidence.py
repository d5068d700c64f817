"""Documents offered as evidence, and people to ask."""

import re
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Final

from surveyapp.definitions.answers.errors import AnswerError, Problem, refuse
from surveyapp.definitions.answers.figures import day
from surveyapp.definitions.answers.texts import line
from surveyapp.definitions.questions import DocumentQuestion
from surveyapp.definitions.values import Answers, Stored, is_list

_YES: Final = ("true", "yes", "y", "on", "1")
_NO: Final = ("", "false", "no", "n", "off", "0")
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_WEB: Final = re.compile(r"https?://[^\s/?#@%]+\.[^\s/?#@%.]+([/?#]\S*)?", re.IGNORECASE)
_NO_SITE: Final = re.compile(r"https?://www\.[^/?#.]*([/?#]|$)", re.IGNORECASE)
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_FEWEST_DIGITS: Final = 6  # of a telephone number; an extension alone reaches nobody outside
Reader = Callable[[object], object]


def read_document(question: DocumentQuestion, raw: Answers) -> Stored:
    """Read one document: a link or an uploaded file, and what a reader must know about it."""
    found = _fields(
        raw,
        {
            "title": partial(line, field="title"),
            "kind": partial(_kind, question.kinds),
            "url": web_address,
            "dated": partial(day, field="dated"),
            "owner": partial(line, field="owner"),
            "file": partial(line, field="file"),
            "may_share": partial(_yes, field="may_share"),
        },
    )
    return _named(found, "title", "Enter the title of the document.")


def read_contact(themes: Collection[str], raw: Answers) -> Stored:
    """Read one person to ask, about the strands named or else the section's."""
    found = _fields(
        raw,
        {
            "name": partial(line, field="name"),
            "role": partial(line, field="role"),
            "email": _email,
            "phone": _phone,
            "strands": partial(_strands, themes),
            "may_publish": partial(_yes, field="may_publish"),
        },
    )
    return _named(found, "name", "Enter the person's name.")


def _fields(raw: Answers, readers: Mapping[str, Reader]) -> Stored:
    """Read every field, so that all that is wrong is said at once; keep those with something."""
    found: Stored = {}
    problems: list[Problem] = []
    for field, reader in readers.items():
        try:
            found[field] = reader(raw.get(field))
        except AnswerError as error:
            problems += error.problems
    refuse(problems)
    return {field: value for field, value in found.items() if value not in ("", [])}


def _named(found: Stored, field: str, message: str) -> Stored:
    """Refuse an entry without a name; one with nothing in it is no entry."""
    if not any(found.values()):
        return {}
    refuse([] if field in found else [Problem(field, message)])
    return found


def _kind(kinds: Collection[str], raw: object) -> str:
    given = line(raw, "kind")
    known = {kind.casefold(): kind for kind in kinds}
    if given and kinds and given.casefold() not in known:
        raise AnswerError(Problem("kind", "Choose a kind of document from the list."))
    return known.get(given.casefold(), given)


def web_address(raw: object) -> str:
    """Return the address of a web page; https:// is added where it was left out."""
    typed = line(raw, "url").replace(" ", "%20")
    if not typed:
        return ""
    address = typed if _SCHEME.match(typed) else f"https://{typed}"
    if not _WEB.fullmatch(address) or _NO_SITE.match(address):
        raise AnswerError(Problem("url", "Enter a web address, such as https://www.example.org."))
    return address


def _email(raw: object) -> str:
    typed = line(raw, "email")
    if typed and not _EMAIL.fullmatch(typed):
        message = "Enter an email address in the correct format, like name@example.org."
        raise AnswerError(Problem("email", message))
    return typed


def _phone(raw: object) -> str:
    typed = line(raw, "phone")
    if typed and sum(character.isdecimal() for character in typed) < _FEWEST_DIGITS:
        message = "Enter a telephone number, with its area code, like 01632 960 001."
        raise AnswerError(Problem("phone", message))
    return typed


def _strands(themes: Collection[str], raw: object) -> list[str]:
    given = raw if is_list(raw) else [raw]
    codes = {line(code, "strands") for code in given} - {""}
    if codes - set(themes):
        raise AnswerError(Problem("strands", "Choose from the strands of the questionnaire."))
    return sorted(codes)


def _yes(raw: object, field: str) -> bool:
    if isinstance(raw, bool):
        return raw
    given = line(raw, field).casefold()
    if given not in (*_YES, *_NO):
        raise AnswerError(Problem(field, "Choose yes or no."))
    return given in _YES
