"""The check lets a true review through, and catches each way in which one could be untrue."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from synthesis.findings import Claim, Evidence, Ledger
from synthesis.material import Held, Material, Response
from synthesis.review import draw_up, verify
from synthesis.review.blocks import (
    Block,
    Box,
    Bullets,
    EvidenceReference,
    Paragraph,
    Quote,
    Review,
    Table,
    Text,
)
from tests.synthesis.small_region import BASIS, MATERIAL, small_outline
from tests.synthesis.worlds import basis, response

REVIEW, LEDGER = draw_up(BASIS, small_outline())
WITHHELD = "We closed four youth clubs and have told nobody outside the council."


def reference(response: str) -> str:
    """Return the first reference that leads to a response's words."""
    return next(row.id for row in LEDGER.evidence if row.source.startswith(response))


UNNAMED, CHILD = reference("Brackmere-S05.1"), reference("Caldershaw-S11.1")
NOTE = reference("Caldershaw-I01")


def with_claim(id: str, **changes: object) -> Ledger:
    """Return the ledger with one claim changed."""
    claims = tuple(replace(one, **changes) if one.id == id else one for one in LEDGER.claims)
    return replace(LEDGER, claims=claims)


def with_evidence(change: Callable[[Evidence], Evidence], id: str) -> Ledger:
    """Return the ledger with one row of evidence changed."""
    rows = tuple(change(row) if row.id == id else row for row in LEDGER.evidence)
    return replace(LEDGER, evidence=rows)


def with_block(*blocks: Block) -> Review:
    """Return the review with more blocks at its end."""
    return replace(REVIEW, blocks=(*REVIEW.blocks, *blocks))


def with_response(id: str, **changes: object) -> Material:
    """Return the material with one response changed."""
    responses: tuple[Response, ...] = tuple(
        replace(one, **changes) if one.id == id else one for one in MATERIAL.responses
    )
    return replace(MATERIAL, responses=responses)


def faults(review: Review = REVIEW, ledger: Ledger = LEDGER, material: Material = MATERIAL) -> str:
    return "\n".join(verify(review, ledger, material))


def first(kind: str) -> Claim:
    return next(one for one in LEDGER.claims if one.kind == kind)


def test_a_true_review_has_no_faults() -> None:
    assert verify(REVIEW, LEDGER, MATERIAL) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"supporting": ()}, "nothing stands behind"),
        ({"supporting": ("Alderwick-S01.3:0-63", "gone:0-5")}, "rests on gone:0-5"),
        ({"supporting": ("EVC-S05.1:0-68",)}, "not for publication"),
        ({"supporting": ("Alderwick-S01.3:0-63",)}, "says 3, but 1 stand behind it"),
        ({"contradicting": ("Alderwick-S01.3:900-950",)}, "rests on Alderwick-S01.3:900-950"),
        ({"base": 6}, "has the base 6, but 5 answered"),
        ({"answering": frozenset({"X1", "X2", "X6", "X4", "X5"})}, "not in its base"),
        ({"answering": frozenset({"X1", "X2", "X3", "X4", "ZZ"})}, "nobody knows"),
        ({"text": "Strengths are described by most."}, "should say"),
        ({"text": "Strengths are described by 60% of authorities."}, "prints a percentage"),
        ({"text": "Strengths abound."}, "is in the ledger but not in the review"),
        ({"text": "It is (3 of 5) so (3 of 5)."}, "print its count and base once"),
        ({"cited": ()}, "has no reference"),
        ({"datum": "ratings:S99"}, "is not in the evidence index"),
    ],
)
def test_a_claim_that_does_not_follow_is_caught(changes: dict[str, object], fault: str) -> None:
    assert fault in faults(ledger=with_claim("S01.strengths", **changes))


def test_a_count_that_stands_in_no_claim_is_caught() -> None:
    stray = Paragraph((Text("Most authorities (15 of 17 answering) like tea."),))
    assert "A count stands in no claim" in faults(with_block(stray))


