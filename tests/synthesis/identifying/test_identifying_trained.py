"""The slower look finds more, and asks nothing of the network: sockets are off in tests."""

import pytest

from synthesis.identifying import trained
from synthesis.identifying.library import numbers

pytestmark = pytest.mark.privacy


def words(text: str) -> list[str]:
    (hits,) = trained.find_all([text])
    return [text[hit.start : hit.end] for hit in hits]


def test_the_model_finds_a_name_that_no_rule_knows() -> None:
    assert "Marlowe Quist" in words("The child lives with Marlowe Quist and goes to school again.")


def test_a_job_title_beside_a_name_clears_it() -> None:
    assert words("Each child is seen by Marlowe Quist, team manager, within a week.") == []


def test_presidio_knows_numbers_by_their_shape() -> None:
    text = "NHS number 943 476 5919, NI AB123456C, and mum on 01632 960 123"
    assert {kind for _, _, kind in numbers(text)} >= {"NHS number", "National Insurance number"}


def test_texts_come_back_in_order_in_any_number() -> None:
    texts = [f"The girl named Ada came {n} times." for n in range(150)]
    assert [len(hits) for hits in trained.find_all(texts)] == [1] * 150


def test_a_long_text_is_shown_to_the_model_in_pieces_and_nothing_is_lost() -> None:
    said = "The child lives with Marlowe Quist and goes to school again."
    filler = "We listen to families before we plan.\n" * (trained.LONGEST // 30)
    text = f"{filler}{said}\n{'word' * trained.LONGEST} {said}\n{filler}"
    found, plain = trained.find_all([text, "We listen."])
    assert [text[hit.start : hit.end] for hit in found] == ["Marlowe Quist"] * 2
    assert plain == ()
