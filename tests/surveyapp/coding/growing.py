"""Passages beyond what the tiny region has, written straight into what is derived."""

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from surveyapp.models import Passage, Response, Survey, Tag


def grow_passages(session: Session, survey: Survey, many: int) -> None:
    """Let one authority say one thing very often, each time suggested to be of S01."""
    shared = {
        "survey_id": survey.id,
        "authority_code": "X06000001",
        "source": "questionnaire",
        "question_code": "S01.2",
        "asked": "S01",
        "use_level": "named",
        "verbatim": True,
    }
    told = {"question": "", "text": "Grown.", "confirmed": None}
    place = {"start": 0, "end": 6, "words": "Grown.", "doubt": 0.5}
    state = {"drawn": False, "coded": False, "held": False}
    begun = session.scalar(select(func.count()).select_from(Passage)) or 0
    numbers = range(begun, begun + many)
    session.execute(
        insert(Response),
        [{**shared, **told, "id": f"grown/{n}", "place": 100 + n} for n in numbers],
    )
    session.execute(
        insert(Passage),
        [
            {**shared, **place, **state}
            | {"key": f"grown{n:011}", "response": f"grown/{n}", "place": 100 + n}
            for n in numbers
        ],
    )
    session.execute(
        insert(Tag),
        [
            {
                "passage_key": f"grown{n:011}",
                "theme": "S01",
                "survey_id": survey.id,
                "score": 0.97,
                "reason": "",
                "verdict": "",
            }
            for n in numbers
        ],
    )
    session.flush()