def test_a_bare_count_that_no_claim_makes_is_caught() -> None:
    cited = EvidenceReference(LEDGER.claims[0].cited[0])
    stray = Bullets(((Text("Trains: "), Text("5 of 6."), Text(" ["), cited, Text("]")),))
    assert "A count stands in no claim: “Trains: 5 of 6. [" in faults(with_block(stray))


def test_changed_words_of_a_response_are_caught() -> None:
    text = "One front door takes every request and answers within two days. " + "x" * 80
    found = faults(material=with_response("Alderwick-S01.3", text=text))
    assert "is not what was said" in found
    assert "the words in the index are not what was said" in found


def test_a_quotation_nobody_made_is_caught() -> None:
    invented = Quote("We never said any such thing at all.", "Alderwick, questionnaire", "E003")
    assert "not in the ledger" in faults(with_block(invented))


def test_a_paraphrase_printed_as_spoken_words_is_caught() -> None:
    note = next(one for one in MATERIAL.responses if not one.verbatim)
    assert "A paraphrase stands in quotation marks" in faults(
        with_block(Paragraph((Text(f"They said: “{note.text}”"),)))
    )
    spoken = with_evidence(lambda row: replace(row, verbatim=True), NOTE)
    assert f"{NOTE}: the words in the index are not what was said" in faults(ledger=spoken)


def test_withheld_words_anywhere_are_caught() -> None:
    assert "words not for publication are printed" in faults(
        with_block(Paragraph((Text(f"We hear that {WITHHELD}"),)))
    )


def test_a_response_withheld_after_the_review_was_made_is_caught() -> None:
    assert "words not for publication are printed" in faults(
        material=with_response("Alderwick-S11.1", use_level="withheld")
    )


def test_a_response_unnamed_after_the_review_was_made_is_caught() -> None:
    assert "not what was said" in faults(
        material=with_response("Alderwick-S11.1", use_level="unnamed")
    )


@pytest.mark.parametrize("name", ["Brackmere", "BMC", "Ludden Quay", "Brightpath", "Alderwick"])
def test_a_name_in_unnamed_words_is_caught(name: str) -> None:
    told = with_evidence(lambda row: replace(row, words=f"The {name} team."), UNNAMED)
    assert f"{UNNAMED}: an unnamed authority is named" in faults(ledger=told)


def test_a_name_beside_unnamed_words_is_caught() -> None:
    told = with_evidence(lambda row: replace(row, authority="Brackmere"), UNNAMED)
    assert f"{UNNAMED}: an unnamed authority is named" in faults(ledger=told)


def test_unnamed_words_with_their_names_left_in_are_caught() -> None:
    raw = "The Brightpath team in Ludden Quay visits families in the evening."
    assert "unnamed words are printed with a name" in faults(with_block(Paragraph((Text(raw),))))


def test_a_quotation_of_words_held_back_is_caught() -> None:
    quote = Quote("Anything at all said here.", "An authority (unnamed)", UNNAMED)
    assert f"{UNNAMED}: words that are held back are quoted" in faults(with_block(quote))


def test_words_held_back_that_are_there_after_all_are_caught() -> None:
    told = with_evidence(lambda row: replace(row, words="Somebody said this."), CHILD)
    assert f"{CHILD}: its words are held back, and yet they are there" in faults(ledger=told)


def test_words_that_may_identify_a_child_are_caught() -> None:
    told = with_evidence(
        lambda row: replace(row, held="", words="The boy, aged 7, was seen at home."), CHILD
    )
    assert f"{CHILD}: the words may identify a child" in faults(ledger=told)


@pytest.mark.ledger
@pytest.mark.privacy
def test_open_marks_in_a_themes_words_are_caught_with_their_place() -> None:
    held = (*MATERIAL.held, Held("theme/0f/S05", 0, 4, "name"))
    found = faults(material=replace(MATERIAL, held=held))
    assert found == "S05: the codebook's words may identify a child (name); clear it first."


