"""An example taken out of the database again, with everything that hangs on it."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from surveyapp.errors import NotAnExampleError
from surveyapp.models import Base, Survey


def remove(session: Session, survey: Survey) -> None:
    """Remove an example survey and all that was said in it; a real one is refused."""
    if not survey.is_example:
        raise NotAnExampleError(f"{survey.title} is not an example.")
    for statement in _statements(survey):
        session.execute(statement.execution_options(synchronize_session=False))
    session.expire_all()


def _statements(survey: Survey) -> Iterator[sa.Delete]:
    """Yield what to delete, each row before those it refers to.

    A row belongs to the example where a foreign key of it leads to the survey, through however many
    other tables: so nothing is forgotten when a table is added. People, authorities and snapshots
    refer to no survey, and stay.
    """
    own: dict[sa.Table, sa.ColumnElement[bool]] = {}
    for table in Base.metadata.sorted_tables:
        if table is Survey.__table__:
            own[table] = table.c.id == survey.id
            continue
        leading = [
            key.parent.in_(sa.select(key.column).where(own[key.column.table]))
            for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
            if key.column.table in own
        ]
        if leading:
            own[table] = sa.or_(*leading)
    for table, which in reversed(own.items()):
        yield sa.delete(table).where(which)
