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


def test_it_takes_two_authorities():
    assert proposed(*KINSHIP, authorities=["a", "a", "a", "a"]) == []
    assert len(proposed(*KINSHIP, authorities=["a", "b", "a", "a"])) == 1


def test_a_word_alone_takes_three_passages():
    two = ("Transport is thin.", "Poor transport, they tell us.")

    assert proposed(*two) == []
    assert proposed(*two, "Transport again.")[0].terms == ("transport",)


def test_what_stands_in_explained_words_as_often_is_no_news():
    assert (
        proposed(*(f"Families wait, says {name}." for name in ("Ash", "Bay", "Cob", "Dew"))) == []
    )


def test_it_counts_how_much_oftener_words_stand_where_no_theme_explains_them():
    known = ["Kinship carers came.", *EXPLAINED]

    (one,) = emerging.propose(said(*KINSHIP, *["It rains."] * 16), known, NONE)

    # Four of 20 passages against one of 81, each with half a passage more.
    assert (one.elsewhere, one.times) == (1, round(4.5 / 21 / (1.5 / 82), 1))


def test_what_stands_elsewhere_half_as_often_is_not_proposed():
    known = [*KINSHIP * 10, *EXPLAINED]

    assert emerging.propose(said(*KINSHIP, *["It rains."] * 16), known, NONE) == []


def test_words_of_the_whole_sector_make_no_proposal():
    texts = ["Early help services support young people.", "Social workers meet each family."]

    assert proposed(*texts, *texts, *texts) == []


def test_a_proposal_is_called_by_its_most_telling_phrase_as_it_is_mostly_written():
    texts = (
        "The contingency plans are thin.",
        "Contingency plan missing.",
        "We rarely see contingency plans.",
        "Some contingency-plans exist.",
        "A contingency of sorts.",
    )

    (one,) = proposed(*texts)

    assert one.terms[0] == "contingency plans"
    assert len(one.passages) == 5


def test_a_phrase_may_hold_a_small_word():
    texts = [f"Proof of income {what}." for what in ("is hard", "takes weeks", "was lost")]

    (one,) = proposed(*texts)

    assert one.terms[0] == "proof of income"


def test_a_turn_of_speech_takes_its_words_along():
    posts = [f"Our {what} post is vacant." for what in ("first", "second", "other")]
    turns = ["He stopped opening the post.", "She had stopped opening the post."]

    found = proposed(*posts, *turns)

    assert {(one.terms[0], len(one.passages)) for one in found} == {
        ("post", 3),
        ("stopped opening the post", 2),
    }


def test_verbs_and_adjectives_alone_are_no_themes():
    texts = [f"They quietly forget {what}, older ones too." for what in ("it", "us", "them")]

    assert proposed(*texts, *texts) == []


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
