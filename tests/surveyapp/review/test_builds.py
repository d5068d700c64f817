"""Builds of the review: numbered, made behind the pages, kept whole or not at all, forgotten."""

import datetime as dt
import json
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import built
from surveyapp.models import AuditEvent, Build, Person, Survey
from surveyapp.review import building, builds, making, pdf
from surveyapp.review.making import Workshop
from synthesis import word
from synthesis.pipeline import ReviewError
from tests.surveyapp.building import NOON

NAMES = {
    *("audit.docx", "clean.docx", "manifest.json", "matrix.xlsx", "profiles.docx"),
    *("records.docx", "registers.docx", "registers.xlsx"),
}


def kept(folder: Path, build: Build) -> list[Path]:
    return list(built.place(folder, build.survey_id, build.number).glob("*"))


def test_a_build_is_made_with_all_its_files(made: Build, folder: Path) -> None:
    assert (made.number, made.share_done, made.doing) == (1, 1.0, "")
    assert made.done_at is not None
    assert made.failed_at is None
    assert set(made.files) == NAMES
    assert len(made.inputs) == 64
    for name in NAMES:
        content = built.read(folder, made, name)
        assert content is not None
        assert len(content) == made.files[name]["size"]
    assert word.check(built.read(folder, made, "audit.docx") or b"") == []


def test_asking_while_one_is_under_way_finds_it(
    session: Session, survey: Survey, consultant: Person
) -> None:
    first, second = (builds.ask(session, survey, consultant, NOON) for _ in range(2))

    assert first.id == second.id
    asked = select(func.count()).where(AuditEvent.action == "review.build_asked_for")
    assert session.scalar(asked) == 1


def test_numbers_count_up(
    session: Session, survey: Survey, consultant: Person, made: Build
) -> None:
    assert builds.ask(session, survey, consultant, NOON).number == made.number + 1


def test_of_two_workers_one_makes_it(
    session: Session, survey: Survey, consultant: Person, workshop: Workshop
) -> None:
    one = builds.ask(session, survey, consultant, NOON)
    one.started_at = NOON
    session.commit()

    making.make(workshop, str(one.id))

    session.expire_all()
    assert one.done_at is None
    assert one.files == {}


def test_a_build_that_breaks_a_rule_says_where_and_hands_nothing_out(
    session: Session,
    survey: Survey,
    consultant: Person,
    workshop: Workshop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def break_a_rule(*_: object) -> None:
        raise ReviewError(["S01.gaps: says 3, but 1 stand behind it."])

    monkeypatch.setattr(building, "draw", break_a_rule)
    one = builds.ask(session, survey, consultant, NOON)
    session.commit()

    making.make(workshop, str(one.id))

    session.expire_all()
    assert one.failed_at is not None
    assert (one.violations, set(one.files)) == (1, {built.VIOLATIONS})
    assert built.violations(workshop.folder, one) == ["S01.gaps: says 3, but 1 stand behind it."]
    assert len(kept(workshop.folder, one)) == 1


def test_a_build_that_breaks_down_keeps_nothing(
    session: Session,
    survey: Survey,
    consultant: Person,
    workshop: Workshop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def break_down(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(building, "files", break_down)
    one = builds.ask(session, survey, consultant, NOON)
    session.commit()

    with pytest.raises(ZeroDivisionError):
        making.make(workshop, str(one.id))

    session.expire_all()
    assert one.failed_at is not None
    assert (one.violations, one.files) == (0, {})
    assert kept(workshop.folder, one) == []


def test_the_sweep_makes_what_the_queue_lost(
    session: Session, survey: Survey, consultant: Person, workshop: Workshop
) -> None:
    one = builds.ask(session, survey, consultant, NOON)
    session.commit()

    making.sweep(workshop)

    session.expire_all()
    assert one.done_at is not None


def test_the_sweep_gives_up_what_nobody_makes_any_more(
    session: Session, survey: Survey, consultant: Person, workshop: Workshop
) -> None:
    one = builds.ask(session, survey, consultant, NOON)
    one.started_at = dt.datetime.now(dt.UTC) - making.GONE_QUIET - dt.timedelta(minutes=1)
    session.commit()

    making.sweep(workshop)

    session.expire_all()
    assert one.failed_at is not None


def test_forgetting_takes_the_files_once_it_is_committed(
    session: Session, survey: Survey, made: Build, folder: Path
) -> None:
    assert built.forget_builds(session, survey, NOON) == 1
    assert kept(folder, made) != []

    session.commit()

    assert kept(folder, made) == []
    assert made.forgotten_at == NOON
    assert made.files == {}
    assert built.read(folder, made, "clean.docx") is None


def test_forgetting_undone_leaves_the_files(
    session: Session, survey: Survey, made: Build, folder: Path
) -> None:
    with session.begin_nested() as savepoint:
        built.forget_builds(session, survey, NOON)
        savepoint.rollback()
    session.commit()

    assert len(kept(folder, made)) >= len(NAMES)


def test_a_build_under_way_is_not_wanted_once_it_is_forgotten(
    session: Session,
    survey: Survey,
    consultant: Person,
    workshop: Workshop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def forget_meanwhile(*_: object) -> None:
        with workshop.sessions() as apart:
            built.forget_builds(apart, apart.get_one(Survey, survey.id), NOON)
            apart.commit()

    monkeypatch.setattr(building, "recheck", forget_meanwhile)
    one = builds.ask(session, survey, consultant, NOON)
    session.commit()

    making.make(workshop, str(one.id))

    session.expire_all()
    assert one.done_at is None
    assert one.forgotten_at is not None
    assert kept(workshop.folder, one) == []


def test_the_sweep_removes_files_that_nobody_knows(
    session: Session, made: Build, folder: Path, workshop: Workshop
) -> None:
    stray = folder / ("0" * 32) / "7"
    stray.mkdir(parents=True)
    (stray / "x").write_bytes(b"words")
    made.forgotten_at = NOON
    session.commit()

    making.sweep(workshop)

    assert not stray.exists()
    assert kept(folder, made) == []


def test_signing_off_makes_it_the_review_and_taking_that_back_opens_it(
    session: Session, survey: Survey, consultant: Person, made: Build
) -> None:
    builds.sign_off(session, made, consultant, NOON)
    assert built.signed_off(session, survey) is made

    builds.take_back(session, made, consultant)
    assert built.signed_off(session, survey) is None


def test_a_build_without_files_is_not_signed_off(
    session: Session, survey: Survey, consultant: Person
) -> None:
    one = builds.ask(session, survey, consultant, NOON)
    with pytest.raises(builds.NotReadyError):
        builds.sign_off(session, one, consultant, NOON)


def test_the_manifest_leads_every_claim_to_stored_words(made: Build, folder: Path) -> None:
    told = json.loads(built.read(folder, made, "manifest.json") or b"")

    assert told["inputs"] == made.inputs
    assert told["claims"]
    for claim in told["claims"]:
        for id in (*claim["for"], *claim["against"]):
            assert id in told["passages"] or id.partition(":")[0] in ("rating", "choice")
    for passage in told["passages"].values():
        assert len(passage["words_sha256"]) == 64


@pytest.mark.reproducible
def test_a_pdf_holds_no_trace_of_the_clock(made: Build, folder: Path) -> None:
    document = built.read(folder, made, "records.docx") or b""

    first, second = (pdf.convert(document) for _ in range(2))

    assert first.startswith(b"%PDF")
    assert first == second
