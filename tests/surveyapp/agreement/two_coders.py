"""Two people who code the same passages: a consultant for the review, and Iris blind."""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.agreement import blind, drawing
from surveyapp.agreement.drawing import Wish
from surveyapp.derived import acts, commands
from surveyapp.derived.acts import Change, Hand, On, Place
from surveyapp.models import Decision, Passage, Person, Sample, Submission, Survey, Tag
from tests.surveyapp.building import NOON, grow, save, somebody
from tests.surveyapp.deriving import derive

SAID = "Audit helps us. We lack figures about neglect. The front door is open."
AN_HOUR = dt.timedelta(hours=1)


def consultant(session: Session, name: str = "Some Consultant") -> Person:
    """Return a consultant, added where there is none of this name."""
    found = session.scalars(select(Person).where(Person.name == name)).one_or_none()
    if found is None:
        email = f"{name.replace(' ', '.').lower()}@tarn.example"
        found = Person(name=name, email=email, staff_role="consultant")
        session.add(found)
        session.flush()
    return found


def iris(session: Session) -> Person:
    return somebody(session, "Iris Notes")


def speak(session: Session, survey: Survey, count: int) -> None:
    """Have more authorities that say three sentences each, and derive the passages."""
    grow(session, survey, count)
    for submission in session.scalars(
        select(Submission).where(Submission.authority_code.like("X07%"))
    ).all():
        save(session, submission, "S01.1", {"rating": 4})
        save(session, submission, "S01.2", {"text": SAID})
    derive(session, survey)


def elms(session: Session) -> list[Passage]:
    """Return the sentences that those authorities said, in order."""
    told = select(Passage).where(Passage.authority_code.like("X07%"), Passage.drawn.is_(False))
    return list(session.scalars(told.order_by(Passage.place)))


def place_of(passage: Passage) -> Place:
    return Place(passage.response, passage.start, passage.end)


def give(
    session: Session, survey: Survey, passage: Passage, themes: str, by: Person, at: dt.datetime
) -> None:
    """Let a passage be finished for the review, with these themes and the suggestions it has."""
    scores = {
        tag.theme: tag.score
        for tag in session.scalars(select(Tag).where(Tag.passage_key == passage.key))
        if tag.score is not None
    }
    place = place_of(passage)
    had = select(Decision.theme).where(
        Decision.response == place.response,
        Decision.start == place.start,
        Decision.end == place.end,
        Decision.coder_id == by.id,
    )
    verdicts = {On(place, theme): "" for theme in session.scalars(had)}
    verdicts |= {On(place, theme): "reject" for theme in scores}
    verdicts |= {
        On(place, theme): "accept" if theme in scores else "add" for theme in themes.split()
    }
    acts.perform(session, survey, Hand(by, at), "code", Change(verdicts, {place: scores}))


def draw(session: Session, survey: Survey, count: int = 99, seed: int = 1) -> Sample:
    """Draw a sample for Iris."""
    pool = next(
        one
        for one in drawing.pools(session, survey, consultant(session))
        if one.person is iris(session)
    )
    wish = Wish(pool.person.id, min(count, len(pool.free)), seed)
    return drawing.draw(session, survey, wish, consultant(session), NOON)


def type_in(session: Session, sample: Sample, key: str, line: str, at: dt.datetime = NOON) -> str:
    """Type a line about a passage of a sample; return the key of the passage shown next."""
    shown = blind.read(session, sample, key)
    assert shown is not None
    return blind.obey(session, sample, shown, commands.parse(line), at).key or ""


def code_blind(
    session: Session, sample: Sample, given: Mapping[str, str], at: dt.datetime = NOON
) -> None:
    """Let Iris code the whole sample: themes by words that a passage holds; then finish it."""
    code_all(session, sample, given, at)
    blind.finish(session, sample, at)


def code_all(
    session: Session, sample: Sample, given: Mapping[str, str], at: dt.datetime = NOON
) -> None:
    """Let Iris code every passage of the sample, and not finish it yet."""
    key = blind.next_open(session, sample)
    while key:
        shown = blind.read(session, sample, key)
        assert shown is not None
        themes = next((told for part, told in given.items() if part in shown.words), "")
        line = " ".join([*(f"+{theme}" for theme in themes.split()), "."])
        key = type_in(session, sample, key, line, at)
