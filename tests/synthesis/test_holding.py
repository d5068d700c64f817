"""What is held back: passages, documents, contacts and examples with words nobody has cleared."""

from dataclasses import replace

import pytest

from synthesis import holding
from synthesis.findings import open_inquiry
from synthesis.findings.practices import printable
from synthesis.material import Held, KeyContact, Material, Practice, SharedDocument
from tests.synthesis.small_region import BASIS, small_outline

pytestmark = pytest.mark.privacy
DOCUMENT = SharedDocument("A/S01.5/e1", "A", "S01", "A plan", "Plan")
CONTACT = KeyContact("A/Z1.2.a/e2/S01", "A", "S01", "Kay Elder", "lead")
EXAMPLE = Practice("A/Z1.1/e3", "A", "S01", "A group", "A group meets.", consent=True)
MATERIAL = Material((), (), documents=(DOCUMENT,), contacts=(CONTACT,), practices=(EXAMPLE,))


def test_touching_is_sharing_a_letter() -> None:
    held = holding.of([Held("A/S01.2", 5, 9, "name")])
    assert held.touches("A/S01.2", 8, 20)
    assert not held.touches("A/S01.2", 9, 20)
    assert not held.touches("A/S01.3", 5, 9)


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("A/S01.5/e1/title", "documents"),
        ("A/Z1.2.a/e2/role", "contacts"),
        ("A/Z1.1.c/e3", "practices"),
    ],
)
def test_what_is_listed_whole_is_left_out(place: str, kind: str) -> None:
    left = holding.hold_back(replace(MATERIAL, held=(Held(place, 0, 1, "name"),)))
    for name in ("documents", "contacts", "practices"):
        assert bool(getattr(left, name)) == (name != kind)


def test_nothing_held_leaves_everything() -> None:
    assert holding.hold_back(MATERIAL) is MATERIAL


def test_an_example_with_held_words_is_not_printed() -> None:
    assert printable(MATERIAL) == (EXAMPLE,)
    assert printable(replace(MATERIAL, held=(Held("A/Z1.1.c/e3", 0, 1, "name"),))) == ()


def test_a_passage_with_held_words_is_no_evidence() -> None:
    frame = small_outline().frame
    before = open_inquiry(BASIS, frame).matrix.corpus.passages
    one = next(iter(before.values()))
    mark = Held(one.response.id, one.passage.start, one.passage.start + 1, "name")
    held = replace(BASIS, material=replace(BASIS.material, held=(mark,)))
    after = open_inquiry(held, frame).matrix.corpus.passages
    gone = before.keys() - after.keys()
    assert one.id in gone
    assert all(before[id].response.id == one.response.id for id in gone)
