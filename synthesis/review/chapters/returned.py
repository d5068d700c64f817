"""What came back: the table of returns, the interviews held, and who was shown its own words.

Whether an authority was shown its words is told only where some of them stand in the review under
its name. Of any other it would tell whether there are words of it at all among those without one.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from synthesis.findings.claims import Ledger
from synthesis.findings.quotations import MONTHS
from synthesis.findings.wording import UNITS
from synthesis.material import Return
from synthesis.review.blocks import Block, Cell, Table
from synthesis.review.manuscript import Manuscript
from synthesis.review.prose import cell, note, number

STATES: Final = {
    "returned": "Returned",
    "partial": "Part returned",
    "not returned": "Not returned",
}
SHOWN: Final = "Shown its words"
"""Heads the last column, where anybody was shown any."""
UNTOLD: Final = "–"
EXAMPLE: Final = "practice:"
_HEADER: Final = (
    *("Authority", "Questionnaire", "Answered", "Interview", "Documents", "Signed off"),
)
_WIDTHS: Final = (2.5, 1.8, 1.3, 2.2, 1.5, 2.2)
_NARROWER: Final = (1.95, 2.1, 1.55, 1.45, 1.75, 1.45, 2.55)
_DESCRIPTION: Final = (
    "For each authority: the state of its questionnaire, how many of the questions put to it are "
    "answered, its interview, the documents it shares, and its sign-off{shown}."
)
_ALSO: Final = "; when it was shown its words, and what came of it"
_MEANS: Final = (
    "Silence is recorded as silence, and is no consent: those words stand as was agreed before."
)
_NOT_TOLD: Final = (
    "Of an authority whose words stand in this review only without its name, or not at all, it is "
    "not told whether it was asked."
)


def returns(manuscript: Manuscript) -> Iterator[Block]:
    """Yield the table of returns, one row an authority, if anybody was asked; and what to add."""
    if not manuscript.material.returns:
        return
    names = [authority.name for authority in manuscript.inquiry.matrix.roster]
    came = {manuscript.named(one.authority): one for one in manuscript.material.returns}
    quoted = quoted_by_name(manuscript.ledger)
    shown = {name: one for name, one in came.items() if one.shown_on and name in quoted}
    yield _table(
        manuscript, [came.get(name, Return(name, "not returned")) for name in names], shown
    )
    yield from _interviews(manuscript)
    yield from _checks(list(shown.values()), is_everyone=quoted.issuperset(names))


def unsubmitted(manuscript: Manuscript) -> str:
    """Say how many questionnaires were used though nobody had submitted them; empty if none."""
    count = sum(one.questionnaire == "partial" for one in manuscript.material.returns)
    if not count:
        return ""
    papers, their = "questionnaire of one authority", "its"
    if count > 1:
        papers, their = f"questionnaires of {count} authorities", "their"
    return (
        f"The {papers} had been begun and not submitted when this review was drawn up; {their} "
        f"words are used as they stood."
    )


def quoted_by_name(ledger: Ledger) -> frozenset[str]:
    """Return the names of the authorities of whose words some are printed with their name.

    Examples are not among what an authority is shown.
    """
    printed = (row for row in ledger.evidence if row.use_level == "named" and not row.held)
    return frozenset(
        row.authority
        for row in printed
        if row.origin != "count" and not row.source.startswith(EXAMPLE)
    )


def _table(manuscript: Manuscript, returns: Sequence[Return], shown: Mapping[str, Return]) -> Table:
    """Return the table of returns, a row for each; of those shown their words, what came of it."""
    shared = Counter(
        manuscript.named(one.authority) for one in manuscript.material.documents if one.may_share
    )
    rows = []
    for came in returns:
        name = manuscript.named(came.authority)
        told = (cell(_shown(shown[name]) if name in shown else UNTOLD),) if shown else ()
        rows.append((*_row(name, came, shared[name]), *told))
    return Table(
        anchor="returns",
        caption="Returns, by authority",
        description=_DESCRIPTION.format(shown=_ALSO if shown else ""),
        header=(*_HEADER, SHOWN) if shown else _HEADER,
        rows=tuple(rows),
        widths=_NARROWER if shown else _WIDTHS,
        small=True,
    )


def _row(name: str, came: Return, shared: int) -> tuple[Cell, ...]:
    """Return one authority's row, without whether it was shown its words."""
    counted = came.asked and came.questionnaire != "not returned"
    return (
        cell(name),
        cell(STATES[came.questionnaire]),
        cell(f"{came.answered} of {came.asked}" if counted else "None"),
        cell(_day(came.interviewed_on) or ("Under way" if came.under_way else "None")),
        number(shared),
        cell(_day(came.signed_off_on) or "Not yet"),
    )


def _interviews(manuscript: Manuscript) -> Iterator[Block]:
    """Yield how many interviews were held and how many records are confirmed, if any were."""
    returns = manuscript.material.returns
    held, confirmed = sum(one.interviews for one in returns), sum(one.confirmed for one in returns)
    spoken_to = sum(one.interviews > 0 for one in returns)
    under_way = sum(one.under_way for one in returns)
    parts = []
    if held:
        calls = "interview" if held == 1 else "interviews"
        unit = UNITS["authority"][spoken_to != 1]
        parts += [
            f"Held: {held} {calls} with {spoken_to} {unit}. Records confirmed by the person "
            f"interviewed: {confirmed}; not yet confirmed: {held - confirmed}."
        ]
    if under_way:
        parts += [
            f"Under way when this was drawn up, and used as far as it was noted: {under_way}."
        ]
    if parts:
        yield note(" ".join(parts))


def _shown(came: Return) -> str:
    """Say when an authority was shown its words last, and what came of it."""
    shown, answered = _day(came.shown_on), _day(came.answered_on)
    if came.answer_by is None:
        return f"{shown}; answered {answered}"
    by = f"{'no answer' if came.silent_on else 'to answer'} by {_day(came.answer_by)}"
    return f"{shown}; {by}{f' (answered before, {answered})' if answered else ''}"


def _checks(shown: Sequence[Return], *, is_everyone: bool) -> Iterator[Block]:
    """Yield how many were shown their words, answered, were silent, or have not answered yet."""
    if not shown:
        return
    answered = sum(one.answered_on is not None for one in shown)
    silent = sum(one.answered_on is None and one.silent_on is not None for one in shown)
    parts = [
        f"Shown what is printed of their words, to confirm it, correct it or take their name off: "
        f"{len(shown)} {UNITS['authority'][len(shown) != 1]}.",
        f"Answered: {answered}; silent when the day to answer by had passed: {silent}; not "
        f"answered, and the day not passed when this was drawn up: "
        f"{len(shown) - answered - silent}.",
        *((_MEANS,) if silent else ()),
        *(() if is_everyone else (_NOT_TOLD,)),
    ]
    yield note(" ".join(parts))


def _day(day: dt.date | None) -> str:
    """Write a day; nothing where there is none."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""