@pytest.mark.privacy
def test_open_marks_in_what_is_not_printed_stop_nothing() -> None:
    held = (*MATERIAL.held, Held("comment/0f", 0, 4, "name"), Held("memo/0f", 0, 4, "name"))
    assert faults(material=replace(MATERIAL, held=held)) == ""


def test_a_practice_without_consent_is_caught() -> None:
    box = Box("Secret garden", "Promising practice", (("What", (Text("A garden."),)),))
    assert "holds words nobody agreed to publish" in faults(with_block(box))
    told = Paragraph((Text("A garden that we would keep quiet."),))
    assert "p3: a practice is printed that may not be" in faults(with_block(told))


def test_what_an_authority_also_said_for_publication_may_be_printed() -> None:
    secret = next(one for one in MATERIAL.practices if one.id == "p3")
    answer = next(one for one in MATERIAL.responses if one.use_level == "named")
    also = replace(answer, id="also", text=f"{answer.text} {secret.what}")
    printed = with_block(Paragraph((Text(secret.what),)))
    said = replace(MATERIAL, responses=(*MATERIAL.responses, also))
    assert "p3: a practice is printed" in faults(printed)
    assert "p3: a practice is printed" not in faults(printed, material=said)


def test_a_contact_or_document_without_leave_is_caught() -> None:
    told = Paragraph((Text("Ask robin.slate@dunmorrow.example for the Brackmere audit tool."),))
    found = faults(with_block(told))
    assert "k2: a contact is printed without leave" in found
    assert "d2: a document is listed without leave" in found


def test_a_reference_that_leads_nowhere_is_caught() -> None:
    assert "E999: is referred to" in faults(with_block(Paragraph((EvidenceReference("E999"),))))


def test_a_row_that_stands_twice_or_is_not_there_is_caught() -> None:
    index = next(b for b in REVIEW.blocks if isinstance(b, Table) and b.anchor == "index-table")
    again = replace(index, anchor="again")
    assert "stands 2 times" in faults(with_block(again))
    without = replace(REVIEW, blocks=tuple(b for b in REVIEW.blocks if b is not index))
    assert "E001: is referred to, but is not in the evidence index" in faults(without)


def test_evidence_nobody_refers_to_is_caught() -> None:
    spare = Evidence("E998", "Alderwick-S01.3:0-63", "Alderwick", "", "questionnaire", "One")
    ledger = replace(LEDGER, evidence=(*LEDGER.evidence, spare))
    assert "E998: is in the evidence index, but nothing refers to it" in faults(ledger=ledger)


def test_every_kind_of_claim_but_two_stands_in_the_small_region() -> None:
    assert {one.kind for one in LEDGER.claims} >= {
        *("coverage", "strengths", "gaps", "plans", "both", "against", "approach", "evidence"),
        *("rating", "option", "implication", "tool", "region"),
    }
    assert first("rating").datum == "ratings:S01.2"


def test_a_true_review_of_awkward_words_has_no_faults() -> None:
    awkward = "“We never count who comes back to us,” most authorities (3 of 4) say, at 60%."
    withheld = "How do families move between services?"  # the question, pasted as the answer
    said = [
        (response("Alderwick", awkward, "S05.1", "interview"), "S05 P2"),
        (response("Brackmere", awkward, "S05.1"), "S05 P2"),
        (response("EVC", withheld, "S01.3", use_level="withheld"), "S01"),
        (response("Caldershaw", "Front doors vary.", "S01.3"), "S01"),
    ]
    said = [(replace(one, question=withheld), themes) for one, themes in said]
    box = replace(MATERIAL.practices[0], what=f"We told them: {awkward}", use_level="unnamed")
    made = basis(said, replace(MATERIAL, practices=(box,)))
    review, ledger = draw_up(made, small_outline())
    assert verify(review, ledger, made.material) == []
