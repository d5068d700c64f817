"""The words of each authority that a build prints: what it is asked to look at."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import built
from surveyapp.material import checked
from surveyapp.models import Build, MemberCheck, Response, Survey


@dataclass(frozen=True, slots=True)
class Quotation:
    """Exact words that a build prints, in their response."""

    authority: str
    response: str
    start: int
    end: int
    words: str


def latest(session: Session, survey: Survey) -> Build | None:
    """Return the last build that was made and still has its files."""
    return session.scalars(
        select(Build)
        .where(
            Build.survey_id == survey.id,
            Build.done_at.is_not(None),
            Build.forgotten_at.is_(None),
        )
        .order_by(Build.number.desc())
        .limit(1)
    ).one_or_none()


def printed(session: Session, build: Build, folder: Path) -> Mapping[str, tuple[Quotation, ...]]:
    """Return what a build prints of every authority's words, by the authority's code.

    Words that read otherwise now are left out: the next build has them as they are.
    """
    manifest = built.manifest(folder, build) or {}
    found: dict[str, list[Quotation]] = defaultdict(list)
    for one in _standing(session, build, manifest):
        found[one.authority].append(one)
    return {code: tuple(some) for code, some in found.items()}


def missing(check: MemberCheck, quotations: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """Return those that a check does not have: their words were never shown in it.

    Words that the authority itself put there in answer to it need not be shown to it again.
    """
    shown = {(one.response, one.start, one.end, one.words) for one in check.items}
    own = {
        (f"{one.response}{checked.CORRECTION}{one.start}", one.instead)
        for one in check.items
        if checked.corrects(one)
    }
    return tuple(
        one
        for one in quotations
        if (one.response, one.start, one.end, one.words) not in shown
        and not any(one.response == id and one.words in words for id, words in own)
    )


def _standing(session: Session, build: Build, manifest: Mapping[str, Any]) -> Iterator[Quotation]:
    passages: Mapping[str, Mapping[str, Any]] = manifest.get("passages", {})
    used = {one["source"] for one in manifest.get("quotations", ())}
    # The index of evidence prints the words, unless it says why not.
    used |= {one["source"] for one in manifest.get("evidence", ()) if not one["held"]}
    places = sorted(
        (str(one["response"]), int(one["start"]), int(one["end"]), str(one["words_sha256"]))
        for one in (passages[id] for id in used if id in passages)
    )
    responses = _responses(session, build, {place[0] for place in places})
    for id, start, end, sealed in places:
        authority, text = responses.get(id, ("", ""))
        words = text[start:end]
        if authority and hashlib.sha256(words.encode()).hexdigest() == sealed:
            yield Quotation(authority, id, start, end, words)


def _responses(
    session: Session, build: Build, ids: Collection[str]
) -> Mapping[str, tuple[str, str]]:
    """Return whose these responses are, and what they say."""
    rows = session.execute(
        select(Response.id, Response.authority_code, Response.text).where(
            Response.survey_id == build.survey_id, Response.id.in_(ids)
        )
    )
    return {id: (authority, text) for id, authority, text in rows}
