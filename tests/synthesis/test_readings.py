"""A reading knows what its question asks about, and what words it goes by."""

import pytest

from synthesis.codebook import CodedExample
from synthesis.material import Response
from synthesis.readings import Readers, as_response
from tests.synthesis.teaching import CODEBOOK, answer

READERS = Readers(CODEBOOK)


def read(text, code="", question="", asked=""):
    (reading,) = READERS.read(
        [Response("r", text, question_code=code, question=question, asked=asked)]
    )
    return reading


@pytest.mark.parametrize(
    ("code", "theme"),
    [("S01.2", "S01"), ("S01", "S01"), ("A1.3", "A1"), ("I01", ""), ("Z1.1.a", ""), ("", ""),
     ("S012.1", ""), ("12", ""), (".S01", "")],
)  # fmt: skip
def test_a_question_asks_about_the_theme_its_code_begins_with(code, theme):
    assert READERS.asked(code) == theme
    assert read("One.", code).asked == theme


def test_a_prompt_asks_about_the_theme_it_is_told_of():
    assert read("One.", "I01", asked="S05").asked == "S05"
    assert read("One.", "S01.1", asked="S05").asked == "S05"


def test_a_theme_that_the_codebook_does_not_have_is_not_asked_about():
    assert read("One.", "S01.1", asked="S99").asked == "S01"
    assert read("One.", "I01", asked="S99").asked == ""


def test_cues_are_gathered_from_every_sentence():
    reading = read("The front door. A parenting group and a class. The front door.")

    found = {READERS.cues[cue].written for cue in reading.cues}

    assert found == {"front door", "parenting group", "class"}


def test_features_are_terms_pairs_within_sentences_and_the_question():
    reading = read("Staff listen. Plans close.", "S01.1", "How do plans close?")

    assert reading.length == 4
    assert reading.phrases == [
        ["staff", "listen", "staff listen"],
        ["plan", "close", "plan close"],
    ]
    assert reading.features()[:6] == [*reading.phrases[0], *reading.phrases[1]]
    assert reading.features()[6] == "asked:S01"
    assert "question:plan" in reading.features()


def test_a_question_about_no_theme_adds_no_features():
    assert read("Staff.", "Z1.1", "How do plans close?").features() == ["staff"]


def test_a_passage_of_a_reading_is_its_exact_words():
    reading = read(" One.\r\n\r\n“Two.” ")

    passages = [reading.passage(sentence) for sentence in reading.sentences]

    assert [passage.text for passage in passages] == ["One.", "“Two.”"]
    assert [passage.id for passage in passages] == ["r:1-5", "r:9-15"]


def test_readings_come_in_order():
    responses = [answer(f"Text {number}.", key=str(number)) for number in range(150)]

    assert [reading.response for reading in READERS.read(responses)] == responses


def test_a_coded_example_is_read_like_a_response():
    example = CodedExample("x", "One.", frozenset({"S01"}), "Tarn", "S01.1", "How?")

    assert as_response(example) == Response(
        "x", "One.", "Tarn", question_code="S01.1", question="How?"
    )
