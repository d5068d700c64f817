"""The register of authorities: each with its dates, its successor and every name it goes by."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from surveyapp.definitions.faults import DefinitionError, Fault, listed, suggestion
from surveyapp.definitions.reading import Source, text
from surveyapp.definitions.values import as_date

NAME: Final = "authorities.csv"
COLUMNS: Final = (
    "code",
    "name",
    "official_name",
    "type",
    "valid_from",
    "valid_to",
    "successor",
    "aliases",
    "places",
    "brands",
)
CODE: Final = re.compile(r"[A-Z]\d{8}")

Row = Mapping[str, str]
Complaint = tuple[str, str]  # what is wrong, and the remedy


@dataclass(frozen=True, slots=True)
class RegisteredAuthority:
    """A local authority as the register has it; `valid_to` is its last day, if that is known."""

    code: str
    name: str
    official_name: str
    type: str
    valid_from: dt.date
    valid_to: dt.date | None
    successor: str
    aliases: tuple[str, ...]
    places: tuple[str, ...]
    brands: tuple[str, ...]


def parse(source: Source, name: str = NAME) -> tuple[RegisteredAuthority, ...]:
    """Return the authorities in a register, or raise every fault in it."""
    authorities, faults = understand(source, name)
    if faults:
        raise DefinitionError(faults)
    return authorities


def understand(
    source: Source, name: str = NAME
) -> tuple[tuple[RegisteredAuthority, ...], list[Fault]]:
    """Return the authorities that can be read and the faults in the rows.

    A file that is not such a table at all raises its faults.
    """
    rows = dict(_rows(text(source, name), name))
    codes = [row["code"] for row in rows.values()]
    complaints = [(line, words) for line, row in rows.items() for words in _wrong(row, codes)]
    dated = {line: _authority(row) for line, row in rows.items() if not list(_dates_wrong(row))}
    complaints += _shared_names(dated)
    faults = [Fault(name, f"line {line}", *words) for line, words in complaints]
    return tuple(dated.values()), faults


def _rows(words: str, name: str) -> Iterator[tuple[int, Row]]:
    """Yield the rows with their lines, once the columns are known to be right."""
    reader = csv.reader(io.StringIO(words, newline=""), strict=True)
    try:
        table = [(reader.line_num, cells) for cells in reader if any(cells)]
    except csv.Error as error:
        what, remedy = f"This cannot be read: {error}.", "Save the file again as CSV."
        raise DefinitionError([Fault(name, f"line {reader.line_num}", what, remedy)]) from error
    header = [cell.strip() for cell in table[0][1]] if table else []
    complaints = [(line, _UNEVEN) for line, cells in table if len(cells) != len(header)]
    complaints += [(1, words) for words in _header_wrong(header)]
    if complaints:
        raise DefinitionError(Fault(name, f"line {line}", *words) for line, words in complaints)
    for line, cells in table[1:]:
        yield line, dict(zip(header, (" ".join(cell.split()) for cell in cells), strict=True))


_UNEVEN: Final[Complaint] = (
    "This row has more or fewer cells than there are columns.",
    "Put quotation marks around a cell that holds a comma.",
)


def _header_wrong(header: Sequence[str]) -> Iterator[Complaint]:
    for column in COLUMNS:
        if header.count(column) != 1:
            how_often = "there twice" if column in header else "missing"
            yield f"The column `{column}` is {how_often}.", f"The columns are {listed(COLUMNS)}."
    for column in header:
        if column not in COLUMNS:
            near = suggestion(column, COLUMNS)
            yield f"“{column}” is not a column of the register.", f"Take it out or rename it.{near}"


def _wrong(row: Row, codes: Sequence[str]) -> Iterator[Complaint]:
    code, successor = row["code"], row["successor"]
    if not CODE.fullmatch(code):
        yield f"“{code}” is not an authority's code.", "Write the ONS code, such as E06000001."
    if codes.count(code) > 1:
        yield f"The code {code} is on {codes.count(code)} rows.", "Give each authority one row."
    if not row["name"]:
        yield "The name is missing.", "Write the name the review uses."
    if not all(cell.isprintable() for cell in row.values()):
        yield "There is a character here that nobody can see.", "Type the row again."
    yield from _dates_wrong(row)
    if successor and successor == code:
        yield "This authority succeeds itself.", "Name the authority that comes after it."
    elif CODE.fullmatch(successor) and successor not in codes:
        yield f"Its successor {successor} is not in the register.", "Add a row, or write its name."


def _dates_wrong(row: Row) -> Iterator[Complaint]:
    for column in ("valid_from", "valid_to"):
        if row[column] and not as_date(row[column]):
            wrong = f"`{column}` is “{row[column]}”, which is not a date."
            yield wrong, "Write year-month-day, such as 2009-04-01."
    if not row["valid_from"]:
        yield "`valid_from` is missing.", "Write the day the authority began."
    first, last = as_date(row["valid_from"]), as_date(row["valid_to"])
    if first and last and last <= first:
        yield f"It ends ({last}) before it begins ({first}).", "Put the two dates right."


def _authority(row: Row) -> RegisteredAuthority:
    return RegisteredAuthority(
        code=row["code"],
        name=row["name"],
        official_name=row["official_name"],
        type=row["type"],
        valid_from=dt.date.fromisoformat(row["valid_from"]),
        valid_to=as_date(row["valid_to"]),
        successor=row["successor"],
        aliases=_several(row["aliases"]),
        places=_several(row["places"]),
        brands=_several(row["brands"]),
    )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _shared_names(
    authorities: Mapping[int, RegisteredAuthority],
) -> Iterator[tuple[int, Complaint]]:
    """Find names that would stand for two authorities on one day."""
    for (line, one), (later_line, other) in combinations(authorities.items(), 2):
        shared = sorted(_names(one) & _names(other))
        if shared and one.code != other.code and _overlap(one, other):
            wrong = f"“{shared[0]}” is also a name of {one.name} (line {line}) at the same time."
            yield later_line, (wrong, "Put the dates right, or take the name from one of them.")


def _names(authority: RegisteredAuthority) -> set[str]:
    names = (authority.name, authority.official_name, *authority.aliases)
    return {name.casefold() for name in names if name}


def _overlap(one: RegisteredAuthority, other: RegisteredAuthority) -> bool:
    """Say whether both existed for longer than the day on which one became the other."""
    latest_start = max(one.valid_from, other.valid_from)
    return latest_start < min(one.valid_to or dt.date.max, other.valid_to or dt.date.max)
