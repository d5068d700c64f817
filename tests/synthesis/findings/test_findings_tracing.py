"""Unnamed words are held back where named ones of the same authority tell the same story."""

import pytest

from synthesis.findings import Ledger
from synthesis.findings.index import MATCHED
from synthesis.findings.tracing import Tracer
from synthesis.material import Material, Practice, Response, SharedDocument
from synthesis.matrix.roster import call
from tests.synthesis.small_region import AUTHORITIES
from tests.synthesis.worlds import basis, ledger, response

EXAMPLE = Practice(
    "p",
    "Brackmere",
    "S05",
    "The child's half page",
    "After each meeting the worker writes to the child about what was agreed.",
    consent=True,
    use_level="unnamed",
)
NAMED = "Every child now gets an own half page after the meeting."
THEMES = {"named": "S12 P1", "unnamed": "S05 P2"}
OTHERS = ("Alderwick", "Caldershaw", "Dunmorrow", "EVC", "Fennholt")
WHISPERED = "Grandparents and midwives meet fortnightly above the bakery and we cannot say why."


def world(*said: Response, **rest: object) -> Ledger:
    """Return the ledger of what is said here, beside authorities that speak of other things."""
    others = [
        (response(name, "We run groups for parents in most of our towns.", "S05.1"), "S05")
        for name in OTHERS
    ]
    material = Material(AUTHORITIES, (), **rest)
    return ledger(basis([*((one, THEMES[one.use_level]) for one in said), *others], material))


def test_an_example_is_held_back_where_a_named_answer_holds_its_title() -> None:
    found = world(response("Brackmere", NAMED, "S05.1"), practices=(EXAMPLE,))
    assert found.held_examples == {"p"}
    assert found.reference_to("practice:p") == ""


def test_an_example_is_printed_where_another_authority_says_the_like() -> None:
    found = world(response("Alderwick", NAMED, "S01.3"), practices=(EXAMPLE,))
    assert found.held_examples == frozenset()
    assert found.reference_to("practice:p")


@pytest.mark.parametrize("shared", [True, False])
def test_an_example_is_held_back_where_a_listed_document_holds_its_title(*, shared: bool) -> None:
    title = "Half page for a child: template and running order"
    listed = SharedDocument("d", "BMC", "S09", title, "Template", may_share=shared)
    found = world(practices=(EXAMPLE,), documents=(listed,))
    assert found.held_examples == ({"p"} if shared else set())


def test_unnamed_words_are_held_back_where_named_ones_share_rare_words() -> None:
    unnamed = response("Brackmere", WHISPERED, "S05.1", use_level="unnamed")
    named = response("Brackmere", "Midwives meet grandparents at the bakery.", "S12.1")
    row = next(one for one in world(unnamed, named).evidence if one.source.startswith(unnamed.id))
    assert (row.words, row.held, row.asked) == ("", MATCHED, "Not shown")


def test_unnamed_words_stand_where_named_ones_share_common_words() -> None:
    unnamed = response("Brackmere", WHISPERED, "S05.1", use_level="unnamed")
    named = response("Brackmere", "Groups for parents meet in most of our towns.", "S12.1")
    row = next(one for one in world(unnamed, named).evidence if one.source.startswith(unnamed.id))
    assert row.words == WHISPERED


def test_numbers_tell_a_story_too() -> None:
    said = Material(AUTHORITIES, (response("Brackmere", "40 asked, 33 sure, 12 of 35 before."),))
    tracer = Tracer.of(said, call(said))
    assert tracer.gives_away("We asked 40 and 33 knew; before it was 35.", "40 asked, 33 of 35.")
    assert not tracer.gives_away("We asked 40 and 33 knew.", "In 2013 it was 9 of 10.")
