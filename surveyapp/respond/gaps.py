"""What a return still lacks when it is about to be submitted; none of it stands in the way."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from surveyapp.models import Person, SectionState
from surveyapp.respond import teamwork
from surveyapp.respond.standing import Standing


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is missing, or still under way, in a return."""

    unfinished: tuple[SectionState, ...]
    # Sections with answers, where nobody has said how the words may be used.
    unsaid: tuple[SectionState, ...]
    comments: Mapping[str, int]
    here: Mapping[str, Sequence[str]]

    def __bool__(self) -> bool:
        """Say whether there is anything to look at."""
        return bool(self.unfinished or self.unsaid or self.comments or self.here)


def find(session: Session, now: Standing, person: Person, at: dt.datetime) -> Gaps:
    """Return what a return lacks, as the person who is about to submit it has to know."""
    states = now.submission.sections
    waiting = teamwork.open_comments(session, now.submission)
    return Gaps(
        unfinished=tuple(one for one in states if one.status != "finished"),
        unsaid=tuple(_unsaid(now, states)),
        comments={code: waiting[code] for code in now.questionnaire.by_code if code in waiting},
        here=others(session, now, person, at),
    )


def others(
    session: Session, now: Standing, person: Person, at: dt.datetime
) -> dict[str, Sequence[str]]:
    """Return the names of who else is in a section at this moment, by section."""
    present = teamwork.everywhere(session, now.submission, at)
    named = {code: [one.name for one in here if one != person] for code, here in present.items()}
    return {code: names for code, names in named.items() if names}


def _unsaid(now: Standing, states: Sequence[SectionState]) -> Iterator[SectionState]:
    asks = {section.code for section in now.questionnaire.sections if section.use_level}
    for state in states:
        if state.section_code in asks and state.answered and state.use_level is None:
            yield state
