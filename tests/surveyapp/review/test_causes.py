"""Which acts a change between two builds may follow from, and how its page tells them."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from surveyapp import built, files
from surveyapp.models import (
    Build,
    CheckItem,
    CodedPassage,
    Finding,
    FindingPassage,
    MemberCheck,
    Person,
    Survey,
)
from surveyapp.review import called, causes, explaining
from surveyapp.review.causes import ONLY_CONFIRMS, Acts, Cause, Window
from surveyapp.review.comparing import Quoted, Stretch
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, queries, submission_of

ALDER = "X06000001/S01.2"
EARLY, LATE = NOON - dt.timedelta(hours=1), NOON + dt.timedelta(hours=1)
Item = tuple[int, int, str, str]


def check(session: Session, person: Person, *items: Item) -> None:
    """Let Alder say something to words of one answer; by start, end, verdict and words instead."""
    session.add(
        MemberCheck(
            submission=submission_of(session, "Alder"),
            person=person,
            sent_by=person,
            sent_on=NOON.date(),
            due_on=NOON.date(),
            returned_at=NOON,
            items=[
                CheckItem(
                    place=place,
                    response=ALDER,
                    start=start,
                    end=end,
                    words="x" * (end - start),
                    verdict=verdict,
                    instead=instead,
                )
                for place, (start, end, verdict, instead) in enumerate(items)
            ],
        )
    )
    session.flush()


def finding(session: Session, survey: Survey, person: Person) -> Finding:
    one = Finding(
        survey=survey,
        theme="S01",
        claim="front doors miss families",
        author=person,
        updated_at=NOON,
        passages=[FindingPassage(response=ALDER, start=0, end=9, words="x" * 9)],
    )
    session.add(one)
    session.flush()
    return one


def acts(session: Session, survey: Survey) -> Acts:
    return Acts(causes.between(session, survey, Window(EARLY, LATE)))


def test_the_last_acts_are_told_with_how_many_there_were(
    session: Session, survey: Survey, consultant: Person
) -> None:
    check(session, consultant, (0, 9, "unnamed", ""), (10, 20, "confirmed", ""))
    finding(session, survey, consultant)
    within = Window(EARLY, dt.datetime.now(dt.UTC))
    every = causes.between(session, survey, within)

    found = causes.latest(session, survey, within, called.names(session, survey), 2)
    assert found.count == len(every) > 2
    assert [one.at for one in found.acts] == [one.at for one in every[-2:]]
    whole = causes.latest(session, survey, within, called.names(session, survey), 1000)
    assert sorted(map(repr, whole.acts)) == sorted(map(repr, every))


def told(found: tuple[Cause, ...]) -> list[str]:
    return [one.what for one in found]


def why(session: Session, survey: Survey, source: str, slot: str = "") -> list[str]:
    """Return what is told to have been done to the words of a quotation."""
    quoted = Quoted("new", source, slot=slot)
    return told(acts(session, survey).explaining(quoted.places, quoted=True))


CORRECTED = "corrected its words in what Alder answered to S01.2"
CONFIRMED = "confirmed its words in what Alder answered to S01.2"
UNNAMED = "asked to be unnamed in what Alder answered to S01.2"
WROTE = "wrote or changed the finding “front doors miss families” on “Identification of needs”"


def test_a_correction_explains_the_words_it_put_in_place(
    session: Session, survey: Survey, consultant: Person
) -> None:
    check(session, consultant, (10, 20, "corrected", "what we meant"))

    assert why(session, survey, f"{ALDER}/corrected-10:0-13") == [CORRECTED]
    assert why(session, survey, f"{ALDER}:10-20") == [CORRECTED]
    assert why(session, survey, f"{ALDER}:20-30") == []


def test_an_act_on_another_passage_of_the_answer_explains_nothing(
    session: Session, survey: Survey, consultant: Person
) -> None:
    check(session, consultant, (0, 9, "unnamed", ""), (10, 20, "confirmed", ""))

    assert why(session, survey, f"{ALDER}:0-9") == [UNNAMED]


def test_a_confirmation_is_told_only_where_nothing_else_was_done(
    session: Session, survey: Survey, consultant: Person
) -> None:
    check(session, consultant, (0, 9, "confirmed", ""), (3, 20, "confirmed", ""))

    assert why(session, survey, f"{ALDER}:0-9") == [CONFIRMED]

    finding(session, survey, consultant)
    assert why(session, survey, f"{ALDER}:0-9") == [WROTE]


def test_a_finding_explains_what_is_quoted_for_it(
    session: Session, survey: Survey, consultant: Person
) -> None:
    one = finding(session, survey, consultant)
    place = f"written.{one.id.hex}.otherwise"

    assert why(session, survey, f"{ALDER}:0-9") == [WROTE]
    assert why(session, survey, "X06000002/S01.2:0-9", place) == [WROTE]
    assert why(session, survey, "X06000002/S01.2:0-9") == []


def test_a_finding_changes_no_other_claim_on_its_passages(
    session: Session, survey: Survey, consultant: Person
) -> None:
    finding(session, survey, consultant)

    assert acts(session, survey).explaining(frozenset({Stretch(ALDER, 0, 9)}), "S01") == ()


def test_a_finding_is_told_once_for_each_act_and_by_whom(
    session: Session, survey: Survey, consultant: Person
) -> None:
    one = finding(session, survey, consultant)
    other = Person(name="Lou Looks", email="lou@trees.example")
    session.add(other)
    session.flush()
    one.looked_against_at, one.looked_against_by_id = LATE, other.id
    session.flush()

    found = acts(session, survey).explaining(frozenset({Stretch(f"finding/{one.id.hex}")}), "S01")

    assert [(act.who, act.what.partition(" the ")[0]) for act in found] == [
        ("Kay Runs", "wrote or changed"),
        ("Lou Looks", "looked for what speaks against"),
    ]


def test_a_passage_that_was_finished_may_have_lost_what_was_suggested(
    session: Session, survey: Survey, consultant: Person
) -> None:
    session.add(
        CodedPassage(
            survey_id=survey.id,
            response=ALDER,
            start=0,
            end=9,
            words="x" * 9,
            coder_id=consultant.id,
            codebook_id=survey.codebook_id,
            at=NOON,
        )
    )
    session.flush()

    assert why(session, survey, f"{ALDER}:0-9") == [
        "finished a passage of what Alder answered to S01.2"
    ]


def test_acts_under_the_theme_of_a_claim_come_before_those_under_others() -> None:
    here = frozenset({Stretch(ALDER, 0, 9)})
    mine = Cause(NOON, "Kay", "accepted", here, "S01")
    other = Cause(NOON, "Kay", "accepted another", here, "S05")
    merely = Cause(EARLY, "Kay", "confirmed", here, strength=ONLY_CONFIRMS)

    assert Acts([merely, other, mine]).explaining(here, "S01") == (mine,)
    assert Acts([merely, other]).explaining(here, "S01") == (other,)
    assert Acts([merely]).explaining(here, "S01") == (merely,)
    assert Acts([mine]).explaining(frozenset({Stretch(ALDER, 9, 20)}), "S01") == ()


def test_acts_on_just_these_words_come_first_and_read_once() -> None:
    whole = Cause(EARLY, "Kay", "changed", frozenset({Stretch(ALDER)}))
    exact = Cause(NOON, "Kay", "accepted", frozenset({Stretch(ALDER, 0, 9)}))
    again = Cause(LATE, "Kay", "accepted", frozenset({Stretch(ALDER, 3, 9)}))

    found = Acts([whole, exact, again]).explaining(frozenset({Stretch(ALDER, 0, 9)}))

    assert found == (exact, whole)


def test_what_follows_from_the_same_acts_is_told_together() -> None:
    act = Cause(NOON, "Kay", "accepted", frozenset({Stretch(ALDER, 0, 9)}))
    one, two, other = (Quoted("new", f"{ALDER}:{at}") for at in ("0-5", "5-9", "20-30"))

    groups = explaining.quotations([other, one, two], Acts([act]))

    assert [(group.causes, group.changes) for group in groups] == [
        ((act,), (one, two)),
        ((), (other,)),
    ]


def kept(session: Session, survey: Survey, person: Person, folder: Path, *sources: str) -> Build:
    """Keep a build that quotes these passages, begun an hour later than the one before."""
    number = 1 + session.query(Build).count()
    quotations = [{"source": one, "place": "S01.gaps"} for one in sources]
    manifest: dict[str, Any] = {
        "version": 1,
        "inputs": str(number),
        "versions": {},
        "claims": [],
        "quotations": quotations,
        "cells": [],
        "passages": {},
    }
    key = files.put(built.place(folder, survey.id, number), json.dumps(manifest).encode())
    at = NOON + dt.timedelta(hours=2 * number - 3)
    one = Build(
        survey=survey,
        number=number,
        asked_by=person,
        asked_at=at,
        started_at=at,
        done_at=at,
        files={built.MANIFEST: {"key": key, "size": 1, "sha256": "x"}},
    )
    session.add(one)
    session.commit()
    return one


def compared(session: Session, survey: Survey, person: Person, folder: Path) -> str:
    """Keep two builds, a quotation corrected between them, and return the page of the second."""
    kept(session, survey, person, folder, f"{ALDER}:10-20", f"{ALDER}:30-40")
    check(session, person, (10, 20, "corrected", "what we meant"))
    finding(session, survey, person)
    one = kept(session, survey, person, folder, f"{ALDER}/corrected-10:0-13")
    return f"/review/{survey.code}/builds/{one.id}/"


def test_the_page_tells_a_correction_once_with_all_that_follows(
    staff: CheckingClient, session: Session, survey: Survey, consultant: Person, folder: Path
) -> None:
    page = " ".join(staff.get(compared(session, survey, consultant, folder)).text.split())

    changed = page[page.index("Quotations that came or went") :]
    first, rest = changed.split("Nobody did anything to these words", 1)
    assert first.count(CORRECTED) == 1
    assert first.count("Quoted now") == first.count("Not quoted any more") == 1
    assert "Not quoted any more" in rest
    assert "new version of the program" not in rest


@pytest.mark.queries
def test_what_changed_is_asked_as_often_for_many_acts(
    staff: CheckingClient, session: Session, survey: Survey, consultant: Person, folder: Path
) -> None:
    address = compared(session, survey, consultant, folder)
    staff.get(address)
    session.expire_all()
    with queries(session) as few:
        staff.get(address)
    items: list[Item] = [(n, n + 9, "confirmed", "") for n in range(50, 250, 10)]
    check(session, consultant, *items)
    for _ in range(5):
        finding(session, survey, consultant)
    session.commit()
    session.expire_all()
    with queries(session) as many:
        staff.get(address)

    assert len(many) == len(few)
