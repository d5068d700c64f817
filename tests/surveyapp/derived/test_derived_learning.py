"""Learning as a job: what is decided betters what is open, and nothing that is decided changes."""

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from surveyapp.derived import acts, desks, laying, learning, working
from surveyapp.derived.acts import Change, Hand, Place
from surveyapp.derived.working import Workshop
from surveyapp.extensions import db
from surveyapp.material import taught
from surveyapp.models import (
    Cell,
    CodedPassage,
    Decision,
    Derivation,
    Learning,
    Passage,
    Survey,
    Tag,
)
from synthesis import material, tagger
from synthesis.tagger import Judged, Tagger
from tests.surveyapp.building import NOON, grow, queries, save, somebody, submission_of
from tests.surveyapp.deriving import derive

STORY = "Grandmothers bring soup to the flats."


@pytest.fixture
def workshop() -> Workshop:
    return Workshop(db.sessionmaker, lambda: NOON)


@pytest.fixture
def told(session: Session, survey: Survey, monkeypatch: pytest.MonkeyPatch) -> list[Passage]:
    """Passages of three authorities, all much alike; the tiny codebook suffices to learn from."""
    monkeypatch.setattr(tagger, "ENOUGH", 3)
    grow(session, survey, 2)
    for name in ("Birch", "Elm 0", "Elm 1"):
        text = " ".join(f"{STORY} Rain number {n} falls in town {name}!" for n in range(6))
        one = submission_of(session, name)
        save(session, one, "S01.1", {"rating": 4}, seen=int(name == "Birch"))
        save(session, one, "S01.2", {"text": text})
    derive(session, survey)
    alike = select(Passage).where(Passage.words == STORY)
    return list(session.scalars(alike.order_by(Passage.place)))


def code(session: Session, survey: Survey, passages: list[Passage], theme: str = "E2") -> None:
    """Finish passages, with one theme each."""
    shared = {"survey_id": survey.id, "coder_id": somebody(session, "Iris Notes").id}
    for one in passages:
        place = {"response": one.response, "start": one.start, "end": one.end, "words": one.words}
        told = {"codebook_id": survey.codebook_id, **shared, **place}
        session.add(CodedPassage(**told, at=NOON))
        if theme:
            session.add(Decision(**told, theme=theme, verdict="add", made_at=NOON))
    session.flush()
    laying.lay(session, survey, {one.response for one in passages})
    session.commit()


def tags(session: Session, *, coded: bool) -> dict[tuple[str, str], tuple[float | None, str, str]]:
    rows = session.execute(
        select(Tag.passage_key, Tag.theme, Tag.score, Tag.reason, Tag.verdict)
        .join(Passage, Passage.key == Tag.passage_key)
        .where(Passage.coded.is_(coded))
    )
    return {(key, theme): (score, reason, verdict) for key, theme, score, reason, verdict in rows}


def of(told: list[Passage], *authorities: str) -> list[Passage]:
    return [one for one in told if one.authority_code in authorities]


def test_it_is_due_after_every_ten_finished_passages(
    session: Session, survey: Survey, told: list[Passage], workshop: Workshop
) -> None:
    assert not learning.due(session, survey)
    code(session, survey, told[:9])
    assert not learning.due(session, survey)
    code(session, survey, told[9:10])
    assert learning.due(session, survey)
    assert working.standing(session, survey).untaught == 10

    learning.make(workshop, str(survey.id))

    session.expire_all()
    assert not learning.due(session, survey)
    assert working.standing(session, survey).untaught == 0
    assert session.get_one(Derivation, survey.id).taught == 10


def test_what_is_decided_is_suggested_where_nobody_has_decided(
    session: Session, survey: Survey, told: list[Passage], workshop: Workshop
) -> None:
    # What is like a passage with the theme, and has the theme suggested only once that is learnt.
    rest = told[12:]
    assert not session.scalars(select(Tag).where(Tag.theme == "E2", Tag.score.is_not(None))).all()
    doubts = {one.key: one.doubt for one in rest}
    code(session, survey, told[:12])

    learning.make(workshop, str(survey.id))

    session.expire_all()
    found = session.scalars(
        select(Tag).where(Tag.theme == "E2", Tag.passage_key.in_([one.key for one in rest]))
    ).all()
    assert found
    assert all(tag.score and not tag.verdict for tag in found)
    assert any(one.doubt != doubts[one.key] for one in rest)
    for cell in session.scalars(select(Cell)):
        said = select(Tag).join(Passage, Passage.key == Tag.passage_key)
        there = said.where(
            Passage.authority_code == cell.authority_code,
            Passage.use_level != "withheld",
            Tag.theme == cell.theme,
            # Whoever finished a passage gave it these themes and no others.
            or_(Passage.coded.is_(False), Tag.verdict != ""),
        )
        assert cell.found == len(session.scalars(there).all())


