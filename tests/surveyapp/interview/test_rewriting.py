"""Sentences changed and taken out: the rest stays as it was, and is found where it is now."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.interview.rewriting import Edit, rewrite, sentences
from synthesis.sentences import split

words = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=3).map(" ".join)
said = words.map(lambda one: f"{one.capitalize()}.")
texts = st.lists(st.tuples(said, st.sampled_from((" ", "\n", "\n\n", "  "))), min_size=1).map(
    lambda parts: "".join(one + gap for one, gap in parts)
)


@pytest.mark.parametrize(
    ("out", "left"),
    [
        ((0,), "B.\nC. D."),
        ((1,), "A.\nC. D."),
        ((2,), "A. B.\nD."),
        ((3,), "A. B.\nC."),
        ((1, 2), "A. D."),
        ((0, 1, 2, 3), ""),
        ((0, 3), "B.\nC."),
    ],
)
def test_the_text_closes_up(out: tuple[int, ...], left: str) -> None:
    text = "A. B.\nC. D."
    places = split(text)

    assert rewrite(text, [Edit(*places[one]) for one in out]).text == left


@given(texts, st.data())
def test_what_is_taken_out_is_gone_and_the_rest_stays_in_order(
    text: str, data: st.DataObject
) -> None:
    places = split(text)
    verdicts = [data.draw(st.sampled_from(("stays", "goes", "New."))) for _ in places]
    edits = [
        Edit(*place, "" if verdict == "goes" else verdict)
        for place, verdict in zip(places, verdicts, strict=True)
        if verdict != "stays"
    ]

    made = rewrite(text, edits)

    expected = [
        text[slice(*place)] if verdict == "stays" else verdict
        for place, verdict in zip(places, verdicts, strict=True)
        if verdict != "goes"
    ]
    assert list(sentences(made.text)) == expected


@given(texts, st.data())
def test_stretches_that_stayed_are_found_again(text: str, data: st.DataObject) -> None:
    places = split(text)
    edits = [
        Edit(*place, data.draw(st.sampled_from(("", "New words."))))
        for place in places
        if data.draw(st.booleans())
    ]
    changed = {(edit.start, edit.end) for edit in edits}

    made = rewrite(text, edits)

    for start, end in places:
        now = made.now_at(start, end)
        assert (now is None) == ((start, end) in changed)
        if now is not None:
            assert made.text[now : now + end - start] == text[start:end]
