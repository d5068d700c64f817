"""The evidence index prints what may be printed, and holds back what could be traced."""

from dataclasses import replace

from synthesis.findings import Evidence, Ledger
from synthesis.findings.index import TRACEABLE
from synthesis.findings.names import UNNAMED
from synthesis.findings.safeguards import HELD
from synthesis.material import Material, Response
from tests.synthesis.small_region import AUTHORITIES, SCHEDULE
from tests.synthesis.worlds import basis, ledger, response

SECRET = response(
    "Brackmere",
    "The Brightpath team in Ludden Quay cannot say how long families wait.",
    "S05.1",
    use_level="unnamed",
)


SCHEDULED = next(one.text for one in SCHEDULE.questions() if one.code == "S05.1")


def among(*names: str) -> Ledger:
    """Return the ledger of Brackmere's unnamed words among these authorities' silent ones."""
    others = [
        (response(name, "We run groups for parents in most of our towns.", "S05.1"), "S05")
        for name in names
    ]
    return ledger(basis([(SECRET, "S05 P2"), *others], Material(AUTHORITIES, ())))


def row(found: Ledger, said: Response) -> Evidence:
    return next(one for one in found.evidence if one.source.startswith(said.id))


def test_unnamed_words_are_printed_where_enough_could_have_said_them() -> None:
    found = row(among("Alderwick", "Caldershaw", "Dunmorrow", "EVC", "Fennholt"), SECRET)
    assert found.authority == UNNAMED
    assert found.words == (
        "The [name removed] team in [name removed] cannot say how long families wait."
    )


def test_unnamed_words_are_held_back_where_a_reader_could_tell() -> None:
    found = row(among("Alderwick", "Caldershaw"), SECRET)
    assert (found.words, found.held) == ("", TRACEABLE)
    assert found.asked == "Not shown"


def test_held_words_are_not_quoted_and_others_take_their_place() -> None:
    assert [one.source for one in among("Alderwick").quoted("S05.gaps")] == []
    other = response("Caldershaw", "Groups for parents cannot keep up with the waits.", "S05.1")
    found = ledger(basis([(SECRET, "S05 P2"), (other, "S05 P2")], Material(AUTHORITIES, ())))
    assert [one.words for one in found.quoted("S05.gaps")] == [other.text]


def test_words_that_may_identify_a_child_are_held_back() -> None:
    story = response("Alderwick", "A girl aged 7 waited for a year before help came.", "S05.1")
    found = ledger(basis([(story, "S05 P2")], Material(AUTHORITIES, ())))
    assert (row(found, story).words, row(found, story).held) == ("", HELD)
    assert found.quotations == ()


def test_a_paraphrase_is_marked_as_one() -> None:
    note = response(
        "Alderwick", "Managers feel that audits have not changed much yet.", "I01", "interview"
    )
    note = replace(note, verbatim=False, confirmed=True)
    found = ledger(basis([(note, "S12 P2")], Material(AUTHORITIES, ())))
    quotation = found.quoted("S12.gaps")[0]
    assert not quotation.verbatim
    assert quotation.attribution == (
        "Alderwick, interviewer’s note, confirmed by the person interviewed"
    )


def test_a_document_is_quoted_with_its_month_and_whom_it_is_about() -> None:
    read = response(
        "Alderwick",
        "Plans are not yet reviewed in time by anyone outside.",
        source="document",
        published="2014-08-29",
    )
    found = ledger(basis([(read, "S05 P2")], Material(AUTHORITIES, ())))
    assert found.quotations[0].attribution == "Published document on Alderwick, August 2014"


def test_no_words_are_quoted_twice() -> None:
    both = response("Alderwick", "Every audit is read by the whole team each month.", "S11.1")
    found = ledger(basis([(both, "S11 S12 E2 P1")], Material(AUTHORITIES, ())))
    assert len(found.quotations) == 1


def test_references_are_numbered_without_gaps_and_each_leads_to_one_thing() -> None:
    found = among("Alderwick", "Caldershaw", "Dunmorrow")
    assert [one.id for one in found.evidence] == [
        f"E{turn:03}" for turn in range(1, len(found.evidence) + 1)
    ]
    assert len({one.source for one in found.evidence}) == len(found.evidence)


def asked(said: Response, question: str) -> str:
    """What the index says was asked, where the response came with these words."""
    worded = replace(said, question=question)
    others = [
        (response(name, "We run groups for parents in most of our towns.", "S05.1"), "S05")
        for name in ("Alderwick", "Caldershaw", "Dunmorrow", "EVC", "Fennholt")
    ]
    made = basis([(worded, "S05 P2"), *others], Material(AUTHORITIES, ()))
    return row(ledger(made), worded).asked


def test_a_question_worded_otherwise_is_printed_as_it_was_asked() -> None:
    named = replace(SECRET, use_level="named")

    assert asked(named, "") == f"S05.1 {SCHEDULED}"
    assert asked(named, "What keeps families waiting?") == "S05.1 What keeps families waiting?"


def test_a_question_worded_for_one_authority_does_not_name_it() -> None:
    assert asked(SECRET, "What keeps families in Brackmere waiting?") == (
        "S05.1 What keeps families in [name removed] waiting?"
    )
    assert asked(SECRET, SCHEDULED) == asked(SECRET, "")
