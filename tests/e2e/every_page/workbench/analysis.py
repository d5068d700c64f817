"""The states of the pages of the room analysis."""

from collections.abc import Mapping
from typing import Final

from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.extensions import begin_writing, db
from surveyapp.models import Cell, Passage, Person, Summary, Survey
from tests.e2e.every_page.furniture import OPEN
from tests.e2e.every_page.site import Site
from tests.e2e.every_page.states import State, press, write
from tests.surveyapp.building import NOON

ME: Final = "consultant"
SURVEY: Final = {"code": OPEN}
ALDER, BIRCH = "X06000001", "X06000002"
CELL: Final = SURVEY | {"authority_code": ALDER, "theme": "S01"}
STALE: Final = SURVEY | {"authority_code": BIRCH, "theme": "S01"}
FREE: Final = SURVEY | {"authority_code": ALDER, "theme": "A1"}
SAVE: Final = "Save the summary"


def rewritten(_: Page, site: Site) -> None:
    """Let somebody else save Alder's summary meanwhile."""
    with site.app.app_context():
        begin_writing(db.session)
        _summary(db.session, ALDER).version += 1
        db.session.commit()


def unsettled(_: Page, site: Site) -> None:
    """Let what Birch's summary rests on change while somebody reads it."""
    with site.app.app_context():
        begin_writing(db.session)
        cell = db.session.scalars(
            select(Cell).where(Cell.authority_code == BIRCH, Cell.theme == "S01")
        ).one()
        cell.rests_on = cell.rests_on[1:] + cell.rests_on[0]
        db.session.commit()


STATES: Final = (
    State("analysis: matrix", ME, "analysis.matrix", SURVEY),
    State("analysis: matrix, both kinds", ME, "analysis.matrix", SURVEY | {"kind": "all"}),
    State("analysis: matrix, none like that", ME, "analysis.matrix", SURVEY | {"type": "Moon"}),
    State("analysis: cell with a summary", ME, "analysis.cell", CELL),
    State("analysis: cell with nothing in it", ME, "analysis.cell", FREE),
    State("analysis: cell with a stale summary", ME, "analysis.cell", STALE),
    State(
        "analysis: summary that cites nothing there is",
        ME,
        "analysis.save_summary",
        CELL,
        (write("Change the summary", "They count [00000000]."), press(SAVE)),
        begins_at="analysis.cell",
        status=422,
    ),
    State(
        "analysis: summary that somebody else saved too",
        ME,
        "analysis.save_summary",
        CELL,
        (write("Change the summary", "They count calls."), rewritten, press(SAVE)),
        begins_at="analysis.cell",
        status=409,
    ),
    State(
        "analysis: passages that changed once more",
        ME,
        "analysis.still_right",
        STALE,
        (unsettled, press("The summary is still right")),
        begins_at="analysis.cell",
        status=409,
    ),
    State("analysis: side by side", ME, "analysis.beside", SURVEY | {"authority_code": ALDER}),
    State("analysis: one side only", ME, "analysis.beside", SURVEY | {"authority_code": BIRCH}),
    State("analysis: ratings", ME, "analysis.ratings_drawn", SURVEY),
    State("analysis: cross-tab", ME, "analysis.crosstabs", SURVEY),
    State(
        "analysis: cross-tab by rating",
        ME,
        "analysis.crosstabs",
        SURVEY | {"columns": "rating-S01", "rows": "stance", "counts": "passages"},
    ),
    State("analysis: search", ME, "analysis.search", SURVEY),
    State("analysis: found", ME, "analysis.search", SURVEY | {"q": "school OR door OR again"}),
    State(
        "analysis: found in the same passage",
        ME,
        "analysis.search",
        SURVEY | {"q": "school OR door", "within": "passage"},
    ),
    State("analysis: nothing found", ME, "analysis.search", SURVEY | {"q": "elephants"}),
    State("analysis: faulty search", ME, "analysis.search", SURVEY | {"q": "(theme:S99 a"}),
)
# Addresses that answer with something else than a page.
NO_PAGES: Final[Mapping[str, str]] = {"analysis.crosstab_file": "a workbook"}
# What is sent to these is never shown again: they do it, and lead on to a page.
LEAD_ON: Final[Mapping[str, str]] = {}


def furnish(session: Session) -> Mapping[str, str]:
    """Fill the database with what these states show, and return the ids they need, by name."""
    survey = session.scalars(select(Survey).where(Survey.code == OPEN)).one()
    words = select(Passage).where(Passage.authority_code == ALDER, Passage.survey_id == survey.id)
    cited = session.scalars(words.order_by(Passage.place)).first()
    assert cited is not None
    for code, text in ((ALDER, f"They count calls [{cited.key[:8]}]."), (BIRCH, "Nothing yet.")):
        cell = session.get_one(Cell, (survey.id, code, "S01"))
        session.add(
            Summary(
                survey=survey,
                authority_code=code,
                theme="S01",
                text=text,
                rests_on=cell.rests_on if code == ALDER else "other passages",
                author=session.scalars(select(Person).where(Person.staff_role == ME)).first(),
                updated_at=NOON,
            )
        )
    return {}


def _summary(session: Session, code: str) -> Summary:
    return session.scalars(select(Summary).where(Summary.authority_code == code)).one()
