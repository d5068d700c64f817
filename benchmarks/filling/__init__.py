"""Fills a survey with invented words and with everything that is made of them.

Pages of an empty survey are fast. This one has what two weeks of work leave behind: passages with
suggestions, decisions of two coders, memos, marks, findings, summaries, checks and builds, in
numbers that grow with the passages. What is derived is written as it would be derived.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.filling import coded, concluded, printed, said
from benchmarks.filling.coded import Coding
from benchmarks.filling.ground import SEED, Ground, Rows, Told, person
from surveyapp.derived import fingerprint
from surveyapp.models import Emerging, Memo, Person, Submission, Survey

# Of so many authorities one is coded by both coders; of so many, one finding is written.
A_SAMPLE: Final = 50
A_FINDING: Final = 2.5
FEWEST: Final = 8


@dataclass(frozen=True, slots=True)
class Filled:
    """What pages are looked at with: ids of the last things that were made, and who looks."""

    coder: Person
    second: Person
    member: Person
    ids: Mapping[str, object]


def fill(
    session: Session, survey: Survey, passages: int, folder: Path, codes: Sequence[str] = ()
) -> Filled:
    """Fill a survey with so many passages, shared among all its authorities or among these.

    Who fills it once more with others adds to what is there.
    """
    ground = Ground(
        session,
        survey,
        person(session, "kay@trees.example", "Kay Runs", "consultant"),
        person(session, "bea@trees.example", "Bea Blind", "interviewer"),
        folder,
        random.Random(f"{SEED}{len(codes)}"),  # noqa: S311 - nothing secret
    )
    submissions = _submissions(session, survey, codes)
    each = -(-passages // len(submissions))
    ranges = [range(first, first + each) for first in range(0, each * len(submissions), each)]
    rows, told = Rows(), []
    for submission, places in zip(submissions, ranges, strict=True):
        told.append(said.tell(ground, rows, submission, places))
    ids = dict(_work(ground, rows, told))
    for one in told:
        said.derived(one, rows)
    findings = max(FEWEST, round(len(told) / A_FINDING))
    ids["finding_id"] = concluded.write(ground, rows, told, findings)
    ids["emerging_key"] = rows.kept[Emerging][0]["key"]
    rows.write(session)
    session.flush()
    concluded.chart(ground, told)
    concluded.reword(ground)
    concluded.settle(ground, fingerprint.of(session, survey))
    session.commit()
    return Filled(ground.coder, ground.second, told[-1].coordinator, ids)


def _submissions(session: Session, survey: Survey, codes: Sequence[str]) -> Sequence[Submission]:
    asked = select(Submission).where(Submission.survey_id == survey.id)
    asked = asked.where(Submission.authority_code.in_(codes)) if codes else asked
    return session.scalars(asked.order_by(Submission.authority_code)).all()


def _work(ground: Ground, rows: Rows, told: Sequence[Told]) -> Mapping[str, object]:
    """Let two coders work through what was said, and have it printed and checked."""
    share = max(1, len(told) // A_SAMPLE)
    first, blind, under_way = Coding(ground.coder), Coding(ground.second), Coding(ground.second)
    whole, half = told[:share], told[share : 2 * share]
    seed = int(told[0].submission.id) % 1_000_000
    blind.sample = coded.sample(ground, [one.code for one in whole], seed, finished=True)
    under_way.sample = coded.sample(ground, [one.code for one in half], seed + 1, finished=False)
    for one in told:
        coded.mark(ground, rows, one)
        coded.code(ground, rows, one, first, 1.0 if one in whole else coded.FINISHED)
        coded.note(ground, rows, one)
    for one in whole:
        coded.code(ground, rows, one, blind, 1.0)
    for one in half:
        coded.code(ground, rows, one, under_way, 0.5)
    coded.compare(ground, rows, first, blind, whole)
    build_id = printed.build(ground, told, printed.BUILDS)
    checks = [printed.check(ground, rows, one, build_id) for one in told]
    left = [one for one in half[0].passages if one["key"] not in under_way.given]
    usable = {one["key"] for each in whole for one in each.passages if not one["held"]}
    differs = (one for one in blind.given if blind.given[one] != first.given[one])
    return {
        "code": ground.survey.code,
        "authority_code": told[0].code,
        "theme": ground.charted[-1],
        "rated": ground.charted[0],
        "passage_key": _open(told[-1]),
        "differs": next(one for one in differs if one in usable),
        "blind_key": next(one["key"] for one in left if not one["held"]),
        "sample_id": blind.sample.id,
        "under_way": under_way.sample.id,
        "build_id": build_id,
        "check_id": checks[-1],
        "export_id": printed.export(ground, len(told)),
        "memo_id": next(iter(rows.kept[Memo]))["id"],
    }


def _open(told: Told) -> str:
    """Return the key of a passage that nobody has finished."""
    return next(str(one["key"]) for one in told.passages if not (one["coded"] or one["held"]))
