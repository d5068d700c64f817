"""Claims count authorities, on the base of those who could have said so, with both sides kept."""

from dataclasses import replace

import pytest

from synthesis.findings import Term, find, open_inquiry
from synthesis.findings.claims import Claim
from synthesis.findings.terms import mentions
from synthesis.material import Material, Rating
from tests.synthesis.small_region import AUTHORITIES, BASIS, MATERIAL, small_outline
from tests.synthesis.worlds import basis, ledger, response

SMALL = find(open_inquiry(BASIS, small_outline().frame))


def claim(id: str) -> Claim:
    found = SMALL.find(id)
    assert found is not None
    return found


def test_a_claim_counts_authorities_and_not_passages() -> None:
    gaps = claim("S01.gaps")
    assert (gaps.count, gaps.base, len(gaps.supporting)) == (2, 5, 3)


def test_the_base_is_who_answered_and_leaves_out_who_did_not() -> None:
    assert claim("S05.coverage").answering == {"X1", "X2", "X3", "X4"}


def test_a_claim_keeps_what_speaks_against_it() -> None:
    strengths, gaps = claim("S01.strengths"), claim("S01.gaps")
    assert strengths.contradicting == gaps.supporting
    assert gaps.contradicting == strengths.supporting


def test_withheld_words_support_nothing() -> None:
    used = {id for one in SMALL.claims for id in (*one.supporting, *one.contradicting)}
    assert not any(id.startswith("EVC-S05.1") for id in used)


def test_negative_cases_are_listed_by_name() -> None:
    assert claim("S01.gaps only").text.endswith(": Brackmere; Elverthorpe and Vale.")


def test_an_unnamed_negative_case_is_counted_and_not_named() -> None:
    said = [
        (response("Alderwick", "Audit works.", "S11.1"), "S11 P1"),
        (response("Caldershaw", "Audit works.", "S11.1"), "S11 P1"),
        (response("Dunmorrow", "Audit fails.", "S11.1", use_level="unnamed"), "S11 P2"),
    ]
    against = ledger(basis(said, Material(AUTHORITIES, ()))).find("S11.gaps only")
    assert against is not None
    assert against.text.endswith("gaps or difficulties and no strengths (not named).")


def test_looking_in_vain_is_a_claim_with_a_tally() -> None:
    nothing = claim("A6.outcome")
    assert (nothing.count, nothing.supporting) == (0, ())
    row = next(row for row in SMALL.evidence if row.id == nothing.cited[0])
    assert row.words == "Looked for in 21 sentences of the review; found in none of them."


def test_ratings_are_counted_without_those_who_do_not_know() -> None:
    high = claim("S01.rating.S01.2.S01.2")
    assert (high.count, high.base) == (2, 4)
    assert high.supporting == ("rating:r1", "rating:r3")


def test_a_question_that_nobody_rates_high_still_has_its_claim() -> None:
    low = Material(AUTHORITIES, (), ratings=(Rating("r", "X1", "S01.2", 1),))
    found = ledger(basis([], low)).of("rating", "S01")
    assert [one.count for one in found] == [0]


def test_options_are_counted_by_those_who_ticked_any() -> None:
    options = SMALL.of("option", "S01")
    assert [(one.label, one.count, one.base) for one in options] == [
        ("Schools", 3, 3),
        ("Health visitors", 1, 3),
    ]


def test_terms_are_counted_by_authority_whatever_their_form() -> None:
    door = claim("S01.term.A front door")
    assert (door.count, door.base) == (3, 5)


def test_a_high_rating_without_evidence_is_pointed_out() -> None:
    bare = claim("S01.ratings without evidence")
    assert bare.supporting == ("rating:r3",)  # r1 reports data on the strand


def test_an_implication_rests_on_a_thin_count() -> None:
    implications = SMALL.of("implication", "S01")
    assert [one.id for one in implications] == [
        "S01.data",
        "S01.audit",
        "S01.ratings without evidence",
    ]


def test_no_implication_follows_where_evidence_is_plain() -> None:
    said = [
        (response(name, "We count and audit it.", "S01.3"), "S01 P1 E1 E2")
        for name in ("Alderwick", "Caldershaw")
    ]
    assert ledger(basis(said, Material(AUTHORITIES, ()))).of("implication", "S01") == ()


def test_in_a_large_group_what_one_alone_mentions_is_no_approach() -> None:
    said = [(response(f"Place {n:02}", "We have panels.", "S01.3"), "S01") for n in range(11)]
    said.append((response("Place 11", "Our front door is open.", "S01.3"), "S01"))
    assert ledger(basis(said)).of("approach", "S01") == ()


def test_claims_cite_a_few_passages_of_different_authorities() -> None:
    owners = {row.id: row.authority for row in SMALL.evidence}
    for one in SMALL.claims:
        names = [owners[id] for id in one.cited]
        assert 1 <= len(names) <= 3
        assert len({*names}) == len(names) or "An authority (unnamed)" in names


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("step down", "Step-downs are rare.", True),
        ("step down", "We stepped down.", False),
        ("MASH", "The MASH meets.", True),
        ("MASH", "They mash it up.", False),
        ("plan", "The planet.", False),
        ("children's centre", "Two children's centres.", True),
    ],
)
def test_terms_are_found_by_whole_words(words: str, text: str, *, found: bool) -> None:
    assert mentions(text, Term("x", (words,))) is found


def test_a_review_without_anything_makes_no_claim_on_a_strand() -> None:
    empty = replace(BASIS, material=Material(MATERIAL.authorities, ()), tags=())
    claims = find(open_inquiry(empty, small_outline().frame)).claims
    assert [one for one in claims if one.theme.startswith("S")] == []
