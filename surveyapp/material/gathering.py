"""The review’s input, gathered from the tables: a fixed number of queries for some authorities."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final, NamedTuple, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import published
from surveyapp.definitions import codebook, lint
from surveyapp.material import (
    agreed,
    checked,
    concluded,
    decided,
    held,
    many,
    reading,
    spoken,
    standing_texts,
    taught,
    written,
)
from surveyapp.material.concluded import Judged
from surveyapp.material.decided import Carried, Made
from surveyapp.material.file import File, returned
from surveyapp.material.reading import Wanted
from surveyapp.models import (
    Authority,
    Submission,
    Survey,
)
from synthesis import codebook as themes
from synthesis import material, schedule
from synthesis.codebook import Codebook, CodedExample
from synthesis.findings import Agreement
from synthesis.material import Material
from synthesis.review import outline
from synthesis.review.outline import Outline
from synthesis.schedule import Schedule

Kind = TypeVar("Kind")
# Of so many authorities the rows are in memory at once.
AT_A_TIME: Final = 20


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything one review is built from; `stale` counts decisions whose words have moved.

    `examples` are what decisions teach the tagger beside the codebook's own. `unready` are the
    findings that do not enter the review yet.
    """

    material: Material
    schedule: Schedule
    codebook: Codebook
    outline: Outline
    stale: int
    agreement: tuple[Agreement, ...] = ()
    examples: tuple[CodedExample, ...] = ()
    unready: tuple[Judged, ...] = ()


def gather(session: Session, survey: Survey) -> Gathered:
    """Return what a survey's authorities said, as the input of synthesis."""
    given = said(session, survey)
    responses = given.responses
    kept = {response.id for response in _of(material.Response, given.overtaken)}
    listed = many.listed(session, survey)
    made = (one for one in decided.decisions(session, survey) if one.row.response not in kept)
    ruled = _ruled(made, {response.id: response.text for response in responses}, listed)
    ground = concluded.Ground({one.id: one for one in responses}, ruled.decisions, given.held)
    judged = concluded.findings(session, survey, ground)
    finished = taught.stretches(session, survey, responses)
    collected = replace(
        given,
        responses=checked.recall(responses, ruled.decisions, finished),
        decisions=ruled.decisions,
        finished=finished,
        decided_in_bulk=ruled.in_bulk,
        finished_in_bulk=sum(map(listed.finished, finished)),
        findings=tuple(one.standing.written for one in judged if one.is_ready),
    )
    return Gathered(
        material=collected,
        schedule=read_schedule(survey),
        codebook=read_codebook(survey),
        outline=_worded(session, survey, given.held),
        stale=ruled.stale,
        agreement=agreed.agreement(session, survey),
        examples=taught.examples(finished, ruled.decisions, collected.responses),
        unready=tuple(one for one in judged if not one.is_ready),
    )


