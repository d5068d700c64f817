"""Claiming: what a person may write as a claim. How many say so is counted, and never typed."""

import re
from typing import Literal

Fault = Literal["", "nothing", "count", "share"]
"""What is wrong with a claim: it says nothing, opens with a count, or holds one elsewhere."""

_UNIT = r"(?:local )?(?:authorit(?:y|ies)|councils?|boroughs?|LAs?|areas|responses|respondents)\b"
_NUMBER = (
    r"(?:\d[\d,.]*(?:\s?(?:%|per ?cent))?|no|none|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty)"
)
_SOME = r"(?:some|several|both|every|each|nearly every|almost every|a number|a handful|a couple)"
_FREQUENCY = (
    r"(?:(?:(?:an?|the) )?(?:(?:vast|large|small|great) )?(?:majority|minority|half|third|quarter"
    r"|few)|most|many|all|fewer|two[ -]thirds|three[ -]quarters)\b(?!-)"
)
_ABOUT = (
    r"(?:(?:over|under|about|around|roughly|nearly|almost|only|just|more than|fewer than"
    r"|less than|at least|up to|not|very|a good) )*"
)
_OF = r"(?: (?:in|of|out of)(?: (?:the|these|our)\b)?(?: \d+)?)?"
_OPENING = re.compile(
    rf"(?:{_ABOUT}(?:\d[\d,.]*(?:\s?(?:%|per ?cent))?|{_FREQUENCY}"
    rf"|(?:{_NUMBER}|{_SOME})(?={_OF} {_UNIT}| (?:in|of|out of) (?:the )?\w+))){_OF}"
    rf"(?P<unit> {_UNIT})?(?: \(\d+ of \d+[^)]*\))?",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"\(\d+ of \d+|\b\d+ (?:out )?of (?:the )?\d+\b|\d\s?(?:%|per ?cent) (?:of|answering)"
    rf"|\(\d+\s?(?:%|per ?cent)|\b(?:{_NUMBER}|{_SOME}|{_FREQUENCY}){_OF} {_UNIT}",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"(?:,? )?(?:say|says|said|report|reports|reported|told us|tell us|describe)(?: that)? ",
    re.IGNORECASE,
)
_SMALL = """
the a an they their there it its this these no not when where if because what how help early support
children families parents people schools partners staff services councils authorities young work
information
"""
_OPENERS = frozenset(_SMALL.split())
"""Words that open a sentence with a capital and are written small inside it."""


_VERB = re.compile(
    r"(?:do|does|did|don['’]t|doesn['’]t|are|aren['’]t|is|isn['’]t|was|were|have|haven['’]t|has|had"
    r"|can|can['’]t|cannot|could|will|won['’]t|would|should|may|might|must|need to|want to|lack"
    r"|know|find it|find that|feel|struggle|use|report|say|said)\b(?!-)",
    re.IGNORECASE,
)
"""A claim that opens so does not say who: after 'say that' it reads as broken off."""


def clean(claim: str) -> str:
    """Return a claim as it is printed after 'say that': one line, no full stop, a small letter."""
    words = " ".join(claim.split()).rstrip(".").rstrip()
    first = re.split(r"\W", words, maxsplit=1)[0]
    small = first.casefold() in _OPENERS
    return f"{words[:1].lower()}{words[1:]}" if small else words


def fault(claim: str) -> Fault:
    """Return what keeps a claim from being printed; empty where nothing does."""
    words = clean(claim)
    if not words:
        return "nothing"
    if _OPENING.match(words):
        return "count"
    return "share" if _SHARE.search(words) else ""


def typed(claim: str) -> str:
    """Return the count that a claim types itself, as it was typed; empty where it types none."""
    words = clean(claim)
    found = _OPENING.match(words) or _SHARE.search(words)
    return found.group().strip(" (") if found else ""


def with_subject(claim: str) -> str:
    """Return a claim that does not say who with 'they' before it; empty where it says who."""
    words = clean(claim)
    return f"they {words[:1].lower()}{words[1:]}" if _VERB.match(words) else ""


def without(claim: str) -> str:
    """Return a claim without the count it opens with, so that it may be taken as it is.

    Empty where nothing fit to be printed is left.
    """
    words = clean(claim)
    found = _OPENING.match(words)
    if found is None:
        return ""
    rest = words[found.end() :].lstrip(" ,")
    said = _SAYING.match(rest)
    if said is not None:
        rest = rest[said.end() :]
    elif found["unit"] and rest:
        rest = f"they {rest}"
    return "" if fault(rest) else clean(rest)
