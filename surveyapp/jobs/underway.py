"""Work that a page watches, as a row: nobody changes it any more once it is done or has failed."""

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker

from surveyapp.extensions import begin_writing
from surveyapp.models import Build, Export

Watched = type[Build] | type[Export]


def under_way(kind: Watched) -> sa.ColumnElement[bool]:
    """Return what holds for work that waits or is being done."""
    return sa.and_(kind.done_at.is_(None), kind.failed_at.is_(None))


def change(
    sessions: sessionmaker[Session],
    kind: Watched,
    key: uuid.UUID,
    *conditions: sa.ColumnElement[bool],
    **values: object,
) -> bool:
    """Change work that is under way, and say whether it was: of two workers, one takes it on."""
    with sessions() as session:
        begin_writing(session)
        changed = session.execute(
            sa.update(kind)
            .where(kind.id == key, under_way(kind), *conditions)
            .values(values)
            .execution_options(synchronize_session=False)
            .returning(kind.id)
        ).one_or_none()
        session.commit()
    return changed is not None
