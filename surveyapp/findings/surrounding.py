"""What stands around passages: the question, the sentences beside them, and the whole answer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Passage, Response, Submission, Survey


@dataclass(frozen=True, slots=True)
class Around:
    """A passage where it was said; `head` and `tail` are the answer before it and after it.

    `before` and `after` are the nearest sentences, empty where the answer begins or ends.
    """

    question_code: str
    question: str
    head: str
    tail: str
    before: str
    after: str

    @property
    def is_part(self) -> bool:
        """Tell whether the answer says more than the passage."""
        return bool(self.head.strip() or self.tail.strip())


def around(session: Session, survey: Survey, passages: Sequence[Passage]) -> Mapping[str, Around]:
    """Return what stands around passages, by their keys, in two queries."""
    wanted = {one.response for one in passages}
    asked = select(Response).where(Response.survey_id == survey.id, Response.id.in_(wanted))
    responses = {row.id: row for row in session.scalars(asked)}
    sentences: dict[str, list[tuple[int, int]]] = defaultdict(list)
    places = (
        select(Passage.response, Passage.start, Passage.end)
        .where(
            Passage.survey_id == survey.id,
            Passage.response.in_(wanted),
            # What a coder drew overlaps the sentences.
            Passage.drawn.is_(False),
        )
        .order_by(Passage.start)
    )
    for response, start, end in session.execute(places):
        sentences[response].append((start, end))
    return {
        one.key: _around(one, responses[one.response], sentences[one.response])
        for one in passages
        if one.response in responses
    }


def unsubmitted(session: Session, survey: Survey, codes: Iterable[str]) -> frozenset[str]:
    """Return which of these authorities have not submitted their return."""
    asked = select(Submission.authority_code).where(
        Submission.survey_id == survey.id,
        Submission.authority_code.in_(set(codes)),
        Submission.submitted_at.is_(None),
    )
    return frozenset(session.scalars(asked))


def _around(one: Passage, response: Response, sentences: Sequence[tuple[int, int]]) -> Around:
    text = response.text
    before = [text[start:end] for start, end in sentences if end <= one.start]
    after = [text[start:end] for start, end in sentences if start >= one.end]
    return Around(
        question_code=response.question_code,
        question=response.question,
        head=text[: one.start],
        tail=text[one.end :],
        before=before[-1] if before else "",
        after=after[0] if after else "",
    )
