"""What every save asks of the database, put together once: everybody saves every few seconds."""

from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from surveyapp.models import Answer, AnswerRevision, Base, SectionState, Submission

_answer = Base.metadata.tables[Answer.__tablename__]
_state = Base.metadata.tables[SectionState.__tablename__]

# The submission with this `id`, and its survey, as they are now; others wait to write in it.
HOLD: Final = (
    sa.select(Submission)
    .join(Submission.survey)
    .where(Submission.id == sa.bindparam("id"))
    .options(contains_eager(Submission.survey))
    .with_for_update(of=Submission, key_share=True)
    .execution_options(populate_existing=True)
)
# Writes over an `answer`, if it still has the version that was `seen`.
NEXT_VERSION: Final = (
    sa.update(_answer)
    .where(_answer.c.id == sa.bindparam("answer"), _answer.c.version == sa.bindparam("seen"))
    .values(
        value=sa.bindparam("new_value"),
        version=sa.bindparam("new_version"),
        author_id=sa.bindparam("new_author_id"),
        updated_at=sa.bindparam("new_updated_at"),
    )
    .returning(_answer.c.id)
)
REVISION: Final = sa.insert(Base.metadata.tables[AnswerRevision.__tablename__])
# Notes that somebody was in a `section` of a `submission` at a moment.
TOUCH: Final = (
    sa.update(_state)
    .where(
        _state.c.submission_id == sa.bindparam("submission"),
        _state.c.section_code == sa.bindparam("section"),
        sa.or_(_state.c.last_activity_at.is_(None), _state.c.last_activity_at < sa.bindparam("at")),
    )
    .values(last_activity_at=sa.bindparam("at"))
)
