"""What an authority says to the quotations of its words: marked, kept, sent back."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from surveyapp import audit
from surveyapp.models import CheckItem, MemberCheck, Person
from surveyapp.models.checking import CHECK_VERDICTS

LONGEST: Final = 5000
RIGHT, WRONG = "right", "wrong"


@dataclass(frozen=True, slots=True)
class Said:
    """What was said to one quotation; one that is corrected may be unnamed as well."""

    verdict: str
    instead: str
    is_unnamed: bool


def keep(session: Session, check: MemberCheck, typed: Mapping[str, str], at: dt.datetime) -> None:
    """Keep what was marked of some quotations, and of the profile; the rest stays as it is."""
    for item in check.items:
        verdict = typed.get(f"{item.id.hex}:verdict")
        if verdict is not None:
            said = Said(
                verdict,
                typed.get(f"{item.id.hex}:instead", ""),
                is_unnamed=typed.get(f"{item.id.hex}:unnamed") == "yes",
            )
            _mark(item, said, at)
    if "profile:verdict" in typed:
        verdict = typed["profile:verdict"]
        check.profile_verdict = verdict if verdict in (RIGHT, WRONG) else check.profile_verdict
    if "profile:instead" in typed:
        check.remark = typed["profile:instead"].replace("\r\n", "\n").strip()[:LONGEST]
    check.opened_at = check.opened_at or at
    session.flush()


def wordless(check: MemberCheck) -> Sequence[CheckItem]:
    """Return the quotations that are to be corrected, nobody said into what."""
    return [
        one
        for one in check.items
        if one.instead == one.words or (one.verdict == "corrected" and not one.instead)
    ]


def unmarked(check: MemberCheck) -> Sequence[CheckItem]:
    """Return the quotations to which nothing was said."""
    return [one for one in check.items if not one.verdict]


def unseen(check: MemberCheck, typed: Mapping[str, str]) -> Sequence[CheckItem]:
    """Return the unmarked quotations that were not on the page that was sent: added since.

    Every quotation on it sends its box along, marked or not.
    """
    return [one for one in unmarked(check) if f"{one.id.hex}:instead" not in typed]


def confirm_rest(check: MemberCheck, at: dt.datetime) -> None:
    """Confirm everything to which nothing else was said."""
    for item in unmarked(check):
        item.verdict, item.at, item.version = "confirmed", at, item.version + 1
    check.profile_verdict = check.profile_verdict or RIGHT


def send(session: Session, check: MemberCheck, person: Person, at: dt.datetime) -> None:
    """Send the answer: the next build obeys it. It can be changed, and sent again."""
    check.returned_at, check.silent_on = at, None
    session.flush()
    counts = {
        verdict: sum(one.verdict == verdict for one in check.items) for verdict in CHECK_VERDICTS
    }
    audit.record(session, "check.answered", check.submission, person, **counts)


def _mark(item: CheckItem, said: Said, at: dt.datetime) -> None:
    """Note what was said; words that are corrected and not to be named are kept as unnamed."""
    if said.verdict not in CHECK_VERDICTS:
        return
    is_unnamed = said.verdict == "corrected" and said.is_unnamed
    words = said.instead.replace("\r\n", "\n").strip()[:LONGEST]
    # Where both were asked for, words that are not there yet are waited for.
    words = words or (item.words if is_unnamed else "")
    told = ("unnamed" if is_unnamed else said.verdict, words if said.verdict == "corrected" else "")
    if told != (item.verdict, item.instead):
        item.verdict, item.instead, item.at = *told, at
        item.version += 1
