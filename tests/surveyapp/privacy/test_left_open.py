"""What was open in a text stays held back, whatever else is erased from it, until it is decided."""

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.config import Settings
from surveyapp.derived import inspecting
from surveyapp.derived.inspecting import Desk
from surveyapp.extensions import db
from surveyapp.identifying import texts
from surveyapp.models import (
    Answer,
    Base,
    Finding,
    Inspected,
    Mark,
    Memo,
    Passage,
    Submission,
    Summary,
    Survey,
    Upload,
)
from surveyapp.privacy import deciding, erasing, listing
from surveyapp.privacy.deciding import Ruling, Verdict
from surveyapp.privacy.erasing import Spot, Wish
from surveyapp.privacy.listing import View
from synthesis.identifying import Hit, trained
from tests.surveyapp.building import NOON, somebody, submission_of
from tests.surveyapp.deriving import derive
from tests.surveyapp.privacy import planted

pytestmark = pytest.mark.privacy
CHILD, REST = "Jayden Okoro", "12, of Thornhill Primary School"
STORY = f"{CHILD}, {REST}, was helped by a mentor."
KIND = "age with a place"


@pytest.fixture(autouse=True)
def leaning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let age and school be found beside the name alone."""

    def find(text: str) -> tuple[Hit, ...]:
        at, rest = text.find(CHILD), text.find(REST)
        if min(at, rest) < 0:
            return ()
        name = Hit(at, at + len(CHILD), "name", "a name")
        return name, Hit(rest, rest + len(REST), KIND, "an age and a school beside a name")

    monkeypatch.setattr(trained, "find_all", lambda read: [find(one) for one in read])


@pytest.fixture
def alder(session: Session, survey: Survey) -> Submission:
    return submission_of(session, "Alder")


@pytest.fixture
def place(alder: Submission) -> str:
    return f"{alder.authority_code}/S01.2"


@pytest.fixture
def look(session: Session, survey: Survey, settings: Settings) -> Callable[[], None]:
    def look() -> None:
        session.commit()
        inspecting.inspect(
            Desk(db.sessionmaker, settings.instance / "uploads", lambda: NOON), survey.id
        )
        session.expire_all()

    return look


@pytest.fixture
def answer(session: Session, survey: Survey, alder: Submission, look: Callable[[], None]) -> Answer:
    answer = planted.tell(session, alder)
    answer.value = {"text": STORY}
    session.commit()
    derive(session, survey)
    look()
    return answer


def marks(session: Session, place: str) -> list[Mark]:
    rows = select(Mark).where(Mark.place == place).order_by(Mark.start)
    return list(session.scalars(rows))


def erase(session: Session, settings: Settings, survey: Survey, *those: Mark) -> None:
    spots = [Spot.of(one) for one in those]
    erasing.erase(session, settings, survey, Wish(spots, "A child", somebody(session), NOON))
    session.commit()


def opened(session: Session, survey: Survey, settings: Settings) -> list[tuple[str, str]]:
    found = listing.read(session, survey, View(), settings.instance / "uploads")
    return [(one.kind, one.words) for _, rows in found.groups for one in rows]


def held(session: Session, place: str) -> list[bool]:
    rows = select(Passage.held).where(Passage.response == place).order_by(Passage.start)
    return list(session.scalars(rows))


def test_a_mark_that_leaned_on_erased_words_stays_to_be_decided(
    session: Session,
    survey: Survey,
    settings: Settings,
    answer: Answer,
    place: str,
    look: Callable[[], None],
) -> None:
    assert opened(session, survey, settings) == [("name", CHILD), (KIND, REST)]
    erase(session, settings, survey, marks(session, place)[0])
    look()
    assert answer.value["text"].startswith(f"[removed], {REST}")
    assert opened(session, survey, settings) == [(KIND, REST)]
    assert held(session, place) == [True]
    for model in (Mark, Inspected):
        for one in session.scalars(select(model)):
            session.delete(one)
    look()
    derive(session, survey)
    assert opened(session, survey, settings) == [(KIND, REST)]
    assert held(session, place) == [True]
    ruling = Ruling("cleared", "A made-up school", somebody(session), NOON + dt.timedelta(1))
    deciding.decide(session, survey, marks(session, place), ruling)
    look()
    assert held(session, place) == [False]
    assert opened(session, survey, settings) == []


def test_it_stays_after_a_second_erasure_and_is_erased_from_the_history_too(
    session: Session,
    survey: Survey,
    settings: Settings,
    answer: Answer,
    place: str,
    look: Callable[[], None],
) -> None:
    erase(session, settings, survey, marks(session, place)[0])
    look()
    mentor = answer.value["text"].index("a mentor")
    session.add(
        Mark(
            survey_id=survey.id,
            place=place,
            start=mentor,
            end=mentor + 8,
            kind="name",
            reason="a name",
            words_sha256=inspecting.known_by("a mentor"),
            authority_code=place.partition("/")[0],
            found_at=NOON,
        )
    )
    session.commit()
    erase(session, settings, survey, marks(session, place)[1])
    look()
    assert answer.value["text"] == f"[removed], {REST}, was helped by [removed]."
    assert opened(session, survey, settings) == [(KIND, REST)]
    erase(session, settings, survey, *marks(session, place))
    look()
    assert planted.standing(session, settings.instance, CHILD, "Thornhill") == []
    assert marks(session, place) == []


def test_it_goes_once_its_writer_has_taken_the_words_out(
    session: Session,
    survey: Survey,
    settings: Settings,
    answer: Answer,
    place: str,
    look: Callable[[], None],
) -> None:
    erase(session, settings, survey, marks(session, place)[0])
    answer.value = {"text": "A child was helped by a mentor."}
    look()
    assert marks(session, place) == []
    answer.value = {"text": f"We say it again: {REST}."}
    look()
    assert opened(session, survey, settings) == [(KIND, REST)]


def test_what_was_kept_held_stays_kept_and_what_was_cleared_cleared(
    session: Session,
    survey: Survey,
    settings: Settings,
    answer: Answer,
    place: str,
    look: Callable[[], None],
) -> None:
    name, rest = marks(session, place)
    ruled: tuple[tuple[Verdict, Mark], ...] = (("cleared", name), ("held", rest))
    for verdict, mark in ruled:
        ruling = Ruling(verdict, "We ask", somebody(session), NOON)
        deciding.decide(session, survey, [mark], ruling)
    erase(session, settings, survey, name)
    look()
    found = listing.read(session, survey, View("held"), settings.instance / "uploads")
    assert [one.words for _, rows in found.groups for one in rows] == [REST]
    assert opened(session, survey, settings) == []
    assert held(session, place) == [True]
    assert answer.value["text"].startswith("[removed]")


def test_so_it_is_in_every_kind_of_text(
    session: Session,
    survey: Survey,
    settings: Settings,
    answer: Answer,
    alder: Submission,
    place: str,
    look: Callable[[], None],
) -> None:
    me = somebody(session)
    common = {"survey_id": survey.id, "author_id": me.id}
    rows: list[Base] = [
        Memo(**common, about="survey", subject="", text=STORY, at=NOON),
        Finding(**common, theme="S01", claim=STORY, updated_at=NOON),
        Summary(
            **common,
            authority_code=submission_of(session, "Birch").authority_code,
            theme="S01",
            text=STORY,
            rests_on="",
            updated_at=NOON,
        ),
        Upload(
            submission_id=alder.id,
            question_code="S01.5",
            file_key="none",
            file_name=STORY,
            media_type="text/plain",
            size=1,
            sha256="0" * 64,
            uploaded_by_id=me.id,
            at=NOON,
        ),
    ]
    session.add_all(rows)
    look()
    before = {one.place for one in session.scalars(select(Mark))}
    kinds = {texts.label(one) for one in before}
    assert kinds >= {"Answer", "Memo", "Finding", "Summary", "Name of a file"}
    erase(session, settings, survey, marks(session, place)[0])
    look()
    left = session.scalars(select(Mark)).all()
    assert {one.kind for one in left} == {KIND}
    assert {one.place for one in left} == before
    assert answer.value["text"].startswith("[removed]")
    assert planted.standing(session, settings.instance, CHILD) == []
