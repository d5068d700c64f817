"""Passages, tags and cells derived from what a survey holds, an authority at a time.

Every authority's rows are replaced in one transaction of their own, so that nobody who saves an
answer meanwhile waits for long, and no page shows an authority half done.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy import insert, select
from sqlalchemy.orm import Session, sessionmaker

from surveyapp.derived import emerging, fingerprint, laying
from surveyapp.derived.keys import passage_key
from surveyapp.extensions import begin_writing
from surveyapp.material import gathering, taught
from surveyapp.material.gathering import Gathered
from surveyapp.models import Cell, Derivation, Emerging, Passage, Response, Survey, Tag
from synthesis import matrix, tagger
from synthesis.findings.plain_sense import stands
from synthesis.tagger import Judged

Tell = Callable[[str, float], None]
Row = dict[str, Any]
READING, TAGGING, COUNTING = 0.0, 0.1, 0.95


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one authority."""

    authority: str
    responses: list[Row]
    passages: list[Row]
    tags: list[Row]


def derive(
    sessions: sessionmaker[Session],
    survey_id: uuid.UUID,
    tell: Tell = lambda _, __: None,
) -> str:
    """Derive everything afresh, and return the fingerprint of what it was derived from.

    The codebook's examples are learnt, and what coders have decided.
    """
    tell("reading what authorities said", READING)
    with sessions() as session:
        survey = session.get_one(Survey, survey_id)
        # First the fingerprint: what comes in while we read is found to be missing afterwards.
        print_of_it = fingerprint.of(session, survey)
        gathered = gathering.gather(session, survey)
        finished = taught.finished(session, survey_id)
        session.expunge_all()
    for rows in _rows(survey_id, gathered, tell):
        _replace(sessions, survey_id, rows)
    tell("counting", COUNTING)
    _tidy(sessions, survey_id, gathered)
    _fill_cells(sessions, survey_id, gathered, finished)
    emerging.propose(sessions, survey_id)
    return print_of_it


def _rows(survey_id: uuid.UUID, gathered: Gathered, tell: Tell) -> Iterator[Rows]:
    """Yield the rows of one authority after the other."""
    responses = sorted(gathered.material.responses, key=lambda one: one.authority)
    codes = (one.question_code for one in responses)
    topics = matrix.topics_of(gathered.schedule, gathered.codebook, codes)
    suggesting = tagger.Tagger(gathered.codebook, gathered.examples)
    place = 0
    judged = enumerate(suggesting.judge(responses))
    for authority, group in groupby(judged, lambda pair: pair[1].response.authority):
        rows = Rows(authority, [], [], [])
        for number, one in group:
            share = TAGGING + (COUNTING - TAGGING) * number / len(responses)
            tell(f"tagging response {number + 1} of {len(responses)}", share)
            place = _write(rows, survey_id, one, topics, place)
        yield rows


def _write(
    rows: Rows, survey_id: uuid.UUID, one: Judged, topics: Mapping[str, str], place: int
) -> int:
    """Write the rows of one response, and return the place of the next."""
    said = one.response
    shared: Row = {
        "survey_id": survey_id,
        "authority_code": said.authority,
        "source": said.source,
        "question_code": said.question_code,
        "asked": said.asked or topics.get(said.question_code, ""),
        "use_level": said.use_level,
        "verbatim": said.verbatim,
    }
    rows.responses.append(
        shared
        | {
            "id": said.id,
            "question": said.question,
            "text": said.text,
            "confirmed": said.confirmed,
            "place": place,
        }
    )
    keys: dict[tuple[int, int], str] = {}
    for passage in one.passages:
        key = passage_key(survey_id, said.id, passage.start, passage.end, passage.text)
        keys[passage.start, passage.end] = key
        rows.passages.append(
            shared
            | {
                "key": key,
                "response": said.id,
                "start": passage.start,
                "end": passage.end,
                "words": passage.text,
                "place": place,
                "doubt": one.doubt,
                "drawn": False,
                "coded": False,
                "held": False,
            }
        )
        place += 1
    for tag in filter(stands, one.tags):
        rows.tags.append(
            {
                "passage_key": keys[tag.passage.start, tag.passage.end],
                "theme": tag.theme,
                "survey_id": survey_id,
                "score": tag.score,
                "reason": tag.reason,
                "verdict": "",
            }
        )
    return place


def _replace(sessions: sessionmaker[Session], survey_id: uuid.UUID, rows: Rows) -> None:
    """Put an authority's new rows in place of its old ones, with what was decided laid over."""
    with sessions() as session:
        begin_writing(session)
        laying.hold(session, survey_id)
        survey = session.get_one(Survey, survey_id)
        _clear(session, survey_id, Passage.authority_code == rows.authority)
        session.execute(
            sa.delete(Response).where(
                Response.survey_id == survey_id, Response.authority_code == rows.authority
            )
        )
        for model, some in ((Response, rows.responses), (Passage, rows.passages), (Tag, rows.tags)):
            if some:
                session.execute(insert(model), some)
        laying.lay(session, survey, [one["id"] for one in rows.responses])
        session.commit()


def _clear(session: Session, survey_id: uuid.UUID, which: sa.ColumnElement[bool]) -> None:
    """Remove passages with their tags."""
    keys = select(Passage.key).where(Passage.survey_id == survey_id, which)
    session.execute(sa.delete(Tag).where(Tag.passage_key.in_(keys)))
    session.execute(sa.delete(Passage).where(Passage.survey_id == survey_id, which))


def _tidy(sessions: sessionmaker[Session], survey_id: uuid.UUID, gathered: Gathered) -> None:
    """Remove the rows of authorities that have no words any more."""
    there = {one.authority for one in gathered.material.responses}
    with sessions() as session:
        begin_writing(session)
        _clear(session, survey_id, Passage.authority_code.not_in(there))
        session.execute(
            sa.delete(Response).where(
                Response.survey_id == survey_id, Response.authority_code.not_in(there)
            )
        )
        session.commit()


def _fill_cells(
    sessions: sessionmaker[Session], survey_id: uuid.UUID, gathered: Gathered, finished: int
) -> None:
    """Write every cell, why it would be empty and what is counted in it; and what was learnt."""
    empty = matrix.build(gathered.material, gathered.schedule, gathered.codebook, ())
    with sessions() as session:
        begin_writing(session)
        laying.hold(session, survey_id)
        survey = session.get_one(Survey, survey_id)
        session.execute(sa.delete(Cell).where(Cell.survey_id == survey_id))
        rows = list(_cells(survey_id, empty.cells.values()))
        if rows:
            session.execute(insert(Cell), rows)
        laying.count(session, survey, list(empty.cells))
        session.execute(
            sa.update(Derivation).where(Derivation.survey_id == survey_id).values(taught=finished)
        )
        session.commit()


def _cells(survey_id: uuid.UUID, cells: Iterable[matrix.Cell]) -> Iterator[Row]:
    for cell in cells:
        yield {
            "survey_id": survey_id,
            "authority_code": cell.authority,
            "theme": cell.theme,
            "empty": cell.state,
            "worded": cell.worded,
            "found": 0,
            "confirmed": 0,
            "rests_on": laying.rests_on(()),
        }


def forget(session: Session, survey_id: uuid.UUID) -> None:
    """Remove everything that was derived; it is derived again as it was."""
    for model in (Tag, Passage, Response, Cell, Emerging, Derivation):
        session.execute(sa.delete(model).where(model.survey_id == survey_id))
