"""The matrix tells four kinds of silence apart, and never counts what was withheld."""

from dataclasses import replace

from synthesis.material import Authority, Material, Rating, Return
from synthesis.matrix import build, cross
from tests.synthesis.small_region import CODEBOOK, MATERIAL, SCHEDULE, TAGS
from tests.synthesis.worlds import response, tags

SMALL = build(MATERIAL, SCHEDULE, CODEBOOK, TAGS)


def test_a_cell_holds_the_passages_found() -> None:
    cell = SMALL.cell("X1", "S01")
    assert cell.state == "found"
    assert len(cell.passages) == 2


def test_an_alias_leads_to_its_authority() -> None:
    assert SMALL.cell("X5", "S01").state == "found"  # it signed as EVC


def test_who_was_asked_and_gave_nothing_has_not_answered() -> None:
    assert SMALL.cell("X6", "S01").state == "not answered"
    assert not SMALL.cell("X6", "S01").worded


def test_withheld_words_show_only_that_there_was_an_answer() -> None:
    cell = SMALL.cell("X5", "S05")
    assert cell.state == "not for publication"
    assert cell.passages == ()
    assert not cell.worded


def test_an_answer_without_the_theme_is_nothing_found() -> None:
    said = response("Alderwick", "We are busy.", "S05.1")
    made = build(Material(MATERIAL.authorities, (said,)), SCHEDULE, CODEBOOK, ())
    assert made.cell("X1", "S05").state == "nothing found"
    assert made.cell("X1", "S05").worded


def test_a_rating_alone_is_an_answer_but_no_words() -> None:
    rated = Material(MATERIAL.authorities, (), ratings=(Rating("r", "X1", "S01.2", 2),))
    cell = build(rated, SCHEDULE, CODEBOOK, ()).cell("X1", "S01")
    assert cell.state == "nothing found"
    assert not cell.worded
    assert [rating.value for rating in cell.ratings] == [2]


def test_where_only_documents_were_read_nobody_was_asked() -> None:
    read = response("Alderwick", "Audit is strong.", source="document")
    made = build(Material(MATERIAL.authorities, (read,)), SCHEDULE, CODEBOOK, tags([(read, "S11")]))
    assert made.cell("X1", "S11").state == "found"
    assert made.cell("X1", "S01").state == "nothing found"
    assert made.roster.names_of(["X1", "X2"]) == ("Alderwick",)  # nobody knows who was asked
    assert made.answering("S01") == {"X1"}


def test_a_document_does_not_stand_in_for_an_answer() -> None:
    read = response("Alderwick", "Audit is strong.", source="document")
    material = Material(MATERIAL.authorities, (read,), (Return("Alderwick", "not returned"),))
    made = build(material, SCHEDULE, CODEBOOK, tags([(read, "S11")]))
    assert made.cell("X1", "S01").state == "not answered"
    assert "X1" not in made.answering("S01")


def test_a_theme_nobody_asked_about_could_stand_in_any_words() -> None:
    assert SMALL.answering("A6") == {"X1", "X2", "X3", "X4", "X5"}
    assert SMALL.cell("X1", "A6").state == "not asked"


def test_a_question_outside_the_schedule_is_placed_by_its_code() -> None:
    said = response("Alderwick", "We are busy.", "S05.9")
    made = build(Material(MATERIAL.authorities, (said,)), SCHEDULE, CODEBOOK, ())
    assert made.cell("X1", "S05").worded


def test_authorities_stand_in_alphabetical_order_whoever_joins() -> None:
    said = response("Birchley", "We are busy.", "S05.1")
    names = [
        one.name
        for one in build(Material(MATERIAL.authorities, (said,)), SCHEDULE, CODEBOOK, ()).roster
    ]
    assert names == sorted(names)
    assert "Birchley" in names


def test_an_ampersand_is_an_and() -> None:
    said = response("Elverthorpe & Vale", "We are busy.", "S05.1")
    made = build(Material(MATERIAL.authorities, (said,)), SCHEDULE, CODEBOOK, ())
    assert made.cell("X5", "S05").worded
    assert len(made.roster) == 1


def test_without_returns_only_those_who_are_heard_of_are_counted() -> None:
    said = response("Alderwick Council", "We are busy.", "S05.1")
    other = response("Brackmere", "Schools ring us.", "S01.3")
    table = Material(MATERIAL.authorities, (said, other))
    made = build(table, SCHEDULE, CODEBOOK, tags([(other, "S01")]))
    assert [one.code for one in made.roster] == ["X1", "X2"]
    assert made.roster.code_of("Fennholt") == "X6"  # the register still knows every name
    assert made.cell("X1", "S01").state == "no response"
    assert made.cell("X1", "S11").state == "not asked"
    asked = replace(table, returns=MATERIAL.returns)
    made = build(asked, SCHEDULE, CODEBOOK, tags([(other, "S01")]))
    assert len(made.roster) == len(MATERIAL.authorities)
    assert made.cell("X1", "S01").state == "not answered"


def test_responses_of_nobody_stand_for_themselves() -> None:
    first, second = (
        response("", "Schools ring us.", "S01.3"),
        response("", "Nobody rings.", "S01.3"),
    )
    made = build(Material((), (first, second)), SCHEDULE, CODEBOOK, tags([(first, "S01")]))
    assert made.roster.unit == "response"
    assert len(made.answering("S01")) == 2


def test_words_of_nobody_among_named_ones_are_not_counted() -> None:
    known, stray = response("Alderwick", "Schools ring."), response("", "They do not ring.")
    said = tags([(known, "S01"), (stray, "S01")])
    made = build(
        Material((Authority("X1", "Alderwick"),), (known, stray)), SCHEDULE, CODEBOOK, said
    )
    assert [heard.authority for heard in made.corpus] == ["X1"]


def test_counts_hold_every_cell() -> None:
    counts = SMALL.counts()
    assert counts.shape == (6, 6)
    assert counts.at["X2", "S05"] == 2
    assert counts.at["X5", "S05"] == 0


def test_a_crosstab_counts_authorities_and_not_passages() -> None:
    table = cross(SMALL.corpus, ["S01", "S11", "S12"], ["E1", "E2", "E3"])
    assert table.to_numpy().tolist() == [[1, 0, 0], [0, 3, 0], [1, 0, 0]]


def test_the_corpus_finds_passages_with_all_of_several_themes() -> None:
    both = SMALL.corpus.about("S01", "P2")
    assert {heard.authority for heard in both} == {"X2", "X5"}
    assert not SMALL.corpus.about("S01", "nothing")
