"""An example region put into the database, through the same services as real answers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import published
from surveyapp.coordinate import services as coordinate
from surveyapp.errors import AlreadyThereError
from surveyapp.example import agreeing, ringing
from surveyapp.example.answering import moment, savings
from surveyapp.example.files import AuthorityFile, Example, Region
from surveyapp.example.ringing import Line
from surveyapp.models import Authority, Person, Submission, Survey
from surveyapp.people import know
from surveyapp.respond import services as respond

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an example goes: its survey, the register and the staff by name."""

    session: Session
    survey: Survey
    authorities: dict[str, Authority]
    staff: dict[str, Person]


def load(session: Session, example: Example, say: Say) -> Survey:
    """Set up an example's survey and save what its authorities said; `say` hears of each."""
    region = example.region
    if find(session, region.code) is not None:
        raise AlreadyThereError(f"{region.survey_title} has been loaded already.")
    opened = moment(region.opens)
    survey = coordinate.set_up(
        session, _plan(region), coordinate.publish(session, example.folder, opened)
    )
    coordinate.open_survey(session, survey, opened)
    registered = coordinate.register(session, example.folder.authorities)
    staff = {one.name: know(session, one.email, one.name, one.role) for one in region.staff}
    place = _Place(session, survey, {one.code: one for one in registered}, staff)
    ringing.lay_slots(session, survey, region.slots, staff)
    for file in _files(example):
        say(_load_authority(place, file))
    return survey


def _files(example: Example) -> Iterator[AuthorityFile]:
    """Yield a file an authority: whoever is in the register and has none has not started."""
    given = {file.authority: file for file in example.authorities}
    yield from given.values()
    for entry in example.folder.authorities:
        if entry.code not in given and entry.valid_to is None:
            yield AuthorityFile(authority=entry.code, state="not started")


def find(session: Session, code: str) -> Survey | None:
    """Return the survey with this code, if it is there."""
    return session.scalars(select(Survey).where(Survey.code == code)).one_or_none()


def _plan(region: Region) -> coordinate.Plan:
    return coordinate.Plan(
        code=region.code,
        title=region.survey_title,
        region=region.name,
        opens_on=region.opens,
        closes_on=region.closes,
        is_example=True,
    )


def _load_authority(place: _Place, file: AuthorityFile) -> str:
    """Save what one authority said, and say how much that was."""
    authority = place.authorities[file.authority]
    submission = coordinate.invite(place.session, place.survey, authority)
    people = _contributors(place, submission, file)
    _save_answers(place, submission, file, people)
    if file.submitted_on is not None:
        coordinator = next(
            people[one.email.lower()] for one in file.contributors if one.coordinator
        )
        respond.submit(place.session, submission, coordinator, moment(file.submitted_on))
    _ring(place, submission, file)
    notes = sum(len(one.notes) for one in file.interviews)
    return f"{authority.name}: {file.state}, {len(file.answers)} answers, {notes} notes"


def _contributors(place: _Place, submission: Submission, file: AuthorityFile) -> dict[str, Person]:
    people: dict[str, Person] = {}
    for one in file.contributors:
        person = know(place.session, one.email, one.name)
        contributor = coordinate.add_contributor(
            place.session, submission, person, one.role, coordinator=one.coordinator
        )
        if file.state != "not started":
            opened = place.survey.opened_at
            contributor.invited_at = contributor.opened_at = contributor.agreed_at = opened
        people[person.email] = person
    return people


def _save_answers(
    place: _Place, submission: Submission, file: AuthorityFile, people: dict[str, Person]
) -> None:
    asked = published.questionnaire(submission.questionnaire)
    for saving in savings(asked, file):
        respond.save_answer(place.session, submission, saving.draft, people[saving.by], saving.at)
    for use in file.sections:
        respond.set_use_level(place.session, submission, use.code, use.use_level)
    _finish_sections(place, submission, is_submitted=file.state == "submitted")


def _finish_sections(place: _Place, submission: Submission, *, is_submitted: bool) -> None:
    """Mark sections as their authors would have: the full ones, or all that were handed in."""
    for state in submission.sections:
        is_ready = bool(state.answered) if is_submitted else 0 < state.asked == state.answered
        waiting = respond.unanswered(place.session, submission, state.section_code)
        if is_ready and not waiting and state.last_activity_at is not None:
            respond.finish_section(
                place.session, submission, state.section_code, state.last_activity_at
            )


def _ring(place: _Place, submission: Submission, file: AuthorityFile) -> None:
    """Arrange every call with an authority, and hold those that took place or have begun."""
    names = {one.name: know(place.session, one.email, one.name) for one in file.contributors}
    line = Line(place.session, submission, place.staff, names)
    for given in file.interviews:
        call = ringing.arrange(line, given)
        if given.on is not None:
            notes = ringing.hold(line, call, given, given.on)
            agreeing.follow(line, call, given, notes)
