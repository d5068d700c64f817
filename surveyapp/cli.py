"""The commands of the service: `flask db`, `flask survey` and `flask review`."""

import datetime as dt
import json
from pathlib import Path
from typing import IO

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy.exc import NoResultFound

from surveyapp import example, jobs, migrating
from surveyapp.config import Settings
from surveyapp.definitions import faults, lines, lint
from surveyapp.definitions.faults import DefinitionError
from surveyapp.derived import working
from surveyapp.errors import SurveyError
from surveyapp.exchange import whole
from surveyapp.extensions import begin_writing, db
from surveyapp.material import gathering
from surveyapp.models import Survey
from synthesis.delivering import progress, replacing
from synthesis.errors import InputError

BAD_INPUT = 2
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
database = AppGroup("db", help="Bring the database up to date, and check that it is.")
review = AppGroup("review", help="Build the Word review from what authorities said.")
survey = AppGroup("survey", help="Check a folder of definitions, and load a survey.")


class BadInputError(click.ClickException):
    """Input that a person has to mend: said plainly, with exit status 2."""

    exit_code = BAD_INPUT


def init_app(app: Flask) -> None:
    """Add the commands."""
    for group in (database, review, survey):
        app.cli.add_command(group)


@database.command("upgrade")
def upgrade() -> None:
    """Bring the database up to the version that this code expects; make it if there is none."""
    with db.engine.connect() as connection:
        migrating.upgrade(connection)


@database.command("check")
def check() -> None:
    """Fail if the tables that the code describes are not the ones the migrations make."""
    with db.engine.connect() as connection:
        migrating.check(connection)


@review.command("build")
@click.argument("code", metavar="SURVEY")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write the file.")
def build_review(code: str, output: Path | None) -> None:
    """Build the Word review of SURVEY, such as early-help-2015, where the home page finds it."""
    settings: Settings = current_app.config["SETTINGS"]
    try:
        gathered = gathering.gather(db.session, gathering.get_survey(db.session, code))
        document = _build(gathered)
        file = (output or settings.review_file).resolve()
        # The whole file or none of it, so that nobody downloads half a review.
        with replacing(file) as stream:
            stream.write(document)
        with replacing(file.with_suffix(".json")) as stream:
            stream.write(json.dumps({"survey": code}).encode())
    except NoResultFound as error:
        raise BadInputError(f"There is no survey with the code {code}.") from error
    except InputError as error:
        raise BadInputError(str(error)) from error
    if gathered.stale:
        click.echo(f"{gathered.stale} decisions were left out: their words have changed since.")
    click.echo(f"The review is in {file}.")


def _build(gathered: gathering.Gathered) -> bytes:
    # Imported only now: the tagger takes seconds to load, and no other command needs it.
    from surveyapp.review import building

    with progress() as tell:
        return building.build(gathered, tell)


@survey.command("lint")
@click.argument("folder", type=FOLDER)
def lint_folder(folder: Path) -> None:
    """Say everything that is wrong with the questionnaire, guide and codebook in FOLDER."""
    texts = example.texts(folder)
    found = lint.check(texts)
    places = lines.find(texts, found)
    for fault in found:
        line = f", line {places[fault]}" if fault in places else ""
        click.echo(f"{fault.severity}: {fault.place}{line}: {fault.fault} {fault.remedy}")
    wrong = faults.errors(found)
    if wrong:
        raise BadInputError(f"{len(wrong)} to mend before this can be published.")
    click.echo(f"{folder.name} can be published.")


@survey.command("load-example")
@click.argument("folder", type=FOLDER)
@click.option("--replace", is_flag=True, help="Remove the example first if it is there already.")
def load_example(folder: Path, *, replace: bool) -> None:
    """Load the invented region in FOLDER/example, which answers the questionnaire in FOLDER."""
    try:
        _load(folder, replace=replace)
    except (DefinitionError, SurveyError) as error:
        raise BadInputError(str(error)) from error


@survey.command("load")
@click.argument("file", type=click.File("rb"))
def load_whole(file: IO[bytes]) -> None:
    """Load the whole survey in FILE, made under Exchange in another system."""
    settings: Settings = current_app.config["SETTINGS"]
    begin_writing(db.session)
    try:
        loaded = whole.load(db.session, file, settings.instance / "uploads")
    except SurveyError as error:
        db.session.rollback()
        raise BadInputError(str(error)) from error
    db.session.commit()
    click.echo(f"{loaded.title} is loaded: survey {loaded.code}. Nobody was made staff.")


def _load(folder: Path, *, replace: bool) -> None:
    given = example.read(folder)
    begin_writing(db.session)
    there = example.find(db.session, given.region.code)
    if there is not None and not replace:
        click.echo(f"{there.title} has been loaded already; --replace loads it afresh.")
        _read_into_passages(there)
        return
    if there is not None:
        example.remove(db.session, there)
    loaded = example.load(db.session, given, click.echo)
    _read_into_passages(loaded)
    click.echo(f"{loaded.title} is ready: survey {loaded.code}.")


def _read_into_passages(survey: Survey) -> None:
    """Let the first worker that runs make ready what the workbench shows, unless it is on its way.

    Its sweep would do so too, only minutes later.
    """
    asked = working.standing(db.session, survey, looks=False)
    is_wanting = not (asked.is_there or asked.is_under_way)
    if is_wanting:
        working.ask(db.session, survey, dt.datetime.now(dt.UTC))
    db.session.commit()
    if is_wanting:
        jobs.of(current_app).enqueue(working.JOB, str(survey.id))
