"""The states of the coding room's pages about passages, suggestions and memos."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.coding import deciding, memos
from surveyapp.coding.memos import Subject
from surveyapp.derived import commands, context
from surveyapp.derived.acts import Hand
from surveyapp.models import Passage, Survey, Tag
from tests.e2e.every_page.furniture import OPEN, PEOPLE
from tests.e2e.every_page.states import State, press, write
from tests.surveyapp.building import somebody

ME: Final = "consultant"
SURVEY: Final = {"code": OPEN}
OPEN_ONE: Final = {**SURVEY, "passage_key": "open_passage"}
DONE_ONE: Final = {**SURVEY, "passage_key": "coded_passage"}
MEMO: Final = {**SURVEY, "memo_id": "memo"}
STATES: Final = (
    State("coding: a passage", ME, "coding.passage", OPEN_ONE),
    State("coding: a finished passage", ME, "coding.passage", DONE_ONE),
    State(
        "coding: other words chosen",
        ME,
        "coding.passage",
        {**OPEN_ONE, "start": "0", "end": "8"},
    ),
    State(
        "coding: a slip in the line",
        ME,
        "coding.decide",
        OPEN_ONE,
        (write("Command", "1 x"), press("Do it")),
        begins_at="coding.passage",
        status=422,
    ),
    State(
        "coding: a memo by the command box",
        ME,
        "coding.passage",
        OPEN_ONE,
        (write("Command", "m ask what this means"), press("Do it")),
        begins_at="coding.passage",
    ),
    State("coding: the words of a passage", ME, "coding.words", OPEN_ONE),
    State(
        "coding: words chosen the wrong way round",
        ME,
        "coding.words",
        {**OPEN_ONE, "first": "3", "last": "1"},
    ),
    State("coding: passages", ME, "coding.passages", SURVEY),
    State(
        "coding: finished passages by question",
        ME,
        "coding.passages",
        {**SURVEY, "order": "question", "everything": "1"},
    ),
    State(
        "coding: no passage left",
        ME,
        "coding.passages",
        {**SURVEY, "source": "document"},
    ),
    State("coding: many suggestions, no theme", ME, "coding.suggestions", SURVEY),
    State(
        "coding: many suggestions",
        ME,
        "coding.suggestions",
        {**SURVEY, "theme": "E3", "at_least": "0.0"},
    ),
    State(
        "coding: many suggestions, no verdict",
        ME,
        "coding.decide_many",
        {**SURVEY, "theme": "E3", "at_least": "0.0"},
        (press("Decide on those that are ticked"),),
        begins_at="coding.suggestions",
        status=422,
    ),
    State(
        "coding: no suggestions",
        ME,
        "coding.suggestions",
        {**SURVEY, "theme": "A1"},
    ),
    State("coding: memos", ME, "coding.memo_list", SURVEY),
    State("coding: no memos", ME, "coding.memo_list", {**SURVEY, "about": "authority"}),
    State("coding: a new memo", ME, "coding.new_memo", {**SURVEY, "about": "survey"}),
    State(
        "coding: an empty memo",
        ME,
        "coding.keep_memo",
        {**SURVEY, "about": "survey"},
        (press("Save memo"),),
        begins_at="coding.new_memo",
        status=422,
    ),
    State("coding: a memo", ME, "coding.memo", MEMO),
    State(
        "coding: a memo emptied",
        ME,
        "coding.change_memo",
        MEMO,
        (write("Memo", ""), press("Save memo")),
        begins_at="coding.memo",
        status=422,
    ),
)
NO_PAGES: Final[Mapping[str, str]] = {
    "coding.deriving": "says how far passages are brought up to date, for pages that ask",
    "coding.following": "leads to the next passage",
    "coding.previous": "leads to the passage before",
}
LEAD_ON: Final[Mapping[str, str]] = {
    "coding.remove_memo": "a button",
    "coding.undo": "a button",
}


def furnish(session: Session) -> Mapping[str, str]:
    """Finish one passage, and leave one open that has suggestions."""
    survey = session.scalars(select(Survey).where(Survey.code == OPEN)).one()
    me = somebody(session, PEOPLE[ME])
    tagged = select(Tag.passage_key).where(Tag.survey_id == survey.id)
    ready, done = session.scalars(
        select(Passage.key)
        .where(Passage.survey_id == survey.id, Passage.key.in_(tagged))
        .order_by(Passage.place.desc(), Passage.start.desc())
        .limit(2)
    ).all()
    # Other rooms decide on what is suggested by itself; this one is left to be decided.
    told = {"reason": "says ‘case study’", "score": 0.9, "verdict": ""}
    session.add(Tag(passage_key=ready, theme="E3", survey_id=survey.id, **told))
    hand = Hand(me, dt.datetime(2015, 7, 25, 12, 0, tzinfo=dt.UTC))
    shown = context.read(session, survey, done)
    assert shown is not None
    seen = [one.theme for one in shown.on_it]
    sheet = deciding.lay_out(session, survey, me.id, shown, seen)
    deciding.carry_out(session, survey, hand, sheet, commands.parse("1 +A1 +E1 ."))
    memo = memos.write(session, survey, hand, Subject("passage", done), "Ask which door.")
    memos.write(session, survey, hand, Subject("theme", "S01"), "Much the same in all.")
    return {"open_passage": ready, "coded_passage": done, "memo": str(memo.id)}
