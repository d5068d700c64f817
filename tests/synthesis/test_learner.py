"""The learner: taught by a few dozen plain sentences, it knows their like and says it is unsure."""

from dataclasses import replace

import numpy as np
import pytest

from synthesis import learner as learning
from synthesis.codebook import Codebook
from synthesis.learner import Learner
from synthesis.lessons import Lesson
from synthesis.readings import Readers, as_response
from tests.synthesis.teaching import CODEBOOK, THEMES, answer, coded

READERS = Readers(CODEBOOK)


def learner(examples, codebook=CODEBOOK):
    readings = READERS.read(map(as_response, examples))
    lessons = [
        Lesson(reading, example.codes) for reading, example in zip(readings, examples, strict=True)
    ]
    return Learner(codebook, READERS.cues, lessons)


def judged(made, *texts):
    return made.judge(list(READERS.read(answer(text) for text in texts)))


TAUGHT = learner(coded())


@pytest.mark.parametrize(
    ("text", "theme", "other"),
    [
        ("A school may telephone about any pupil.", "S01", "S05"),
        ("There is singing for toddlers.", "S05", "S01"),
        ("Every manager will score his files.", "S11", "S01"),
    ],
)
def test_words_it_was_taught_suggest_the_theme(text, theme, other):
    (scores,) = judged(TAUGHT, text)

    assert theme in scores
    assert other not in scores


def test_scores_are_probabilities_of_themes_it_knows():
    texts = ["Staff praise the hub.", "Nobody trusts the files.", "Zebra quagga.", "?"]

    for scores in judged(TAUGHT, *texts):
        assert set(scores) <= set(TAUGHT.themes)
        assert all(0 < score <= 1 for score in scores.values())


def test_emergent_themes_are_never_learnt():
    assert "X0" not in TAUGHT.themes


@pytest.mark.parametrize(
    "text", ["Staff praise it but nobody trusts it.", "Praise. Trust. Praise."]
)
def test_a_response_has_one_stance_at_most(text):
    (scores,) = judged(TAUGHT, text)

    assert len({"P1", "P2"} & set(scores)) <= 1


def test_of_stances_alike_only_one_is_taken():
    tied = np.array([[0.9, 0.9], [0.2, 0.2]])

    assert TAUGHT._choose("stance", tied).sum(axis=1).max() <= 1


@pytest.mark.parametrize("text", ["", " \n"])
def test_silence_says_nothing(text):
    assert judged(TAUGHT, text) == [{}]


def test_readings_are_judged_alike_alone_and_in_company():
    texts = ["Schools telephone.", "Toddlers sing.", "", "Managers score files."]

    together = judged(TAUGHT, *texts)

    for text, scores in zip(texts, together, strict=True):
        (alone,) = judged(TAUGHT, text)
        assert alone == pytest.approx(scores)


def test_learning_twice_gives_the_same():
    again = learner(coded())
    texts = ["Schools telephone.", "Toddlers sing.", "Managers score files."]

    assert judged(again, *texts) == judged(TAUGHT, *texts)


def test_words_are_worth_most_for_the_theme_they_were_taught_with():
    known, worth = TAUGHT.worth(["toddler", "quagga", "sing"])

    assert known == ["toddler", "sing"]
    assert (worth.argmax(axis=1) == TAUGHT.themes.index("S05")).all()


def test_of_many_lessons_the_second_model_learns_from_some_of_all(monkeypatch):
    seen = []
    weigh = learning._weigh
    monkeypatch.setattr(
        learning, "_weigh", lambda *given: seen.append(len(given[1])) or weigh(*given)
    )
    monkeypatch.setattr(learning, "MOST", 20)

    (scores,) = judged(learner(coded()), "Every manager will score his files.")

    assert len(coded()) > 40
    assert set(seen) == {20}
    assert "S11" in scores


@pytest.mark.parametrize("authority", ["", "Alderwick"])
def test_it_learns_where_authorities_do_not_tell_the_examples_apart(authority):
    made = learner([replace(example, authority=authority) for example in coded()])

    (needs, services) = judged(made, "Schools telephone the hub.", "Toddlers come to singing.")

    assert "S01" in needs
    assert "S05" not in needs
    assert "S05" in services
    assert "S01" not in services


def test_a_kind_that_no_example_carries_is_left_alone():
    strands = [
        replace(example, codes=frozenset(code for code in example.codes if code[0] == "S"))
        for example in coded()
    ]
    made = learner(strands)

    assert set(made.kinds) == {"strand"}
    assert all(code[0] == "S" for code in judged(made, "Schools telephone.")[0])


def test_a_kind_that_every_example_carries_is_left_alone():
    only = Codebook("One outcome", "1", (*THEMES[:3], THEMES[3]))
    made = learner([replace(e, codes=e.codes | {"A1"}) for e in coded()], only)

    assert set(made.kinds) == {"strand"}


def test_a_theme_met_once_does_no_harm():
    examples = list(coded())
    examples[0] = replace(examples[0], codes=examples[0].codes | {"E1"})
    none = [replace(e, codes=e.codes - {"E1"}) for e in examples[1:]]
    made = learner([examples[0], *none])

    assert "S01" in judged(made, "Schools telephone the hub.")[0]
