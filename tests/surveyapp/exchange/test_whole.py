"""A whole survey goes into one file, and out of it into an empty system."""

import datetime as dt
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import create_app, migrating
from surveyapp.config import Settings
from surveyapp.exchange import whole
from surveyapp.exchange.whole import carried
from surveyapp.extensions import db
from surveyapp.files import put
from surveyapp.material import gathering
from surveyapp.models import (
    Base,
    Decision,
    Finding,
    FindingPassage,
    MemberCheck,
    Memo,
    Person,
    Summary,
    Survey,
    Upload,
)
from surveyapp.review import building
from tests.surveyapp.building import NOON, somebody, submission_of

pytestmark = pytest.mark.exchange
RESPONSE, WORDS = "X06000001/S01.2", "We count every call to the front door."


@pytest.fixture
def worked(session: Session, survey: Survey, tmp_path: Path) -> Survey:
    """A survey with a decision, a finding, a summary, a memo, a file and a check in it."""
    iris = somebody(session, "Iris Notes")
    session.add_all(
        [
            Decision(
                survey=survey,
                response=RESPONSE,
                start=0,
                end=len(WORDS),
                words=WORDS,
                theme="A1",
                verdict="add",
                coder=iris,
                codebook=survey.codebook,
                made_at=NOON,
            ),
            Finding(
                survey=survey,
                theme="S01",
                claim="They count calls.",
                author=iris,
                updated_at=NOON,
                looked_against_at=NOON,
                looked_against_by_id=iris.id,
                passages=[FindingPassage(response=RESPONSE, start=0, end=8, words=WORDS[:8])],
            ),
            Summary(
                survey=survey,
                authority_code="X06000001",
                theme="S01",
                text="Counts calls.",
                rests_on="x",
                author=iris,
                updated_at=NOON,
            ),
            Memo(survey=survey, about="survey", text="Ask 👍 again.", author=iris, at=NOON),
            Upload(
                submission=submission_of(session, "Alder"),
                question_code="S01.5",
                file_key=put(tmp_path / "uploads", b"%PDF our plan"),
                file_name="plan.pdf",
                media_type="application/pdf",
                size=13,
                sha256="a" * 64,
                uploaded_by=iris,
                at=NOON,
            ),
            MemberCheck(
                submission=submission_of(session, "Alder"),
                person=iris,
                sent_by=iris,
                sent_on=NOON.date(),
                due_on=NOON.date() + dt.timedelta(days=14),
                silent_on=NOON.date() + dt.timedelta(days=15),
            ),
        ]
    )
    iris.staff_role = "consultant"
    session.commit()
    return survey


def written(session: Session, survey: Survey, folder: Path) -> bytes:
    file = io.BytesIO()
    whole.write(session, survey, folder / "uploads", file)
    return file.getvalue()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Flask]:
    """Another system, with nothing in it."""
    app = create_app(Settings(instance=tmp_path / "elsewhere"))
    with app.app_context(), db.engine.connect() as connection:
        migrating.upgrade(connection)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.mark.reproducible
def test_an_empty_system_gives_the_same_review(
    session: Session, worked: Survey, elsewhere: Flask, tmp_path: Path
) -> None:
    file = written(session, worked, tmp_path)
    before = gathering.gather(session, worked)
    review = building.build(before, lambda *_: None)

    with elsewhere.app_context():
        there = db.sessionmaker()
        loaded = whole.load(there, io.BytesIO(file), tmp_path / "kept")
        there.commit()
        after = gathering.gather(there, loaded)

        assert after.material == before.material
        assert after.material.returns[0].silent_on == NOON.date() + dt.timedelta(days=15)
        assert (after.codebook, after.outline) == (before.codebook, before.outline)
        assert building.build(after, lambda *_: None) == review
        assert there.scalars(select(Person.staff_role).distinct()).all() == [None]
        upload = there.scalars(select(Upload)).one()
        assert (tmp_path / "kept" / upload.file_key).read_bytes() == b"%PDF our plan"
        assert there.scalars(select(Memo.text)).one() == "Ask 👍 again."
        there.close()


