"""The register of authorities: each with its dates, its successor and every name it goes by."""

import csv
import datetime as dt
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType
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
# What looks like a code, whether or not it is one.
_LIKE_A_CODE: Final = re.compile(r"[A-Za-z]{0,3}\d+")
TYPES: Final = ("County", "District", "London borough", "Metropolitan", "Unitary")

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
    source: Source,
    name: str = NAME,
    known: Mapping[str, RegisteredAuthority] = MappingProxyType({}),
) -> tuple[tuple[RegisteredAuthority, ...], list[Fault]]:
    """Return the authorities that nothing is wrong with, and the faults in the other rows.

    `known` is what the register holds already, by code. A file that is not such a table at all
    raises its faults.
    """
    rows = dict(_rows(text(source, name), name))
    codes = [row["code"] for row in rows.values()]
    complaints = [
        (line, words) for line, row in rows.items() for words in _wrong(row, codes, known)
    ]
    dated = {line: _authority(row) for line, row in rows.items() if not list(_dates_wrong(row))}
    complaints += _shared_names(dated)
    complaints += _names_taken(dated, [one for one in known.values() if one.code not in codes])
    wrong = {line for line, _ in complaints}
    faults = [Fault(name, f"line {line}", *words) for line, words in complaints]
    return tuple(one for line, one in dated.items() if line not in wrong), faults


def _rows(words: str, name: str) -> Iterator[tuple[int, Row]]:
    """Yield the rows with their lines, once the columns are known to be right."""
    reader = csv.reader(io.StringIO(words, newline=""), strict=True)
    try:
        table = [(reader.line_num, cells) for cells in reader if any(cells)]
    except csv.Error as error:
        what, remedy = f"This cannot be read: {error}.", "Save the file again as CSV."
        raise DefinitionError([Fault(name, f"line {reader.line_num}", what, remedy)]) from error
    header = [cell.strip() for cell in table[0][1]] if table else []
    complaints = [(1, words) for words in _header_wrong(header)]
    if set(COLUMNS) <= set(header):
        complaints += [(line, _UNEVEN) for line, cells in table if len(cells) != len(header)]
    if complaints:
        raise DefinitionError(Fault(name, f"line {line}", *words) for line, words in complaints)
    for line, cells in table[1:]:
        yield line, dict(zip(header, (" ".join(cell.split()) for cell in cells), strict=True))


_UNEVEN: Final[Complaint] = (
    "This row has more or fewer cells than there are columns.",
    "Put quotation marks around a cell that holds a comma.",
)


def _header_wrong(header: Sequence[str]) -> Iterator[Complaint]:
    missing = [f"`{column}`" for column in COLUMNS if column not in header]
    if missing:
        which = f"column {missing[0]} is" if len(missing) == 1 else f"columns {listed(missing)} are"
        yield f"The {which} missing.", f"The columns are {listed(COLUMNS)}."
    for column in COLUMNS:
        if header.count(column) > 1:
            yield f"The column `{column}` is there twice.", f"The columns are {listed(COLUMNS)}."
    # A table that lacks most of them is no register, and its own columns are nothing to mend.
    for column in header if len(missing) < len(COLUMNS) / 2 else ():
        if column not in COLUMNS:
            near = suggestion(column, COLUMNS)
            yield f"“{column}” is not a column of the register.", f"Take it out or rename it.{near}"


def _wrong(
    row: Row, codes: Sequence[str], known: Mapping[str, RegisteredAuthority]
) -> Iterator[Complaint]:
    code = row["code"]
    if not CODE.fullmatch(code):
        yield f"“{code}” is not an authority's code.", "Write the ONS code, such as E06000001."
    if codes.count(code) > 1:
        yield f"The code {code} is on {codes.count(code)} rows.", "Give each authority one row."
    if not row["name"]:
        yield "The name is missing.", "Write the name the review uses."
    if not all(cell.isprintable() for cell in row.values()):
        yield "There is a character here that nobody can see.", "Type the row again."
    if row["type"] and row["type"] not in TYPES:
        near = suggestion(row["type"], TYPES)
        yield (
            f"“{row['type']}” is not a type of authority.",
            f"The types are {listed(TYPES)}.{near}",
        )
    yield from _dates_wrong(row)
    yield from _successor_wrong(row, {*codes, *known})


def _successor_wrong(row: Row, codes: Collection[str]) -> Iterator[Complaint]:
    code, successor = row["code"], row["successor"]
    if successor and successor == code:
        yield "This authority succeeds itself.", "Name the authority that comes after it."
    elif _LIKE_A_CODE.fullmatch(successor) and successor not in codes:
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


def _names_taken(
    authorities: Mapping[int, RegisteredAuthority], others: Iterable[RegisteredAuthority]
) -> Iterator[tuple[int, Complaint]]:
    """Find names that belong to another authority of the register at the same time."""
    held = tuple(others)
    for line, one in authorities.items():
        for other in held:
            shared = sorted(_names(one) & _names(other))
            if shared and _overlap(one, other):
                wrong = f"“{shared[0]}” is the name of {other.code} in the register."
                yield line, (wrong, "Put the code right, or take the name from one of them.")
                break


def _names(authority: RegisteredAuthority) -> set[str]:
    names = (authority.name, authority.official_name, *authority.aliases)
    return {name.casefold() for name in names if name}


def _overlap(one: RegisteredAuthority, other: RegisteredAuthority) -> bool:
    """Say whether both existed for longer than the day on which one became the other."""
    latest_start = max(one.valid_from, other.valid_from)
    return latest_start < min(one.valid_to or dt.date.max, other.valid_to or dt.date.max)
