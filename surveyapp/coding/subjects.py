"""What memos are about, as pages say it; a passage that is gone is said by what is known of it."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.coding.memos import Subject
from surveyapp.coding.telling import named
from surveyapp.derived.keys import passage_key
from surveyapp.models import Authority, CodingAct, Memo, Passage, Response, Survey
from synthesis.codebook import Codebook

FIRST_WORDS: Final = 60
GONE: Final = "A passage that is no longer there"


@dataclass(frozen=True, slots=True)
class Told:
    """What a memo is about, in words; `passage` is the key of the passage to look at, if any."""

    words: str
    passage: str = ""


class _Words(NamedTuple):
    authority: str
    words: str


def one(session: Session, survey: Survey, about: Subject, themes: Codebook) -> Told:
    """Say what a memo is about."""
    return _told(session, survey, [about], themes)[about]


def all_of(
    session: Session, survey: Survey, memos: Iterable[Memo], themes: Codebook
) -> Mapping[uuid.UUID, Told]:
    """Say what each of these memos is about, in a fixed number of queries."""
    asked = {memo.id: Subject(memo.about, memo.subject) for memo in memos}
    told = _told(session, survey, asked.values(), themes)
    return {memo_id: told[subject] for memo_id, subject in asked.items()}


def _told(
    session: Session, survey: Survey, asked: Collection[Subject], themes: Codebook
) -> Mapping[Subject, Told]:
    keys = {subject.one for subject in asked if subject.about == "passage"}
    there = {
        row.key: Told(_passage(row.name, row.words), row.key)
        for row in session.execute(
            select(Passage.key, Passage.words, Authority.name)
            .join(Authority, Authority.code == Passage.authority_code)
            .where(Passage.survey_id == survey.id, Passage.key.in_(keys))
        )
    }
    there |= _gone(session, survey, keys - there.keys()) if keys - there.keys() else {}
    names = _authorities(session, asked)
    return {
        subject: there.get(subject.one, Told(GONE))
        if subject.about == "passage"
        else Told(_other(subject, themes, names))
        for subject in asked
    }


def _passage(authority: str, words: str) -> str:
    if len(words) <= FIRST_WORDS:
        return f"{authority}: “{words}”"
    return f"{authority}: “{words[:FIRST_WORDS].rpartition(' ')[0] or words[:FIRST_WORDS]} …”"


def _gone(session: Session, survey: Survey, keys: Collection[str]) -> Mapping[str, Told]:
    """Return what is known of passages that coders drew once: acts keep where they were."""
    kept = sa.cast(CodingAct.after, sa.String)
    acts = session.scalars(
        select(CodingAct.after).where(
            CodingAct.survey_id == survey.id,
            CodingAct.kind == "extent",
            sa.or_(*(kept.contains(key) for key in keys)),
        )
    )
    rows = [row for after in acts for row in (*after["decisions"], *after["finished"])]
    places = {row[0]: (row[1], row[2], row[3]) for row in rows if row[0] in keys}
    texts = {
        row.id: row
        for row in session.execute(
            select(Response.id, Response.text, Authority.name)
            .join(Authority, Authority.code == Response.authority_code)
            .where(
                Response.survey_id == survey.id, Response.id.in_({at[0] for at in places.values()})
            )
        )
    }
    firsts = _firsts(session, survey, texts)
    found = {}
    for key, (response, start, end) in places.items():
        words = texts[response].text[start:end] if response in texts else ""
        if key == passage_key(survey.id, response, start, end, words):
            told = f"{_passage(texts[response].name, words)}, which is no longer drawn"
            found[key] = Told(told, firsts.get(response, ""))
    return found


def _firsts(session: Session, survey: Survey, responses: Collection[str]) -> Mapping[str, str]:
    """Return the first passage of each response."""
    rows = session.execute(
        select(Passage.response, Passage.key)
        .where(Passage.survey_id == survey.id, Passage.response.in_(responses))
        .order_by(Passage.start.desc())
    )
    return {row.response: row.key for row in rows}


def _authorities(session: Session, asked: Iterable[Subject]) -> Mapping[str, str]:
    codes = {it.one.partition("/")[0] for it in asked if it.about in {"authority", "cell"}}
    rows = session.execute(select(Authority.code, Authority.name).where(Authority.code.in_(codes)))
    return {row.code: row.name for row in rows}


def _other(about: Subject, themes: Codebook, authorities: Mapping[str, str]) -> str:
    first, _, second = about.one.partition("/")
    return {
        "theme": f"Theme: {named(themes, about.one)}",
        "authority": authorities.get(first, first),
        "cell": f"{authorities.get(first, first)}, {named(themes, second)}",
        "survey": "The survey",
    }[about.about]