def test_writing_again_what_was_loaded_is_the_same_file(
    session: Session, worked: Survey, elsewhere: Flask, tmp_path: Path
) -> None:
    file = written(session, worked, tmp_path)

    with elsewhere.app_context():
        there = db.sessionmaker()
        loaded = whole.load(there, io.BytesIO(file), tmp_path / "uploads")
        there.commit()
        again = json.loads(written(there, loaded, tmp_path))
        there.close()

    first = json.loads(file)
    for given in (first, again):
        given["files"] = sorted(given["files"].values())
        for row in given["tables"]["upload"]:
            row["file_key"] = ""
    assert again == first


def test_people_and_codebooks_that_are_known_stay_as_they_are(
    session: Session, worked: Survey, tmp_path: Path
) -> None:
    given = json.loads(written(session, worked, tmp_path))
    given["tables"]["survey"][0]["code"] = "loaded"
    for row in given["tables"]["submission"]:
        row["reference"] = None
        row["submitted_at"] = row["submitted_by_id"] = None
    people = len(session.scalars(select(Person)).all())
    renamed = _with_other_ids(given)

    loaded = whole.load(session, io.BytesIO(json.dumps(renamed).encode()), tmp_path / "uploads")

    assert loaded.codebook_id == worked.codebook_id
    assert len(session.scalars(select(Person)).all()) == people
    assert somebody(session, "Iris Notes").staff_role == "consultant"


def _with_other_ids(given: dict[str, object]) -> dict[str, object]:
    """Give every row of the file another id, as another system would have."""
    text = json.dumps(given)
    ids = {row["id"] for rows in given["tables"].values() for row in rows if "id" in row}
    for one in ids:
        text = text.replace(one, f"f{one[1:]}" if one[0] != "f" else f"0{one[1:]}")
    found: dict[str, object] = json.loads(text)
    return found


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"no json", "it is no JSON"),
        (b"[]", "no file of a whole survey"),
        (b"{}", "no file of a whole survey"),
        (b'{"format": "early help review: a whole survey", "version": "0001"}', "version 0001"),
    ],
)
def test_a_file_that_cannot_be_loaded_says_why(
    content: bytes, why: str, session: Session, survey: Survey, tmp_path: Path
) -> None:
    with pytest.raises(whole.UnfitError, match=why):
        whole.load(session, io.BytesIO(content), tmp_path)


def test_a_survey_that_is_there_is_not_loaded_again(
    session: Session, worked: Survey, tmp_path: Path
) -> None:
    file = written(session, worked, tmp_path)

    with pytest.raises(whole.UnfitError, match="here already"):
        whole.load(session, io.BytesIO(file), tmp_path)


def test_a_damaged_file_leaves_no_file_behind(
    session: Session, worked: Survey, tmp_path: Path
) -> None:
    given = json.loads(written(session, worked, tmp_path))
    given["tables"]["survey"][0]["code"] = "other"
    del given["tables"]["decision"][0]["words"]

    with pytest.raises(whole.UnfitError, match="do not fit together"):
        whole.load(session, io.BytesIO(json.dumps(given).encode()), tmp_path / "kept")

    assert list((tmp_path / "kept").iterdir()) == []


def test_every_table_is_carried_or_left_for_a_reason() -> None:
    names = {table.name for table in Base.metadata.sorted_tables}

    assert carried.LEFT.keys() <= names
    for table in carried.tables():
        assert carried.rows(table, dt.datetime) is not None


def test_nothing_of_another_survey_is_carried(
    session: Session, worked: Survey, tmp_path: Path
) -> None:
    session.add(Person(email="other@tarn.example", name="Otto Other"))
    session.commit()

    assert b"Otto Other" not in written(session, worked, tmp_path)
