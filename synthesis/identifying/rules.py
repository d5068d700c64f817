"""Rules that find at once what may identify a child; they load nothing and learn nothing.

A rule looks for a shape, such as a name with an age behind it, and then at the words around it:
beside a job title or an office it is about somebody who works for children.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from synthesis.identifying.around import is_beside, is_family, is_office, is_official_mail, is_staff
from synthesis.identifying.checksums import is_nhs_number, is_pupil_number
from synthesis.identifying.families import NAME, again, names
from synthesis.identifying.hits import Hit, Kind, apart
from synthesis.identifying.words import FIRST_NAMES, KIN, NO_NAMES, SERVICE

VERSION: Final = "2"
"""Counted up whenever something else is found: texts are then looked through again."""

_NAME: Final = NAME
_SCHOOL: Final = (
    rf"(?:{_NAME}|St\.?|of|the|C\.?E\.?|R\.?C\.?|&|and|\d+)(?:[’']s)?"
    r"(?: (?:[A-Z][\w’'.-]*|of|the|and|&)){0,4}? "
    r"(?:Primary|Infants?|Junior|Juniors|Nursery|Academy|School|College|High|Preschool|Pre-?school)"
    r"(?: School| Academy| College)?\b"
)
_AGE: Final = (
    r"(?:1\d|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
    r"|fourteen|fifteen|sixteen|seventeen)"
)
_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*"
_DAY: Final = (
    r"(?:(?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|1[0-2])[/.-](?:19|20)?\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? ?(?:19|20)\d\d)?"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,?(?: (?:19|20)\d\d)?|(?:19|20)\d\d-\d\d-\d\d)"
)
_STREET: Final = (
    r"(?:Street|Road|Avenue|Lane|Close|Drive|Crescent|Gardens|Terrace|Grove|Court|Way|Place|Walk"
    r"|Mews|Row|St|Rd|Ave)"
)
_AREAS: Final = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY"
    "|E|EC|EH|EN|EX|FK|FY|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD"
    "|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG"
    "|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)

Rule = tuple[re.Pattern[str], Callable[[str, re.Match[str]], Iterator[Hit]]]


def find(text: str) -> tuple[Hit, ...]:
    """Return what in a text may identify a child, in order, none of it twice."""
    hits = [hit for shape, look in _RULES for at in shape.finditer(text) for hit in look(text, at)]
    hits += names(text)
    more = (again, _schools, _postcodes)
    return apart([*hits, *(one for look in more for one in look(text, hits))]) if hits else ()


def _nhs(text: str, at: re.Match[str]) -> Iterator[Hit]:
    digits = re.sub(r"\D", "", at[0])
    said = re.search(r"\bNHS\b", text[max(0, at.start() - 30) : at.start()])
    if is_nhs_number(digits):
        yield _hit(at, "NHS number", "ten digits whose last one checks the others")
    elif said:
        yield _hit(at, "NHS number", "ten digits after “NHS”")


def _pupil(text: str, at: re.Match[str]) -> Iterator[Hit]:
    said = re.search(
        r"\b(?:UPN|pupil)\b", text[max(0, at.start() - 40) : at.start()], re.IGNORECASE
    )
    if said or is_pupil_number(at[0]):
        yield _hit(at, "pupil number", "a letter and twelve digits, as pupils are numbered")


def _insurance(_text: str, at: re.Match[str]) -> Iterator[Hit]:
    yield _hit(at, "National Insurance number", "letters and digits as in such a number")


def _born(_text: str, at: re.Match[str]) -> Iterator[Hit]:
    yield _hit(at, "date of birth", "a day after a word for birth")


def _day(text: str, at: re.Match[str]) -> Iterator[Hit]:
    if is_family(text, at.start(), at.end()):
        yield _hit(at, "date of birth", "a day beside words about one child or family")


def _postcode(text: str, at: re.Match[str]) -> Iterator[Hit]:
    if not is_office(text, at.start(), at.end()):
        yield _hit(at, "postcode", "a full postcode, and no office beside it")


def _address(text: str, at: re.Match[str]) -> Iterator[Hit]:
    if not is_office(text, at.start(), at.end()):
        yield _hit(at, "address", "a house or a street where somebody lives")


def _mobile(text: str, at: re.Match[str]) -> Iterator[Hit]:
    if not _is_work(text, at):
        yield _hit(at, "phone number", "a mobile number, and no job title beside it")


def _landline(text: str, at: re.Match[str]) -> Iterator[Hit]:
    if is_family(text, at.start(), at.end()) and not _is_work(text, at):
        yield _hit(at, "phone number", "a number beside words about one child or family")


def _mail(text: str, at: re.Match[str]) -> Iterator[Hit]:
    if is_official_mail(at["at"]) or _is_work(text, at):
        return
    if _PRIVATE.match(at["at"]) or is_family(text, at.start(), at.end()):
        yield _hit(at, "email address", "a private address, and no job title beside it")


def _is_work(text: str, at: re.Match[str]) -> bool:
    return is_staff(text, at.start(), at.end()) or is_office(text, at.start(), at.end())


def _old(text: str, at: re.Match[str]) -> Iterator[Hit]:
    """Find an age of one child; a name right before it and a school right after it too."""
    first = at["name"].split()[0]
    known = first.title() in FIRST_NAMES
    # A list of places with figures reads alike: Alder, 15 and Birch, 12.
    is_listed = re.match(r" and [A-Z]", text[at.end("age") :]) is not None
    if known or (first.istitle() and first not in NO_NAMES and not is_listed):
        yield Hit(at.start("name"), at.end("name"), "name", "a name with an age behind it")
        yield _age(text, *at.span("age" if at["age"] else "aged"))


def _aged(text: str, at: re.Match[str]) -> Iterator[Hit]:
    yield _age(text, *at.span("age"))


def _age(text: str, start: int, end: int) -> Hit:
    """Return an age with the school that is named right after it."""
    place = _PLACE.match(text, end)
    end = place.end() if place else end
    return Hit(start, end, "age with a place", "the age of one child")


def _pupil_of(_text: str, at: re.Match[str]) -> Iterator[Hit]:
    yield Hit(at.start("place"), at.end("place"), "age with a place", "the school of one child")


def _kin(_text: str, at: re.Match[str]) -> Iterator[Hit]:
    is_kin = at["word"].casefold() != "little" or at["name"].split("-")[0] in FIRST_NAMES
    if is_kin and at["name"] not in NO_NAMES:
        yield Hit(at.start("name"), at.end("name"), "name", "a name after a word for a relative")


def _first_name(text: str, at: re.Match[str]) -> Iterator[Hit]:
    name = at["first"]
    if name not in FIRST_NAMES or is_staff(text, at.start(), at.end()):
        return
    if is_family(text, at.start(), at.end()):
        yield _hit(at, "name", "a given name beside words about one child or family")


def _family_of(_text: str, at: re.Match[str]) -> Iterator[Hit]:
    if at["name"].split()[0] in FIRST_NAMES:
        yield Hit(at.start("name"), at.end("name"), "name", "a name after “family of”")


def _schools(text: str, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Find the schools that are named in the same sentence as a child."""
    telling = [hit for hit in hits if hit.kind in ("name", "age with a place", "date of birth")]
    for at in _NAMED_SCHOOL.finditer(text):
        if any(is_beside(text, hit.start, at.start()) for hit in telling):
            yield _hit(at, "age with a place", "a school in the same sentence as a child")


