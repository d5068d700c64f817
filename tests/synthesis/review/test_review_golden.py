"""The whole pipeline after tagging, pinned as plain blocks. See golden.py for how to refresh it."""

from tests.synthesis.review.golden import GOLDEN, now


def test_the_review_of_the_small_region_is_the_golden_one() -> None:
    assert now() == GOLDEN.read_text("utf-8")


def test_the_same_material_gives_the_same_review() -> None:
    assert now() == now()
