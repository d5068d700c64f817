"""Given names beside a word for children or relatives: two boys, Kian and Jayden; Kian's mother.

Where a name is not a known one, the words around it have to speak of one family: her sons, two
boys. “Workers” and “teams” are no such words, and so their names are passed over.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from synthesis.identifying.around import is_staff
from synthesis.identifying.hits import Hit
from synthesis.identifying.words import FIRST_NAMES, NO_NAMES, SERVICES

NAME: Final = r"[A-Z][a-zà-ÿ]+(?:[-’'](?!s\b)[A-Z]?[a-zà-ÿ]+)?"
_ONE: Final = rf"{NAME}(?: (?:{NAME}|[A-Z]\b\.?))?"
_AGED: Final = rf"{_ONE}(?: ?\(\d{{1,2}}\))?"
_LIST: Final = rf"{_AGED}(?:, {_AGED})*(?:,? (?:and|&) {_ONE})?"
_MANY: Final = (
    "children|boys|girls|babies|toddlers|teenagers|youngsters|lads|kids|sons|daughters|brothers"
    "|sisters|siblings|twins|triplets|cousins|grandchildren|grandsons|granddaughters|nieces"
    "|nephews|pupils|half[- ]brothers|half[- ]sisters|stepchildren|stepsons|stepdaughters"
)
# What is said only of one family's children.
_OWN: Final = re.compile(
    r"\b(?:two|three|four|five|six|both|his|her|their|my|mum[’']s|mother[’']s|dad[’']s|father[’']s"
    r"|family[’']s|couple[’']s|twin|sons|daughters|brothers|sisters|siblings|twins|triplets"
    r"|named|called)\b",
    re.IGNORECASE,
)
_CHILDREN: Final = re.compile(
    rf"\b(?P<own>(?:(?:[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Bb]oth|[Hh]is|[Hh]er|[Tt]heir|[Mm]y"
    r"|[Tt]win|\w+[’']s) (?:\w+ ){0,2}?)?"
    rf"(?:{_MANY}|{_MANY.title()})"
    r"(?:,? (?:called|named|were|are))?)(?:(?:,|:| –| -)? | \()"
    rf"(?P<names>{_LIST})"
)
_RELATIVES: Final = re.compile(
    rf"\b(?P<name>{NAME})[’']s "
    r"(?:(?:older|younger|elder|little|big|baby|twin|half|step|late|foster|birth|own) ?-?){0,2}"
    r"(?:mum|mam|mother|dad|father|parents?|nan|nana|gran|grandma|grandmother|grandad|grandfather"
    r"|grandparents?|aunt|auntie|uncle|brothers?|sisters?|siblings?|twin|step-?(?:mum|dad)"
    r"|carers?|foster carers?|bedroom|birthday|behaviour)\b"
    r"(?! (?:and (?:baby|toddler|child)|groups?|forum|network|panel|programme|service|support"
    r"|course|class|centre|association|project|council)\b)"
)
_NO_NAMES: Final = """
Young Both Neither Nobody Somebody Everybody Mother Father Parent Carer Mum Dad Child Baby Today
Yesterday Tomorrow God Home Start Sure National County Borough City People Persons Including
Especially However Where What Who How Why Not More Many Few Other One Two Three Four Five Six Seven
Eight Nine Ten Pupil Student Key Special Educational Supporting Access Adult Adults Domestic
Primary Secondary
"""
_NOBODY: Final = NO_NAMES | SERVICES | frozenset(_NO_NAMES.split())


def names(text: str) -> Iterator[Hit]:
    """Yield the names that stand beside a word for children, or before one for a relative."""
    for at in _CHILDREN.finditer(text):
        yield from _listed(at)
    for at in _RELATIVES.finditer(text):
        if _is_name(at["name"]) and not _is_place(text, at.start()):
            yield Hit(*at.span("name"), "name", "a name before a word for a relative")


def again(text: str, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Yield known names that were found once wherever else in the text they stand."""
    first = {text[one.start : one.end].split()[0] for one in hits if one.kind == "name"}
    known = sorted(first & FIRST_NAMES)
    if known:
        for at in re.finditer(rf"\b(?:{'|'.join(known)})\b", text):
            if not is_staff(text, *at.span()):
                yield Hit(
                    *at.span(), "name", "a name that stands for a child elsewhere in this text"
                )


def _listed(at: re.Match[str]) -> Iterator[Hit]:
    """Yield a list of names; of unknown ones only where the words are those of one family."""
    found = [
        (one.start() + at.start("names"), one.end() + at.start("names"), one[0])
        for one in re.finditer(_ONE, at["names"])
    ]
    is_known = any(name.split()[0] in FIRST_NAMES for _, _, name in found)
    is_named = all(_is_name(name) for _, _, name in found)
    if is_known or (is_named and len(found) > 1 and _OWN.search(at["own"])):
        for start, end, name in found:
            if _is_name(name):
                yield Hit(start, end, "name", "a name after a word for children")


def _is_name(name: str) -> bool:
    return _NOBODY.isdisjoint(re.findall(r"[\w’'-]+", name))


def _is_place(text: str, start: int) -> bool:
    """Tell whether more capitals stand before a name: the Alder Family Hub's parents."""
    return re.search(r"[A-Z][\w’'-]+ $", text[max(0, start - 30) : start]) is not None
