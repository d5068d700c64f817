"""Unnamed words lose every name that would tell whose they are."""

import pytest

from synthesis.findings.names import REMOVED, mask, pattern, telltales
from synthesis.material import Authority, KeyContact, Material, Practice, SharedDocument
from tests.synthesis.worlds import response

MATERIAL = Material(
    authorities=(
        Authority("E99", "Stowe and Wick", "", ("SWC", "Stowe"), ("Ash-on-Lea",), ("Beacon Hub",)),
        Authority("E98", "Marram", "", ("Marram Council",)),
    ),
    responses=(),
    contacts=(KeyContact("k", "Marram", "S01", "Dilys Penhale", "Head"),),
)
NAMES = pattern(MATERIAL)


@pytest.mark.parametrize(
    "text",
    [
        "Stowe and Wick",
        "Stowe & Wick",
        "stowe and wick",
        "STOWE-AND-WICK",
        "Stowe",
        "SWC",
        "Ash on Lea",
        "Beacon  hub",
        "Marram",  # a neighbour is a name too
        "Dilys Penhale",
        "https://stowe.example/help",
        "help@stowe.example",
        "marram.gov.uk",
    ],
)
def test_every_form_of_a_name_is_taken_out(text: str) -> None:
    assert mask(f"We asked {text}, and they agreed.", NAMES) == (
        f"We asked {REMOVED}, and they agreed."
    )


@pytest.mark.parametrize("text", ["Bestowed on us.", "A marramgrass dune.", "The beacon is lit."])
def test_a_name_inside_another_word_stands(text: str) -> None:
    assert mask(text, NAMES) == text


def test_without_names_nothing_is_taken_out() -> None:
    nobody = pattern(Material((), ()))
    assert mask("Nothing to hide here.", nobody) == "Nothing to hide here."


def test_a_system_that_one_authority_alone_uses_gives_it_away() -> None:
    said = Material(
        (),
        (
            response("Stowe", "We record in FamTrack and hold a Panel in Lower Wick."),
            response("Marram", "Our panel meets monthly and uses the Star in every CAF."),
            response("Other", "We use the Star as well, in the same way."),
        ),
    )
    assert set(telltales(said)) == {"FamTrack", "Lower", "Wick"}
    assert mask("In FamTrack we use the Star.", pattern(said)) == f"In {REMOVED} we use the Star."


def test_practices_and_documents_give_names_away_too() -> None:
    said = Material(
        (),
        (),
        documents=(SharedDocument("d", "Stowe", "S01", "How StarFinder works", "Guide"),),
        practices=(Practice("p", "Marram", "S01", "Calls", "We ring from the Tidewater office."),),
    )
    assert set(telltales(said)) == {"StarFinder", "Tidewater"}


@pytest.mark.parametrize(
    "text",
    [
        "It was RAG rated green by QA, RI and the LAC team.",
        "The work of the Scrutiny Panel and the Executive on Tuesdays was read.",
        "The signed Memorandum and a Polish speaker helped.",
    ],
)
def test_abbreviations_and_common_words_that_one_authority_uses_stand(text: str) -> None:
    said = Material((), (response("Stowe", text), response("Marram", "We met.")))
    assert mask(text, pattern(said)) == text


READING = pattern(Material((Authority("E06000038", "Reading", "", (), ("Bath",)),), ()))


@pytest.mark.parametrize(
    "text",
    [
        "Reading to children is free. Reading ages rise.",
        "Their reading is good, and bath time is calm.",
        "- Reading together\n- Bath and bed",
    ],
)
def test_a_name_that_is_also_a_word_stands_where_it_is_the_word(text: str) -> None:
    assert mask(text, READING) == text


@pytest.mark.parametrize(
    "text",
    [
        "Families in Reading wait.",
        "We asked Reading, who agreed.",
        "Reading Borough Council agreed.",
        "Reading's families wait.",
        "From Bath came nothing.",
        "The READING team.",
        "Wait (Reading) longest.",
    ],
)
def test_a_name_that_is_also_a_word_is_taken_out_where_it_is_the_name(text: str) -> None:
    assert REMOVED in mask(text, READING)


def test_a_name_that_is_no_word_is_taken_out_however_it_is_written() -> None:
    assert mask("Marram rates itself low; marram waits.", NAMES).count(REMOVED) == 2
