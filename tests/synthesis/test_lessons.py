"""The record counts how often cues were right and what questions draw."""

import numpy as np
import pytest

from synthesis.lessons import DOUBT, TRUST, Lesson, Record
from synthesis.readings import Readers
from tests.synthesis.teaching import CODEBOOK, answer

READERS = Readers(CODEBOOK)
THEMES = ["S01", "S05", "A1"]
CUES = [cue.written for cue in READERS.cues]


def lesson(text, codes="", question="", weight=1.0):
    (reading,) = READERS.read([answer(text, question)])
    return Lesson(reading, frozenset(codes.split()), weight)


def record(*lessons):
    return Record(lessons, READERS.cues, THEMES)


def reading(text, question=""):
    return lesson(text, question=question).reading


def test_a_cue_never_met_is_trusted_as_its_kind_is():
    empty = record()

    assert empty.precision(CUES.index("front door")) == pytest.approx(TRUST["cue"])
    assert empty.precision(CUES.index("class")) == pytest.approx(TRUST["hint"])


def test_a_cue_is_trusted_as_often_as_it_was_right():
    made = record(
        lesson("The front door.", "S01"),
        lesson("A front door.", "S01", weight=0.5),
        lesson("No front door.", "S05"),
    )

    # Worked by hand: right 1.5 of 2.5, beside three that are right six times in ten.
    assert made.precision(CUES.index("front door")) == pytest.approx((1.5 + 1.8) / (2.5 + DOUBT))


def test_a_cue_that_is_always_wrong_carries_less_weight():
    wrong = record(*[lesson("The front door.", "S05"), lesson("Mondays.", "S01")] * 10)
    right = record(*[lesson("The front door.", "S01"), lesson("Mondays.", "S05")] * 10)
    place = THEMES.index("S01")

    assert wrong.support([reading("The front door.")])[1][0, place] == 0
    assert right.support([reading("The front door.")])[1][0, place] > 0


def test_support_counts_each_cue_once_for_its_own_theme():
    best, _, number = record().support(
        [reading("A parenting group and a class. Another class."), reading("Mondays.")]
    )

    assert number.tolist() == [[0, 2, 0], [0, 0, 0]]
    assert best[0, 1] == pytest.approx(TRUST["cue"])
    assert not best[1].any()


def test_emergent_themes_have_no_support():
    _, _, number = record().support([reading("The front door.")])

    assert number.tolist() == [[1, 0, 0]]


def test_a_question_never_met_draws_what_all_draw():
    made = record(lesson("One.", "S01"), lesson("Two.", "S01 S05"), lesson("Three."))

    expected = np.array([2 / 3, 1 / 3, 0])
    assert made.prior == pytest.approx(expected)
    assert made.rates(reading("Four.", "A1.1")) == pytest.approx(expected)


def test_a_question_draws_what_it_drew_before():
    asked = [lesson("One.", "S05", "S05.1")] * 6
    made = record(*asked, *[lesson("Two.", "S01")] * 6)

    rates = made.rates(reading("Three.", "S05.2"))

    assert rates[1] > 0.8
    assert rates[0] < 0.2
    assert made.rates(reading("Three."))[0] > 0.8


def test_nothing_taught_is_nothing_known():
    assert not record().prior.any()
    assert not record().rates(reading("One.", "S01.1")).any()
