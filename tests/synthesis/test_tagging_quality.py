"""How well themes are tagged, on coded text that stands beside the checkout and is not ours."""

from collections import defaultdict

import pytest
from sklearn.model_selection import GroupKFold

from synthesis import agreement
from synthesis.readings import Readers, as_response
from synthesis.tagger import Tagger
from tests.synthesis import coded_dev

pytestmark = [pytest.mark.quality, coded_dev.needed]


@pytest.fixture(scope="module")
def codebook():
    return coded_dev.codebook()


@pytest.fixture(scope="module")
def examples():
    return coded_dev.examples()


def tagged(tagger, examples):
    """Return the themes that a tagger gives each text."""
    found = defaultdict(set)
    for tag in tagger.suggest(map(as_response, examples)):
        found[tag.passage.response.id].add(tag.theme)
    return {example.id: frozenset(found[example.id]) for example in examples}


@pytest.fixture(scope="module")
def gold(examples):
    return {example.id: example.codes for example in examples}


@pytest.fixture(scope="module")
def untaught(codebook, examples):
    """What is tagged with the codebook alone."""
    return tagged(Tagger(codebook), examples)


@pytest.fixture(scope="module")
def taught(codebook, examples):
    """What is tagged in each fifth of the authorities, taught by the other four."""
    found = {}
    folds = GroupKFold(5).split(examples, groups=[example.authority for example in examples])
    for seen, held in folds:
        tagger = Tagger(codebook, [examples[row] for row in seen])
        found |= tagged(tagger, [examples[row] for row in held])
    return found


def scores(gold, given, letter):
    def keep(_, code):
        return code.startswith(letter)

    return agreement.score(agreement.only(gold, keep), agreement.only(given, keep))


def test_strands_are_found_without_examples(gold, untaught):
    assert scores(gold, untaught, "S").samples_f1 >= 0.64


def test_strands_are_found_with_examples(gold, taught):
    assert scores(gold, taught, "S").samples_f1 >= 0.70


def test_outcomes_are_found_with_examples(gold, taught):
    assert scores(gold, taught, "A").samples_f1 >= 0.75


def test_strands_that_were_not_asked_about_are_found(codebook, examples, gold, taught):
    readers = Readers(codebook)
    asked = {e.id: readers.asked(e.question_code) for e in examples if e.question_code}

    def beside(key, code):
        return key in asked and code.startswith("S") and code != asked[key]

    added = agreement.score(agreement.only(gold, beside), agreement.only(taught, beside))

    assert added.n >= 50
    assert added.micro_f1 >= 0.45


def test_examples_help(gold, untaught, taught):
    for letter in "SA":
        before, after = scores(gold, untaught, letter), scores(gold, taught, letter)
        assert after.samples_f1 > before.samples_f1


def test_a_response_has_one_stance_at_most(untaught, taught):
    for given in (untaught, taught):
        assert all(sum(code[0] == "P" for code in codes) <= 1 for codes in given.values())
