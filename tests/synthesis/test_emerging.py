"""Emergent themes: what several authorities speak of and no theme explains."""

from synthesis import emerging
from synthesis.emerging import Bounds, Said

NONE = Bounds()
EXPLAINED = [f"Families wait for the parenting group in {place}." for place in "abcdefghij"] * 8
KINSHIP = (
    "Kinship carers ask for respite.",
    "We have no respite for kinship carers.",
    "Respite is short, kinship carers say.",
    "Grandparents who are kinship carers never get respite.",
)


def said(*texts, authorities=None):
    names = authorities or [f"authority {number}" for number in range(len(texts))]
    return [
        Said(f"key{number}", f"r{number}", name, text)
        for number, (text, name) in enumerate(zip(texts, names, strict=True))
    ]


def proposed(*texts, bounds=NONE, authorities=None):
    return emerging.propose(said(*texts, authorities=authorities), EXPLAINED, bounds)


def test_what_several_authorities_speak_of_is_proposed_with_its_passages():
    (one,) = proposed(*KINSHIP, "It rains.")

    assert one.terms[0] in ("kinship carers", "respite")
    assert set(one.terms) == {"kinship carers", "respite"}
    assert one.passages == ("key0", "key1", "key2", "key3")
    assert one.authorities == 4


def test_it_takes_three_authorities():
    assert proposed(*KINSHIP, authorities=["a", "b", "a", "b"]) == []
    assert len(proposed(*KINSHIP, authorities=["a", "b", "c", "a"])) == 1


def test_what_stands_in_explained_words_as_often_is_no_news():
    assert (
        proposed(*(f"Families wait, says {name}." for name in ("Ash", "Bay", "Cob", "Dew"))) == []
    )


def test_fillers_and_numbers_are_no_themes():
    texts = ["Please see above, e.g. 2014.", "For example, please see our survey response, 2014."]

    assert proposed(*texts, *texts) == []


def test_names_of_authorities_and_places_are_no_themes():
    bounds = Bounds(names=["Bridge Street Hub"])
    named = [f"We meet at Bridge Street Hub when {how}." for how in ("wet", "dry", "cold", "hot")]
    plain = [text.replace("Bridge Street Hub", "bridge street hub") for text in named]

    assert not [one for one in proposed(*named, bounds=bounds) if "ridge" in str(one.terms)]
    assert [one for one in proposed(*plain, bounds=bounds) if "ridge" in str(one.terms)]


def test_people_are_no_themes():
    texts = [f"We spoke to Margaret Thornton about {what}." for what in ("pay", "rain", "rent")]

    assert not [one for one in proposed(*texts) if "Thornton" in " ".join(one.terms)]


def test_an_abbreviation_stays_as_it_is_written():
    texts = [f"{where} the CAMHS threshold rose." for where in ("Here", "There", "Locally", "Now")]

    assert "CAMHS threshold" in [term for one in proposed(*texts) for term in one.terms]


def test_themes_apart_are_proposed_apart_the_widest_first():
    digital = [f"Loneliness online {verb} teenagers." for verb in ("hurts", "troubles", "finds")]

    found = proposed(*KINSHIP, *digital)

    assert len(found) == 2
    assert [one.authorities for one in found] == [4, 3]
    assert not set(found[0].passages) & set(found[1].passages)


def test_a_phrase_that_a_theme_has_settled_is_not_proposed_again():
    bounds = Bounds(settled=["Kinship carers and their respite"])

    assert proposed(*KINSHIP, bounds=bounds) == []


def test_a_proposal_keeps_the_key_that_something_was_decided_about():
    (before,) = proposed(*KINSHIP)
    more = (*KINSHIP, *(f"Respite {what}." for what in ("costs", "helps", "ends")))

    (after,) = proposed(*more, bounds=Bounds(known=[before.key]))

    assert after.key == before.key
    assert len(after.passages) == 7


def test_the_same_passages_give_the_same_proposals():
    assert proposed(*KINSHIP) == proposed(*KINSHIP)


def test_nothing_unexplained_proposes_nothing():
    assert emerging.propose([], EXPLAINED, NONE) == []
    assert emerging.propose([], [], NONE) == []