def test_what_is_finished_or_decided_stays_as_it_is(
    session: Session, survey: Survey, told: list[Passage], workshop: Workshop
) -> None:
    code(session, survey, told[:12])
    key = next(key for key, theme in tags(session, coded=False) if theme == "S01")
    row = session.get_one(Tag, (key, "S01"))
    row.verdict = "accept"
    passage = session.get_one(Passage, key)
    session.add(
        Decision(
            survey_id=survey.id,
            coder=somebody(session, "Iris Notes"),
            response=passage.response,
            start=passage.start,
            end=passage.end,
            words=passage.words,
            theme="S01",
            verdict="accept",
            codebook=survey.codebook,
            made_at=NOON,
        )
    )
    session.commit()
    keys = set(session.scalars(select(Passage.key)))
    finished, decided = tags(session, coded=True), tags(session, coded=False)[key, "S01"]

    learning.make(workshop, str(survey.id))

    session.expire_all()
    assert tags(session, coded=True) == finished
    assert tags(session, coded=False)[key, "S01"] == decided
    assert set(session.scalars(select(Passage.key))) == keys


def test_a_decision_made_while_it_learns_is_kept(
    session: Session,
    survey: Survey,
    told: list[Passage],
    workshop: Workshop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Between judging and writing a coder finishes a passage: it keeps what they gave it."""
    code(session, survey, told[:12])
    late = told[-1]
    judge, did = Tagger.judge, []

    def meanwhile(self: Tagger, responses: list[material.Response]) -> Iterator[Judged]:
        yield from judge(self, responses)
        if not did and late.response in {one.id for one in responses}:
            did.append(True)
            code(session, survey, [late], theme="P3")

    monkeypatch.setattr(Tagger, "judge", meanwhile)
    monkeypatch.setattr("synthesis.learning.worth", lambda *_: None)
    learning.make(workshop, str(survey.id))

    session.expire_all()
    given = session.scalars(select(Tag).where(Tag.passage_key == late.key)).all()
    assert {(tag.theme, tag.verdict) for tag in given} == {("P3", "add")}


def test_deriving_afresh_learns_from_decisions_too(
    session: Session, survey: Survey, told: list[Passage], workshop: Workshop
) -> None:
    code(session, survey, told[:12])
    learning.make(workshop, str(survey.id))
    learnt = tags(session, coded=False)

    working.make(workshop, str(survey.id))

    session.expire_all()
    assert tags(session, coded=False) == learnt
    assert session.get_one(Derivation, survey.id).taught == 12


def test_a_blind_coders_passages_teach_nothing(
    session: Session, survey: Survey, told: list[Passage]
) -> None:
    from surveyapp.models import Sample

    coder = somebody(session, "Iris Notes")
    sample = Sample(
        survey_id=survey.id, coder=coder, drawn_by=coder, drawn_at=NOON, seed=1, authorities=[]
    )
    session.add(sample)
    code(session, survey, told[:10])
    for row in session.scalars(select(CodedPassage)):
        row.sample_id = sample.id
    session.flush()

    assert taught.finished(session, survey.id) == 0
    assert taught.stretches(session, survey, ()) == ()
    assert not learning.due(session, survey)


def test_it_says_by_how_much_it_helps_measured_on_what_it_has_not_learnt_from(
    session: Session, survey: Survey, told: list[Passage], workshop: Workshop
) -> None:
    code(session, survey, told)
    learning.make(workshop, str(survey.id))

    (row,) = learning.panel(session, survey).rows
    assert (row.passages, row.authorities) == (18, 3)
    assert 0 <= row.without <= row.taught <= 1
    assert row.low <= row.taught - row.without <= row.high


def test_one_authority_alone_is_learnt_from_and_measures_nothing(
    session: Session, survey: Survey, told: list[Passage], workshop: Workshop
) -> None:
    own = [one for one in session.scalars(select(Passage)) if one.authority_code == "X06000002"]
    code(session, survey, own[:12])

    learning.make(workshop, str(survey.id))

    session.expire_all()
    shown = learning.panel(session, survey)
    assert (shown.rows, shown.finished, shown.taught) == ((), 12, 12)
    assert shown.verdict.startswith("Not yet enough to tell whether")


@pytest.mark.parametrize(
    ("figures", "begins"),
    [
        ((49, 9, 0.5, 0.9, 0.2, 0.5), "Not yet enough to tell whether"),
        (
            (90, 1, 0.5, 0.9, 0.2, 0.5),
            "Not yet enough to tell whether",
        ),
        (
            (90, 9, 0.5, 0.6, 0.02, 0.2),
            "Learning from your decisions makes suggestions better. How well",
        ),
        (
            (90, 9, 0.6, 0.5, -0.2, -0.02),
            "Learning from your decisions makes suggestions worse. How well",
        ),
        ((90, 9, 0.5, 0.6, -0.1, 0.2), "No clear difference yet. How well"),
    ],
)
def test_it_says_in_plain_words_whether_it_helps(
    figures: tuple[int, int, float, float, float, float], begins: str
) -> None:
    names = ("passages", "authorities", "without", "taught", "low", "high")

    assert learning.verdict(Learning(**dict(zip(names, figures, strict=True)))).startswith(begins)


def test_what_was_finished_from_a_list_teaches_and_measures_nothing(
    session: Session, survey: Survey, told: list[Passage], workshop: Workshop
) -> None:
    """Whoever accepts a list agrees with it, which makes suggestions look better than they are."""
    listed, opened = told[:6], told[6:]
    code(session, survey, opened)
    on = {desks.On(Place(one.response, one.start, one.end), "S01"): "accept" for one in listed}
    finished = {one.place: {"S01": 0.85} for one in on}
    hand = Hand(somebody(session, "Iris Notes"), NOON)
    acts.perform(session, survey, hand, "many", Change(on, finished))
    session.commit()

    learning.make(workshop, str(survey.id))

    panel = learning.panel(session, survey)
    (row,) = panel.rows
    assert (panel.finished, panel.taught, row.passages, row.authorities) == (18, 18, 12, 2)
    assert not panel.is_stale

    acts.undo(session, survey, Hand(hand.coder, NOON + dt.timedelta(hours=1)))
    session.commit()
    assert learning.panel(session, survey).is_stale


def test_while_something_is_derived_nothing_is_learnt(
    session: Session,
    survey: Survey,
    told: list[Passage],
    workshop: Workshop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    code(session, survey, told[:12])
    session.get_one(Derivation, survey.id).started_at = NOON
    session.commit()
    monkeypatch.setattr(learning, "_learn", lambda *_: pytest.fail("It was done at once."))

    assert not learning.due(session, survey)
    learning.make(workshop, str(survey.id))


def test_what_was_asked_for_meanwhile_is_derived_afterwards(
    session: Session, survey: Survey, told: list[Passage], workshop: Workshop
) -> None:
    code(session, survey, told[:12])
    working.ask(session, survey, NOON)
    session.commit()

    learning.make(workshop, str(survey.id))

    session.expire_all()
    assert not working.standing(session, survey).is_under_way


def test_a_failure_lets_others_begin(
    session: Session,
    survey: Survey,
    told: list[Passage],
    workshop: Workshop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    code(session, survey, told[:12])
    with monkeypatch.context() as broken:
        broken.setattr(learning, "_learn", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            learning.make(workshop, str(survey.id))
    session.expire_all()
    assert learning.due(session, survey)

    learning.sweep(workshop)

    session.expire_all()
    assert not learning.due(session, survey)


@pytest.mark.queries
def test_asking_and_showing_take_a_few_queries(
    session: Session, survey: Survey, told: list[Passage]
) -> None:
    session.expire_all()
    session.refresh(survey)
    with queries(session) as sent:
        learning.due(session, survey)
    assert len(sent) <= 2
    with queries(session) as sent:
        learning.panel(session, survey)
    assert len(sent) <= 4
