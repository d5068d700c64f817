"""Every command has help, and says what is wrong plainly and with exit status 2."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from surveyapp import create_app, jobs
from surveyapp.config import Settings
from surveyapp.derived import working
from surveyapp.extensions import db
from surveyapp.models import Answer, Passage, Survey
from tests.surveyapp.building import TINY

OURS = ("db", "review", "survey")


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """An application of its own: commands commit."""
    app = create_app(Settings(instance=tmp_path, review_file=tmp_path / "review.docx"))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def ready(app: Flask) -> Flask:
    """The application with its tables."""
    assert run(app, "db", "upgrade").exit_code == 0
    return app


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=words)


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


def count(app: Flask, column: object) -> int | None:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count(column)))


def test_every_command_has_help(app: Flask) -> None:
    listed = [path for path in commands(app.cli) if path[0] in OURS]

    assert {path[0] for path in listed} == set(OURS)
    for path in listed:
        result = run(app, *path, "--help")
        usage, _, help_text = result.output.partition("\n\n")
        assert result.exit_code == 0, path
        assert usage.startswith("Usage:")
        assert len(help_text.split("Options:")[0].split()) > 4, f"{path} does not say what it does"


def test_the_database_is_made_and_checked(ready: Flask) -> None:
    assert run(ready, "db", "check").exit_code == 0
    assert run(ready, "db", "upgrade").exit_code == 0


def test_an_empty_database_does_not_pass_the_check(app: Flask) -> None:
    assert run(app, "db", "check").exit_code != 0


def test_a_sound_folder_can_be_published(app: Flask) -> None:
    result = run(app, "survey", "lint", str(TINY))

    assert (result.exit_code, result.output) == (0, "tiny_region can be published.\n")


def test_faults_are_listed(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "questionnaire.toml").write_text("code = ", encoding="utf-8")

    result = run(app, "survey", "lint", str(tmp_path))

    assert result.exit_code == 2
    assert "error: questionnaire.toml, line 1" in result.output
    assert "to mend before this can be published" in result.output


def test_the_example_is_loaded_once(ready: Flask) -> None:
    first = run(ready, "survey", "load-example", str(TINY))
    again = run(ready, "survey", "load-example", str(TINY))

    assert first.exit_code == again.exit_code == 0
    assert "Alder: submitted, 10 answers, 2 notes" in first.output
    assert "Tiny survey 2015 is ready" in first.output
    assert "has been loaded already" in again.output
    assert count(ready, Survey.id) == 1


def test_a_worker_reads_the_example_into_passages_as_soon_as_it_runs(
    ready: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(jobs.of(ready), "enqueue", lambda *work: asked.append(work))
    # Asked for once, however often the example is loaded before or after a worker has run.
    run(ready, "survey", "load-example", str(TINY))
    run(ready, "survey", "load-example", str(TINY))
    with ready.app_context():
        working.make(working.Workshop(db.sessionmaker), asked[0][1])
    run(ready, "survey", "load-example", str(TINY))

    assert [work[0] for work in asked] == [working.JOB]
    assert count(ready, Passage.key)


def test_the_example_can_be_loaded_afresh(ready: Flask) -> None:
    run(ready, "survey", "load-example", str(TINY))
    run(ready, "jobs", "once")
    answers = count(ready, Answer.id)

    result = run(ready, "survey", "load-example", str(TINY), "--replace")

    assert result.exit_code == 0
    assert count(ready, Survey.id) == 1
    assert count(ready, Answer.id) == answers


def test_a_folder_without_an_example_is_refused_and_nothing_is_kept(
    ready: Flask, tmp_path: Path
) -> None:
    folder = tmp_path / "none"
    folder.mkdir()

    result = run(ready, "survey", "load-example", str(folder))

    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert count(ready, Survey.id) == 0


def test_the_review_is_built_where_the_home_page_finds_it(ready: Flask) -> None:
    run(ready, "survey", "load-example", str(TINY))

    result = run(ready, "review", "build", "tiny-survey-2015")

    file = ready.config["SETTINGS"].review_file
    assert result.exit_code == 0, result.output
    assert f"The review is in {file}" in result.output
    assert file.read_bytes().startswith(b"PK")
    assert [one.name for one in file.parent.glob("*draft*")] == []
    settings = ready.config["SETTINGS"]
    ready.config["SETTINGS"] = settings.model_copy(update={"demo": True})
    with ready.test_client().get("/review.docx", buffered=True) as response:
        assert response.data == file.read_bytes()


def test_a_review_of_no_survey_is_refused(ready: Flask, tmp_path: Path) -> None:
    result = run(ready, "review", "build", "none", "-o", str(tmp_path / "mine.docx"))

    assert result.exit_code == 2
    assert "There is no survey with the code none." in result.output
    assert not (tmp_path / "mine.docx").exists()
