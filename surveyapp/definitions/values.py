"""Answers as they are stored: what it is to have one, and the two ways of having none.

A stored answer is a small mapping that JSON can carry, such as `{"rating": 3}`. A question with
several entries (documents, contacts, an add-another group) has a list of them.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Final, TypeGuard

DONT_KNOW: Final = "don't know"
NOT_APPLICABLE: Final = "not applicable"
MISSING: Final = (DONT_KNOW, NOT_APPLICABLE)
OTHER: Final = (
    "other"  # the option code of "something else"; a question's own options may not use it
)

_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

Stored = dict[str, object]
Answers = Mapping[str, object]


def is_list(value: object) -> TypeGuard[Sequence[object]]:
    """Say whether a value is a list of things; a piece of text is not."""
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def is_number(value: object) -> TypeGuard[int | float]:
    """Say whether a value is a number; true and false are not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def entries(value: object) -> tuple[object, ...]:
    """Return the entries of an answer: several for a repeating question, one for any other."""
    if value is None:
        return ()
    return tuple(value) if is_list(value) else (value,)


def is_missing(value: object) -> bool:
    """Say whether somebody answered "don't know" or "not applicable"."""
    return isinstance(value, Mapping) and "missing" in value


def has_value(value: object) -> bool:
    """Say whether an answer says something; "don't know" and "not applicable" do not."""
    return any(isinstance(one, Mapping) and one and not is_missing(one) for one in entries(value))


def as_date(text: str) -> dt.date | None:
    """Return the day that text such as 2015-03-01 names, or None where it names none."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:  # the thirtieth of February
        return None


def in_full(text: str) -> str:
    """Write a date such as 2015-03-01 as 1 March 2015; anything else is left as it is."""
    day = as_date(text)
    return f"{day.day} {day:%B %Y}" if day else text