def said(session: Session, survey: Survey) -> Material:
    """Return what a survey's authorities said, without what coders and the consultant made of it.

    What may be published, and what is held back, is all there.
    """
    parts = tuple(_read(session, survey))
    pieces = tuple(chain.from_iterable(one.pieces for one in parts))
    wanted = checked.obey(_of(material.Response, pieces), checked.answered(session, survey))
    shortlist = concluded.shortlist(session, survey)
    examples = concluded.chosen(_of(material.Practice, pieces), shortlist)
    returns = checked.tell(session, survey, (one.returned for one in parts))
    came_in = [one.last_on for one in parts if one.last_on]
    return Material(
        authorities=tuple(one.authority for one in parts),
        responses=wanted.responses,
        returns=returns,
        ratings=_of(material.Rating, pieces),
        choices=_of(material.Choice, pieces),
        figures=_of(material.Figure, pieces),
        documents=_of(material.SharedDocument, pieces),
        contacts=_of(material.KeyContact, pieces),
        practices=examples.practices,
        shortlisted_of=examples.of,
        corrections=tuple(chain.from_iterable(one.corrections for one in parts)),
        overtaken=tuple(chain.from_iterable(one.overtaken for one in parts)),
        held=(*held.held(session, survey), *wanted.held),
        cleared=held.cleared(session, survey),
        as_of=max((survey.opens_on, *came_in, *checked.days(returns))),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """What one authority gave, as synthesis takes it; `last_on` is when anything came in last."""

    authority: material.Authority
    returned: material.Return
    pieces: tuple[written.Piece, ...]
    overtaken: tuple[material.Overtaken, ...]
    corrections: tuple[material.Correction, ...]
    last_on: dt.date | None


class _Ruled(NamedTuple):
    """The decisions that stand, how many do not, and how many nobody opened the passage for."""

    decisions: tuple[material.Decision, ...]
    stale: int
    in_bulk: int


def _ruled(made: Iterable[Carried[Made]], texts: Mapping[str, str], listed: many.Listed) -> _Ruled:
    """Sort what coders decided into what stands and what does not, as it is read."""
    decisions: list[material.Decision] = []
    stale = in_bulk = 0
    for one in made:
        if one.stands(texts):
            decisions.append(decided.told(one))
            in_bulk += listed.decided(one)
        else:
            stale += 1
    return _Ruled(tuple(decisions), stale, in_bulk)


def _read(session: Session, survey: Survey) -> Iterator[_Part]:
    """Read what authorities gave, some at a time: rows take many times the room of what they say.

    Who asks decides whether all of it is read at the same moment.
    """
    asked = select(Submission.authority_code).where(Submission.survey_id == survey.id)
    codes = session.scalars(asked.order_by(Submission.authority_code)).all()
    for first in range(0, len(codes), AT_A_TIME):
        some = Submission.authority_code.in_(codes[first : first + AT_A_TIME])
        yield from map(_part, reading.whole(session, survey, some))


def _part(file: File) -> _Part:
    moment = file.submission.last_activity_at
    days = (*((moment.date(),) if moment else ()), *file.held_on)
    return _Part(
        authority=_authority(file.submission.authority),
        returned=returned(file),
        pieces=tuple(_pieces(file)),
        overtaken=tuple(_overtaken(file)),
        corrections=tuple(spoken.corrections(file)),
        last_on=max(days, default=None),
    )


def offered(session: Session, survey: Survey, wanted: Wanted) -> Material:
    """Return what authorities gave under some questions, and the documents and people of calls.

    Of examples worth copying those that the shortlist leaves out are among it.
    """
    found = _offered(reading.part(session, survey, wanted, calls=reading.GAVE))
    return replace(found, cleared=held.cleared(session, survey))


def offered_by(session: Session, submission: Submission) -> Material:
    """Return what one authority rated, shared and offered."""
    files = reading.whole(session, submission.survey, Submission.id == submission.id)
    return replace(_offered(files), returns=tuple(map(returned, files)))


def _offered(files: Sequence[File]) -> Material:
    pieces = list(chain.from_iterable(_pieces(file) for file in files))
    return Material(
        authorities=tuple(_authority(file.submission.authority) for file in files),
        responses=(),
        ratings=_of(material.Rating, pieces),
        choices=_of(material.Choice, pieces),
        documents=_of(material.SharedDocument, pieces),
        contacts=_of(material.KeyContact, pieces),
        practices=_of(material.Practice, pieces),
    )


def get_survey(session: Session, code: str) -> Survey:
    """Return the survey with this code."""
    return session.scalars(select(Survey).where(Survey.code == code)).one()


def read_schedule(survey: Survey) -> Schedule:
    """Return what a survey asks, in writing and by telephone."""
    asked = published.questionnaire(survey.questionnaire)
    return schedule.parse(asked.plain(), published.guide(survey.guide).plain())


def read_outline(survey: Survey) -> Outline:
    """Return the outline that a survey's review is set out by."""
    return outline.parse(published.files(survey.outline)[lint.REVIEW], lint.REVIEW)


def read_codebook(survey: Survey) -> Codebook:
    """Return the codebook that a survey goes by now."""
    files = published.files(survey.codebook)
    return themes.parse(files[codebook.NAME], codebook.NAME, files)


def _pieces(file: File) -> Iterable[written.Piece]:
    yield from written.pieces(file)
    yield from spoken.pieces(file)


def _overtaken(file: File) -> Iterable[material.Overtaken]:
    yield from written.overtaken(file)
    yield from spoken.overtaken(file)


def _of(kind: type[Kind], pieces: Iterable[object]) -> tuple[Kind, ...]:
    return tuple(piece for piece in pieces if isinstance(piece, kind))


def _authority(authority: Authority) -> material.Authority:
    return material.Authority(
        code=authority.code,
        name=authority.name,
        type=authority.type,
        aliases=(authority.official_name, *authority.aliases),
        places=tuple(authority.places),
        brands=tuple(authority.brands),
    )


def _worded(session: Session, survey: Survey, marks: Iterable[material.Held]) -> Outline:
    """Return the outline with the texts that the consultant put in place of its own.

    One in which words are held back is left out, and the outline's own stands.
    """
    own, held_back = standing_texts.latest(session, survey), {one.response for one in marks}
    return standing_texts.put_in(
        read_outline(survey),
        {
            place: text.text
            for place, text in own.items()
            if f"standing/{text.id.hex}" not in held_back
        },
    )
