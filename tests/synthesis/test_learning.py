"""What finished passages teach, and by how much suggestions get better for it."""

import pytest

from synthesis import learning
from synthesis.learning import Finished
from synthesis.material import Decision, Response
from synthesis.tagger import Tagger
from tests.synthesis.teaching import AUTHORITIES, CODEBOOK, coded

TEXT = "We ask schools. Nobody waits.\nWe count calls."
RESPONSE = Response("r1", TEXT, "Alderwick", question_code="Q1", question="How?", asked="S01")
ASK, WAITS, COUNT = ((0, 15), (16, 29), (30, 45))


def finished(*places, response="r1"):
    return [Finished(response, *place) for place in places]


def decided(place, theme, verdict="accept", response="r1"):
    words = TEXT[slice(*place)]
    return Decision(response, *place, words=words, theme=theme, verdict=verdict)


def taught(places, *decisions, responses=(RESPONSE,)):
    return list(learning.examples(responses, finished(*places), decisions))


def test_a_response_that_is_finished_teaches_whole():
    (example,) = taught(
        [COUNT, ASK, WAITS], decided(ASK, "S01"), decided(COUNT, "E1", "add"), decided(WAITS, "S05")
    )

    assert (example.text, example.codes) == (TEXT, {"S01", "S05", "E1"})
    assert (example.id, example.authority, example.asked) == ("r1", "Alderwick", "S01")
    assert (example.question_code, example.question) == ("Q1", "How?")


def test_of_one_that_is_not_only_the_finished_words_teach():
    (example,) = taught(
        [ASK, COUNT], decided(ASK, "S01"), decided(WAITS, "S05"), decided(COUNT, "E1")
    )

    assert example.text == "We ask schools.\nWe count calls."
    assert example.codes == {"S01", "E1"}


def test_what_a_finished_passage_was_not_given_it_does_not_carry():
    (example,) = taught([ASK], decided(ASK, "S01", "reject"))

    assert example.codes == frozenset()


def test_of_very_many_responses_some_teach(monkeypatch):
    monkeypatch.setattr(learning, "MOST", 3)
    responses = [Response(f"r{number}", TEXT) for number in range(9)]

    def teaching(many):
        done = [Finished(one.id, *ASK) for one in many]
        return {one.id for one in learning.examples(many, done, ())}

    assert [len(teaching(responses[:many])) for many in (2, 3, 9)] == [2, 3, 3]
    assert teaching(responses) == teaching(responses[::-1])


def test_of_several_verdicts_the_last_holds():
    first, last = decided(ASK, "S01"), decided((3, 14), "S01", "reject")

    assert taught([ASK], first, last)[0].codes == frozenset()
    assert taught([ASK], last, first)[0].codes == {"S01"}


def test_stretches_that_overlap_teach_their_words_once():
    (example,) = taught([(0, 9), (3, 15)], decided((3, 15), "S01", "add"))

    assert (example.text, example.codes) == ("We ask schools.", {"S01"})


def test_what_is_not_finished_teaches_nothing():
    assert taught([], decided(ASK, "S01")) == []


def test_a_response_that_is_gone_teaches_nothing():
    assert taught([ASK], decided(ASK, "S01"), responses=()) == []


MANY = coded(162)
"""What six authorities said, by turns."""


@pytest.fixture(scope="module")
def plain():
    return Tagger(CODEBOOK)


def test_decisions_that_help_are_worth_something(plain):
    worth = learning.worth(plain, MANY)

    assert (worth.responses, worth.authorities) == (162, 6)
    assert worth.taught > worth.without + 0.3
    assert 0 < worth.low <= worth.taught - worth.without <= worth.high


def test_what_is_not_to_be_measured_teaches_all_the_same(plain):
    some = [one for one in MANY if one.authority == MANY[0].authority]
    worth = learning.worth(plain, MANY, some)

    assert (worth.responses, worth.authorities) == (27, 1)
    # What the other authorities teach is what they teach where they are measured too.
    whole = learning.worth(plain, MANY, MANY)
    assert whole == learning.worth(plain, MANY)
    assert worth.taught > worth.without
    assert learning.worth(plain, MANY, []) is None


def test_one_authority_alone_measures_nothing(plain):
    assert learning.worth(plain, [one for one in coded() if one.authority == "Alderwick"]) is None
    assert learning.worth(plain, ()) is None


def test_no_authority_teaches_what_it_is_measured_on():
    names = [one.authority for one in MANY]
    folds = learning.deal(names)

    assert len(set(zip(names, folds, strict=True))) == len(AUTHORITIES)
    assert len(set(folds)) == 5


@pytest.fixture
def short(monkeypatch):
    monkeypatch.setattr(learning, "CHECKPOINTS", (0, 10, 20))
    monkeypatch.setattr(learning, "STEP", 10)


@pytest.mark.parametrize("order", ["arrival", "random", "least certain"])
def test_a_replay_measures_what_is_not_coded_yet(order, short, plain):
    points = list(learning.replay(plain, coded(48), order))

    assert [point.coded for point in points] == [0, 10, 20]
    assert [point.themes.n for point in points] == [48, 38, 28]
    assert all(0 <= point.strands.samples_f1 <= 1 for point in points)


def test_the_same_seed_shuffles_alike():
    one, same, other = (learning.in_order(coded(), "random", seed) for seed in (1, 1, 2))

    assert one == same != other
    assert sorted(one, key=str) == sorted(coded(), key=str)


def test_the_least_certain_is_coded_first(short, plain, monkeypatch):
    """What is known by rote is left for last, and what no example resembles comes first."""
    doubt = {one.response.id: one.doubt for one in plain.judge(map(learning.as_response, coded()))}
    seen = []
    taught = Tagger.taught
    monkeypatch.setattr(
        Tagger,
        "taught",
        lambda self, examples: seen.append(list(examples)) or taught(self, examples),
    )

    list(learning.replay(plain, coded(), "least certain"))

    first = [one.id for one in seen[1]]
    assert sorted(doubt, key=lambda key: -doubt[key])[:10] == first
