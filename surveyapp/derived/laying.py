"""What people decided, laid over what was derived: verdicts, drawn passages, what is held back.

Whoever records a decision, finishes a passage or clears words calls `lay` in the same transaction,
so no page ever waits for a derivation to show what was just done.
"""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.derived.keys import passage_key
from surveyapp.material import checked, decided
from surveyapp.models import (
    Cell,
    Clearing,
    CodedPassage,
    Derivation,
    Mark,
    Passage,
    Response,
    Survey,
    Tag,
)
from synthesis import material

Place = tuple[str, int, int]
"""A response's id, and where in it some words begin and end."""
Under = tuple[str, str]
"""An authority's code and a theme's."""


@dataclass(slots=True)
class _Sheet:
    """The rows of some responses, as they are being brought up to date."""

    survey: Survey
    responses: Mapping[str, Response]
    passages: dict[Place, Passage]
    tags: dict[tuple[str, str], Tag]
    rulings: Sequence[material.Decision]
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
    session: Session, survey: Survey, responses: Collection[str], *, only_decided: bool = False
) -> None:
    """Bring the passages, tags and cells of some responses in line with what people decided.

    Where only decisions have changed, what is held back is looked up again for no passage but one
    that was drawn: a coder waits for this.
    """
    hold(session, survey.id)
    sheet = _read(session, survey, responses)
    _draw(session, sheet, _finished(session, sheet))
    _rule(session, sheet)
    if sheet.has_drawn or not only_decided:
        _hold(session, sheet)
    session.flush()
    count(session, survey, sheet.touched)


def count(session: Session, survey: Survey, places: Collection[Under]) -> None:
    """Count again what authorities said under themes; what is held or withheld counts nowhere."""
    if not places:
        return
    codes, themes = ({place[at] for place in places} for at in (0, 1))
    cells = session.scalars(
        select(Cell).where(
            Cell.survey_id == survey.id, Cell.authority_code.in_(codes), Cell.theme.in_(themes)
        )
    ).all()
    found: dict[Under, list[tuple[str, str]]] = defaultdict(list)
    for code, theme, key, verdict in session.execute(_counted(survey, codes, themes)):
        found[code, theme].append((key, verdict))
    for cell in cells:
        here = found[cell.authority_code, cell.theme]
        cell.found = len(here)
        cell.confirmed = sum(verdict in ("accept", "add") for _, verdict in here)
        cell.rests_on = rests_on(here)
    session.flush()


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


def _read(session: Session, survey: Survey, wanted: Collection[str]) -> _Sheet:
    responses = {
        one.id: one
        for one in session.scalars(
            select(Response).where(Response.survey_id == survey.id, Response.id.in_(wanted))
        )
    }
    here = (Passage.survey_id == survey.id, Passage.response.in_(wanted))
    passages = session.scalars(select(Passage).where(*here)).all()
    tags = session.scalars(
        select(Tag).join(Passage, Passage.key == Tag.passage_key).where(*here)
    ).all()
    texts = {one.id: one.text for one in responses.values()}
    made = decided.decisions(session, survey, wanted)
    return _Sheet(
        survey=survey,
        responses=responses,
        passages={(one.response, one.start, one.end): one for one in passages},
        tags={(tag.passage_key, tag.theme): tag for tag in tags},
        rulings=tuple(decided.standing(made, texts)),
    )


def _finished(session: Session, sheet: _Sheet) -> set[Place]:
    """Return the places that a coder has finished and whose words still stand."""
    rows = session.scalars(
        select(CodedPassage).where(
            CodedPassage.survey_id == sheet.survey.id,
            CodedPassage.response.in_(sheet.responses),
            CodedPassage.sample_id.is_(None),
        )
    )
    return {
        (one.response, one.start, one.end)
        for one in rows
        if sheet.responses[one.response].text[one.start : one.end] == one.words
    }


def _draw(session: Session, sheet: _Sheet, finished: set[Place]) -> None:
    """Have a passage for every stretch that a coder drew, and for no other."""
    added = {(one.response, one.start, one.end) for one in sheet.rulings if one.verdict == "add"}
    for place in sorted((added | finished) - sheet.passages.keys()):
        sheet.passages[place] = _drawn(sheet, place)
        session.add(sheet.passages[place])
        sheet.has_drawn = True
    for place, passage in list(sheet.passages.items()):
        if passage.coded != (place in finished):
            passage.coded = place in finished
            themes = (theme for key, theme in sheet.tags if key == passage.key)
            sheet.touched |= {(passage.authority_code, theme) for theme in themes}
        if passage.drawn and place not in added | finished:
            _forget(session, sheet, place)
    session.flush()


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
    rulings: dict[tuple[str, str], list[material.Decision]] = defaultdict(list)
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


def _add(session: Session, sheet: _Sheet, one: material.Decision) -> tuple[str, str]:
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


def _rules(one: material.Decision, passage: Passage) -> bool:
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
        if one.verdict == "corrected"
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
