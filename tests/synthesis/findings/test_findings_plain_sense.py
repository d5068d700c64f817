"""Words count and are cited only for what they say in plain sense, denials understood."""

import pytest

from synthesis.findings.plain_sense import Sense, reads_as, stands
from synthesis.material import Material, Response
from synthesis.passages import Passage
from synthesis.tags import Tag
from tests.synthesis.small_region import AUTHORITIES
from tests.synthesis.worlds import basis, ledger, response


@pytest.mark.parametrize(
    ("words", "sense", "fits"),
    [
        ("The offer is strong and well used by families.", "good", True),
        ("The offer is not yet measured.", "good", False),
        ("The offer is not yet measured.", "bad", True),
        ("The offer is strong.", "bad", False),
        ("The offer is effective but waits are too long.", "bad", False),  # of both
        ("Ensure that the offer is effective everywhere.", "good", False),  # a recommendation
        ("From April a panel will read every plan.", "plan", True),
        ("In January the chair wrote to the trust.", "plan", False),
        ("The offer is not yet measured.", "", True),
    ],
)
def test_words_read_as_what_they_illustrate(words: str, sense: Sense, *, fits: bool) -> None:
    assert reads_as(words, sense) is fits


@pytest.mark.parametrize(
    ("words", "theme"),
    [
        ("The youth worker post went because the person in it retired.", "P1"),
        ("Parents said they told their story four times before anyone did anything.", "P1"),
        ("The offer is not effective.", "P1"),
        ("The system will not save a plan without an outcome.", "P2"),
        ("The system won’t close a case without an end score.", "P2"),
        ("We do not consider that there is any group which cannot access a service.", "P2"),
        ("There are no waiting lists in the borough.", "P2"),
        ("Plans are good and reviewed by everyone.", "P2"),
        ("It was decided not to introduce a single front door next year.", "P3"),
        ("They do it because they will bump into me in the shop.", "P3"),
        ("We will not be rolling out the form.", "P3"),
        ("There are no plans to pilot the form.", "P3"),
        ("A panel was planned.", "P3"),
        ("We hold no data on this.", "E1"),
        ("Repeat requests are not counted.", "E1"),
        ("Thresholds not tested, the board has no auditor.", "E2"),
        ("There isn’t an audit programme for early help.", "E2"),
        ("We have no case studies to offer.", "E3"),
    ],
)
def test_a_tag_falls_where_its_words_plainly_deny_it(words: str, theme: str) -> None:
    assert not stands(tag(words, theme))
    assert stands(tag(words, theme, decided=True))  # a coder may see more


@pytest.mark.parametrize(
    ("words", "theme"),
    [
        ("Families tell us the groups are good.", "P1"),
        ("Groups run in every town.", "P1"),
        ("The offer is good but waits are long.", "P1"),
        ("The offer is good but waits are long.", "P2"),
        ("Nobody counts who comes back.", "P2"),
        ("We do not believe that it works.", "P2"),
        ("From April a panel will read every plan.", "P3"),
        ("The strategy is being revised.", "P3"),
        ("We audit whether it was done and never audit whether it was good.", "E2"),
        ("No data from schools, but 81% of cases have a score.", "E1"),
        ("Anything at all.", "S01"),
    ],
)
def test_a_tag_stands_where_its_words_do_not_plainly_deny_it(words: str, theme: str) -> None:
    assert stands(tag(words, theme))


def tag(words: str, theme: str, *, decided: bool = False) -> Tag:
    """Return a tag on words of their own."""
    said = Response("r", words)
    return Tag(Passage(said, 0, len(words)), theme, 0.9, "says so", decided=decided)


def test_an_authority_is_not_counted_for_what_its_words_deny() -> None:
    said = [
        (response("Alderwick", "Managers audit good files every month.", "S11.1"), "S11 P1 E2"),
        (response("Brackmere", "Nobody reads them and there is no audit.", "S11.1"), "S11 P1 E2"),
        (response("Caldershaw", "They will ask about it.", "S11.1"), "S11 P3"),
        (response("Dunmorrow", "A decision was made not to do it.", "S11.1"), "S11 P3"),
    ]
    found = ledger(basis(said, Material(AUTHORITIES, ())))
    assert [one.count for one in found.of("strengths", "S11")] == [1]
    assert [(one.label, one.count) for one in found.of("evidence", "S11")] == [("Audit", 1)]
    assert [one.count for one in found.of("plans", "S11")] == [1]


def test_claims_cite_the_words_that_say_it_plainly() -> None:
    mixed = "The work is good but nobody can tell whether it lasts."
    said = [(response(f"Place {n}", mixed, f"S11.{n}"), "S11 P2") for n in range(3)]
    plain = response("Alderwick", "Nobody reads the files.", "S11.1")
    found = ledger(basis([*said, (plain, "S11 P2")]))
    gaps = found.of("gaps", "S11")[0]
    cited = [row.source for row in found.evidence if row.id in gaps.cited]
    assert gaps.count == 4
    assert [source.partition(":")[0] for source in cited] == [plain.id]
