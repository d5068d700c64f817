"""What people decided, laid over what was derived: verdicts, drawn passages, what is held back.

Whoever records a decision, finishes a passage or clears words calls `lay` in the same transaction,
so no page ever waits for a derivation to show what was just done.
"""

import datetime as dt
import hashlib
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, cast

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.derived.keys import passage_key
from surveyapp.material import checked, course, decided
from surveyapp.models import (
    Cell,
    Clearing,
    CodedPassage,
    Decision,
    Derivation,
    Mark,
    Passage,
    Person,
    Response,
    Survey,
    Tag,
)

Place = tuple[str, int, int]
"""A response's id, and where in it some words begin and end."""
Under = tuple[str, str]
"""An authority's code and a theme's."""


class Words(NamedTuple):
    """Where some words stand, and what they are."""

    response: str
    start: int
    end: int
    words: str


class Made(NamedTuple):
    """A decision for the review, and the name of whoever made it."""

    response: str
    start: int
    end: int
    words: str
    theme: str
    verdict: str
    made_at: dt.datetime
    coder: str


WORDS: Final = Words._fields
MADE: Final = Made._fields[:-1]


@dataclass(frozen=True, slots=True)
class Known:
    """What people decided on some responses, as it stands now.

    `made` is in the order in which it was made; `finished` are the words of finished passages.
    """

    responses: Mapping[str, Response]
    made: Sequence[Made]
    finished: Collection[Words]


@dataclass(slots=True)
class _Sheet:
    """The rows of some responses, as they are being brought up to date."""

    survey: Survey
    responses: Mapping[str, Response]
    passages: dict[Place, Passage]
    tags: dict[tuple[str, str], Tag]
    rulings: Sequence[Made]
    finished: set[Place]
    touched: set[Under] = field(default_factory=set)
    has_drawn: bool = False


def hold(session: Session, survey_id: uuid.UUID) -> None:
    """Let nobody else change what is derived until this is done: two at once would miss each other.

    On SQLite whoever writes is alone anyway.
    """
    if session.get_bind().dialect.name != "sqlite":
        asked = select(Derivation.survey_id).where(Derivation.survey_id == survey_id)
        session.execute(asked.with_for_update())


def lay(
    session: Session, survey: Survey, responses: Collection[str], known: Known | None = None
) -> None:
    """Bring the passages, tags and cells of some responses in line with what people decided.

    Where only decisions have changed, whoever changed them says what there are, and what is held
    back is looked up again for no passage but one that was drawn: a coder waits for this.
    """
    hold(session, survey.id)
    if known is None:
        session.flush()
    # What is changed goes to the database once, when all of it is known.
    with session.no_autoflush:
        sheet = _read(session, survey, responses, known or know(session, survey, responses))
        _draw(session, sheet)
        _rule(session, sheet)
        if sheet.has_drawn or known is None:
            _hold(session, sheet)
    session.flush()
    count(session, survey, sheet.touched)


def count(session: Session, survey: Survey, places: Collection[Under]) -> None:
    """Count again what authorities said under themes; what is held or withheld counts nowhere."""
    if not places:
        return
    codes, themes = ({place[at] for place in places} for at in (0, 1))
    found: dict[Under, list[tuple[str, str]]] = defaultdict(list)
    for code, theme, key, verdict in session.execute(_counted(survey, codes, themes)):
        found[code, theme].append((key, verdict))
    rows = [_cell(survey, place, found[place]) for place in sorted(places)]
    # Past the session: nothing but a page reads cells, and there are thousands of them.
    session.connection().execute(_COUNT, rows)
    for one in list(session.identity_map.values()):
        if isinstance(one, Cell):
            session.expire(one)


def _cell(survey: Survey, place: Under, passages: Sequence[tuple[str, str]]) -> dict[str, object]:
    return {
        "of_survey": survey.id,
        "code": place[0],
        "under": place[1],
        "found": len(passages),
        "confirmed": sum(verdict in ("accept", "add") for _, verdict in passages),
        "rests_on": rests_on(passages),
    }


_CELLS: Final = cast(sa.Table, Cell.__table__)
_COUNT: Final = sa.update(_CELLS).where(
    _CELLS.c.survey_id == sa.bindparam("of_survey"),
    _CELLS.c.authority_code == sa.bindparam("code"),
    _CELLS.c.theme == sa.bindparam("under"),
)


