"""The states of the pages of the room agreement, and of a blind coder's."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.derived import acts
from surveyapp.derived.acts import Change, Hand, On, Place
from surveyapp.material import agreed
from surveyapp.material.agreed import Both
from surveyapp.models import CodingAct, Passage, Sample, Survey
from tests.e2e.every_page.furniture import OPEN, PEOPLE
from tests.e2e.every_page.states import State, Step, press, tick, write
from tests.surveyapp.building import NOON, somebody

ME: Final = "consultant"
CODER: Final = "interviewer"
SURVEY: Final = {"code": OPEN}


def _of(name: str) -> Mapping[str, str]:
    return {**SURVEY, "sample_id": f"sample {name}"}


def _retire(theme: str) -> Step:
    """Let a theme leave the codebook while the page is open."""
    return lambda page, _: page.get_by_label(theme).evaluate("one => { one.value = 'X9'; }")


DIFFERS: Final = {**_of("compared"), "passage_key": "passage that differs"}
BLIND: Final = {"sample_id": "sample under way"}
PASSAGE: Final = {**BLIND, "passage_key": "passage to code"}
STATES: Final = (
    State("agreement: overview", ME, "agreement.overview", SURVEY),
    State("agreement: ask for a sample", ME, "agreement.draw_form", SURVEY),
    State(
        "agreement: what would be drawn",
        ME,
        "agreement.draw_form",
        SURVEY,
        (
            tick("Hal Key, consultant"),
            write("How many authorities?", "100%"),
            press("Show what would be drawn"),
        ),
    ),
    State(
        "agreement: an amount that cannot be drawn",
        ME,
        "agreement.draw_form",
        SURVEY,
        (
            tick("Hal Key, consultant"),
            write("How many authorities?", "many"),
            press("Show what would be drawn"),
        ),
        status=422,
    ),
    State("agreement: a sample under way", ME, "agreement.sample_page", _of("under way")),
    State("agreement: a sample not begun", ME, "agreement.sample_page", _of("not begun")),
    State("agreement: a sample set aside", ME, "agreement.sample_page", _of("set aside")),
    State("agreement: a sample compared", ME, "agreement.sample_page", _of("compared")),
    State("agreement: a sample finished", ME, "agreement.sample_page", _of("finished")),
    State("agreement: figures", ME, "agreement.measures", _of("measured")),
    State("agreement: too few to tell", ME, "agreement.measures", _of("compared")),
    State("agreement: where coders differ", ME, "agreement.differences", _of("compared")),
    State(
        "agreement: nothing is settled",
        ME,
        "agreement.differences",
        _of("compared"),
        (press("Settled", "link"),),
    ),
    State("agreement: a difference", ME, "agreement.difference", DIFFERS),
    State(
        "agreement: a difference without a choice",
        ME,
        "agreement.settle",
        DIFFERS,
        (write("Why (optional)", "It is not clear."), press("Save and show the next")),
        begins_at="agreement.difference",
        status=422,
    ),
    State("blind: overview", CODER, "blind.overview", BLIND),
    State("blind: a finished sample", CODER, "blind.overview", {"sample_id": "sample finished"}),
    State("blind: a passage", CODER, "blind.passage", PASSAGE),
    State(
        "blind: a passage, by ticks",
        CODER,
        "blind.passage",
        PASSAGE,
        (press("Tick themes instead of typing", "link"),),
    ),
    State(
        "blind: ticked, and back again",
        CODER,
        "blind.passage",
        PASSAGE,
        (
            press("Tick themes instead of typing", "link"),
            tick("A1 Child abuse"),
            press("Next, and leave this open"),
            press("One passage back"),
        ),
    ),
    State(
        "blind: a tick for a theme that has left the codebook",
        CODER,
        "blind.code",
        PASSAGE,
        (
            press("Tick themes instead of typing", "link"),
            tick("A1 Child abuse"),
            _retire("E2 Audit"),
            tick("E2 Audit"),
            press("Finish and next"),
        ),
        begins_at="blind.passage",
        status=422,
    ),
    State(
        "blind: a slip in the box",
        CODER,
        "blind.code",
        PASSAGE,
        (write("Command", "+S01 +X9"), press("Do it")),
        begins_at="blind.passage",
        status=422,
    ),
)
# Addresses that answer with something else than a page.
NO_PAGES: Final[Mapping[str, str]] = {"blind.go_on": "leads on to the next passage"}
# What is sent to these is never shown again: they do it, and lead on to a page.
LEAD_ON: Final[Mapping[str, str]] = {
    "agreement.compare": "a button",
    "agreement.draw": "a button, beside what would be drawn",
    "agreement.draw_again": "a button",
    "agreement.set_aside": "a button",
    "blind.finish": "a button, shown when all passages are finished",
}
FIGURES_FROM: Final = 8


def furnish(session: Session) -> Mapping[str, str]:
    """Fill the database with what these states show, and return the ids they need, by name.

    What two coders gave is written as a comparison keeps it: no passage counts as coded by it.
    """
    survey = session.scalars(select(Survey).where(Survey.code == OPEN)).one()
    passages = session.scalars(
        select(Passage).where(Passage.survey_id == survey.id).order_by(Passage.place)
    ).all()
    code = passages[0].authority_code
    finished = {"finished_at": NOON}
    made = {
        "under way": _sample(session, survey, code),
        "not begun": _sample(session, survey, code),
        "set aside": _sample(session, survey, code, dropped_at=NOON),
        "finished": _sample(session, survey, code, **finished),
        "compared": _sample(session, survey, code, **finished),
        "measured": _sample(session, survey, code, **finished),
    }
    of_authority = [one for one in passages if one.authority_code == code]
    differing = [
        _both(one.key, code, {"S01"}, {"A1"} if at else set())
        for at, one in enumerate(of_authority)
    ]
    _compare(session, made["compared"], differing)
    _compare(session, made["measured"], list(_measured()))
    _begin(session, made["under way"], of_authority[1])
    ids = {f"sample {name}": str(one.id) for name, one in made.items()}
    return ids | {
        "passage that differs": of_authority[1].key,
        "passage to code": of_authority[1].key,
    }


def _sample(session: Session, survey: Survey, code: str, **at: dt.datetime) -> Sample:
    coder, me = (somebody(session, PEOPLE[who]) for who in (CODER, ME))
    drawn = {"drawn_by": me, "drawn_at": NOON, "seed": 1, "authorities": [code]}
    sample = Sample(survey=survey, coder=coder, **drawn, **at)
    session.add(sample)
    session.flush()
    return sample


def _begin(session: Session, sample: Sample, passage: Passage) -> None:
    """Let the coder have given a passage a theme."""
    place = Place(passage.response, passage.start, passage.end)
    hand = Hand(sample.coder, NOON, sample.id)
    acts.perform(session, sample.survey, hand, "blind", Change({On(place, "S01"): "add"}))


def _both(key: str, authority: str, first: set[str], second: set[str]) -> Both:
    return Both(key, authority, frozenset(first), frozenset(second), frozenset({"S01"}))


def _measured() -> Iterator[Both]:
    """Yield enough passages to tell: two coders agree well on S01, less on E2, rarely on P2."""
    for at in range(FIGURES_FROM * 9):
        first = {code for code, every in (("S01", 2), ("E2", 3), ("P2", 4)) if at % every == 0}
        second = {code for code, every in (("S01", 2), ("P2", 5)) if at % every == 0}
        second |= {"E2"} if at % 3 == 0 and at % 4 else set()
        second ^= {"S01"} if at % 17 == 0 else set()
        yield _both(
            f"{at:016}", f"Y{at % FIGURES_FROM}", first, second | ({"A1"} if at == 3 else set())
        )


def _compare(session: Session, sample: Sample, both: list[Both]) -> None:
    me = somebody(session, PEOPLE[ME])
    kept = agreed.kept(("S01", "A1", "E1", "E2", "E3", "P1", "P2", "P3"), both, [me.id])
    told = {"survey_id": sample.survey_id, "sample_id": sample.id, "at": NOON}
    act = CodingAct(kind=agreed.COMPARED, coder_id=me.id, before={}, after=kept, **told)
    session.add(act)
