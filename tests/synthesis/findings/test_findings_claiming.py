"""What may be typed as a claim, and what is offered in place of one that types its own count."""

import pytest

from synthesis.findings import claiming


@pytest.mark.parametrize(
    "claim",
    [
        "families wait too long for parenting groups",
        "one front door brings families to notice",
        "the all-age service works",
        "no child is seen without a plan",
        "every family is rung back",
        "a shared record would help all partners",
        "two managers look at each case",
    ],
)
def test_a_claim_without_a_count_is_taken(claim: str) -> None:
    assert claiming.fault(claim) == ""


@pytest.mark.parametrize(
    ("claim", "typed", "without"),
    [
        ("Most authorities share a front door", "Most authorities", "they share a front door"),
        ("most families wait", "most", "families wait"),
        ("12 of 17 authorities share it", "12 of 17 authorities", "they share it"),
        ("Most authorities (12 of 17) say that waits are long", "", "waits are long"),
        ("75% share a front door", "75%", "share a front door"),
        ("a majority of councils audit", "a majority of councils", "they audit"),
        ("The majority say audits help", "The majority", "audits help"),
        ("Half of the councils audit", "Half of the councils", "they audit"),
        ("nearly all audit", "nearly all", "audit"),
        ("few of them audit", "few of", "them audit"),
        ("Twelve authorities audit", "Twelve authorities", "they audit"),
        ("some councils audit", "some councils", "they audit"),
        ("at least ten of the authorities audit", "", "they audit"),
    ],
)
def test_a_claim_that_opens_with_a_count_is_refused(claim: str, typed: str, without: str) -> None:
    assert claiming.fault(claim) == "count"
    assert typed.casefold() in claiming.typed(claim).casefold()
    assert claiming.without(claim) == without
    assert claiming.fault(claiming.without(claim)) == ""


@pytest.mark.parametrize(
    "claim",
    [
        "audits help, as most authorities say",
        "waits fell in 3 of 4 districts",
        "waits are long (12 of 17)",
        "waits fell by 30% of the baseline",
    ],
)
def test_a_count_elsewhere_is_refused_too(claim: str) -> None:
    assert claiming.fault(claim) == "share"
    assert claiming.typed(claim)
    assert claiming.without(claim) == ""


@pytest.mark.parametrize(
    ("claim", "clean"),
    [
        ("  Families wait\n too long. ", "families wait too long"),
        ("Triple P groups fill up", "Triple P groups fill up"),
        ("Ofsted asks for it", "Ofsted asks for it"),
    ],
)
def test_a_claim_is_printed_after_say_that(claim: str, clean: str) -> None:
    assert claiming.clean(claim) == clean


def test_nothing_is_no_claim() -> None:
    assert claiming.fault(" . ") == "nothing"
