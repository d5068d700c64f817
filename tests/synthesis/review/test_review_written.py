"""Findings that a person wrote: first in their section, counted from passages, checked like all."""

import hashlib
from dataclasses import replace

import pytest

from synthesis.findings import Basis
from synthesis.findings.claims import Claim, Ledger
from synthesis.material import Cited, Decision, Held, Material, WrittenFinding
from synthesis.review import draw_up, verify
from synthesis.review.blocks import Review
from synthesis.review.plain import text
from tests.synthesis.small_region import BASIS, MATERIAL, small_outline

CLAIM = "one front door brings families to notice early"
ALDER = "One front door takes every request and answers within two days."
CALDER = "Health visitors and schools share a front door with social workers."
DUNMORROW = "Our front door is staffed by people families know."
BRACK = "Schools tell us that the threshold document is hard to follow."
WITHHELD = "We closed four youth clubs and have told nobody outside the council."


def cited(words: str) -> Cited:
    """Return where words stand."""
    for response in MATERIAL.responses:
        start = response.text.find(words)
        if start >= 0:
            return Cited(response.id, start, start + len(words), words)
    raise AssertionError(words)


FINDING = WrittenFinding(
    "f1", "S01", CLAIM, (cited(ALDER), cited(CALDER), cited(DUNMORROW)), (cited(BRACK),)
)


def confirmed(*words: Cited, theme: str = "S01") -> tuple[Decision, ...]:
    return tuple(
        Decision(one.response, one.start, one.end, one.words, theme, "add") for one in words
    )


def material_of(*findings: WrittenFinding, **changes: object) -> Material:
    made = [(one.theme, cite) for one in findings for cite in one.speak_for]
    decisions = tuple(one for theme, cite in made for one in confirmed(cite, theme=theme))
    return replace(
        MATERIAL, findings=findings, decisions=(*MATERIAL.decisions, *decisions), **changes
    )


def built(material: Material) -> tuple[Review, Ledger]:
    return draw_up(replace(BASIS, material=material), small_outline())


def faults(material: Material, *, ledger: Ledger | None = None) -> str:
    review, drawn = built(material)
    return "\n".join(verify(review, ledger or drawn, material))


def claim(ledger: Ledger, kind: str = "written") -> Claim:
    return next(one for one in ledger.claims if one.kind == kind)


def test_a_written_finding_stands_first_in_its_section_with_its_count() -> None:
    material = material_of(FINDING)
    review, ledger = built(material)
    assert verify(review, ledger, material) == []
    printed = text(review)
    said = f"Three of the five authorities answering say that {CLAIM}."
    assert claim(ledger).text == said
    section = printed.partition("Findings\n")[2]
    assert section.strip().startswith(said)
    assert section.index(said) < section.index("Position")
    assert (claim(ledger).count, claim(ledger).base) == (3, 5)
    assert len(claim(ledger).cited) == 3


def test_negative_cases_are_printed_with_it() -> None:
    review, ledger = built(material_of(FINDING))
    against = claim(ledger, "otherwise")
    assert against.text == "One of the five authorities answering says otherwise: Brackmere."
    assert against.text in text(review)
    assert [one.words for one in ledger.quoted("written.f1.otherwise")] == [BRACK]
    assert {one.words for one in ledger.quoted("written.f1")} <= {ALDER, CALDER, DUNMORROW}


def test_an_authority_is_counted_once() -> None:
    again = cited("The monthly report counts how many families come back within a year.")
    finding = replace(FINDING, speak_for=(*FINDING.speak_for, again))
    assert claim(built(material_of(finding))[1]).count == 3


def test_unnamed_negative_cases_are_not_named() -> None:
    words = cited("Parenting groups fill up within a week and most families wait.")
    speaks = cited("Parenting groups run in every children's centre through the year.")
    finding = WrittenFinding("f2", "S05", "groups are within reach", (speaks,), (words,))
    material = material_of(finding)
    review, ledger = built(material)
    assert claim(ledger, "otherwise").text.endswith("says otherwise (not named).")
    assert verify(review, ledger, material) == []


