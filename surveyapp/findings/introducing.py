"""Introductions: who may be brought together on a strand, as a table and as a workbook."""

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from surveyapp import workbook
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.definitions.questions import ContactQuestion, MaturityQuestion
from surveyapp.findings.passages import GIVEN
from surveyapp.material import codebooks, concluded, gathering, reading
from surveyapp.models import Passage, Survey, Tag
from surveyapp.tables import Row, Table, dictionary
from synthesis.findings import sharing
from synthesis.findings.sharing import Introduction, Side
from synthesis.findings.words import GAP
from synthesis.material import KeyContact

PER_PAGE: Final = 25
COLUMNS: Final = {
    "strand": "The strand's code.",
    "strand name": "What the strand is called.",
    "asks": "The authority that asks for help.",
    "why it asks": "What it said.",
    "who to write to there": "Name, role, e-mail and phone of contacts who agreed.",
    "strong": "The authority that is strong on the strand.",
    "why it is strong": "What it said or shared.",
    "who to ask there": "Name, role, e-mail and phone of contacts who agreed.",
    "confirmed gaps there": "How many passages of the strong authority confirm a gap there.",
}
COUNTED: Final = {
    "strand": "The strand's code.",
    "strand name": "What the strand is called.",
    "ask and are not named": "How many ask for help and did not agree to be named.",
    "strong and not named": "How many are strong and did not agree to be named.",
}


def introduce(session: Session, survey: Survey) -> sharing.Table:
    """Draw up who may be introduced to whom; only examples on the shortlist count."""
    schedule, gaps = gathering.read_schedule(survey), _gaps(session, survey)
    chosen = {one.code for one in sharing.questions(schedule)}

    def telling(asked: Questionnaire) -> Collection[str]:
        given = reading.of_kinds(asked, ContactQuestion, MaturityQuestion)
        return {*given, *reading.of_examples(asked), *(chosen & asked.by_code.keys())}

    offered = gathering.offered(session, survey, telling)
    wanted = concluded.shortlist(session, survey)
    shortlisted = [one for one in offered.practices if wanted.get(one.id)]
    themes = [theme.code for theme in codebooks.current(survey).of_kind("strand")]
    return sharing.introduce(offered, schedule, themes, shortlisted, gaps)


def _gaps(session: Session, survey: Survey) -> sharing.Gaps:
    """Return how many passages of each authority a coder confirmed on a strand and as a gap.

    Only those that may be used with a name: what is said of an authority here is said by its name.
    They are found from the gaps, which are few, and so nothing else is asked for by the survey.
    """
    strand, stance = aliased(Tag), aliased(Tag)
    asked = (
        select(Passage.authority_code, strand.theme, func.count())
        .select_from(stance)
        .join(strand, strand.passage_key == stance.passage_key)
        .join(Passage, Passage.key == stance.passage_key)
        .where(
            stance.survey_id == survey.id,
            stance.theme == GAP,
            stance.verdict.in_(GIVEN),
            strand.verdict.in_(GIVEN),
            Passage.use_level == "named",
            Passage.held.is_(False),
        )
        .group_by(Passage.authority_code, strand.theme)
    )
    return {(code, theme): count for code, theme, count in session.execute(asked)}


def strands(survey: Survey) -> dict[str, str]:
    """Return the names of the strands by their codes."""
    return {theme.code: theme.name for theme in codebooks.current(survey).of_kind("strand")}


def as_workbook(survey: Survey, found: sharing.Table) -> bytes:
    """Return the introductions as a workbook."""
    names = strands(survey)
    rows = tuple(_row(names, one) for one in found.introductions)
    counted = tuple(
        (one.theme, names.get(one.theme, ""), one.asking, one.strong) for one in found.unnamed
    )
    tables = (
        Table("Introductions", "Two authorities to bring together.", COLUMNS, rows),
        Table("Not named", "A strand with authorities that did not agree.", COUNTED, counted),
    )
    return workbook.in_memory(workbook.write_xlsx, (*tables, dictionary(tables), _rules()))


def reach(contact: KeyContact) -> str:
    """Write a contact in one line."""
    parts = (contact.name, contact.role, contact.email, contact.phone)
    return ", ".join(part for part in parts if part)


def _row(names: dict[str, str], one: Introduction) -> Row:
    return (
        one.theme,
        names.get(one.theme, ""),
        *_side(one.asks),
        *_side(one.offers),
        one.offers.gaps,
    )


def _side(side: Side) -> Iterator[str]:
    yield side.name
    yield side.why
    yield "; ".join(map(reach, side.contacts))


def _rules() -> Table:
    rules: Iterable[Row] = tuple((rule,) for rule in sharing.RULES)
    return Table("Rules", "A rule.", {"rule": "How the introductions are drawn up."}, rules)
