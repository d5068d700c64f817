"""What authorities said when they were shown the quotations of their words, obeyed.

Words that they correct are held back, and theirs come in as a response of its own, to be tagged
and coded like any other. Words that are not to be named make the whole response unnamed, for what
stands beside them may tell whose they are. Silence is no answer.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import CheckItem, MemberCheck, Submission, Survey
from synthesis.material import CORRECTED, Held, Response


@dataclass(frozen=True, slots=True)
class Obeyed:
    """Responses as authorities want them, and what of their words is held back."""

    responses: tuple[Response, ...]
    held: tuple[Held, ...]


def answered(
    session: Session, survey: Survey, responses: Collection[str] | None = None
) -> Sequence[CheckItem]:
    """Return what authorities that came back said, of several answers to the same words the last.

    To words of these responses, or of all.
    """
    asked = (
        select(CheckItem)
        .join(CheckItem.check)
        .join(MemberCheck.submission)
        .where(
            Submission.survey_id == survey.id,
            MemberCheck.returned_at.is_not(None),
            MemberCheck.taken_back_at.is_(None),
            CheckItem.verdict != "",
        )
        .order_by(MemberCheck.returned_at, MemberCheck.id, CheckItem.place)
    )
    if responses is not None:
        asked = asked.where(CheckItem.response.in_(responses))
    last = {(one.response, one.start, one.end): one for one in session.scalars(asked)}
    return [one for _, one in sorted(last.items(), key=lambda pair: pair[0])]


def obey(responses: Iterable[Response], items: Iterable[CheckItem]) -> Obeyed:
    """Return responses with what was said to them done, where the words still stand."""
    by_id = {one.id: one for one in responses}
    corrected: list[Response] = []
    held: list[Held] = []
    for item in items:
        found = by_id.get(item.response)
        if found is None or found.text[item.start : item.end] != item.words:
            continue
        if item.verdict == "unnamed" and found.use_level == "named":
            by_id[found.id] = replace(found, use_level="unnamed")
        if item.verdict == "corrected":
            held.append(Held(found.id, item.start, item.end, CORRECTED))
            corrected.append(_instead(found, item))
    # Only now is it known how each may be used.
    own = (replace(one, use_level=by_id[_origin(one)].use_level) for one in corrected)
    return Obeyed((*by_id.values(), *own), tuple(held))


def _instead(found: Response, item: CheckItem) -> Response:
    """Return the words that an authority put in place of others: its own, and so confirmed."""
    return replace(
        found,
        id=f"{found.id}/corrected-{item.start}",
        text=item.instead,
        verbatim=True,
        confirmed=None if found.confirmed is None else True,
    )


def _origin(corrected: Response) -> str:
    return corrected.id.rpartition("/")[0]
