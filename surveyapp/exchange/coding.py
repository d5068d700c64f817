"""The coding of a survey, as other programs get it: who gave which words which theme."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp.exchange import coders
from surveyapp.material import decided, gathering
from surveyapp.material.gathering import Gathered
from surveyapp.models import Decision, Memo, Passage, Survey, Tag
from synthesis import exchange
from synthesis.exchange import Given, Remark, Told
from synthesis.exchange.drawing import TAGGER
from synthesis.exchange.project import Project

ORIGIN = "Survey workbench"
IN_PARTS = {"yield_per": 1000}


def project(session: Session, survey: Survey) -> Project:
    """Return a survey's texts, codebook, decisions, suggestions and memos as a project.

    People are known by their address, of which other programs get no more than an id.
    """
    gathered = gathering.gather(session, survey)
    given = (
        *_decided(session, survey, gathered),
        *_blind(session, survey, gathered),
        *_suggested(session, survey),
    )
    # The same words, theme and person once, whichever came last.
    last = {(one.response, one.start, one.end, one.theme, one.by): one for one in given}
    return exchange.draw(
        gathered.material,
        gathered.codebook,
        _told(session, survey),
        tuple(last[key] for key in sorted(last)),
        tuple(_remarks(session, survey)),
    )


def _told(session: Session, survey: Survey) -> Told:
    names = coders.names(coders.people(session, survey))
    return Told(survey.title, survey.region, survey.code, ORIGIN, names)


def _decided(session: Session, survey: Survey, gathered: Gathered) -> Iterator[Given]:
    """Yield what coders accepted or added; what they rejected is told beside the suggestion."""
    texts = {one.id: one.text for one in gathered.material.responses}
    for one in decided.decisions(session, survey):
        if one.verdict != "reject" and one.stands(texts):
            row = one.row
            place = (row.response, row.start, row.end)
            yield Given(*place, one.theme, row.email, one.verdict, row.made_at)


def _blind(session: Session, survey: Survey, gathered: Gathered) -> Iterator[Given]:
    """Yield what second coders gave, who saw nobody else's coding."""
    texts = {one.id: one.text for one in gathered.material.responses}
    rows = session.scalars(
        select(Decision)
        .where(Decision.survey_id == survey.id, Decision.sample_id.is_not(None))
        .options(joinedload(Decision.coder))
        .order_by(Decision.made_at, Decision.id)
    )
    for one in rows:
        if texts.get(one.response, "")[one.start : one.end] == one.words:
            by = f"{one.coder.email}{coders.BLIND}"
            yield Given(one.response, one.start, one.end, one.theme, by, "", one.made_at)


def _suggested(session: Session, survey: Survey) -> Iterator[Given]:
    """Yield the tagger's suggestions, with their scores, their reasons and what came of them."""
    rows = session.execute(
        select(
            Passage.response,
            Passage.start,
            Passage.end,
            Tag.theme,
            Tag.score,
            Tag.reason,
            Tag.verdict,
        )
        .join(Tag, Tag.passage_key == Passage.key)
        .where(Passage.survey_id == survey.id, Tag.score.is_not(None))
        .execution_options(**IN_PARTS)
    )
    for response, start, end, theme, score, reason, verdict in rows:
        outcome = f"; {verdict}ed" if verdict else ""
        yield Given(response, start, end, theme, TAGGER, f"{score:.3f}: {reason}{outcome}")


def _remarks(session: Session, survey: Survey) -> Iterator[Remark]:
    memos = session.scalars(
        select(Memo)
        .where(Memo.survey_id == survey.id, Memo.removed_at.is_(None))
        .options(joinedload(Memo.author))
        .order_by(Memo.at, Memo.id)
    ).all()
    keys = [one.subject for one in memos if one.about == "passage"]
    passages = {
        one.key: (one.response, one.start, one.end)
        for one in session.scalars(
            select(Passage).where(Passage.survey_id == survey.id, Passage.key.in_(keys))
        )
    }
    for one in memos:
        yield Remark(
            id=one.id.hex,
            about=one.about,
            subject=one.subject,
            text=one.text,
            by=one.author.email,
            at=one.at,
            place=passages.get(one.subject, ("", 0, 0)) if one.about == "passage" else ("", 0, 0),
        )
