"""What every save asks of the database, put together once: everybody saves every few seconds."""

from typing import Final

import sqlalchemy as sa

from surveyapp.models import Answer, AnswerRevision, Base, SectionState, Submission, Survey

_answer = Base.metadata.tables[Answer.__tablename__]
_state = Base.metadata.tables[SectionState.__tablename__]

# What can have changed about the submission with this `id`; others wait to write in it.
OF_SUBMISSION: Final = ("submitted_at", "submitted_by_id", "reference", "last_activity_at")
OF_SURVEY: Final = ("opened_at", "closed_at")
HOLD: Final = (
    sa.select(
        *(getattr(Submission, name) for name in OF_SUBMISSION),
        *(getattr(Survey, name) for name in OF_SURVEY),
    )
    .join(Submission.survey)
    .where(Submission.id == sa.bindparam("id"))
    .with_for_update(of=Submission, key_share=True)
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
_at = sa.bindparam("at", type_=_state.c.last_activity_at.type)
_is_later = sa.or_(_state.c.last_activity_at.is_(None), _state.c.last_activity_at < _at)
# Counts one more answer in a `section` of a `submission`, given at a moment.
ADD_ONE: Final = (
    sa.update(_state)
    .where(
        _state.c.submission_id == sa.bindparam("submission"),
        _state.c.section_code == sa.bindparam("section"),
    )
    .values(
        answered=_state.c.answered + 1,
        status=sa.case((_state.c.status == "finished", "finished"), else_="in progress"),
        last_activity_at=sa.case((_is_later, _at), else_=_state.c.last_activity_at),
    )
)
# Notes that somebody was in a `section` of a `submission` at a moment.
TOUCH: Final = (
    sa.update(_state)
    .where(
        _state.c.submission_id == sa.bindparam("submission"),
        _state.c.section_code == sa.bindparam("section"),
        _is_later,
    )
    .values(last_activity_at=_at)
)
