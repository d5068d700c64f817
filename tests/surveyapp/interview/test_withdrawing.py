"""Words taken back are nowhere any more: not in a table, not in a file, not in the trail."""

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from surveyapp import create_app, files, leftovers, migrating
from surveyapp.config import Settings
from surveyapp.extensions import begin_writing, db
from surveyapp.interview import answering, papers, withdrawing
from surveyapp.interview.answering import Marked, Sentence
from surveyapp.interview.notes import Hand
from surveyapp.models import (
    Base,
    Correction,
    Decision,
    Export,
    Finding,
    FindingPassage,
    FollowUp,
    Interview,
    KeyContact,
    Note,
    NoteRevision,
    SentenceVerdict,
    SharedDocument,
    Submission,
    Summary,
)
from synthesis.sentences import split
from tests.surveyapp import building
from tests.surveyapp.building import NOON, somebody
from tests.surveyapp.interview.recorded import held_call, offered_call

GAPS = st.sampled_from((" ", "\n", "\n\n"))


@dataclass
class Plan:
    """What a call was about: sentences by note, what becomes of each, and what was made of them."""

    notes: list[list[tuple[str, str]]]  # the token of a sentence, and its verdict
    gaps: list[str]
    history: list[tuple[int, int]]  # how an earlier version was cut: first sentence, letters lost
    made: list[bool] = field(default_factory=list)

    def tokens(self, *verdicts: str) -> list[str]:
        """Return the words that stand for the sentences of these verdicts."""
        return [token for note in self.notes for token, said in note if said in verdicts]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    count = itertools.count(1)
    verdict = st.sampled_from(("", "confirmed", "corrected", "withdrawn"))
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    notes = [[(f"quokka{next(count):03}", draw(verdict)) for _ in range(size)] for size in sizes]
    cuts = st.tuples(st.integers(0, 2), st.integers(0, 9))
    return Plan(
        notes,
        [draw(GAPS) for _ in sizes],
        [draw(cuts) for _ in sizes],
        draw(st.lists(st.booleans(), min_size=8, max_size=8)),
    )


def sentence(token: str) -> str:
    return f"They said {token} twice."


def lay(session: Session, call: Interview, plan: Plan) -> None:
    """Take the notes of a plan down, with all that may come of them."""
    for number, parts in enumerate(plan.notes):
        text = plan.gaps[number].join(sentence(token) for token, _ in parts)
        start, cut = plan.history[number]
        former = plan.gaps[number].join(f"they sed {token} twice" for token, _ in parts[start:])
        note = _note(session, call, text, former[: len(former) - cut])
        session.add(_revision(note, 1, former))
        session.add(_revision(note, 2, text[: len(text) - cut]))
        for token, _ in parts:
            _derive(session, call, note, token, plan)
    every = " ".join(sentence(token) for note in plan.notes for token, _ in note)
    struck = _note(session, call, every, every)
    struck.struck_at = NOON
    session.add(_revision(struck, 1, every))
    session.flush()


def _note(session: Session, call: Interview, text: str, original: str) -> Note:
    note = Note(
        interview_id=call.id,
        text=text,
        original_text=original,
        version=3,
        author_id=call.interviewer_id,
        created_at=NOON,
        updated_at=NOON,
    )
    session.add(note)
    session.flush()
    return note


def _revision(note: Note, version: int, text: str) -> NoteRevision:
    return NoteRevision(
        note=note,
        version=version,
        text=text,
        verbatim=False,
        prompt_code="",
        author_id=note.author_id,
        saved_at=NOON,
    )


def _derive(session: Session, call: Interview, note: Note, token: str, plan: Plan) -> None:
    """Make of a sentence what staff may make of it."""
    submission, by = call.submission, call.interviewer_id
    response = f"{submission.authority_code}/interview/{note.id.hex[:12]}"
    words, start = sentence(token), note.text.index(sentence(token))
    place = {"response": response, "start": start, "end": start + len(words), "words": words}
    about = note.text.index(token)
    word = {"response": response, "start": about, "end": about + len(token), "words": token}
    finding = Finding(
        survey_id=submission.survey_id,
        theme="s01",
        claim=words,
        author_id=by,
        updated_at=NOON,
    )
    coded = {
        "survey_id": submission.survey_id,
        "coder_id": by,
        "codebook_id": submission.survey.codebook_id,
        "made_at": NOON,
        "verdict": "accept",
    }
    former = {"note_id": note.id, "note_version": 1, "start": start, "end": start + 5}
    made = [
        FollowUp(
            interview_id=call.id,
            note_id=note.id,
            text=f"{words} Ask again.",
            made_by_id=by,
            created_at=NOON,
        ),
        SharedDocument(interview_id=call.id, note_id=note.id, theme="", title=token),
        KeyContact(interview_id=call.id, note_id=note.id, theme="", name="Di", role=token),
        Decision(theme="s01", **place, **coded),
        Decision(theme="s02", **word, **coded),
        FindingPassage(finding=finding, **place),
        FollowUp(interview_id=call.id, text=words, made_by_id=by, created_at=NOON),
        SentenceVerdict(
            interview_id=call.id,
            verdict="corrected",
            instead=words,
            person_id=by,
            at=NOON,
            **former,
        ),
    ]
    session.add_all(one for one, wanted in zip(made, plan.made, strict=True) if wanted)
    session.flush()


