"""A whole survey written as JSON: every row that it rests on, and the files that were given."""

import base64
import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Final

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import files
from surveyapp.exchange.whole import carried
from surveyapp.models import Submission, Survey, Upload

FORMAT: Final = "early help review: a whole survey"
IN_PARTS: Final = {"yield_per": 500}
Tell = Callable[[int], None]


def version(session: Session) -> str:
    """Return the version of the tables, which a file and the system that loads it share."""
    return str(session.scalar(sa.text("SELECT version_num FROM alembic_version")))


def write(
    session: Session, survey: Survey, kept: Path, file: IO[bytes], tell: Tell = lambda _: None
) -> None:
    """Write everything that a survey rests on; `kept` is where files given with answers are.

    The file holds names, addresses and words that may not be published. Whoever has it answers
    for it.
    """
    _say(file, f'{{"format": {json.dumps(FORMAT)}, "version": {json.dumps(version(session))}')
    _say(file, ',\n"tables": {')
    for number, table in enumerate(carried.tables()):
        tell(number)
        _say(file, f"{',' if number else ''}\n{json.dumps(table.name)}: [")
        asked = carried.rows(table, survey.id).execution_options(**IN_PARTS)
        for at, row in enumerate(session.execute(asked).mappings()):
            plain = {
                column.name: None
                if (table.name, column.name) in carried.BLANK
                else _plain(row[column.name])
                for column in table.columns
            }
            _say(file, f"{',' if at else ''}\n {json.dumps(plain, ensure_ascii=True)}")
        _say(file, "]")
    _say(file, '},\n"files": {')
    for number, (key, content) in enumerate(_files(session, survey, kept)):
        packed = base64.b64encode(content).decode()
        _say(file, f"{',' if number else ''}\n{json.dumps(key)}: {json.dumps(packed)}")
    _say(file, "}}\n")


def _say(file: IO[bytes], words: str) -> None:
    file.write(words.encode())


def _plain(value: object) -> object:
    match value:
        case uuid.UUID():
            return value.hex
        case dt.datetime() | dt.date():
            return value.isoformat()
    return value


def _files(session: Session, survey: Survey, kept: Path) -> Iterator[tuple[str, bytes]]:
    keys = session.scalars(
        select(Upload.file_key)
        .join(Upload.submission)
        .where(Submission.survey_id == survey.id, Upload.removed_at.is_(None))
        .order_by(Upload.file_key)
    )
    for key in keys:
        content = files.get(kept, key)
        if content is not None:
            yield key, content
