"""What authorities said when they were shown the quotations of their words, obeyed.

Words that they correct are held back, and theirs come in as a response of its own, to be coded like
any other; what the words before them carried is suggested for them. Words that are not to be named
make the whole response unnamed, for what stands beside them may tell whose they are: these may be
corrected too. Words that they confirm are theirs, whoever noted them. Silence is no answer; it is
told as silence once it is recorded, for a review does not look at the clock.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp.models import CheckItem, MemberCheck, Submission, Survey
from surveyapp.pages import ENGLAND
from synthesis.material import CORRECTED, Decision, Finished, Held, Replaced, Response, Return

CORRECTION: Final = "/corrected-"
"""What stands between the id of an answer and the place of what was corrected in it."""
# The earliest first; whoever has answered can be asked again on the same day.
IN_TURN: Final = (MemberCheck.sent_on, MemberCheck.returned_at.is_(None), MemberCheck.id)


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


def tell(session: Session, survey: Survey, returns: Iterable[Return]) -> tuple[Return, ...]:
    """Return what authorities sent back, with when each was shown its words, and what came of it.

    Checks that were taken back are not told of.
    """
    checks: dict[str, list[MemberCheck]] = defaultdict(list)
    for one in sent(session, survey):
        checks[one.submission.authority_code].append(one)
    return tuple(_told(one, checks.get(one.authority, ())) for one in returns)


def sent(session: Session, survey: Survey) -> Sequence[MemberCheck]:
    """Return the checks of a survey that were not taken back, the earliest first."""
    return session.scalars(
        select(MemberCheck)
        .join(MemberCheck.submission)
        .where(Submission.survey_id == survey.id, MemberCheck.taken_back_at.is_(None))
        .options(joinedload(MemberCheck.submission))
        .order_by(*IN_TURN)
    ).all()


def days(returns: Iterable[Return]) -> Iterator[dt.date]:
    """Yield the days on which words were shown, or answered, or silence was recorded."""
    for one in returns:
        yield from filter(None, (one.shown_on, one.answered_on, one.silent_on))


def obey(responses: Iterable[Response], items: Iterable[CheckItem]) -> Obeyed:
    """Return responses with what was said to them done, where the words still stand."""
    by_id = {one.id: one for one in responses}
    corrected: list[Response] = []
    marks: list[Held] = []
    for item in items:
        found = by_id.get(item.response)
        if found is None or found.text[item.start : item.end] != item.words:
            continue
        by_id[found.id] = _marked(found, item)
        if corrects(item):
            marks.append(_held(item))
            corrected.append(_instead(found, item))
    # Only now is it known how each may be used.
    own = (replace(one, use_level=by_id[_origin(one)].use_level) for one in corrected)
    return Obeyed((*by_id.values(), *own), tuple(marks))


def held(session: Session, survey: Survey, texts: Mapping[str, str]) -> tuple[Held, ...]:
    """Return what corrections hold back of some responses; `texts` are their words by id."""
    return tuple(
        _held(item)
        for item in answered(session, survey, list(texts))
        if corrects(item) and texts[item.response][item.start : item.end] == item.words
    )


def corrects(item: CheckItem) -> bool:
    """Say whether an authority put other words in place of its own."""
    return item.instead not in ("", item.words)


def recall(
    responses: Iterable[Response], decisions: Iterable[Decision], finished: Iterable[Finished]
) -> tuple[Response, ...]:
    """Return responses, those that correct others with what coders made of the words before."""
    made, done = tuple(decisions), tuple(finished)
    return tuple(
        replace(one, instead_of=_coded(one.instead_of, made, done)) if one.instead_of else one
        for one in responses
    )


def _told(returned: Return, checks: Sequence[MemberCheck]) -> Return:
    """Return what an authority sent back with what its checks, the earliest first, came to."""
    if not checks:
        return returned
    last, answers = checks[-1], [one.returned_at for one in checks if one.returned_at is not None]
    is_open = last.returned_at is None
    return replace(
        returned,
        shown_on=last.sent_on,
        answered_on=max(answers).astimezone(ENGLAND).date() if answers else None,
        answer_by=last.due_on if is_open else None,
        silent_on=last.silent_on if is_open else None,
    )


def _marked(found: Response, item: CheckItem) -> Response:
    """Return a response with what was said to words of it, other than what they should be."""
    if item.verdict == "unnamed" and found.use_level == "named":
        return replace(found, use_level="unnamed")
    if item.verdict == "confirmed":
        return replace(found, checked=(*found.checked, (item.start, item.end)))
    return found


def _held(item: CheckItem) -> Held:
    return Held(item.response, item.start, item.end, CORRECTED)


def _instead(found: Response, item: CheckItem) -> Response:
    """Return the words that an authority put in place of others: its own, and so confirmed."""
    return replace(
        found,
        id=f"{found.id}{CORRECTION}{item.start}",
        text=item.instead,
        verbatim=True,
        checked=((0, len(item.instead)),),
        instead_of=Replaced(found, item.start, item.end),
    )


def _coded(replaced: Replaced, made: Sequence[Decision], done: Sequence[Finished]) -> Replaced:
    """Return words that were replaced with what coders decided on them; the last decision holds."""
    last = {one.theme: one.verdict for one in made if _touches(one, replaced)}
    return replace(
        replaced,
        given=tuple(theme for theme, verdict in last.items() if verdict != "reject"),
        refused=tuple(theme for theme, verdict in last.items() if verdict == "reject"),
        finished=any(_touches(one, replaced) for one in done),
    )


def _touches(one: Decision | Finished, replaced: Replaced) -> bool:
    is_there = one.response == replaced.response.id
    return is_there and one.start < replaced.end and replaced.start < one.end


def _origin(corrected: Response) -> str:
    return corrected.id.rpartition(CORRECTION)[0]
