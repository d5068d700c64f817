"""How far the coding is: finished of how many, what is left where, and what is open."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.models import Authority, Passage, Survey, Tag

ABOUT_NONE: Final = "Questions about no theme"


@dataclass(frozen=True, slots=True)
class Part:
    """How far one authority is, or one strand or other theme that was asked about."""

    code: str
    name: str
    done: int
    count: int

    @property
    def left(self) -> int:
        """Return how many passages are not finished."""
        return self.count - self.done


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a survey's coding is, as a whole and in its parts."""

    done: int
    count: int
    suggestions: Mapping[str, int]
    authorities: Sequence[Part]
    strands: Sequence[Part]

    @property
    def left(self) -> int:
        """Return how many passages are not finished."""
        return self.count - self.done

    @property
    def open_suggestions(self) -> int:
        """Return how many suggestions nobody has decided on."""
        return sum(self.suggestions.values())


def progress(session: Session, survey: Survey, themes: Mapping[str, str]) -> Progress:
    """Return how far the coding is, in three queries; `themes` leads from codes to names."""
    rows = session.execute(
        select(
            Passage.authority_code,
            Passage.asked,
            func.count(),
            func.sum(sa.case((Passage.coded.is_(True), 1), else_=0)),
        )
        .where(Passage.survey_id == survey.id)
        .group_by(Passage.authority_code, Passage.asked)
    ).all()
    counts: dict[str, Counter[str]] = {"authority": Counter(), "strand": Counter()}
    done: dict[str, Counter[str]] = {"authority": Counter(), "strand": Counter()}
    for authority, asked, number, finished in rows:
        for kind, code in (("authority", authority), ("strand", asked)):
            counts[kind][code] += number
            done[kind][code] += finished
    names = _names(session, counts["authority"])
    # What is asked about may be no strand, or have left the codebook: it is counted all the same.
    asked_about = [code for code in themes if code in counts["strand"]]
    asked_about += sorted(code for code in counts["strand"] if code and code not in themes)
    strands = {code: themes.get(code, code) for code in asked_about} | {"": ABOUT_NONE}
    return Progress(
        done=done["authority"].total(),
        count=counts["authority"].total(),
        suggestions=_suggestions(session, survey),
        authorities=_parts(counts["authority"], done["authority"], names),
        strands=_parts(counts["strand"], done["strand"], strands),
    )


def _parts(counts: Counter[str], done: Counter[str], names: Mapping[str, str]) -> Sequence[Part]:
    parts = (Part(code, names.get(code, code), done[code], counts[code]) for code in names)
    return [part for part in parts if part.count]


def _names(session: Session, codes: Counter[str]) -> Mapping[str, str]:
    rows = session.execute(
        select(Authority.code, Authority.name)
        .where(Authority.code.in_(codes))
        .order_by(Authority.name, Authority.code)
    )
    return {row.code: row.name for row in rows}


def _suggestions(session: Session, survey: Survey) -> Mapping[str, int]:
    """Count the open suggestions of each theme; finishing a passage leaves none of its open."""
    rows = session.execute(
        select(Tag.theme, func.count())
        .where(Tag.survey_id == survey.id, Tag.verdict == "")
        .group_by(Tag.theme)
    )
    return dict(rows.all())
