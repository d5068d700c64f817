"""One lie of each kind is planted in a true review, and the check names the place of each."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from synthesis.findings import Ledger
from synthesis.material import Held, Material
from synthesis.review import draw_up, verify
from synthesis.review.blocks import Block, Cell, Quote, Review, Table, Text
from tests.synthesis.small_region import BASIS, MATERIAL, small_outline

pytestmark = pytest.mark.ledger
REVIEW, LEDGER = draw_up(BASIS, small_outline())
CLAIM = next(one for one in LEDGER.claims if one.kind == "strengths")
PASSAGE = next(id for id in CLAIM.supporting if "Alderwick" in id)
RESPONSE = PASSAGE.rpartition(":")[0]
QUOTED = next(one for one in LEDGER.quotations if "interview" not in one.source)
NOTE = next(one for one in MATERIAL.responses if one.source == "interview")
FILLED = next(one for one in LEDGER.cells if one.passages and one.theme == "S01")


def faults(review: Review = REVIEW, ledger: Ledger = LEDGER, material: Material = MATERIAL) -> str:
    return "\n".join(verify(review, ledger, material))


def without(id: str) -> Material:
    return replace(MATERIAL, responses=tuple(o for o in MATERIAL.responses if o.id != id))


def with_response(id: str, **changes: object) -> Material:
    responses = tuple(replace(o, **changes) if o.id == id else o for o in MATERIAL.responses)
    return replace(MATERIAL, responses=responses)


def with_blocks(change: Callable[[Block], Block]) -> Review:
    return replace(REVIEW, blocks=tuple(change(block) for block in REVIEW.blocks))


def with_claim(**changes: object) -> Ledger:
    claims = tuple(replace(o, **changes) if o.id == CLAIM.id else o for o in LEDGER.claims)
    return replace(LEDGER, claims=claims)


def with_cell(**changes: object) -> Ledger:
    cells = tuple(replace(o, **changes) if o == FILLED else o for o in LEDGER.cells)
    return replace(LEDGER, cells=cells)


def test_a_true_review_keeps_every_rule() -> None:
    assert verify(REVIEW, LEDGER, MATERIAL) == []


def test_words_that_moved_name_every_claim_that_rests_on_them() -> None:
    text = next(one.text for one in MATERIAL.responses if one.id == RESPONSE)

    said = faults(material=with_response(RESPONSE, text=f"Well. {text}"))

    assert f"{CLAIM.id}: the words behind it are not those that are stored now." in said
    assert "the words in the index are not what was said" in said


def test_a_quotation_of_other_words_is_named() -> None:
    def change(block: Block) -> Block:
        if isinstance(block, Quote) and block.reference == QUOTED.reference:
            return replace(block, words="They said something else.")
        return block

    assert "A quotation is not in the ledger: “They said something else.”" in faults(
        with_blocks(change)
    )


def test_a_wrong_count_is_named() -> None:
    said = faults(ledger=with_claim(count=CLAIM.count + 1))

    assert f"{CLAIM.id}: says {CLAIM.count + 1}, but {CLAIM.count} stand behind it." in said


def test_words_withheld_since_are_named() -> None:
    said = faults(material=with_response(RESPONSE, use_level="withheld"))

    assert f"{CLAIM.id}: rests on {PASSAGE}, which is not there or not for publication." in said


def test_a_note_whose_consent_was_withdrawn_is_named() -> None:
    said = faults(material=with_response(NOTE.id, use_level="withheld"))

    assert f"rests on {NOTE.id}:" in said
    assert "not for publication" in said


def test_a_withdrawn_note_is_named() -> None:
    said = faults(material=without(NOTE.id))

    assert f"rests on {NOTE.id}:" in said
    assert "which is not there" in said


def test_a_held_span_is_named_wherever_it_was_used() -> None:
    start = int(PASSAGE.rpartition(":")[2].partition("-")[0])
    held = (Held(RESPONSE, start + 3, start + 9, "date of birth"),)

    said = faults(material=replace(MATERIAL, held=held))

    assert f"{CLAIM.id}: rests on {PASSAGE}, which may identify a child (date of birth)" in said
    assert f"{FILLED.id}" in said or "cell " in said


def test_words_beside_a_held_span_are_no_fault() -> None:
    length = len(next(one.text for one in MATERIAL.responses if one.id == RESPONSE))
    held = (Held(RESPONSE, length, length + 4, "name"), Held("elsewhere", 0, 9, "name"))

    assert verify(REVIEW, LEDGER, replace(MATERIAL, held=held)) == []


def test_a_cell_that_prints_a_wrong_number_is_named() -> None:
    def change(block: Block) -> Block:
        if not isinstance(block, Table) or block.anchor != "matrix":
            return block
        name = next(one.name for one in MATERIAL.authorities if one.code == FILLED.authority)
        rows = tuple(
            (row[0], Cell((Text("99"),)), *row[2:]) if row[0].runs == (Text(name),) else row
            for row in block.rows
        )
        return replace(block, rows=rows)

    said = faults(with_blocks(change))

    assert f"{FILLED.id}: prints “99”, and should print “{len(FILLED.passages)}”." in said


def test_a_cell_that_counts_what_is_not_theirs_is_named() -> None:
    other = next(
        id for one in LEDGER.cells for id in one.passages if one.authority != FILLED.authority
    )

    said = faults(ledger=with_cell(passages=(*FILLED.passages, other)))

    assert f"{FILLED.id}: counts {other}, which is not there, not theirs or not to be used." in said
    assert f"{FILLED.id}: the words behind it are not those" in said


def test_a_cell_said_to_be_empty_that_is_not_is_named() -> None:
    assert f"{FILLED.id}: is said to be “not asked”" in faults(ledger=with_cell(state="not asked"))


def test_an_example_nobody_agreed_to_publish_is_named() -> None:
    practices = tuple(replace(one, consent=False) for one in MATERIAL.practices)

    said = faults(material=replace(MATERIAL, practices=practices))

    assert "which nobody agreed to publish" in said


def test_an_example_with_held_words_is_named() -> None:
    printed = next(
        row.source.removeprefix("practice:")
        for row in LEDGER.evidence
        if row.source.startswith("practice:")
    )
    held = (Held(printed, 0, 5, "name"),)

    said = faults(material=replace(MATERIAL, held=held))

    assert f"{printed}: the example may identify a child and is printed; clear it first." in said
