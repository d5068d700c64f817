"""Words taken out of a codebook: of every version of it, so that no page shows them again.

A version never changes, and pages remember what it says; so another takes its place, and whatever
names the old one names the new one.
"""

import uuid
from collections.abc import Iterator, Mapping
from typing import Final, cast

import sqlalchemy as sa
import tomlkit
from sqlalchemy import select
from sqlalchemy.orm import Session
from tomlkit.items import AoT, Table

from surveyapp import published
from surveyapp.definitions import codebook
from surveyapp.definitions.snapshots import canonical, content_hash
from surveyapp.models import Base, CodebookChange, Snapshot, Survey
from surveyapp.privacy.erased import Eraser

# One that is taken apart would suggest something else: it goes as a whole.
_CUES: Final = ("cues", "hints")
_SAID: Final = ("name", "definition", "example", "include", "exclude")


def take_out(session: Session, survey: Survey, eraser: Eraser) -> int:
    """Take words out of every version of a survey's codebook; return of how many."""
    count = 0
    for old in session.scalars(select(Snapshot).where(Snapshot.id.in_(_versions(session, survey)))):
        files = dict(published.files(old))
        files[codebook.NAME] = _without(files[codebook.NAME], eraser)
        if files != published.files(old):
            _put_in_place(session, old, canonical(files))
            count += 1
    session.expire_all()
    return count


def _versions(session: Session, survey: Survey) -> set[uuid.UUID]:
    changes = select(CodebookChange.before_id, CodebookChange.after_id)
    rows = session.execute(changes.where(CodebookChange.survey_id == survey.id))
    return {survey.codebook_id, *(id for row in rows for id in row)}


def _without(text: str, eraser: Eraser) -> str:
    if not eraser.shape.search(text):
        return text
    document = tomlkit.parse(text)
    for theme in cast(AoT, document["themes"]):
        for name, value in _changed(theme, eraser).items():
            theme[name] = value
    return tomlkit.dumps(document)


def _changed(theme: Table, eraser: Eraser) -> Mapping[str, object]:
    """Return what a theme says otherwise without the words."""
    before = {name: theme[name].unwrap() for name in (*_SAID, *_CUES) if name in theme}
    after = {name: eraser.value(value) for name, value in before.items() if name in _SAID}
    for name in _CUES:
        if name in before:
            after[name] = [one for one in before[name] if not eraser.shape.search(one)]
    return {name: value for name, value in after.items() if value != before[name]}


def _put_in_place(session: Session, old: Snapshot, content: str) -> None:
    known = content_hash(content)
    new = session.scalars(select(Snapshot).where(Snapshot.content_hash == known)).one_or_none()
    if new is None:
        new = Snapshot(
            id=uuid.uuid4(),
            kind=old.kind,
            content_hash=known,
            content=content,
            published_at=old.published_at,
        )
        session.add(new)
        session.flush()
    for column in _naming():
        named = sa.update(column.table).where(column == old.id)
        session.execute(named.values({column.name: new.id}))
    session.execute(sa.delete(Snapshot).where(Snapshot.id == old.id))


def _naming() -> Iterator[sa.Column[uuid.UUID]]:
    """Yield every column that names a version."""
    versions = Base.metadata.tables[Snapshot.__tablename__]
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table is versions:
                yield key.parent