def rests_on(passages: Iterable[tuple[str, str]]) -> str:
    """Return the hash of a cell's passages, each a key and a verdict, whatever their order."""
    told = "\n".join(f"{key} {verdict}" for key, verdict in sorted(passages))
    return hashlib.sha256(told.encode()).hexdigest()


def _counted(
    survey: Survey, codes: Collection[str], themes: Collection[str]
) -> sa.Select[str, str, str, str]:
    return (
        select(Passage.authority_code, Tag.theme, Tag.passage_key, Tag.verdict)
        .join(Tag, Tag.passage_key == Passage.key)
        .where(
            Passage.survey_id == survey.id,
            Passage.authority_code.in_(codes),
            Passage.use_level != "withheld",
            Passage.held.is_(False),
            Tag.theme.in_(themes),
            Tag.verdict != "reject",
            # What is suggested for words that a coder has finished came later, and counts not.
            sa.or_(Tag.verdict != "", Passage.coded.is_(False)),
        )
    )


def _read(session: Session, survey: Survey, wanted: Collection[str], known: Known) -> _Sheet:
    here = (Passage.survey_id == survey.id, Passage.response.in_(wanted))
    found = select(Passage, Tag).outerjoin(Tag, Tag.passage_key == Passage.key).where(*here)
    rows = cast(Sequence[tuple[Passage, Tag | None]], session.execute(found).all())
    return _Sheet(
        survey=survey,
        responses=known.responses,
        passages={(one.response, one.start, one.end): one for one, _ in rows},
        tags={(tag.passage_key, tag.theme): tag for _, tag in rows if tag is not None},
        rulings=tuple(_standing(session, survey, known)),
        finished={
            (one.response, one.start, one.end)
            for one in known.finished
            if _stands(known.responses, one)
        },
    )


def know(session: Session, survey: Survey, wanted: Collection[str]) -> Known:
    """Read what was decided and finished on some responses, in three queries."""
    responses = session.scalars(
        select(Response).where(Response.survey_id == survey.id, Response.id.in_(wanted))
    )
    made = (
        select(*(getattr(Decision, name) for name in MADE), Person.name)
        .join(Decision.coder)
        .where(
            Decision.survey_id == survey.id,
            Decision.response.in_(wanted),
            Decision.sample_id.is_(None),
        )
        .order_by(Decision.made_at, Decision.id)
    )
    finished = select(*(getattr(CodedPassage, name) for name in WORDS)).where(
        CodedPassage.survey_id == survey.id,
        CodedPassage.response.in_(wanted),
        CodedPassage.sample_id.is_(None),
    )
    return Known(
        responses={one.id: one for one in responses},
        made=[Made._make(row) for row in session.execute(made)],
        finished=[Words._make(row) for row in session.execute(finished)],
    )


def _standing(session: Session, survey: Survey, known: Known) -> Iterator[Made]:
    """Yield what was decided as it is in the codebook of now, where its words still stand."""
    if known.made:
        for one in decided.carry(known.made, course.read(session, survey)):
            if _stands(known.responses, one.row):
                yield one.row._replace(theme=one.theme, verdict=one.verdict)


def _stands(responses: Mapping[str, Response], one: Made | Words) -> bool:
    found = responses.get(one.response)
    return found is not None and found.text[one.start : one.end] == one.words


def _draw(session: Session, sheet: _Sheet) -> None:
    """Have a passage for every stretch that a coder drew, and for no other."""
    added = {(one.response, one.start, one.end) for one in sheet.rulings if one.verdict == "add"}
    for place in sorted((added | sheet.finished) - sheet.passages.keys()):
        sheet.passages[place] = _drawn(sheet, place)
        session.add(sheet.passages[place])
        sheet.has_drawn = True
    for place, passage in list(sheet.passages.items()):
        if passage.coded != (place in sheet.finished):
            passage.coded = place in sheet.finished
            themes = (theme for key, theme in sheet.tags if key == passage.key)
            sheet.touched |= {(passage.authority_code, theme) for theme in themes}
        if passage.drawn and place not in added | sheet.finished:
            _forget(session, sheet, place)