def mark(session: Session, call: Interview, plan: Plan) -> None:
    """Mark the sentences as the plan has it."""
    verdicts = dict(itertools.chain.from_iterable(plan.notes))
    found = answering.sheet(session, call)
    hand = Hand(somebody(session), NOON)
    answering.keep(session, call, _marks(found.every, verdicts), hand)


def _marks(every: Sequence[Sentence], verdicts: dict[str, str]) -> Iterator[Marked]:
    for one in every:
        token = next((token for token in verdicts if token in one.text), "")
        said = verdicts.get(token, "")
        if said:
            yield Marked(
                one.note.id,
                one.note.version,
                one.start,
                one.end,
                said,
                f"Wombat instead of {token[6:]}." if said == "corrected" else "",
            )


def everything(session: Session) -> str:
    """Return every value of every table as text."""
    session.flush()
    rows = (
        session.execute(sa.select(sa.text("*")).select_from(table)).all()
        for table in Base.metadata.sorted_tables
    )
    return "\n".join(str(tuple(row)) for row in itertools.chain.from_iterable(rows))


def send_back(session: Session, call: Interview, kept: Settings) -> None:
    found = answering.sheet(session, call)
    sheet = answering.to_be_sent(session, call, found.seen)
    hand = Hand(somebody(session), NOON + dt.timedelta(days=3))
    answering.send(session, kept, sheet, hand, rest_is_right=False)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(plan=plans())
def test_no_table_holds_words_that_were_taken_back(
    session: Session, birch: Submission, app: Flask, plan: Plan
) -> None:
    begun = session.begin_nested()
    try:
        call = offered_call(session, birch)
        lay(session, call, plan)
        mark(session, call, plan)

        send_back(session, call, app.config["SETTINGS"])

        held = everything(session)
        assert [token for token in plan.tokens("withdrawn") if token in held] == []
        session.expire_all()
        now = " ".join(note.text for note in call.notes if note.counts)
        assert [token for token in plan.tokens("", "confirmed") if token not in now] == []
        corrected = [token[6:] for token in plan.tokens("corrected")]
        assert [one for one in corrected if f"Wombat instead of {one}." not in now] == []
    finally:
        begun.rollback()
        session.expire_all()


def test_what_stays_is_still_known_by_its_place(
    session: Session, birch: Submission, app: Flask
) -> None:
    call = offered_call(session, birch)
    plan = Plan([[("quokka001", "withdrawn"), ("quokka002", "")]], [" "], [(0, 0)], [True] * 8)
    lay(session, call, plan)
    mark(session, call, plan)

    send_back(session, call, app.config["SETTINGS"])

    note = next(one for one in call.notes if "quokka002" in one.text)
    rows = session.scalars(sa.select(Decision).where(Decision.coder_id == call.interviewer_id))
    stretches = [(note.text[row.start : row.end], row.words) for row in rows]
    assert stretches
    assert all(here == words for here, words in stretches)
    assert session.scalars(sa.select(FindingPassage.words)).all() == [sentence("quokka002")]
    assert [one.title for one in call.documents] == ["quokka002"]
    tasks = set(session.scalars(sa.select(FollowUp.text)))
    assert tasks == {"Ask again.", sentence("quokka002"), f"{sentence('quokka002')} Ask again."}


