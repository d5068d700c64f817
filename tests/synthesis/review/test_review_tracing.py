"""The check refuses a review in which something unnamed could be traced to its authority."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

import pytest

from synthesis.findings import Basis, Ledger
from synthesis.findings.names import UNNAMED
from synthesis.material import Material, Practice, Rating, SharedDocument
from synthesis.review import draw_up, verify
from synthesis.review.blocks import Block, Box, Paragraph, Quote, Review, Table, Text
from synthesis.review.numbering import mentions
from synthesis.review.prose import cell
from tests.synthesis.small_region import AUTHORITIES, BASIS, small_outline
from tests.synthesis.worlds import basis, response

WHISPERED = "Grandparents and midwives meet fortnightly above the bakery and we cannot say why."
STORY = response("Brackmere", WHISPERED, "S05.1", use_level="unnamed")
SAME = response("Brackmere", "Midwives meet grandparents at the bakery.", "S12.1")
GROUPS = "We run groups for parents in most of our towns."


def practice(id: str, authority: str, title: str, what: str) -> Practice:
    return Practice(id, authority, "S05", title, what, consent=True, use_level="unnamed")


EXAMPLES = (
    practice("p1", "Brackmere", "Neglect audit day", "Ten cases are read together in a hall."),
    *(practice(f"p{n}", AUTHORITIES[n].name, f"Idea {n}", f"Work {n} begins.") for n in (2, 3, 4)),
)
DOCUMENT = SharedDocument(
    "d", "Brackmere", "S11", "Neglect multi-agency audit day: template", "Tool", may_share=True
)
UNEVEN = (
    *(Rating(f"r{n}", f"X{n}", "S01.2", n) for n in (1, 2)),
    *(Rating(f"r{n}", f"X{n}", "S01.2", n, use_level="unnamed") for n in (3, 4)),
)


def made() -> Basis:
    """Return a basis that holds one of everything that could be traced."""
    others = [
        (response(one.name, f"{GROUPS} Ask {one.name}.", "S05.1"), "S05")
        for one in AUTHORITIES
        if one.code != "X2"
    ]
    said = [*others, (STORY, "S05 P2"), (SAME, "S12 P1")]
    material = Material(AUTHORITIES, (), practices=EXAMPLES, documents=(DOCUMENT,), ratings=UNEVEN)
    return basis(said, material)


MADE = made()
REVIEW, LEDGER = draw_up(MADE, small_outline())


def faults(review: Review = REVIEW, ledger: Ledger = LEDGER) -> str:
    return "\n".join(verify(review, ledger, MADE.material))


def with_blocks(blocks: Iterator[Block]) -> Review:
    return replace(REVIEW, blocks=tuple(blocks))


def held() -> str:
    """Return the reference to the words that are held back."""
    return next(row.id for row in LEDGER.evidence if row.source.startswith(STORY.id))


def test_a_review_that_holds_back_what_could_be_traced_has_no_faults() -> None:
    assert faults() == ""
    assert LEDGER.held_examples == {"p1"}


def test_unnamed_words_beside_named_ones_that_tell_the_same_are_caught() -> None:
    rows = tuple(
        replace(row, words=WHISPERED, held="") if row.id == held() else row
        for row in LEDGER.evidence
    )
    found = faults(ledger=replace(LEDGER, evidence=rows))
    assert f"{held()}: unnamed words tell the same story as named ones" in found


def test_an_unnamed_example_beside_a_document_of_its_title_is_caught() -> None:
    told = Box("Neglect audit day", "Practice", (("What they do", (Text(EXAMPLES[0].what),)),))
    found = faults(with_blocks(chain(REVIEW.blocks, (told,))))
    assert "p1: named words give away whose this unnamed example is" in found


def test_an_example_told_in_the_words_of_another_that_is_printed_is_not() -> None:
    told = Box("Neglect audit day", "Practice", (("What they do", (Text(EXAMPLES[0].what),)),))
    boxed = with_blocks(chain(REVIEW.blocks, (told,)))
    alike = tuple(
        replace(one, what=EXAMPLES[0].what) if one.id == "p2" else one for one in EXAMPLES
    )
    found = "\n".join(verify(boxed, LEDGER, replace(MADE.material, practices=alike)))
    assert "p1: named words give away" not in found


def test_the_count_of_examples_held_back_is_printed() -> None:
    notes = [
        run.text
        for b in REVIEW.blocks
        if isinstance(b, Paragraph)
        for run in b.runs
        if isinstance(run, Text)
    ]
    assert any(note.startswith("One example is held back") for note in notes)


@pytest.mark.parametrize("basis", [MADE, BASIS], ids=["traced", "small"])
def test_references_count_up_through_the_review(basis: Basis) -> None:
    review, ledger = draw_up(basis, small_outline())
    met = list(dict.fromkeys(chain.from_iterable(map(mentions, review.blocks))))
    assert met == [f"E{turn:03}" for turn in range(1, len(met) + 1)]
    assert [row.id for row in ledger.evidence] == met


def test_references_that_follow_another_order_are_caught() -> None:
    last = LEDGER.evidence[-1].id
    early = Quote("Whatever.", UNNAMED, last)
    found = faults(with_blocks(chain((early,), REVIEW.blocks)))
    assert f"{last}: stands where E001 is due" in found


def test_claims_that_cite_in_the_order_of_the_register_are_caught() -> None:
    claim = next(one for one in LEDGER.claims if len(one.cited) > 1)
    claims = tuple(
        replace(one, cited=one.cited[::-1]) if one is claim else one for one in LEDGER.claims
    )
    found = faults(ledger=replace(LEDGER, claims=claims))
    assert f"{claim.id}: its references do not stand as the lot falls" in found


def test_examples_that_stand_in_the_order_of_the_register_are_caught() -> None:
    turned = (
        replace(block, rows=block.rows[::-1])
        if isinstance(block, Table) and block.anchor == "practices"
        else block
        for block in REVIEW.blocks
    )
    assert "examples on one strand do not stand as the lot falls" in faults(with_blocks(turned))


def test_the_order_follows_the_words_and_not_the_authority() -> None:
    shuffled = replace(
        MADE.material, practices=MADE.material.practices[::-1], responses=MADE.material.responses
    )
    review, _ = draw_up(replace(MADE, material=shuffled), small_outline())
    tables = [
        next(b for b in one.blocks if isinstance(b, Table) and b.anchor == "practices")
        for one in (REVIEW, review)
    ]
    assert tables[0].rows == tables[1].rows


def test_ratings_in_a_column_that_gives_unnamed_ones_away_are_caught() -> None:
    shown = (
        replace(block, rows=tuple((row[0], cell("1 (1)"), *row[2:]) for row in block.rows))
        if isinstance(block, Table) and block.anchor == "matrix"
        else block
        for block in REVIEW.blocks
    )
    assert "S01: the matrix shows ratings that give unnamed ones away" in faults(with_blocks(shown))


def test_a_person_named_in_print_is_caught() -> None:
    words = "Gareth says that crime fell by a third."
    quote = Quote(words, "Alderwick, questionnaire", "E001")
    box = Box("Idea", "Practice", (("What they do", (Text(words),)),))
    found = faults(with_blocks(chain(REVIEW.blocks, (quote, box))))
    assert "E001: a person is named in a quotation" in found
    assert "The practice box “Idea” names a person" in found
    rows = tuple(
        replace(row, words=words, origin="interview") if row.id == "E001" else row
        for row in LEDGER.evidence
    )
    indexed = faults(ledger=replace(LEDGER, evidence=rows))
    assert "E001: a person is named in the evidence index" in indexed


def test_a_quotation_with_a_bracket_left_open_is_caught() -> None:
    quote = Quote("(We think that it fell by a third.", "Alderwick, questionnaire", "E001")
    found = faults(with_blocks(chain(REVIEW.blocks, (quote,))))
    assert "E001: a quotation leaves a bracket open" in found