def _postcodes(text: str, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Find what is written as a postcode beside a child or a home, whatever its area is called."""
    telling = [hit for hit in hits if hit.kind in _TELLING]
    for at in _WRITTEN_AS_POSTCODE.finditer(text):
        if any(is_beside(text, hit.end, at.start()) for hit in telling):
            yield _hit(at, "postcode", "written as a postcode, beside a child or a home")


def _hit(at: re.Match[str], kind: Kind, reason: str) -> Hit:
    return Hit(at.start(), at.end(), kind, reason)


_PRIVATE: Final = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|btinternet|sky"
    r"|talktalk|virginmedia|ntlworld|blueyonder|protonmail|proton)\.",
    re.IGNORECASE,
)
_PLACE: Final = re.compile(
    r"[,)]?(?: and)? ?"
    r"(?:(?:who )?(?:is )?(?:at|from|attends|attending|goes to|in|of|a pupil at) )?"
    rf"{_SCHOOL}"
)
_NAMED_SCHOOL: Final = re.compile(
    r"\b(?:(?:St\.? )?[A-Z][\w’'-]+ ){1,3}"
    r"(?:Primary|Infants?|Juniors?|Nursery|Academy|School|College|High)\b(?: School| Academy)?"
)
_TELLING: Final = frozenset({"name", "age with a place", "date of birth", "address"})
_WRITTEN_AS_POSTCODE: Final = re.compile(r"\b[A-Z]{1,2}\d(?:\d|[A-Z])? ?\d[ABD-HJLNP-UW-Z]{2}\b")
_OLD: Final = (
    r"(?:(?: ?\(|, |,? (?:who )?(?:is|was) )(?:is |was |now |then |just |only )*"
    rf"(?P<age>{_AGE}|(?:in )?[Yy]ear 1?\d)"
    r"(?=,|\)|;| (?:and|at|from|in|who|years?|yrs?|when) |\.\s|\.$)"
    rf"|,? \(?aged? (?P<aged>{_AGE})\b(?! ?(?:to|or|and|plus|upwards|months? to)\b| ?[-–+]))"
)
_RULES: Final[tuple[Rule, ...]] = (
    (re.compile(r"(?<![\d+])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)"), _nhs),
    (re.compile(r"\b[A-Za-z]\d{11}[\dA-Za-z]\b"), _pupil),
    (
        re.compile(
            r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
            r" ?\d\d ?\d\d ?\d\d ?[A-D]\b"
        ),
        _insurance,
    ),
    (
        re.compile(
            rf"\b(?:DOB|D\.O\.B\.?|[Dd]ob|[Dd]ate of birth|[Bb]orn|[Bb]irthday|[Bb]irth ?date)\b"
            rf"[^.\n\d]{{0,20}}{_DAY}"
        ),
        _born,
    ),
    (re.compile(rf"(?<![\w/.-]){_DAY}(?![\w/])"), _day),
    (
        re.compile(
            rf"\b(?:{_AREAS})\d(?:\d|[A-Z])? ?\d[ABD-HJLNP-UW-Z]{{2}}\b"
            rf"|\b(?:{_AREAS.lower()})\d(?:\d|[a-z])? \d[abd-hjlnp-uw-z]{{2}}\b"
        ),
        _postcode,
    ),
    (
        re.compile(
            rf"\b(?:[Ff]lat \d+\w?,? )?\d{{1,4}}[a-d]?,? (?:{_NAME} ){{1,3}}{_STREET}\b"
            r"|(?<=\bflat in )(?:[A-Z][\w’'-]+ ){1,3}"
            rf"{_STREET}\b"
            rf"|(?<=\b(?:lives|lived|house|stays|moved|lodge|homes) (?:in|on|at|to) )"
            rf"(?:{_NAME} ){{1,3}}{_STREET}\b"
        ),
        _address,
    ),
    (re.compile(r"(?<![\d])(?:\+44 ?(?:\(0\) ?)?|0)7\d{3}[ -]?\d{3}[ -]?\d{3}(?!\d)"), _mobile),
    (
        re.compile(
            r"(?<!\d)(?:\+44 ?(?:\(0\) ?)?|\(?0)[123]\d{1,4}\)?[ -]?\d{3,4}[ -]?\d{3,4}(?!\d)"
        ),
        _landline,
    ),
    (re.compile(r"\b[\w.+-]+@(?P<at>[\w-]+(?:\.[\w-]+)+)\b"), _mail),
    (re.compile(rf"\b(?P<name>{_NAME}(?: (?:{_NAME}|[A-Z]\b\.?))?){_OLD}"), _old),
    (re.compile(rf"\b(?P<name>[A-Z]{{3,}}|[a-z]{{3,}}){_OLD}"), _old),
    (
        re.compile(
            r"(?<![\d–-])(?<!\b[Ee]very )(?<!\b[Ee]ach )(?<!\b[Aa]ny )(?<!\b[Aa]ll )"
            r"(?P<age>\d{1,2}[- ](?:year|month|week|yr)[- ]old)\b"
            r"(?! (?:offer|places?|funding|entitlement|check|review|programme|take-?up|plan))"
            r"(?! (?:\w+ ){0,2}(?:people|children|pupils|girls|boys|learners|students|parents)\b)"
        ),
        _aged,
    ),
    (
        re.compile(
            rf"\b(?:{KIN}|who|he|she|client|young person|person|one|year)[ ,(]+(?:is |was |now )?"
            rf"(?P<age>aged? {_AGE})\b(?! ?(?:to|or|and|plus|upwards|months? to)\b| ?[-–+])"
        ),
        _aged,
    ),
    (
        re.compile(
            rf"\b(?:boy|girl|child|son|daughter|baby|brother|sister)(?: of | ?\()"
            rf"(?P<age>{_AGE})\b(?! (?:famil|child|case|group|month|week|year|of|to|or)| ?[-–+/%])"
        ),
        _aged,
    ),
    (
        re.compile(
            rf"\b(?:pupil|boy|girl|child|son|daughter|he|she) (?:who )?(?:is |was )?"
            rf"(?:at|from|attends|attended|goes to|in) (?P<place>{_SCHOOL})"
        ),
        _pupil_of,
    ),
    (
        re.compile(
            rf"\b(?P<word>{KIN}|[Ll]ittle|[Mm]um|[Dd]ad|Mother|Father|Nan)"
            r"(?:,| called| named|’s name is)? "
            rf"(?!(?:{SERVICE})\b)(?P<name>{_NAME})\b"
        ),
        _kin,
    ),
    (re.compile(rf"\bfamily of (?P<name>{_NAME}(?: {_NAME})?)"), _family_of),
    (re.compile(rf"\b(?P<first>{_NAME})(?: (?:{_NAME}|[A-Z]\b))?"), _first_name),
)
