"""A built review holds against what is stored, or is not handed out and says where it does not."""

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from surveyapp import built
from surveyapp.material import gathering
from surveyapp.models import (
    Answer,
    AnswerRevision,
    Build,
    Decision,
    Mark,
    Person,
    SectionState,
    Survey,
)
from surveyapp.review import building, builds, causes, inputs, making
from surveyapp.review.making import Workshop
from synthesis.review.companions.manifest import sha256
from tests.surveyapp.building import NOON

pytestmark = pytest.mark.ledger


def answer_of(session: Session, code: str) -> Answer:
    authority, _, question = code.partition("/")
    return next(
        row
        for row in session.scalars(select(Answer).where(Answer.question_code == question))
        if row.submission.authority_code == authority
    )


def test_everything_in_the_manifest_is_stored_word_for_word(
    session: Session, survey: Survey, made: Build, workshop: Workshop
) -> None:
    told = built.manifest(workshop.folder, made)
    now = inputs.read(session, survey).gathered.material
    texts = {one.id: one for one in now.responses}

    assert told["passages"]
    for passage in told["passages"].values():
        response = texts[passage["response"]]
        words = response.text[passage["start"] : passage["end"]]
        assert sha256(words) == passage["words_sha256"]
        assert response.use_level != "withheld"
        assert not any(one.response == response.id for one in now.held)
    for one in told["quotations"]:
        assert one["source"] in told["passages"]


def meanwhile(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, *changes: Callable[[Session], None]
) -> None:
    """Let something change while a build is made: one thing each time that it looks once more."""
    left = list(changes)
    recheck = making._recheck

    def look(*given: object) -> None:
        if left:
            with workshop.sessions() as apart:
                left.pop(0)(apart)
                apart.commit()
        recheck(*given)

    monkeypatch.setattr(making, "_recheck", look)


def build(
    session: Session, survey: Survey, consultant: Person, workshop: Workshop
) -> tuple[Build, list[str]]:
    """Return a build that was just made, and why it failed if it did."""
    one = builds.ask(session, survey, consultant, NOON)
    session.commit()
    making.make(workshop, str(one.id))
    session.expire_all()
    return one, built.violations(workshop.folder, one)


def change_words(session: Session, response: str) -> None:
    row = answer_of(session, response)
    row.value = {"text": f"Something else altogether. {row.value['text']}"}
    # As words are erased: what it said before is not there either.
    kept = update(AnswerRevision).where(AnswerRevision.answer_id == row.id)
    session.execute(kept.values(value=row.value))


def withhold(session: Session, response: str) -> None:
    row = answer_of(session, response)
    section = response.partition("/")[2].partition(".")[0]
    state = session.scalars(
        select(SectionState).where(
            SectionState.submission_id == row.submission_id, SectionState.section_code == section
        )
    ).one()
    state.use_level = "withheld"


def hold(session: Session, response: str) -> None:
    row = answer_of(session, response)
    session.add(
        Mark(
            survey_id=row.submission.survey_id,
            place=response,
            start=0,
            end=5,
            kind="date of birth",
            reason="a rule",
            words_sha256="0" * 64,
            authority_code=row.submission.authority_code,
            found_at=NOON,
        )
    )


def answer_anew(session: Session, response: str) -> None:
    """Type something else, as an authority does: what it said before is kept as a version."""
    row = answer_of(session, response)
    row.value = {"text": "We stopped all of this last week, and start again in autumn."}
    row.version += 1
    session.add(
        AnswerRevision(
            answer_id=row.id,
            version=row.version,
            value=row.value,
            author_id=row.author_id,
            saved_at=NOON,
        )
    )


def decide(session: Session, response: str, consultant: Person) -> None:
    row = answer_of(session, response)
    words = str(row.value["text"])
    session.add(
        Decision(
            survey_id=row.submission.survey_id,
            response=response,
            start=0,
            end=len(words),
            words=words,
            theme="S01",
            verdict="add",
            coder_id=consultant.id,
            codebook_id=row.submission.survey.codebook_id,
            made_at=dt.datetime.now(dt.UTC),
        )
    )


CASES = [
    (change_words, "the words behind it are not those that are stored now"),
    (withhold, "not for publication"),
    (hold, "may identify a child (date of birth); clear it first"),
]


@pytest.mark.parametrize(("change", "fault"), CASES)
def test_what_is_taken_back_twice_while_it_is_built_is_never_handed_out(
    session: Session,
    survey: Survey,
    consultant: Person,
    workshop: Workshop,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Session, str], None],
    fault: str,
) -> None:
    response = _quoted(session, survey)
    meanwhile(
        workshop,
        monkeypatch,
        lambda apart: change_words(apart, response),
        lambda apart: change(apart, response),
    )

    one, said = build(session, survey, consultant, workshop)

    assert one.failed_at is not None
    assert (one.violations, set(one.files)) == (0, {built.VIOLATIONS})
    assert any(fault in line for line in said), said
    assert all(line.startswith("Alder, ") for line in said), said


@pytest.mark.parametrize("change", [change for change, _ in CASES])
def test_what_is_taken_back_once_while_it_is_built_is_not_in_it(
    session: Session,
    survey: Survey,
    consultant: Person,
    workshop: Workshop,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Session, str], None],
) -> None:
    response = _quoted(session, survey)
    meanwhile(workshop, monkeypatch, lambda apart: change(apart, response))

    one, _ = build(session, survey, consultant, workshop)

    assert one.done_at is not None
    told = built.manifest(workshop.folder, one)
    now = {text.id: text for text in inputs.read(session, survey).gathered.material.responses}
    for passage in told["passages"].values():
        found = now[passage["response"]]
        assert sha256(found.text[passage["start"] : passage["end"]]) == passage["words_sha256"]
        assert found.use_level != "withheld"
        assert found.id != response or change is change_words


def test_decisions_and_answers_that_come_meanwhile_are_not_in_it_and_the_page_says_so(
    session: Session,
    survey: Survey,
    consultant: Person,
    workshop: Workshop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    response = _quoted(session, survey)

    def both(apart: Session) -> None:
        decide(apart, response, consultant)
        answer_anew(apart, response)

    meanwhile(workshop, monkeypatch, both)

    one, said = build(session, survey, consultant, workshop)

    assert (one.done_at is not None, said, one.violations) == (True, [], 0)
    told = built.manifest(workshop.folder, one)
    assert any(p["response"] == response for p in told["passages"].values())
    newer = causes.between(session, survey, causes.Window(one.started_at, one.done_at))
    assert any("added" in act.what for act in newer)


def test_new_names_to_keep_out_are_seen(session: Session, survey: Survey) -> None:
    was = gathering.said(session, survey)
    survey.title = "Another title"
    building.recheck(was, gathering.said(session, survey), {})

    response = _quoted(session, survey)
    answer_of(session, response).submission.authority.places = ["Elsewhere"]
    session.flush()

    with pytest.raises(building.TakenBackError) as caught:
        building.recheck(was, gathering.said(session, survey), {})
    assert len(caught.value.places) == 1


def _quoted(session: Session, survey: Survey) -> str:
    """Return the id of a written answer that a claim rests on."""
    drawn = building.draw(inputs.read(session, survey), lambda *_: None)
    ids = (id for claim in drawn.ledger.claims for id in claim.supporting)
    found = (id.rpartition(":")[0] for id in ids if "/S" in id and id.startswith("X"))
    return next(id for id in found if id.count("/") == 1)
