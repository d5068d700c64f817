"""Working days in England: Monday to Friday, but for bank holidays."""

import datetime as dt

import holidays

A_DAY = dt.timedelta(days=1)
_bank_holidays = holidays.country_holidays("GB", subdiv="ENG")


def is_working_day(day: dt.date) -> bool:
    """Say whether people in English councils are at work on this day."""
    return bool(_bank_holidays.is_working_day(day))


def after(day: dt.date, count: int) -> dt.date:
    """Return the day that lies this many working days after another."""
    while count:
        day += A_DAY
        count -= is_working_day(day)
    return day


def before(day: dt.date, count: int) -> dt.date:
    """Return the day that lies this many working days before another."""
    while count:
        day -= A_DAY
        count -= is_working_day(day)
    return day