def test_of_a_note_that_goes_nothing_stays(session: Session, birch: Submission, app: Flask) -> None:
    call = offered_call(session, birch)
    plan = Plan([[("quokka001", "withdrawn")]], [" "], [(0, 0)], [True] * 8)
    lay(session, call, plan)
    note = next(one for one in call.notes if one.counts and "quokka" in one.text)
    session.add(
        Correction(
            note_id=note.id,
            question_code="S01.2",
            kind="corrects",
            prevails="note",
            made_by_id=call.interviewer_id,
            at=NOON,
        )
    )
    summary = Summary(
        survey_id=birch.survey_id,
        authority_code=birch.authority_code,
        theme="s01",
        text=f"Calls are counted. {sentence('quokka001')}",
        rests_on="x",
        author_id=call.interviewer_id,
        updated_at=NOON,
    )
    session.add(summary)
    mark(session, call, plan)

    send_back(session, call, app.config["SETTINGS"])

    assert (note.text, note.original_text, note.counts) == ("", "", False)
    for kind in (SharedDocument, KeyContact, FollowUp, Decision, FindingPassage):
        assert session.scalars(sa.select(kind)).all() == [], kind
    assert session.scalars(sa.select(Correction)).one().undone_at is not None
    assert (summary.text, summary.version) == ("Calls are counted.", 2)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """A copy of the service with a database and a folder of its own."""
    url = "" if request.param == "sqlite" else request.getfixturevalue("new_postgres_database")()
    kept = Settings(database_url=url, instance=tmp_path, review_file=tmp_path / "review.docx")
    app = create_app(kept)
    with app.app_context():
        with db.engine.connect() as connection:
            migrating.upgrade(connection)
        yield app
        db.session.close()
        db.engine.dispose()


def test_no_file_holds_words_that_were_taken_back(place: Flask) -> None:
    session, kept = db.session, place.config["SETTINGS"]
    call = _call_with_files(session, kept)
    assert holders(kept.instance, b"quokka001")

    send_back(session, call, kept)
    session.commit()
    leftovers.wipe(session)

    assert holders(kept.instance, b"quokka001") == []
    held = everything(session)
    assert "quokka001" not in held
    assert "quokka002" in held
    assert not kept.review_file.exists()
    assert not kept.review_file.with_suffix(".json").exists()
    failed = {one.kind: one.failed_at is not None for one in session.scalars(sa.select(Export))}
    assert failed == {"csv": True, "json": False}


def _call_with_files(session: Session, kept: Settings) -> Interview:
    """Commit a call in which one sentence is to be taken back, and the files made of it."""
    building.load_tiny(session)
    session.commit()
    begin_writing(session)
    call = offered_call(session, building.submission_of(session, "Birch"))
    parts = [("quokka001", "withdrawn"), ("quokka002", "confirmed")]
    plan = Plan([parts], [" "], [(0, 0)], [True] * 8)
    lay(session, call, plan)
    _make_files(session, call, kept)
    session.commit()
    begin_writing(session)
    mark(session, call, plan)
    return call


def _make_files(session: Session, call: Interview, kept: Settings) -> None:
    """Make a review and exports: one made, one being made, one not begun yet."""
    words = sentence("quokka001").encode()
    kept.review_file.write_bytes(words)
    kept.review_file.with_suffix(".json").write_text('{"survey": "tiny-survey-2015"}', "utf-8")
    asked = {
        "survey_id": call.submission.survey_id,
        "asked_by_id": call.interviewer_id,
        "asked_at": NOON,
    }
    key = files.put(kept.instance / "exports", words)
    made = Export(kind="xlsx", done_at=NOON, started_at=NOON, file_key=key, size=1, **asked)
    begun = Export(kind="csv", started_at=NOON, **asked)
    session.add_all([made, begun, Export(kind="json", **asked)])
    folder = papers.forms(kept.instance, call)
    folder.mkdir(parents=True)
    (folder / "form").write_bytes(words)


def holders(folder: Path, words: bytes) -> list[str]:
    """Return the files in a folder that have these words in them."""
    return [one.name for one in folder.rglob("*") if one.is_file() and words in one.read_bytes()]


def test_the_review_of_another_survey_stays(
    session: Session, birch: Submission, app: Flask
) -> None:
    kept: Settings = app.config["SETTINGS"]
    note = kept.review_file.with_suffix(".json")
    kept.review_file.write_bytes(b"x")
    note.write_text('{"survey": "another"}', "utf-8")
    try:
        withdrawing.forget_files(session, kept, held_call(session, birch), NOON)

        assert kept.review_file.exists()
    finally:
        kept.review_file.unlink()
        note.unlink()


def test_a_sentence_that_stands_twice_is_taken_out_where_it_was_marked(
    session: Session, birch: Submission, app: Flask
) -> None:
    call = offered_call(session, birch)
    text = "Yes. They came. Yes."
    note = _note(session, call, text, text)
    start, end = split(text)[0]
    mark = Marked(note.id, note.version, start, end, "withdrawn")
    answering.keep(session, call, [mark], Hand(somebody(session), NOON))

    send_back(session, call, app.config["SETTINGS"])

    assert note.text == "They came. Yes."
