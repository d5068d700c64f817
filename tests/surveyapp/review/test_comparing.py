"""Two builds compared: what came, went or changed, and which acts it may follow from."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from surveyapp import built
from surveyapp.models import Build, Decision, Person, Survey
from surveyapp.review import causes, comparing, texts
from surveyapp.review.causes import Acts, Window
from surveyapp.review.comparing import Stretch
from surveyapp.review.making import Workshop
from surveyapp.review.texts import Draft
from tests.surveyapp.building import NOON
from tests.surveyapp.review.made import make

EARLY, LATE = NOON - dt.timedelta(hours=1), NOON + dt.timedelta(hours=1)


def claim(id: str, *given: str, base: int = 10, seal: str = "a") -> dict[str, Any]:
    share = {"count": len(given), "base": base, "text": f"{len(given)} say so", "seal": seal}
    return {"id": id, "theme": "S01", "for": list(given), "against": [], **share}


def manifest(*claims: dict[str, Any], quoted: tuple[str, ...] = ()) -> dict[str, Any]:
    ids = {id for one in claims for id in one["for"]}
    return {
        "inputs": "".join(sorted(ids)),
        "versions": {"code": "1"},
        "claims": list(claims),
        "quotations": [{"source": source} for source in quoted],
        "cells": [],
        "passages": {id: passage(id) for id in ids},
    }


def passage(id: str) -> dict[str, Any]:
    response, _, stretch = id.rpartition(":")
    start, end = map(int, stretch.split("-"))
    return {"response": response, "start": start, "end": end, "words_sha256": "a"}


def test_a_count_that_rose_is_told_with_its_base() -> None:
    was = manifest(claim("S01.gaps", "X/S01.2:0-9"))
    now = manifest(claim("S01.gaps", "X/S01.2:0-9", "Y/S01.2:0-9", seal="b"))

    (changed,) = comparing.compare(was, now).claims

    assert (changed.kind, changed.what) == ("changed", "1 of 10 before, 2 of 10 now")
    assert changed.rests_on == {Stretch("Y/S01.2", 0, 9)}


def test_claims_and_quotations_come_and_go() -> None:
    was = manifest(claim("S01.gaps", "X/S01.2:0-9"), quoted=("X/S01.2:0-9",))
    now = manifest(claim("S01.plans", "Y/S01.2:0-9"), quoted=("Y/S01.2:0-9",))

    difference = comparing.compare(was, now)

    assert [(one.kind, one.id) for one in difference.claims] == [
        ("new", "S01.plans"),
        ("gone", "S01.gaps"),
    ]
    assert [(one.kind, one.response) for one in difference.quotations] == [
        ("new", "Y/S01.2"),
        ("gone", "X/S01.2"),
    ]


def test_the_same_count_of_other_passages_is_told() -> None:
    was = manifest(claim("S01.gaps", "X/S01.2:0-9"))
    now = manifest(claim("S01.gaps", "X/S01.2:10-19", seal="b"))

    (changed,) = comparing.compare(was, now).claims

    assert changed.what == "1 of 10 as before, rests on 1 more and 1 fewer passages"


def against(one: dict[str, Any], *ids: str) -> dict[str, Any]:
    return {**one, "against": list(ids)}


def test_a_claim_whose_evidence_is_only_in_another_order_is_left_out() -> None:
    given = ("X/S01.2:0-9", "Y/S01.2:0-9")
    was, now = manifest(claim("S01.gaps", *given)), manifest(claim("S01.gaps", *given[::-1]))
    now["claims"][0]["seal"] = "b"

    assert comparing.compare(was, now).claims == ()


def test_other_passages_against_a_claim_are_told() -> None:
    one = claim("S01.gaps", "X/S01.2:0-9")
    was = manifest(against(one, "Y/S01.2:0-9"))
    now = manifest(against({**one, "seal": "b"}, "Y/S01.2:9-20"))

    (changed,) = comparing.compare(was, now).claims

    assert changed.what == "1 of 10 as before, 1 more and 1 fewer passages against it"


def test_a_passage_that_says_something_else_is_told() -> None:
    was = manifest(claim("S01.gaps", "X/S01.2:0-9", "Y/S01.2:0-9"))
    now = manifest(claim("S01.gaps", "X/S01.2:0-9", "Y/S01.2:0-9", seal="b"))
    now["passages"]["Y/S01.2:0-9"]["words_sha256"] = "b"

    (changed,) = comparing.compare(was, now).claims

    assert changed.what == "2 of 10 as before, 1 of its passages in other words"
    assert changed.rests_on == {Stretch("Y/S01.2", 0, 9)}


def test_another_answer_is_told() -> None:
    was = manifest()
    was["claims"] = [claim("S01.rating", "rating:X/S01.1")]
    now = {**was, "claims": [claim("S01.rating", "rating:X/S01.1", seal="b")]}

    (changed,) = comparing.compare(was, now).claims

    assert changed.what == "1 of 10 as before, though an answer that it counts is another one"
    assert changed.rests_on == {Stretch("X/S01.1")}


def test_words_put_in_place_of_others_stand_where_they_did() -> None:
    quoted = comparing.Quoted("new", "X/S01.2/corrected-12:0-40")

    assert any(one.meets(Stretch("X/S01.2", 12, 60)) for one in quoted.places)
    assert any(one.meets(Stretch("X/S01.2")) for one in quoted.places)
    assert not any(one.meets(Stretch("X/S01.2", 0, 12)) for one in quoted.places)


def test_the_same_inputs_are_no_difference() -> None:
    was = manifest(claim("S01.gaps", "X/S01.2:0-9"))

    difference = comparing.compare(was, was)

    assert difference.is_same
    assert difference.is_empty


def test_acts_between_two_builds_are_found(
    session: Session, survey: Survey, consultant: Person
) -> None:
    decision = Decision(
        survey=survey,
        response="X06000001/S01.2",
        start=0,
        end=4,
        words="Late",
        theme="S01",
        verdict="reject",
        coder=consultant,
        codebook=survey.codebook,
        made_at=NOON,
    )
    session.add(decision)
    texts.save(session, survey, "chapters.foreword.text", Draft("Ours.", 0, consultant, NOON))
    session.flush()

    found = causes.between(session, survey, Window(EARLY, LATE))
    told = {one.what for one in found if one.who == "Kay Runs"}

    assert told == {
        "rejected “Identification of needs” in what Alder answered to S01.2",
        "changed the standing text “Foreword”",
    }
    assert causes.between(session, survey, Window(LATE, LATE + dt.timedelta(days=9999))) == []


def test_a_rejected_theme_changes_the_claim_that_rested_on_it(
    session: Session, survey: Survey, consultant: Person, made: Build, workshop: Workshop
) -> None:
    was = built.manifest(workshop.folder, made)
    one = next(o for o in was["claims"] if o["for"] and o["for"][0] in was["passages"])
    passage = was["passages"][one["for"][0]]
    text = next(o.text for o in builds_inputs(session, survey) if o.id == passage["response"])
    session.add(
        Decision(
            survey=survey,
            response=passage["response"],
            start=passage["start"],
            end=passage["end"],
            words=text[passage["start"] : passage["end"]],
            theme=one["theme"],
            verdict="reject",
            coder=consultant,
            codebook=survey.codebook,
            made_at=dt.datetime.now(dt.UTC),
        )
    )
    session.commit()

    later = make(session, survey, consultant, workshop)

    assert later.done_at is not None
    now = built.manifest(workshop.folder, later)
    difference = comparing.compare(was, now)
    place = Stretch(passage["response"], passage["start"], passage["end"])
    changed = [o for o in difference.claims if place in o.rests_on]
    acts = Acts(causes.between(session, survey, causes.window(made, later)))
    assert changed
    assert any(acts.explaining(o.rests_on, o.theme) for o in changed)


def builds_inputs(session: Session, survey: Survey) -> Any:
    from surveyapp.material import gathering

    return gathering.gather(session, survey).material.responses
