"""What an authority says to the quotations of its words: marked, kept, sent back."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy.orm import Session

from surveyapp import audit
from surveyapp.models import CheckItem, MemberCheck, Person
from surveyapp.models.checking import CHECK_VERDICTS

LONGEST: Final = 5000
RIGHT, WRONG = "right", "wrong"


def keep(session: Session, check: MemberCheck, typed: Mapping[str, str], at: dt.datetime) -> None:
    """Keep what was marked of some quotations, and of the profile; the rest stays as it is."""
    for item in check.items:
        verdict = typed.get(f"{item.id.hex}:verdict")
        if verdict is not None:
            _mark(item, verdict, typed.get(f"{item.id.hex}:instead", ""), at)
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
        one for one in check.items if one.verdict == "corrected" and one.instead in ("", one.words)
    ]


def unmarked(check: MemberCheck) -> Sequence[CheckItem]:
    """Return the quotations to which nothing was said."""
    return [one for one in check.items if not one.verdict]


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


def _mark(item: CheckItem, verdict: str, instead: str, at: dt.datetime) -> None:
    words = instead.replace("\r\n", "\n").strip()[:LONGEST] if verdict == "corrected" else ""
    if verdict in CHECK_VERDICTS and (verdict, words) != (item.verdict, item.instead):
        item.verdict, item.instead, item.at = verdict, words, at
        item.version += 1
