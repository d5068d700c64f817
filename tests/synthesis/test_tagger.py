"""The tagger: themes pinned to exact words, with the reason, the same every time, as a stream."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthesis import language, tagger
from synthesis.material import Replaced
from synthesis.tagger import Tagger
from tests.synthesis.teaching import CODEBOOK, answer, coded, suggested

BY_RULE = Tagger(CODEBOOK)
TAUGHT = Tagger(CODEBOOK, coded())
ASKING = Tagger(CODEBOOK, coded(questions=True))
ALL = pytest.mark.parametrize("made", [BY_RULE, TAUGHT, ASKING], ids=["rules", "taught", "asking"])


def words(tags):
    return [tag.passage.text for tag in tags]


def test_a_theme_is_pinned_to_each_sentence_with_a_cue_of_it():
    text = "The parenting group meets. We like it. Another parenting-group is full."

    found = suggested(BY_RULE, text)

    assert words(found["S05"]) == [
        "The parenting group meets.",
        "Another parenting-group is full.",
    ]
    assert {tag.score for tag in found["S05"]} == {0.7}
    assert not any(tag.decided for tag in found["S05"])


@pytest.mark.parametrize(
    ("text", "code", "theme", "reason"),
    [
        ("The front doors are open.", "", "S01", "says ‘front doors’"),
        ("The front doors are open.", "S01.1", "S01",
         "says ‘front doors’; the question asks about it"),
        ("It is open.", "S01.1", "S01", "the question asks about it"),
        ("Families wait.", "", "S05", "says ‘Families wait’"),
        ("QA and step-down and QA.", "", "S11", "says ‘step-down’, ‘QA’"),
    ],
)  # fmt: skip
def test_a_reason_says_why_in_the_words_found(text, code, theme, reason):
    ((tag,),) = [tags for code, tags in suggested(BY_RULE, text, code).items() if code == theme]

    assert tag.reason == reason


def test_a_reason_from_examples_quotes_the_words_that_speak_for_it():
    (tag,) = suggested(TAUGHT, "It rained. Any TODDLERS may come to the singing.")["S05"]

    assert tag.passage.text == "Any TODDLERS may come to the singing."
    assert tag.reason.startswith("worded like coded examples: ‘")
    assert "‘toddlers’" in tag.reason.lower()
    assert 0 < tag.score <= 1


def test_a_cue_beside_examples_is_named_first():
    text = "Toddlers come to the parenting group at the library."

    (tag,) = suggested(TAUGHT, text)["S05"]

    assert tag.reason == "says ‘parenting group’"


def test_an_asked_theme_without_words_of_its_own_is_pinned_somewhere():
    found = suggested(BY_RULE, "Nothing much. We talk.", "S11.1")

    assert words(found["S11"]) == ["Nothing much."]


@ALL
def test_every_reason_says_something(made):
    texts = ["Schools telephone.", "Files. Toddlers!", "The front door is dirty, 40 per cent.", "x"]
    for text, code in itertools.product(texts, ["", "S01.1", "S05", "A1.2"]):
        for tag in itertools.chain(*suggested(made, text, code).values()):
            assert len(tag.reason) > 5


@ALL
@pytest.mark.parametrize("text", ["", "   ", "\n\r\n", "\u00a0"])
@pytest.mark.parametrize("code", ["", "S01.1"])
def test_an_empty_text_has_no_tags(made, text, code):
    assert suggested(made, text, code) == {}


@pytest.mark.parametrize("made", [TAUGHT, ASKING], ids=["taught", "asking"])
@pytest.mark.parametrize(
    "text", ["Staff praise it. Nobody trusts it.", "But nobody trusts it. Staff praise it. 40."]
)
def test_a_response_has_one_stance_at_most(made, text):
    stances = {"P1", "P2"} & set(suggested(made, text))

    assert len(stances) == 1


def test_too_few_examples_leave_the_rules_in_force():
    few = Tagger(CODEBOOK, coded(tagger.ENOUGH - 1))
    text = "Toddlers sing. The front door."

    assert suggested(few, text) == suggested(BY_RULE, text)
    assert suggested(Tagger(CODEBOOK, coded(tagger.ENOUGH)), text) != suggested(BY_RULE, text)


def test_the_codebooks_own_examples_teach_too():
    made = Tagger(replace(CODEBOOK, examples=coded()))

    assert words(suggested(made, "It rained. Toddlers come to singing.")["S05"]) == [
        "Toddlers come to singing."
    ]


def test_examples_of_no_words_teach_nothing_and_do_no_harm():
    blank = [replace(example, text="...") for example in coded()]

    assert suggested(Tagger(CODEBOOK, blank), "The front door.") == suggested(
        BY_RULE, "The front door."
    )


def test_kinds_that_no_example_taught_are_left_to_the_cues():
    strands = [
        replace(e, codes=frozenset(code for code in e.codes if code[0] == "S")) for e in coded()
    ]
    made = Tagger(CODEBOOK, strands)

    found = suggested(made, "Schools telephone the hub about neglect, 40 per cent.")

    assert {"S01", "A1", "E1"} <= set(found)
    assert found["A1"][0].reason == "says ‘neglect’"
    assert "P1" not in found
    assert "X0" not in suggested(made, "The front door.")
    assert suggested(made, "It rained.", "A1.1")["A1"][0].reason == "the question asks about it"


def test_examples_without_authority_or_question_still_teach():
    bare = [replace(e, authority="", question_code="", question="") for e in coded()]

    found = suggested(Tagger(CODEBOOK, bare), "Toddlers come to singing.")

    assert "S05" in found
    assert not {"S01", "S11"} & set(found)


@ALL
def test_two_runs_are_equal(made):
    responses = [answer(e.text, e.question_code, e.id) for e in coded(questions=True)]

    assert list(made.suggest(responses)) == list(made.suggest(responses))


def test_two_taggers_taught_alike_are_equal():
    responses = [answer(e.text, key=e.id) for e in coded()]

    assert list(TAUGHT.suggest(responses)) == list(Tagger(CODEBOOK, coded()).suggest(responses))


@ALL
def test_company_does_not_change_a_tag(made):
    texts = [f"{example.text} {number}" for number, example in enumerate(coded())]
    responses = [answer(text, key=text) for text in texts]
    together = [(tag.passage.id, tag.theme, tag.score) for tag in made.suggest(responses)]

    alone = [
        (tag.passage.id, tag.theme, tag.score)
        for response in responses[:10]
        for tag in made.suggest([response])
    ]

    assert together[: len(alone)] == alone


@ALL
def test_responses_are_taken_no_more_than_a_batch_ahead(made):
    taken = itertools.count()
    endless = (answer("The front door.", key=str(next(taken))) for _ in itertools.repeat(None))
    tags = made.suggest(endless)

    next(tags)

    assert next(taken) <= max(tagger.BATCH, language.BATCH)


def test_tags_come_response_by_response_in_order_of_place():
    texts = ["QA. The front door.", "Neglect. A parenting group. QA."]
    tags = list(BY_RULE.suggest(answer(text, key=text) for text in texts))

    assert [tag.passage.response.id for tag in tags] == sorted(
        (tag.passage.response.id for tag in tags), key=texts.index
    )
    for text in texts:
        starts = [tag.passage.start for tag in tags if tag.passage.response.id == text]
        assert starts == sorted(starts)


PIECES = st.sampled_from(
    ["Schools telephone", "front door", "Toddlers sing", "neglect", "40 per cent", "praise", "wait",
     "family", ". ", "\n- ", "… ", "👩‍👩‍👧 ", "e\u0301", "\r\n", " ", "\u00a0"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(st.characters(exclude_categories=("Cc", "Cs")),
                                           max_size=5)), max_size=20).map("".join)  # fmt: skip


@settings(deadline=None, max_examples=100)
@given(TEXTS, st.sampled_from(["", "S01.1", "S05", "I01", "A1.1"]))
def test_every_tag_stands_on_exact_words(text, code):
    for made in (BY_RULE, TAUGHT):
        places = set()
        for theme, tags in suggested(made, text, code).items():
            for tag in tags:
                passage = tag.passage
                assert text[passage.start : passage.end] == passage.text == passage.text.strip()
                assert passage.text
                assert 0 < tag.score <= 1
                places.add((theme, passage.start, passage.end))
        assert len(places) == sum(map(len, suggested(made, text, code).values()))


PUT_RIGHT = "Toddlers come to the library singing morning and staff praise it."


@pytest.mark.parametrize(
    ("given", "refused", "carried"),
    [
        ((), (), set()),
        (("S05",), (), {"S05"}),
        (("A1",), (), {"A1"}),
        (("S05", "P2"), (), {"S05", "P1"}),
    ],
    ids=["nothing", "a theme it says", "a theme it does not", "a stance turned round"],
)
def test_words_put_in_place_of_others_carry_what_those_did(given, refused, carried):
    before = Replaced(answer("Fourteen."), 0, 9, given, refused, finished=True)
    said = replace(answer(PUT_RIGHT), instead_of=before)

    assert set(suggested(TAUGHT, PUT_RIGHT)) == {"S05", "P1"}
    assert {tag.theme for tag in TAUGHT.suggest([said])} == carried
