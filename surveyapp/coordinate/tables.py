"""The tracker as tables to hand over."""

from collections.abc import Mapping
from typing import Final

from surveyapp.coordinate.tracker import Line, Tracker, on_day
from surveyapp.tables import Row, Table, with_dictionary

TRACKED: Final[Mapping[str, str]] = {
    "authority_code": "The authority's ONS code.",
    "authority": "The authority's name.",
    "state": "Not started, in progress, submitted, or partial: unfinished when the survey closed.",
    "next": "What to do next, the most pressing thing first. Empty: nothing for now.",
    "also": "What else there is to do.",
    "finished": "How many sections are marked as finished.",
    "sections": "How many sections there are.",
    "answered": "How many questions have an answer. “Don't know” is an answer.",
    "asked": "How many questions are asked, given the answers so far.",
    "last_activity": "The day somebody last wrote or finished something.",
    "interviewed_on": "The day of the telephone interview. Empty: none has taken place.",
    "interviews": "Where each interview stands: to be arranged, booked, due, under way, held, or "
    "its record offered or confirmed.",
}
SQUARES: Final[Mapping[str, str]] = {
    "authority_code": "The authority's ONS code.",
    "authority": "The authority's name.",
    "section_code": "The section's code.",
    "status": "Not started, in progress or finished.",
    "answered": "How many questions of the section have an answer.",
    "asked": "How many questions of the section are asked, given the answers so far.",
}


def of_tracker(found: Tracker) -> tuple[Table, ...]:
    """Return the tracker as tables: what to do next, and how far every section is."""
    lines = found.by_urgency
    squares = tuple(
        (line.authority_code, line.authority, one.code, one.status, one.answered, one.asked)
        for line in found.lines
        for one in line.squares
    )
    return with_dictionary(
        (
            Table("Tracker", "An authority.", TRACKED, tuple(map(_tracked, lines))),
            Table("Sections", "A section of an authority's return.", SQUARES, squares),
        )
    )


def _tracked(line: Line) -> Row:
    first, *others = [step.words for step in line.steps] or [""]
    return (
        line.authority_code,
        line.authority,
        line.state,
        first,
        " ".join(others),
        line.finished,
        len(line.squares),
        sum(square.answered for square in line.squares),
        sum(square.asked for square in line.squares),
        on_day(line.last_activity),
        line.interviewed_on,
        "; ".join(one.words for one in line.arranged),
    )
