"""What a reader is handed: the clean edition, what each strand offers, counts that read well."""

from dataclasses import replace

from synthesis.review import clean, draw_up, plain, verify
from synthesis.review.blocks import (
    CrossReference,
    Heading,
    Link,
    PageBreak,
    Paragraph,
    Review,
    Table,
)
from synthesis.review.numbering import mentions
from tests.synthesis.small_region import BASIS, MATERIAL, SCHEDULE, small_outline
from tests.synthesis.worlds import basis, response

SMALL, _ = draw_up(BASIS, small_outline())


def table(review: Review, anchor: str) -> Table:
    return next(b for b in review.blocks if isinstance(b, Table) and b.anchor == anchor)


def column(found: Table, place: int) -> list[str]:
    return [plain.spell(row[place].runs) for row in found.rows]


def headings(review: Review) -> list[str]:
    return [block.text for block in review.blocks if isinstance(block, Heading)]


def paragraph(review: Review, opening: str) -> Paragraph:
    return next(
        block
        for block in review.blocks
        if isinstance(block, Paragraph) and plain.spell(block.runs).startswith(opening)
    )


def test_a_strand_lists_documents_and_people_by_authority_and_leads_to_more() -> None:
    offered = table(SMALL, "offered-S01")
    assert column(offered, 0) == ["Alderwick", "Caldershaw"]
    assert offered.rows[0][1].runs == (Link("Levels of need", "https://alderwick.example/levels"),)
    assert column(offered, 2) == ["–", "Morgan Teal, Head of early help"]
    more = paragraph(SMALL, "More on each document").runs
    assert CrossReference("Shared documents", "documents") in more
    assert CrossReference("Key contacts", "contacts") in more


def test_a_strand_without_documents_names_its_contacts_in_one_paragraph() -> None:
    made = replace(BASIS, material=replace(MATERIAL, documents=()))
    review, ledger = draw_up(made, small_outline())
    assert verify(review, ledger, made.material) == []
    runs = paragraph(review, "People to ask").runs
    assert "Morgan Teal, Head of early help, Caldershaw." in plain.spell(runs)
    assert CrossReference("Key contacts", "contacts") in runs


def test_the_clean_edition_ends_before_the_workings_and_keeps_what_its_references_lead_to() -> None:
    whole = SMALL
    kept = clean(whole)
    assert kept.blocks == whole.blocks[: len(kept.blocks)]
    assert not isinstance(kept.blocks[-1], PageBreak)
    gone = [one for one in headings(whole) if one not in headings(kept)]
    assert [one.partition(": ")[2] for one in gone] == [
        "The questionnaire",
        "The interview guide",
        "The codebook",
        "Counts behind the statements",
    ]
    rows = set(column(table(kept, "index-table"), 0))
    assert {id for block in kept.blocks for id in mentions(block)} <= rows
    assert clean(kept) == kept


def test_a_count_that_has_its_base_in_its_words_needs_no_brackets() -> None:
    outline = small_outline()
    scale = replace(
        outline.scale,
        everyone="All {base} {units}",
        one="One of the {base} {units}",
        nobody="None of the {base} {units}",
    )
    words = "Managers audit good files every month."
    said = [(response(f"Place {n:02}", words, "S11.1"), "S11 P1 E2") for n in range(12)]
    made = basis(said, schedule=SCHEDULE)
    review, ledger = draw_up(made, replace(outline, scale=scale))
    text = plain.text(review)
    assert "all 12 authorities answering" in text
    assert "12 of 12 answering" not in text
    assert "| All 20 authorities |" not in text
    assert "All 20 authorities | All | 20" in text
    assert verify(review, ledger, made.material) == []


def test_what_more_authorities_describe_leads() -> None:
    text = plain.text(SMALL)
    services = text[text.index("5.2 ") :]
    assert services.index("Gaps or difficulties") < services.index("both strengths and gaps")
