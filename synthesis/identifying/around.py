"""The words around a find: do they speak of one family, of a job, or of an office."""

import re
from typing import Final

from synthesis.identifying.words import KIN, ROLES

_REACH: Final = 90
_BESIDE: Final = 45
_ENDS: Final = re.compile(r"[.!?](?=\s)|\n|[;•]")
_FAMILY: Final = re.compile(
    rf"\b(?:{KIN}|young person|little one|year[- ]old|DOB|date of birth|born|excluded"
    r"|his (?:school|class|foster|behaviour|bedroom)|her (?:school|class|foster|behaviour|bedroom)"
    r"|in care|missing from home|self[- ]harm(?:ed|ing)?|pregnant)\b",
    re.IGNORECASE,
)
_ROLE_BEFORE: Final = re.compile(
    rf"(?:\b(?:{ROLES})s?\b[^.;\n\"“”‘]{{0,20}}[:, –-]*"
    r"|\b(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Prof|Sir)\.? )$",
    re.IGNORECASE,
)
_ROLE_AFTER: Final = re.compile(
    rf"(?:(?: and)? [A-Z][\w’'-]+){{0,3}}[,( –:-]+(?:(?:our|the|their|a|who is|is) )?"
    rf"(?:[\w&/’'-]+ ){{0,4}}?(?:{ROLES})s?\b",
    re.IGNORECASE,
)
_ROLE: Final = re.compile(
    rf"\b(?:{ROLES}|team|duty|office|switchboard|helpline|happy to)\b",
    re.IGNORECASE,
)
_OFFICE: Final = re.compile(
    r"\b(?:council|county hall|civic|town hall|office|offices|hub|centre|headquarters|station"
    r"|library|clinic|surgery|hospital|duty|switchboard|helpline|freepost|po box|depot|based at"
    r"|reception|team)\b",
    re.IGNORECASE,
)
_OFFICIAL: Final = re.compile(
    r"(?:^|\.)(?:gov\.uk|nhs\.uk|nhs\.net|police\.uk|sch\.uk|ac\.uk|mod\.uk|gsi\.gov\.uk|cjsm\.net)$"
    r"|council|borough|county",
    re.IGNORECASE,
)


def is_family(text: str, start: int, end: int) -> bool:
    """Tell whether the sentence speaks of one child or one family."""
    before, after = _sentence(text, start, end)
    return _FAMILY.search(before) is not None or _FAMILY.search(after) is not None


def is_staff(text: str, start: int, end: int) -> bool:
    """Tell whether a job title stands beside the words, as it does beside a colleague's name."""
    before, after = _sentence(text, start, end)
    if text[start:end][0].isalpha() and "@" not in text[start:end]:
        return bool(_ROLE_BEFORE.search(before[-_BESIDE:]) or _ROLE_AFTER.match(after))
    return _ROLE.search(before) is not None or _ROLE.search(after[:_BESIDE]) is not None


def is_office(text: str, start: int, end: int) -> bool:
    """Tell whether the sentence names an office beside the words."""
    before, after = _sentence(text, start, end)
    return _OFFICE.search(before) is not None or _OFFICE.search(after[:_BESIDE]) is not None


def is_official_mail(domain: str) -> bool:
    """Tell whether an e-mail's domain is a public body's."""
    return _OFFICIAL.search(domain) is not None


def is_beside(text: str, one: int, other: int) -> bool:
    """Tell whether two places are in one sentence."""
    return _ENDS.search(text, min(one, other), max(one, other)) is None


def _sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what the sentence says before the words and after them, as far as one looks."""
    before = _ENDS.split(text[max(0, start - _REACH) : start])[-1]
    after = _ENDS.split(text[end : end + _REACH], maxsplit=1)[0]
    return before, after
