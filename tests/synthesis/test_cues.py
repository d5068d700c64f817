"""The cue language: what a codebook writes, and what it finds and does not find in a text."""

import pytest

from synthesis import cues
from synthesis.codebook import Codebook, Theme
from synthesis.cues import Part
from synthesis.errors import InputError
from synthesis.language import Reader


def book(*written, hints=()):
    theme = Theme("S01", "strand", "Needs", "How needs come.", cues=written, hints=hints)
    return Codebook("Tiny", "1", (theme,))


def found(cue, text):
    """Return the words that a cue finds in a text."""
    ((_, sentences),) = Reader(cues.of(book(cue))).read([(text, None)])
    return [text[hit.start : hit.end] for sentence in sentences for hit in sentence.hits]


def test_cues_come_in_the_order_they_are_written_hints_last():
    made = cues.of(book("b", "a", hints=("c",)))

    assert [(cue.written, cue.strength) for cue in made] == [
        ("b", "cue"),
        ("a", "cue"),
        ("c", "hint"),
    ]


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("step down", (Part("step down", exact=False),)),
        ("step-down", (Part("step down", exact=False),)),
        ("  step   down ", (Part("step down", exact=False),)),
        ('"MASH"', (Part("MASH", exact=True),)),
        ('"step-down"', (Part("step-down", exact=True),)),
        ('wait + "CAF" + family', (Part("wait", exact=False), Part("CAF", exact=True),
                                   Part("family", exact=False))),
    ],
)  # fmt: skip
def test_the_notation_is_read(written, parts):
    (cue,) = cues.of(book(written))

    assert cue.parts == parts


@pytest.mark.parametrize("written", ["", "  ", "wait + ", " + wait", "wait +  + family", " + "])
def test_a_cue_of_nothing_is_refused_with_its_theme(written):
    with pytest.raises(InputError, match="theme S01, cue") as caught:
        cues.of(book(written))

    assert "those words" in caught.value.remedy


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("parenting group", "Parenting groups run."),
        ("step down", "Families were STEPPING DOWN early."),
        ("evaluate", "We evaluated it."),
        ("family", "Families came."),
        ("child", "The children’s plan."),
        ("front door", "our front doors’ staff"),
        ("referral", "Referrals: 40."),
    ],
)
def test_other_endings_of_a_word_are_found(cue, text):
    assert found(cue, text)


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("step down", "The ladder goes down a step."),
        ("front door", "The front of the door."),
        ("audit", "An auditorium."),
        ("neglect", "We must not ne glect it."),
        ("mash", "A smashing time."),
    ],
)
def test_other_words_are_not(cue, text):
    assert not found(cue, text)


@pytest.mark.parametrize("cue", ["step down", "step-down"])
@pytest.mark.parametrize("text", ["step down", "step-down", "Step-Down", "stepped-down cases"])
def test_a_hyphen_and_a_space_are_the_same(cue, text):
    assert len(found(cue, f"We {text}.")) == 1


@pytest.mark.parametrize("cue", ["face to face work", "face-to-face work"])
@pytest.mark.parametrize(
    "text", ["face to face work", "face-to-face work", "face-to-face-work", "face to-face work"]
)
def test_several_hyphens_are_the_same_as_several_spaces(cue, text):
    assert found(cue, f"Our {text} counts.") == [text]


@pytest.mark.parametrize("text", ["MASH", "mash", "the Mash.", "(MASH)", "MASH's work"])
def test_words_in_quotes_are_found_as_they_are_whatever_their_capitals(text):
    assert found('"MASH"', text)


@pytest.mark.parametrize(
    ("cue", "text"),
    [('"MASH"', "mashed"), ('"plan"', "plans"), ('"step down"', "step-down"),
     ('"step-down"', "step down")],
)  # fmt: skip
def test_words_in_quotes_are_found_in_no_other_form(cue, text):
    assert not found(cue, text)


@pytest.mark.parametrize("text", ["families wait", "They wait, as a family", "waiting family"])
def test_parts_are_found_in_any_order_and_form(text):
    assert found("wait + family", text)


def test_the_words_found_run_from_the_first_part_to_the_last():
    assert found("wait + family", "Here families often wait a month.") == ["families often wait"]


@pytest.mark.parametrize(("between", "hit"), [(0, True), (10, True), (11, False)])
def test_parts_may_stand_ten_words_apart(between, hit):
    text = " ".join(["wait", *["so"] * between, "family"])

    assert bool(found("wait + family", text)) is hit


def test_each_part_is_within_reach_of_the_next_not_of_all():
    text = "plan " + "so " * 9 + "family " + "so " * 9 + "wait"

    assert found("wait + family + plan", text)


def test_a_pair_further_on_is_found_where_the_first_is_out_of_reach():
    text = "wait " + "so " * 20 + "wait for a family"

    assert found("wait + family", text) == ["wait for a family"]


def test_one_word_is_not_two_parts():
    assert not found("early help + help", "early help")
    assert found("early help + help", "early help for those who need help")


def test_all_parts_must_be_there():
    assert not found("wait + family + plan", "families wait")


@pytest.mark.parametrize(
    "text", ["They wait. Family comes first.", "they wait\nfamily first", "They wait! Families"]
)
def test_nothing_is_found_across_sentences(text):
    assert not found("wait + family", text)


@pytest.mark.parametrize("text", ["We step. Down there it is.", "a step\ndown the road"])
def test_no_phrase_is_found_across_sentences(text):
    assert not found("step down", text)


def test_a_cue_under_a_negation_is_found():
    assert found("evaluate", "We have not evaluated anything.") == ["evaluated"]


def test_a_cue_found_twice_is_found_twice():
    assert found("audit", "We audit, and they audit.") == ["audit", "audit"]


def test_places_are_indices_into_the_text_behind_wide_characters():
    assert found("audit", "👩‍👩‍👧 e\u0301 — an audit.") == ["audit"]
