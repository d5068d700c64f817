"""Sentences: cut as notes are written, and always the exact words of the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthesis import cues, language
from synthesis.language import Reader
from tests.synthesis.teaching import CODEBOOK

READER = Reader(cues.of(CODEBOOK))


def read(text):
    ((_, sentences),) = READER.read([(text, None)])
    return sentences


def cut(text):
    return [text[sentence.start : sentence.end] for sentence in read(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One thing. Another one.", ["One thing.", "Another one."]),
        ("Is it? Yes! Good.", ["Is it?", "Yes!", "Good."]),
        ("(It works.) So it does.", ["(It works.)", "So it does."]),
        ("“It works.” So she said.", ["“It works.”", "So she said."]),
        ("no capitals. no cut", ["no capitals. no cut"]),
        ("  led and followed by space \n", ["led and followed by space"]),
        ("Costs 3.5 per cent. Good.", ["Costs 3.5 per cent.", "Good."]),
        ("See www.tarn.example/plan.html Now.", ["See www.tarn.example/plan.html Now."]),
        ("One.\tTwo.", ["One.", "Two."]),
        ("One.\u00a0Two.", ["One.", "Two."]),
    ],
)
def test_sentences_end_at_full_stops(text, sentences):
    assert cut(text) == sentences


@pytest.mark.parametrize(
    "text",
    [
        "Tools incl. Graded Care Profile are used.",
        "We ask e.g. Schools and GPs.",
        "Partners, i.e. Health, come.",
        "Approx. 40 families.",
        "No. 10 is closed, nos. 4 and 5 are not.",
        "We asked Mrs. Smith and Dr. Jones.",
        "Forms vs. Talks are weighed.",
        "Toys, books etc. The rest is shared.",
    ],
)
def test_a_shortened_word_ends_no_sentence(text):
    assert cut(text) == [text]


@pytest.mark.parametrize("bullet", ["-", "–", "—", "•", "*", "·"])
def test_each_bullet_is_a_sentence(bullet):
    in_lines = f"{bullet} one thing\n{bullet} Another one\n\n  {bullet} third"
    in_a_row = f"{bullet} One thing {bullet} Another one"

    assert cut(in_lines) == [f"{bullet} one thing", f"{bullet} Another one", f"{bullet} third"]
    assert cut(in_a_row) == [f"{bullet} One thing", f"{bullet} Another one"]


def test_a_dash_in_a_sentence_is_no_bullet():
    text = "We meet – Tuesdays mostly - and talk."

    assert cut(text) == [text]


@pytest.mark.parametrize("line", ["\n", "\r\n", "\n\n", " \n ", "\n\t\n"])
def test_a_new_line_begins_a_sentence(line):
    assert cut(f"Front door mgr + HoS{line}then the team") == [
        "Front door mgr + HoS",
        "then the team",
    ]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("We wait... and see", ["We wait... and see"]),
        ("We wait… and see", ["We wait… and see"]),
        ("We wait... Then we see", ["We wait...", "Then we see"]),
        ("We wait… Then we see", ["We wait…", "Then we see"]),
    ],
)
def test_dots_end_a_sentence_only_before_a_capital(text, sentences):
    assert cut(text) == sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("👩‍👩‍👧 came. 😀 Good", ["👩‍👩‍👧 came.", "😀 Good"]),
        (
            "Ne\u0301e a\u0300 Rhyl. E\u0301te\u0301.",
            ["Ne\u0301e a\u0300 Rhyl.", "E\u0301te\u0301."],
        ),
        ("\U00010400 deseret. \U00020000 han.", ["\U00010400 deseret.", "\U00020000 han."]),
    ],
)
def test_marks_and_wide_characters_do_not_move_the_places(text, sentences):
    assert cut(text) == sentences


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t \u2003", "\u00a0"])
def test_a_text_of_no_words_has_no_sentences(text):
    assert read(text) == ()


def assert_sound(text):
    """The sentences are in order, apart, and hold every character that is not a space."""
    sentences = read(text)
    ends = [0]
    for sentence in sentences:
        assert ends[-1] <= sentence.start < sentence.end
        assert not text[ends[-1] : sentence.start].strip()
        words = text[sentence.start : sentence.end]
        assert words == words.strip()
        assert len(sentence.terms) == len(sentence.words)
        for hit in sentence.hits:
            assert sentence.start <= hit.start < hit.end <= sentence.end
        ends.append(sentence.end)
    assert not text[ends[-1] :].strip()


CHARACTERS = st.characters(exclude_categories=("Cc", "Cs"))
PIECES = st.sampled_from(
    [
        *("front door", "They wait", "family", "step-down", "QA", "e.g. ", "’s ", "'ll", "_"),
        *(". ", "… ", "...", "?! ", "\n", "\r\n", "- ", "• ", "“", "”"),
        *("👩‍👩‍👧", "e\u0301", "\u200b", "\u2028", "\u00a0"),
    ]
)


@settings(deadline=None, max_examples=200)
@given(st.text(st.one_of(CHARACTERS, st.sampled_from("\n\r\t .!?-•")), max_size=120))
def test_any_text_is_covered_by_its_sentences(text):
    assert_sound(text)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.one_of(PIECES, st.text(CHARACTERS, max_size=4)), max_size=25).map("".join))
def test_any_notes_are_covered_by_their_sentences(text):
    assert_sound(text)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text(CHARACTERS, max_size=30), max_size=8))
def test_texts_read_together_are_read_as_if_alone(texts):
    together = [sentences for _, sentences in READER.read((text, None) for text in texts)]

    assert together == [read(text) for text in texts]


def test_terms_are_stems_of_the_telling_words():
    (sentence,) = read("The families of 12 schools were waiting, and 40% stepped up?")

    assert sentence.terms == ("famili", "#", "school", "wait", "#", "%", "step", "up", "?")
    assert sentence.words[:3] == ("families", "12", "schools")
    assert sentence.written("famili # step") == "families 40 stepped"
    assert sentence.written("unknown") == "unknown"
    assert READER.terms("Schools. The families?") == ("school", "famili", "?")


def test_each_text_keeps_what_came_beside_it_over_many_batches():
    texts = [(f"Text {number}.", number) for number in range(3 * language.BATCH + 5)]

    read_back = [(number, sentences[0].end) for number, sentences in READER.read(texts)]

    assert read_back == [(number, len(text)) for text, number in texts]


def test_texts_are_taken_a_batch_at_a_time():
    taken = []
    endless = ((f"Text {number}.", taken.append(number)) for number in range(10_000))

    next(READER.read(endless))

    assert len(taken) <= language.BATCH


def test_two_readers_do_not_share_their_cues():
    ((_, (sentence,)),) = Reader(()).read([("front door", 1)])

    assert sentence.hits == ()
    assert read("front door")[0].hits


def test_names_of_people_places_and_bodies_are_found():
    found, none = language.names(["She met Margaret Thompson in Manchester.", "We meet monthly."])

    assert "Margaret Thompson" in found
    assert "Manchester" in found
    assert none == ()


def test_words_between_two_marks_stand_together_with_where_they_begin():
    text = "Kinship carers’ needs; step-up\nplans, 2014"

    found = list(language.stretches(text))

    assert [[word.written for word in words] for words in found] == [
        ["Kinship", "carers"],
        ["needs"],
        ["step", "up", "plans"],
        ["2014"],
    ]
    assert all(text[word.start : word.end] == word.written for words in found for word in words)
    assert found[0][1].stem == "carer"


def test_words_are_told_as_parts_of_speech_by_where_they_begin():
    (found,) = language.parts_of_speech(["Carers quietly wait."])

    assert [found[place] for place in (0, 7, 15)] == ["NOUN", "ADV", "VERB"]
    assert language.parts_of_speech([]) == []
