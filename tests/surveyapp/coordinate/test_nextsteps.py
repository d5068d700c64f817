"""What to do next follows from what is known of a return, and from nothing else."""

import datetime as dt

import pytest

from surveyapp.coordinate.nextsteps import URGENCY, Facts, Idle, Patience, steps

TODAY = dt.date(2015, 7, 15)
FAR = dt.date(2015, 9, 30)


def replace(facts: Facts, **changes: object) -> Facts:
    return Facts(**{**facts._asdict(), **changes})


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def then(days: int) -> dt.datetime:
    """Return the last minute of a day, in England, so many days ago."""
    return dt.datetime.combine(ago(days), dt.time(22, 59), dt.UTC)


GOING_WELL = Facts(
    people=1,
    sections=3,
    finished=1,
    closes_on=FAR,
    is_open=True,
    invited_on=ago(20),
    is_opened=True,
    last_activity=ago(1),
)
UNOPENED = replace(GOING_WELL, is_opened=False, last_activity=None)
SUBMITTED = replace(GOING_WELL, finished=3, submitted_on=ago(5))

CASES = [
    ("going well", GOING_WELL, []),
    ("no contact", replace(UNOPENED, people=0, invited_on=None), ["nobody to ask"]),
    ("not invited", replace(UNOPENED, invited_on=None), ["not invited"]),
    ("invited today", replace(UNOPENED, invited_on=TODAY), []),
    ("invited four days ago", replace(UNOPENED, invited_on=ago(4)), []),
    ("invited five days ago", replace(UNOPENED, invited_on=ago(5)), ["never opened"]),
    ("silent for six days", replace(GOING_WELL, last_activity=ago(6)), []),
    ("silent for a week", replace(GOING_WELL, last_activity=ago(7)), ["silent"]),
    (
        "bounced and never opened",
        replace(UNOPENED, bounced=("a@b.example",)),
        ["mail came back", "never opened"],
    ),
    ("mail may be lost", replace(GOING_WELL, lost=("a@b.example",)), ["mail may be lost"]),
    ("opened again", replace(GOING_WELL, reopened_on=ago(1)), ["opened again"]),
    ("opened again and submitted", replace(SUBMITTED, reopened_on=ago(9)), ["no interview yet"]),
    ("a section moves", replace(GOING_WELL, idle=Idle("S01", then(9))), []),
    ("a section is idle", replace(GOING_WELL, idle=Idle("S01", then(10))), ["section idle"]),
    ("eight days left", replace(GOING_WELL, closes_on=ago(-8)), []),
    ("a week left", replace(GOING_WELL, closes_on=ago(-7)), ["close is near"]),
    ("all finished", replace(GOING_WELL, finished=3), ["ready to submit"]),
    (
        "all finished, a week left",
        replace(GOING_WELL, finished=3, closes_on=ago(-7)),
        ["ready to submit"],
    ),
    ("submitted four days ago", replace(SUBMITTED, submitted_on=ago(4)), []),
    ("submitted five days ago", SUBMITTED, ["no interview yet"]),
    ("submitted and interviewed", replace(SUBMITTED, is_interviewed=True), []),
    (
        "submitted, mail bounced",
        replace(SUBMITTED, bounced=("a@b.example",), is_interviewed=True),
        [],
    ),
    (
        "closed unfinished",
        replace(GOING_WELL, is_open=False, is_closed=True, last_activity=ago(30)),
        ["closed unfinished"],
    ),
    (
        "closed and never begun",
        replace(UNOPENED, is_open=False, is_closed=True),
        ["not returned"],
    ),
    ("not open yet", replace(UNOPENED, is_open=False, invited_on=None), []),
    (
        "not open yet, and no contact",
        replace(UNOPENED, is_open=False, people=0, coordinators=0),
        ["nobody to ask"],
    ),
    (
        "not open yet, and nobody to submit",
        replace(UNOPENED, is_open=False, coordinators=0),
        ["no coordinator"],
    ),
    ("nobody to submit", replace(GOING_WELL, coordinators=0), ["no coordinator"]),
    (
        "submitted, sections unfinished",
        replace(SUBMITTED, finished=1, submitted_on=ago(1)),
        ["submitted with gaps"],
    ),
    (
        "submitted, little answered",
        replace(SUBMITTED, answered=4, asked=9, submitted_on=ago(1)),
        ["submitted with gaps"],
    ),
    ("submitted, half answered", replace(SUBMITTED, answered=5, asked=9, submitted_on=ago(1)), []),
    (
        "submitted with gaps, and talked to",
        replace(SUBMITTED, finished=1, is_interviewed=True),
        [],
    ),
]


@pytest.mark.parametrize(("facts", "kinds"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_what_to_do_next(facts: Facts, kinds: list[str]) -> None:
    assert [step.kind for step in steps(facts, TODAY)] == kinds


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (
            replace(UNOPENED, invited_on=ago(9)),
            "Invited 9 days ago and never opened. Telephone them.",
        ),
        (
            replace(GOING_WELL, closes_on=ago(-1), finished=2),
            "1 section is unfinished, and the survey closes tomorrow.",
        ),
        (
            replace(GOING_WELL, idle=Idle("S01", then(12), more=1)),
            "S01 has not moved for 12 days, like 1 more. Ask who is writing it.",
        ),
        (
            replace(SUBMITTED, finished=1, submitted_on=TODAY),
            "Submitted with 1 of 3 sections finished. Ask if that is all, or open it again.",
        ),
        (
            replace(GOING_WELL, is_open=False, is_closed=True, finished=2),
            "Closed: partial, 1 section unfinished. Extend the survey, or take the return as it "
            "is.",
        ),
        (SUBMITTED, "Submitted on 10 July 2015. Arrange the interview."),
        (
            replace(GOING_WELL, reopened_on=ago(1)),
            "Opened again on 14 July 2015. Ask the coordinator to submit again.",
        ),
        (
            replace(GOING_WELL, lost=("a@b.example",)),
            "Mail to a@b.example may not have arrived. Look at the mail log.",
        ),
    ],
)
def test_the_words_say_what_and_why(facts: Facts, words: str) -> None:
    assert [step.words for step in steps(facts, TODAY)] == [words]


def test_the_most_pressing_comes_first() -> None:
    worst = replace(
        GOING_WELL,
        bounced=("a@b.example",),
        last_activity=ago(20),
        closes_on=TODAY,
        idle=Idle("S01", then(20)),
    )

    kinds = [step.kind for step in steps(worst, TODAY)]

    assert kinds == ["mail came back", "silent", "close is near", "section idle"]
    assert kinds == sorted(kinds, key=URGENCY.index)


def test_patience_can_be_set() -> None:
    facts = replace(GOING_WELL, last_activity=ago(3))

    assert [one.kind for one in steps(facts, TODAY, Patience(silent=3))] == ["silent"]
