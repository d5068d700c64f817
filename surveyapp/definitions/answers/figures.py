"""Numbers and dates, in the ways people write them."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from surveyapp.definitions.answers.errors import AnswerError, Problem
from surveyapp.definitions.answers.texts import clean, line
from surveyapp.definitions.questions import NumberQuestion
from surveyapp.definitions.values import Answers, Stored, as_date, is_number

LARGEST: Final = 10**12
MOST_DECIMALS: Final = 9
YEARS: Final = range(1900, 2101)
_NUMBER: Final = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?|[-+]?\.\d+", re.ASCII)
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)


def read_number(question: NumberQuestion, raw: Answers) -> Stored:
    """Read a number, and the period it covers where that is not the one asked about."""
    period = line(raw.get("period"), "period")
    number = _decimal(question, raw.get("number"))
    if number is None:
        if period:
            raise AnswerError(Problem("number", "Enter a number."))
        return {}
    problem = _out_of_bounds(question, number)
    if problem:
        raise AnswerError(Problem("number", problem))
    plain = int(number) if number == number.to_integral_value() else float(number)
    return {"number": plain, "period": period} if period else {"number": plain}


def _decimal(question: NumberQuestion, raw: object) -> Decimal | None:
    """Return the number that was typed, with or without its unit and commas."""
    if is_number(raw):
        return Decimal(str(raw))
    typed = clean(raw, "number").casefold()
    typed = typed.removesuffix(question.unit.casefold()).removesuffix("%").removeprefix("£").strip()
    if not typed:
        return None
    if not _NUMBER.fullmatch(typed):
        message = f"Enter a number, in figures, such as {question.example}."
        raise AnswerError(Problem("number", message))
    return Decimal(typed.replace(",", ""))


def _out_of_bounds(question: NumberQuestion, number: Decimal) -> str:
    """Say why a number cannot be the answer; nothing where it can."""
    unit = question.unit if question.unit == "%" else f" {question.unit}".rstrip()
    if not number.is_finite() or abs(number) > LARGEST:
        return "Enter a number that is not so large."
    if question.minimum is not None and number < Decimal(str(question.minimum)):
        return f"Enter a number that is {question.minimum:,}{unit} or more."
    if question.maximum is not None and number > Decimal(str(question.maximum)):
        return f"Enter a number that is {question.maximum:,}{unit} or less."
    places = MOST_DECIMALS if question.decimals is None else question.decimals
    if number != round(number, places):
        whole = f"Enter a whole number, such as {question.example}."
        return whole if places == 0 else f"Give at most {places} decimal places."
    return ""


def read_date(raw: Answers) -> Stored:
    """Read a date as an answer of its own."""
    date = day(raw.get("date"), "date")
    return {"date": date} if date else {}


def day(raw: object, field: str) -> str:
    """Return a day as year-month-day, however it was given; nothing given is ""."""
    parts = _parts(raw, field)
    if not any(parts):
        return ""
    for name, part in zip(("day", "month", "year"), parts, strict=True):
        if not part:
            raise AnswerError(Problem(field, f"The date must include a {name}."))
    found = as_date(_in_figures(*parts))
    if found is None or found.year not in YEARS:
        raise AnswerError(Problem(field, "Enter a real date, such as 27 3 2015."))
    return found.isoformat()


def _parts(raw: object, field: str) -> Sequence[str]:
    """Return the day, month and year that were given: in three boxes, in one, or by a file."""
    if isinstance(raw, dt.date):
        return [str(raw.day), str(raw.month), str(raw.year)]
    if isinstance(raw, Mapping):
        return [clean(raw.get(name), field) for name in ("day", "month", "year")]
    typed = clean(raw, field)
    parts = typed.split("-")[::-1] if as_date(typed) else re.split(r"[\s/.,-]+", typed)
    if typed and len(parts) != 3:
        raise AnswerError(Problem(field, "Enter a day, a month and a year, such as 27 3 2015."))
    return parts


def _in_figures(date: str, month: str, year: str) -> str:
    """Write the parts of a date as year-month-day; what is no date stays none."""
    number = re.sub(r"(?<=\d)(st|nd|rd|th)$", "", date)
    name = month.casefold()
    named = [at for at, known in enumerate(_MONTHS, start=1) if known.startswith(name)]
    figure = str(named[0]) if len(name) > 2 and named else month
    return f"{year}-{figure.zfill(2)}-{number.zfill(2)}"