def _drawn(sheet: _Sheet, place: Place) -> Passage:
    """Return a passage that a coder drew, with what it has of the sentence it begins in."""
    response, start, end = place
    text = sheet.responses[response]
    words = text.text[start:end]
    beside = [one for one in sheet.passages.values() if one.response == response]
    first = max((one.place for one in beside if one.start <= start), default=text.place)
    return Passage(
        key=passage_key(sheet.survey.id, response, start, end, words),
        survey_id=sheet.survey.id,
        response=response,
        start=start,
        end=end,
        words=words,
        authority_code=text.authority_code,
        source=text.source,
        question_code=text.question_code,
        asked=text.asked,
        use_level=text.use_level,
        verbatim=text.verbatim,
        place=first,
        doubt=max((one.doubt for one in beside), default=0.0),
        drawn=True,
        coded=False,
        held=False,
    )


def _forget(session: Session, sheet: _Sheet, place: Place) -> None:
    passage = sheet.passages.pop(place)
    for known in [known for known in sheet.tags if known[0] == passage.key]:
        sheet.touched.add((passage.authority_code, known[1]))
        session.delete(sheet.tags.pop(known))
    session.delete(passage)


def _rule(session: Session, sheet: _Sheet) -> None:
    """Lay the verdicts over the tags: of several on the same words and theme the last holds.

    What was added stands where it was added, as in `synthesis.tags.decide`.
    """
    by_key = {passage.key: passage for passage in sheet.passages.values()}
    rulings: dict[tuple[str, str], list[Made]] = defaultdict(list)
    added = set()
    for one in sheet.rulings:
        rulings[one.response, one.theme].append(one)
        if one.verdict == "add":
            added.add(_add(session, sheet, one))
    for (key, theme), tag in list(sheet.tags.items()):
        passage = by_key[key]
        made = rulings.get((passage.response, theme), ())
        verdict = next((one.verdict for one in reversed(made) if _rules(one, passage)), "")
        verdict = "add" if (key, theme) in added else verdict
        if tag.score is None and verdict != "add":
            session.delete(sheet.tags.pop((key, theme)))
            sheet.touched.add((passage.authority_code, theme))
        elif tag.verdict != verdict:
            tag.verdict = verdict
            sheet.touched.add((passage.authority_code, theme))


def _add(session: Session, sheet: _Sheet, one: Made) -> tuple[str, str]:
    """Have a tag for what was added, and return which it is."""
    passage = sheet.passages[one.response, one.start, one.end]
    if (passage.key, one.theme) not in sheet.tags:
        tag = Tag(
            passage_key=passage.key,
            theme=one.theme,
            survey_id=sheet.survey.id,
            score=None,
            reason=f"added by {one.coder}",
            verdict="",
        )
        sheet.tags[passage.key, one.theme] = tag
        session.add(tag)
    return passage.key, one.theme


def _rules(one: Made, passage: Passage) -> bool:
    """Tell whether a decision is about a passage, as `synthesis.tags.decide` does."""
    if one.verdict == "add":
        return (one.start, one.end) == (passage.start, passage.end)
    return passage.start < one.end and one.start < passage.end


def _hold(session: Session, sheet: _Sheet) -> None:
    """Hold back the passages with marks that nobody cleared, or words that were corrected."""
    here = (Mark.survey_id == sheet.survey.id, Mark.place.in_(sheet.responses))
    marks = session.scalars(select(Mark).where(*here)).all()
    cleared: dict[tuple[str, str], str] = {}
    if marks:
        verdicts = select(Clearing).where(
            Clearing.survey_id == sheet.survey.id, Clearing.place.in_(sheet.responses)
        )
        for one in session.scalars(verdicts.order_by(Clearing.at, Clearing.id)):
            cleared[one.place, one.words_sha256] = one.verdict
    holding = [
        (one.place, one.start, one.end)
        for one in marks
        if cleared.get((one.place, one.words_sha256)) != "cleared"
    ] + [
        (one.response, one.start, one.end)
        for one in checked.answered(session, sheet.survey, sheet.responses)
        if checked.corrects(one)
    ]
    themes: dict[str, list[str]] = defaultdict(list)
    for key, theme in sheet.tags:
        themes[key].append(theme)
    for passage in sheet.passages.values():
        held = any(
            place == passage.response and start < passage.end and passage.start < end
            for place, start, end in holding
        )
        if passage.held != held:
            passage.held = held
            sheet.touched |= {(passage.authority_code, theme) for theme in themes[passage.key]}
