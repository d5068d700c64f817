"""Introductions: who is strong where another asks, named only where both agreed."""

from dataclasses import replace

import pytest

from synthesis.findings.sharing import RULES, Gaps, Table, introduce, questions
from synthesis.material import Choice, KeyContact, Material, Practice, Rating
from synthesis.schedule import Question, Schedule, Section
from tests.synthesis.small_region import AUTHORITIES, SCHEDULE

STRANDS = ("S01", "S05")


def contact(authority: str, theme: str = "S01", **changes: object) -> KeyContact:
    made = KeyContact(f"c-{authority}-{theme}", authority, theme, f"Pat {authority}", "Lead")
    return replace(made, email=f"pat@{authority}.example", may_publish=True, **changes)


CONTACTS = tuple(contact(f"X{n}") for n in range(1, 7))
LOW, HIGH = Rating("low", "X2", "S01.2", 1), Rating("high", "X1", "S01.2", 4)


def table(
    *ratings: Rating,
    contacts: tuple[KeyContact, ...] = CONTACTS,
    shortlisted: tuple[Practice, ...] = (),
    gaps: Gaps | None = None,
) -> Table:
    material = Material(AUTHORITIES, (), ratings=ratings, contacts=contacts)
    return introduce(material, SCHEDULE, STRANDS, shortlisted, gaps)


def pairs(found: Table) -> list[tuple[str, str]]:
    return [(one.asks.name, one.offers.name) for one in found.introductions]


def test_the_strong_are_introduced_to_those_who_rate_themselves_low() -> None:
    found = table(LOW, HIGH)
    assert pairs(found) == [("Brackmere", "Alderwick")]
    (one,) = found.introductions
    assert (one.theme, one.asks.why, one.offers.why) == (
        "S01",
        "Rates itself 1",
        "Rates itself 4",
    )
    assert [who.name for who in one.offers.contacts] == ["Pat X1"]
    assert found.unnamed == ()


@pytest.mark.privacy
@pytest.mark.parametrize("level", ["unnamed", "withheld"])
def test_who_may_not_be_named_is_counted_only(level: str) -> None:
    found = table(replace(LOW, use_level=level), HIGH)
    assert found.introductions == ()
    assert [(one.theme, one.asking, one.strong) for one in found.unnamed] == [("S01", 1, 0)]


@pytest.mark.privacy
@pytest.mark.parametrize("whose", ["X1", "X2"])
def test_without_a_contact_who_agreed_nobody_is_introduced(whose: str) -> None:
    contacts = tuple(
        replace(one, may_publish=False) if one.authority == whose else one for one in CONTACTS
    )
    found = table(LOW, HIGH, contacts=contacts)
    assert found.introductions == ()
    assert len(found.unnamed) == 1


def test_an_example_on_the_shortlist_makes_an_authority_strong() -> None:
    example = Practice("p", "X3", "S01", "Call back", "We ring back.", consent=True)
    found = table(LOW, HIGH, shortlisted=(example,))
    assert pairs(found) == [("Brackmere", "Caldershaw"), ("Brackmere", "Alderwick")]
    assert found.introductions[0].offers.why == "Example: Call back"
    refused = table(LOW, HIGH, shortlisted=(replace(example, consent=False),))
    assert pairs(refused) == [("Brackmere", "Alderwick")]


def test_those_introduced_least_come_first_among_equals() -> None:
    low = [Rating(f"l{n}", f"X{n}", "S01.2", 0) for n in (5, 6)]
    high = [Rating(f"h{n}", f"X{n}", "S01.2", 4) for n in (1, 2, 3, 4)]
    found = pairs(table(*low, *high))
    assert found[:3] == [
        ("Elverthorpe and Vale", "Alderwick"),
        ("Elverthorpe and Vale", "Brackmere"),
        ("Elverthorpe and Vale", "Caldershaw"),
    ]
    assert found[3] == ("Fennholt", "Dunmorrow")
    assert len(found) == 6


def test_those_with_confirmed_gaps_come_last_and_it_is_said() -> None:
    other = Rating("other", "X3", "S01.2", 3)
    gaps = {("X1", "S01"): 2, ("X3", "S05"): 4}
    found = table(LOW, HIGH, other, gaps=gaps)
    assert pairs(found) == [("Brackmere", "Caldershaw"), ("Brackmere", "Alderwick")]
    assert [one.offers.gaps for one in found.introductions] == [0, 2]
    assert any("confirmed gaps" in rule for rule in RULES)


def test_a_contact_for_the_strand_is_preferred() -> None:
    other = contact("X1", "S05", name="Alex X1")
    found = table(LOW, HIGH, contacts=(other, *CONTACTS))
    assert [who.name for who in found.introductions[0].offers.contacts] == ["Pat X1"]
    found = table(LOW, HIGH, contacts=(other, *CONTACTS[1:]))
    assert [who.name for who in found.introductions[0].offers.contacts] == ["Alex X1"]


def test_help_asked_for_and_offered_in_so_many_words_counts() -> None:
    options = (("s01", "Identification"), ("s05", "Services"))
    schedule = Schedule(
        questionnaire=(
            *SCHEDULE.questionnaire,
            Section(
                "Z2",
                "Sharing",
                (
                    Question("Z2.1", "What would you like help with?", "", "multiple", options),
                    Question("Z2.2", "What could you offer others?", "", "multiple", options),
                ),
            ),
        ),
        scale=SCHEDULE.scale,
    )
    assert [one.code for one in questions(schedule)] == ["Z2.1", "Z2.2"]
    chosen = (Choice("a", "X4", "Z2.1", "s05"), Choice("b", "X5", "Z2.2", "s05"))
    material = Material(AUTHORITIES, (), choices=chosen, contacts=CONTACTS)
    found = introduce(material, schedule, STRANDS, ())
    assert pairs(found) == [("Dunmorrow", "Elverthorpe and Vale")]
    assert found.introductions[0].asks.why == "Asks for help"
