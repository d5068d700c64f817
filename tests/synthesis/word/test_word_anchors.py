"""Bookmarks have names that Word accepts, however the review names its places."""

import re

from hypothesis import given
from hypothesis import strategies as st

from synthesis.review.blocks import Heading
from synthesis.word.anchors import bookmarks
from tests.synthesis.word.sample import review_of


@given(st.lists(st.text(min_size=1, max_size=60), unique=True, max_size=8))
def test_every_name_is_legal_and_its_own(anchors: list[str]) -> None:
    names = bookmarks(review_of(*(Heading(1, "A", anchor) for anchor in anchors))).values()

    assert len({name.casefold() for name in names}) == len(anchors)
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,39}", name) for name in names)


def test_a_legal_anchor_keeps_its_name() -> None:
    assert bookmarks(review_of(Heading(1, "A", "E12"))) == {"E12": "E12"}


def test_anchors_that_differ_in_capitals_alone_are_told_apart() -> None:
    names = bookmarks(review_of(Heading(1, "A", "e12"), Heading(1, "B", "E12")))

    assert len({name.casefold() for name in names.values()}) == 2
