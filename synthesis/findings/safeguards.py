"""Safeguards: words that might identify a child are never printed."""

import re

HELD = "Words held back until a person has checked that they identify no child."
_PATTERNS = (
    r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b",  # an NHS number's ten digits
    r"\b[A-Za-z]\d{12}\b",  # a unique pupil number
    r"\b(?:0[1-9]|[12]\d|3[01]|[1-9])[/.-](?:0?[1-9]|1[0-2])[/.-](?:19|20)?\d\d\b",  # a birth date
    r"\b(?:DOB|[Dd]ate of birth|[Bb]orn on)\b",
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b",  # a postcode
    r"\b\d{1,2}[- ](?:year|month|week)[- ]old\b",
    r"\baged? (?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\b(?! (?:to|or|and)\b|[-–])",
    r"\b(?:child|boy|girl|baby|son|daughter|brother|sister|twin|mother|father|mum|dad|nan|family)"
    r"(?:,| called| named)? (?!Protection|Help|Hub|Star|Centre|Group|Nurse|Support|Safeguarding)"
    r"[A-Z][a-z]+\b",
)
_CHILD = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))


def may_identify_child(text: str) -> bool:
    """Tell whether words carry a mark of one particular child: a number, a birth date, a story."""
    return _CHILD.search(text) is not None