def test_words_that_carry_no_theme_can_be_cited() -> None:
    part = "share a front door"
    response = next(one for one in MATERIAL.responses if part in one.text)
    start = response.text.index(part)
    words = Cited(response.id, start, start + len(part), part)
    material = material_of(replace(FINDING, speak_for=(words,)))
    review, ledger = built(material)
    assert verify(review, ledger, material) == []
    assert claim(ledger).count == 1


@pytest.mark.ledger
def test_moved_words_stop_the_build_and_are_named() -> None:
    moved = replace(cited(ALDER), words="One door takes every request.")
    finding = replace(FINDING, speak_for=(moved, *FINDING.speak_for[1:]))
    found = faults(material_of(finding))
    assert f"rests on {moved.response}:{moved.start}-{moved.end}" in found
    assert "the words have changed" in found
    assert CLAIM in found


@pytest.mark.ledger
def test_a_finding_of_moved_words_alone_stops_the_build_too() -> None:
    moved = replace(cited(ALDER), words="One door.")
    found = faults(material_of(replace(FINDING, speak_for=(moved,))))
    assert "says 0, but 1 authorities stand behind it" in found


@pytest.mark.ledger
@pytest.mark.privacy
def test_a_withheld_passage_stops_the_build() -> None:
    finding = replace(FINDING, speak_against=(cited(WITHHELD),))
    found = faults(material_of(finding))
    assert "rests on EVC-S05.1:0-68, but the words are not for publication" in found


@pytest.mark.ledger
@pytest.mark.privacy
def test_words_held_back_stop_the_build() -> None:
    one = cited(ALDER)
    held = (Held(one.response, one.start, one.start + 3, "name"),)
    found = faults(material_of(FINDING, held=held))
    assert "the words may identify a child" in found


@pytest.mark.ledger
def test_a_wrong_count_stops_the_build() -> None:
    material = material_of(FINDING)
    _, ledger = built(material)
    wrong = replace(claim(ledger), count=4, supporting=(*claim(ledger).supporting,))
    claims = tuple(wrong if one.kind == "written" else one for one in ledger.claims)
    found = faults(material, ledger=replace(ledger, claims=claims))
    assert f"S01, the finding “{CLAIM}”: says 4, but 3 authorities stand behind it." in found


@pytest.mark.ledger
def test_an_unconfirmed_passage_stops_the_build() -> None:
    material = replace(material_of(FINDING), decisions=())
    assert "which no coder has confirmed" in faults(material)


@pytest.mark.ledger
@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ("most authorities share a front door", "types a count"),
        ("a boy aged 7 was helped", "may identify a child"),
        ("Lindsey Smith runs the front door", "names a person"),
    ],
)
def test_a_claim_that_may_not_be_printed_stops_the_build(wrong: str, fault: str) -> None:
    assert fault in faults(material_of(replace(FINDING, claim=wrong)))


@pytest.mark.ledger
@pytest.mark.privacy
def test_an_open_mark_in_a_claim_stops_the_build_with_its_place() -> None:
    held = (*MATERIAL.held, Held(f"finding/{FINDING.id}", 0, 3, "marked by a person"))
    found = faults(material_of(FINDING, held=held))
    assert found == f"S01, the finding “{CLAIM}”: may identify a child."


@pytest.mark.privacy
def test_a_claim_whose_words_are_cleared_is_printed() -> None:
    said = "the Little Amelia group was praised by schools"
    finding = replace(FINDING, claim=said)
    assert "may identify a child" in faults(material_of(finding))
    cleared = (hashlib.sha256(b"Amelia").hexdigest(),)
    assert "may identify a child" not in faults(material_of(finding, cleared=cleared))


@pytest.mark.ledger
def test_a_finding_that_nobody_wrote_stops_the_build() -> None:
    review, ledger = built(material_of(FINDING))
    found = "\n".join(verify(review, ledger, MATERIAL))
    assert "Finding f1: stands in the review, and nobody wrote it." in found


def test_without_written_findings_nothing_changes() -> None:
    with_none: Basis = replace(BASIS, material=replace(MATERIAL, findings=()))
    assert text(draw_up(with_none, small_outline())[0]) == text(draw_up(BASIS, small_outline())[0])
