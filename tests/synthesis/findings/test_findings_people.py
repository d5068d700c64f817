"""Personal names are printed only where somebody agreed to be a contact."""

from dataclasses import replace

import pytest

from synthesis.findings.names import REMOVED
from synthesis.findings.people import People
from synthesis.material import Authority, KeyContact, Material
from tests.synthesis.worlds import basis, ledger, response

MATERIAL = Material(
    authorities=(Authority("E98", "Marram", "", (), ("Saltreach",), ("Mosaica",)),),
    responses=(response("Marram", "We looked at a dip sample and at our dashboard."),),
    contacts=(
        KeyContact("k1", "Marram", "S01", "Gareth Penhale", "Analyst", may_publish=True),
        KeyContact("k2", "Marram", "S01", "Dilys Orme", "Head"),
    ),
)
PEOPLE = People.of(MATERIAL)
SAID = "Gareth says that crime fell by a third in the families we met."


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (SAID, SAID.replace("Gareth", REMOVED)),
        ("We asked Margaret Thompson to read it.", f"We asked {REMOVED} to read it."),
        ("Police send it and Lorraine's team match it.", f"Police send it and {REMOVED}'s team"),
        ("Orme decides.", f"{REMOVED} decides."),  # a contact without leave
    ],
)
def test_a_personal_name_is_taken_out(text: str, left: str) -> None:
    assert PEOPLE.named_in(text)
    assert PEOPLE.mask(text).startswith(left)
    assert not PEOPLE.named_in(PEOPLE.mask(text))


@pytest.mark.parametrize(
    "text",
    [
        "Ask Gareth Penhale about the figures.",  # agreed to be a contact
        "FNP in Saltreach only, 74 young mothers last year.",
        "Mosaica holds both.",
        "Dip sample of 40 contacts: 34 right.",
        "Dashboard showed first visits slipping.",
        "The worker opened the post with Dad over two evenings.",
        "There were two forms side by side until Easter.",
        "Was it RAG rated green?",
    ],
)
def test_other_words_with_a_capital_stand(text: str) -> None:
    assert PEOPLE.mask(text) == text


def test_a_part_of_an_authoritys_name_is_no_person_where_the_name_stands_whole() -> None:
    elm = replace(MATERIAL, authorities=(Authority("E97", "Elm 13"),))
    people = People.of(elm)
    assert not people.named_in("Elm 13")
    assert people.named_in("Elm 13 is where Margaret Thompson works.") == ("Margaret", "Thompson")


def test_a_sentence_that_names_a_person_is_not_quoted_and_stands_masked_in_the_index() -> None:
    said = response("Marram", SAID, "S05.1")
    found = ledger(basis([(said, "S05 P1")], MATERIAL))
    assert found.quotations == ()
    row = next(one for one in found.evidence if one.source.startswith(said.id))
    assert row.words == SAID.replace("Gareth", REMOVED)


def test_another_sentence_takes_the_place_of_one_that_names_a_person() -> None:
    said = response("Marram", SAID, "S05.1")
    other = replace(said, id="other", text="Parenting groups run in every town through the year.")
    found = ledger(basis([(said, "S05 P1"), (other, "S05 P1")], MATERIAL))
    assert [one.words for one in found.quotations] == [other.text]
