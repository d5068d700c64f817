"""What pages show as decided is what synthesis takes for decided, however coders went about it."""

import datetime as dt
import random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.coding.codebook import planning
from surveyapp.derived import laying
from surveyapp.material import codebooks, gathering
from surveyapp.models import Decision, Passage, Response, Survey, Tag
from synthesis import tagger, tags
from synthesis.findings.plain_sense import stands
from tests.surveyapp.building import NOON, somebody
from tests.surveyapp.coding.keeping_codebook import CALLS, DOORS, add, kay, make, theme
from tests.surveyapp.deriving import derive

Place = tuple[str, int, int, str]
THEMES = ("S01", "S02", "S03", "A1", "gone")


def decided_by_synthesis(session: Session, survey: Survey) -> set[Place]:
    """Return what synthesis takes for decided, of what is gathered."""
    gathered = gathering.gather(session, survey)
    judged = tagger.Tagger(gathered.codebook, ()).judge(gathered.material.responses)
    suggested = [tag for one in judged for tag in one.tags if stands(tag)]
    responses = {one.id: one for one in gathered.material.responses}
    return {
        (tag.passage.response.id, tag.passage.start, tag.passage.end, tag.theme)
        for tag in tags.decide(suggested, gathered.material.decisions, responses)
        if tag.decided
    }


def decided_on_pages(session: Session) -> set[Place]:
    """Return what is laid over what was derived."""
    rows = session.execute(
        select(Passage.response, Passage.start, Passage.end, Tag.theme)
        .join(Tag, Tag.passage_key == Passage.key)
        .where(Tag.verdict.in_(("accept", "add")))
    )
    return set(map(tuple, rows))


def decide_at_random(session: Session, survey: Survey, seed: int) -> None:
    """Have two coders decide on sentences and parts of them, in any order, on any theme."""
    chance = random.Random(seed)  # noqa: S311 - chance, no secret
    whole = session.scalars(select(Passage).where(Passage.drawn.is_(False)).order_by(Passage.key))
    passages = list(whole)
    texts = {one.id: one.text for one in session.scalars(select(Response))}
    taken = set()
    for number in range(40):
        on = chance.choice(passages)
        start = on.start if chance.random() < 0.6 else on.start + chance.randrange(4)
        end = on.end if chance.random() < 0.6 else on.end - chance.randrange(4)
        coder = chance.choice(("Iris Notes", "Kay Runs"))
        about = (on.response, start, end, chance.choice(THEMES), coder)
        if about in taken or start >= end:
            continue
        taken.add(about)
        session.add(
            Decision(
                survey=survey,
                response=on.response,
                start=start,
                end=end,
                words=texts[on.response][start:end],
                theme=about[3],
                verdict=chance.choice(("accept", "reject", "add")),
                coder=somebody(session, coder),
                codebook=survey.codebook,
                made_at=NOON + dt.timedelta(minutes=number),
            )
        )
    session.flush()
    laying.lay(session, survey, {one.response for one in passages})
    session.commit()


@pytest.mark.parametrize("seed", range(6))
def test_pages_and_the_review_agree_on_what_is_decided(
    session: Session, survey: Survey, seed: int
) -> None:
    kay(session)
    add(session, survey, CALLS, DOORS)
    derive(session, survey)

    decide_at_random(session, survey, seed)

    found = decided_by_synthesis(session, survey)
    assert found
    assert decided_on_pages(session) == found

    book = codebooks.current(survey)
    into = theme(survey, "S01")
    make(
        session,
        survey,
        planning.to_merge(book, ["S02", "S03"], into, changes_meaning=True),
        NOON + dt.timedelta(days=1),
    )
    derive(session, survey)

    assert decided_on_pages(session) == decided_by_synthesis(session, survey)
