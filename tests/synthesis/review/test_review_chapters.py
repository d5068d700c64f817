"""Chapters read sensibly whatever there is to go on, and leave out what there is not."""

import datetime as dt
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from synthesis.codebook import Theme
from synthesis.findings import Basis
from synthesis.material import Decision, Finished, Material, Rating, Response
from synthesis.review import draw_up, plain, verify
from synthesis.review.blocks import (
    Box,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    Review,
    Table,
)
from synthesis.schedule import Schedule
from synthesis.tags import Tag
from synthesis.word.flow import layouts
from tests.synthesis.coded_dev import codebook
from tests.synthesis.small_region import AUTHORITIES, BASIS, MATERIAL, SCHEDULE, small_outline
from tests.synthesis.worlds import basis, response


@cache
def small() -> Review:
    review, _ = draw_up(BASIS, small_outline())
    return review


def review_of(made: Basis) -> Review:
    """Return a review that has been checked."""
    review, ledger = draw_up(made, small_outline())
    assert verify(review, ledger, made.material) == []
    return review


def table(review: Review, anchor: str) -> Table:
    return next(b for b in review.blocks if isinstance(b, Table) and b.anchor == anchor)


def column(found: Table, place: int) -> list[str]:
    return [plain.spell(row[place].runs) for row in found.rows]


def headings(review: Review) -> list[str]:
    return [block.text for block in review.blocks if isinstance(block, Heading)]


def documents(places: int) -> list[tuple[Response, str]]:
    """Return documents on so many authorities: most with a strength, two with a gap."""
    good = "Plans are reviewed on time by people who know the family."
    bad = "Plans are not yet reviewed on time by anyone at all."
    said = []
    for place in range(places):
        words, stance = (bad, "P2") if place < 2 else (good, "P1")
        read = response(f"Place {place:02}", words, source="document", published="2014-03-31")
        said.append((read, f"S05 {stance}"))
    return said


DOCUMENTS = basis(documents(12), schedule=Schedule())


def test_every_chapter_starts_a_page_and_is_numbered_in_order() -> None:
    blocks = small().blocks
    chapters = [b for b in blocks if isinstance(b, Heading) and b.level == 1]
    assert [chapter.text.split()[0] for chapter in chapters[1:9]] == list("12345678")
    assert [chapter.text.split()[1] for chapter in chapters[9:]] == [f"{x}:" for x in "ABCDEFG"]
    starts = [after for before, after in pairwise(blocks) if isinstance(before, PageBreak)]
    assert starts == chapters


def test_headings_go_down_a_level_at_a_time_and_have_anchors_of_their_own() -> None:
    found = [block for block in small().blocks if isinstance(block, Heading)]
    assert all(after.level <= before.level + 1 for before, after in pairwise(found))
    anchors = [b.anchor for b in small().blocks if isinstance(b, Heading | Table | Picture)]
    assert len(set(anchors)) == len(anchors)


def test_every_table_is_even_and_described() -> None:
    for found in (block for block in small().blocks if isinstance(block, Table)):
        assert found.description
        assert {len(row) for row in found.rows} == {len(found.header)}
        assert len(found.widths) == len(found.header)


def test_the_returns_have_one_row_an_authority() -> None:
    returns = table(small(), "returns")
    assert column(returns, 0) == sorted(one.name for one in AUTHORITIES)
    assert column(returns, 1)[0] == "Returned"
    assert column(returns, 2)[0] == "8 of 8"
    assert column(returns, 1)[5] == "Not returned"
    assert column(returns, 5)[0] == "1 September 2015"


def test_the_matrix_tells_its_empty_cells_apart_in_words() -> None:
    matrix = table(small(), "matrix")
    assert column(matrix, 0) == sorted(one.name for one in AUTHORITIES)
    assert column(matrix, 2) == ["1", "2", "1", "1", "withheld", "no reply"]


def ratings(**levels: tuple[int | None, str]) -> Basis:
    """Return a basis in which each authority says something and rates it at a level."""
    said = [
        (response(one.name, "We have a front door.", "S01.3"), "S01") for one in AUTHORITIES[:5]
    ]
    given = tuple(
        Rating(f"r-{code}", code, "S01.2", value, use_level=level)
        for code, (value, level) in levels.items()
    )
    return basis(said, Material(AUTHORITIES, (), ratings=given))


def test_the_matrix_shows_ratings_that_may_be_named() -> None:
    made = ratings(X1=(4, "named"), X2=(1, "named"), X3=(None, "named"))
    shown = column(table(review_of(made), "matrix"), 1)
    assert shown[:3] == ["1 (4)", "1 (1)", "1"]


def test_one_unnamed_rating_among_named_ones_hides_the_column() -> None:
    made = ratings(X1=(4, "named"), X2=(1, "named"), X3=(2, "unnamed"), X4=(2, "named"))
    assert column(table(review_of(made), "matrix"), 1)[:4] == ["1", "1", "1", "1"]


def test_two_unnamed_ratings_hide_the_column_whoever_else_is_silent() -> None:
    made = ratings(X1=(4, "named"), X2=(1, "unnamed"), X3=(2, "unnamed"))
    assert column(table(review_of(made), "matrix"), 1)[:4] == ["1", "1", "1", "1"]


def test_unnamed_ratings_that_are_all_the_same_hide_the_column() -> None:
    made = ratings(X1=(4, "named"), X2=(1, "unnamed"), X3=(1, "unnamed"), X4=(1, "unnamed"))
    assert column(table(review_of(made), "matrix"), 1)[0] == "1"


def test_the_matrix_says_which_columns_lack_ratings_and_why() -> None:
    hidden = plain.text(review_of(ratings(X1=(4, "named"), X2=(1, "unnamed"))))
    assert "the counts in the next chapter would then show them: Needs." in hidden
    assert "would then show them" not in plain.text(review_of(ratings(X1=(4, "named"))))


def test_unnamed_ratings_that_have_others_to_hide_among_hide_only_themselves() -> None:
    made = ratings(X1=(4, "named"), X2=(1, "unnamed"), X3=(2, "unnamed"), X4=(3, "unnamed"))
    assert column(table(review_of(made), "matrix"), 1)[:4] == ["1 (4)", "1", "1", "1"]


def test_a_practice_is_promising_unless_evidence_stands_behind_it() -> None:
    labels = {b.title: b.label for b in small().blocks if isinstance(b, Box)}
    assert labels == {
        "The star at three points": "Practice with evidence",
        "Evening visits by [name removed]": "Promising practice",
    }


def test_a_paraphrase_is_printed_without_quotation_marks() -> None:
    note = response(
        "Alderwick", "Managers feel that audits have not changed much yet.", "I01", "interview"
    )
    note = replace(note, confirmed=True)
    review = review_of(basis([(note, "S12 P2")], Material(AUTHORITIES, ())))
    quote = next(block for block in review.blocks if isinstance(block, Quote))
    assert not quote.verbatim
    assert f"“{note.text}”" not in plain.text(review)


def test_a_review_of_documents_speaks_of_documents() -> None:
    text = plain.text(review_of(DOCUMENTS))
    assert "Documents only." in text
    assert "Six were asked." not in text
    assert "answering" not in text
    assert "Published document on Place 02, March 2014" in text
    assert "The documents on most authorities (10 of 12) describe" in text


def test_a_review_of_documents_has_no_empty_parts() -> None:
    found = headings(review_of(DOCUMENTS))
    appendices = [heading for heading in found if heading.startswith("Appendix")]
    assert appendices == [
        "Appendix A: Evidence index",
        "Appendix B: The codebook",
        "Appendix C: Counts behind the statements",
    ]
    assert "Shared work and key contacts" not in found
    assert "Worth copying" not in found


def test_a_review_of_documents_lists_what_was_read() -> None:
    read = table(review_of(DOCUMENTS), "documents-read")
    assert column(read, 0)[0] == "Place 00"
    assert column(read, 2)[0] == "March 2014"


def test_negative_cases_in_documents_are_named() -> None:
    text = plain.text(review_of(DOCUMENTS))
    assert "Against the pattern, the documents on two authorities (2 of 12)" in text
    assert "describe gaps or difficulties and no strengths: Place 00 and Place 01." in text


def test_no_percentage_is_computed() -> None:
    scale = table(review_of(DOCUMENTS), "scale")
    said = [
        line
        for line in plain.text(review_of(DOCUMENTS)).splitlines()
        if line not in {" | ".join(map(plain.spell, (c.runs for c in row))) for row in scale.rows}
    ]
    assert not [line for line in said if "%" in line]


def test_responses_of_nobody_make_a_review_without_a_matrix() -> None:
    said = [
        (response("", f"Parents in group {n} meet every week with a worker.", "S05.1"), "S05 P1")
        for n in range(11)
    ]
    review = review_of(basis(said))
    assert not [b for b in review.blocks if isinstance(b, Table) and b.anchor == "matrix"]
    assert "all responses (11 of 11)" in plain.text(review)


@pytest.mark.parametrize("schedule", [SCHEDULE, Schedule()], ids=["asked", "not asked"])
def test_a_review_of_nothing_can_be_read(schedule: Schedule) -> None:
    nothing = replace(BASIS, material=Material(AUTHORITIES, ()), tags=(), schedule=schedule)
    assert "Nothing on this strand was found" in plain.text(review_of(nothing))


def test_documents_and_contacts_without_leave_are_not_listed() -> None:
    text = plain.text(small())
    assert "morgan.teal@caldershaw.example" in text
    assert "robin.slate@dunmorrow.example" not in text
    assert "Brackmere audit tool" not in text


def test_the_cover_takes_its_date_from_the_material() -> None:
    assert "Date: 5 October 2015" in plain.text(small())
    undated = review_of(replace(BASIS, material=replace(MATERIAL, as_of=None)))
    assert "Date:" not in plain.text(undated)


def answers(places: int, words: str, themes: str) -> list[tuple[Response, str]]:
    """Return the same answer of so many authorities."""
    return [(response(f"Place {n:02}", words, "S11.1"), themes) for n in range(places)]


@pytest.mark.parametrize(("count", "printed"), [(2, False), (3, True)])
def test_what_fewer_than_three_say_is_not_said_widely(count: int, *, printed: bool) -> None:
    said = answers(count, "From April a panel will read every plan.", "S11 P3")
    text = plain.text(review_of(basis(said)))
    assert ("Plans are described most widely on these;" in text) is printed


def test_what_less_than_a_fifth_say_is_not_said_widely() -> None:
    said = answers(3, "From April a panel will read every plan.", "S11 P3")
    others = [(response(f"Other {n:02}", "Files are read.", "S11.1"), "S11") for n in range(13)]
    text = plain.text(review_of(basis([*said, *others])))
    assert "Plans are described most widely" not in text


def test_outcomes_that_tie_are_all_among_the_most_widely_mentioned() -> None:
    mentioned = {"A1": 7, "A2": 7, "A3": 7, "A4": 5, "A5": 4, "A6": 2, "A7": 1}
    said = [
        (
            response(f"Place {n:02}", "We see this.", "A1.1"),
            " ".join(code for code, count in mentioned.items() if n < count),
        )
        for n in range(7)
    ]
    text = plain.text(review_of(replace(basis(said), codebook=codebook())))
    most, _, rest = text.partition("mentioned most widely:\n")[2].partition("mentioned least:\n")
    assert most.casefold().count("all seven authorities") == 3
    assert most.count("*") == 3
    two, one = [line for line in rest.splitlines() if line.strip()][:2]
    assert "two of the seven" in two.casefold()
    assert "one of the seven" in one.casefold()


def test_a_theme_that_was_promoted_is_told_outside_the_strands() -> None:
    waiting = Theme("X1", "emergent", "Waiting times", "How long families wait.")
    said = answers(3, "Families wait for nine weeks before anybody rings them.", "S11 X1")
    made = basis(said)
    more = replace(made.codebook, themes=(*made.codebook.themes, waiting))
    text = plain.text(review_of(replace(made, codebook=more)))
    part = text.partition("Outside the strands\n")[2].partition("\n#")[0]
    assert "mention waiting times." in part
    assert "“Families wait for nine weeks before anybody rings them.”" in part


def test_a_table_of_responses_says_so_and_calls_nobody_asked() -> None:
    said = answers(4, "Managers audit good files every month.", "S11 P1 E2")
    review = review_of(basis(said, Material(AUTHORITIES, ())))
    text = plain.text(review)
    assert "This review rests on a table of 4 responses from 4 authorities." in text
    assert "Six were asked." not in text
    assert "Offered:" not in text
    assert "Fennholt" not in text
    assert not [one for one in headings(review) if "questionnaire" in one or "interview" in one]


def test_a_question_is_printed_as_the_table_words_it() -> None:
    asked = replace(
        response("Alderwick", "Managers audit ten files a month.", "S11.1"),
        question="How do you check your work?",
    )
    review = review_of(basis([(asked, "S11 P1 E2")]))
    assert "Alderwick; S11.1" in column(table(review, "index-table"), 1)
    assert column(table(review, "asked-table"), 1) == ["How do you check your work?"]


def test_how_decisions_were_made_is_said_where_it_is_known() -> None:
    made = Decision("Brackmere-S01.3", 0, 7, "Schools", "S05", "reject")
    assert "How decisions were made" not in plain.text(small())
    decided = replace(MATERIAL, decisions=(made,))
    assert "How decisions were made" not in plain.text(review_of(replace(BASIS, material=decided)))
    known = replace(decided, finished=(Finished("Brackmere-S01.3", 0, 7),), decided_in_bulk=1)
    assert (
        "How decisions were made: 1 passage finished; 1 decision made on themes, 1 of them from a "
        "list without opening each passage."
    ) in plain.text(review_of(replace(BASIS, material=known)))
    in_bulk = replace(known, finished_in_bulk=1)
    assert "1 passage finished, 1 of them from a list without opening each; " in plain.text(
        review_of(replace(BASIS, material=in_bulk))
    )


def test_decisions_of_every_verdict_are_counted_beside_what_is_open() -> None:
    sorting = dict(zip(*(column(table(small(), "sorting"), turn) for turn in (0, 1)), strict=True))
    rejected = Decision("Brackmere-S01.3", 0, 7, "Schools", "S05", "reject")
    made = replace(BASIS, material=replace(MATERIAL, decisions=(rejected, rejected)))
    review = review_of(made)
    found = dict(zip(*(column(table(review, "sorting"), turn) for turn in (0, 1)), strict=True))
    decided = "of which a coder has decided: accepted, rejected or added"
    assert int(found[decided]) == int(sorting[decided]) + 1
    assert found["of which suggestions still open"] == sorting["of which suggestions still open"]
    assert "counts in this review are provisional" in plain.text(review)


def test_nothing_is_provisional_once_every_suggestion_is_decided() -> None:
    decided = (Tag(*one[:4], decided=True) for one in BASIS.tags)
    made = replace(BASIS, tags=tuple(decided))
    assert "provisional" not in plain.text(review_of(made))


def test_a_person_has_one_row_among_the_contacts() -> None:
    again = replace(MATERIAL.contacts[0], id="k9", theme="S11", phone="01632 960001")
    made = replace(BASIS, material=replace(MATERIAL, contacts=(*MATERIAL.contacts, again)))
    contacts = table(review_of(made), "contacts-all")
    assert column(contacts, 3) == ["Needs; Audit"]
    assert column(contacts, 5) == ["01632 960001"]


@pytest.mark.parametrize("checked", [None, dt.date(2015, 9, 1)])
def test_the_check_of_links_has_a_column_only_if_one_was_checked(checked: dt.date | None) -> None:
    shared = replace(MATERIAL.documents[0], checked=checked)
    made = replace(BASIS, material=replace(MATERIAL, documents=(shared,)))
    header = table(review_of(made), "documents-all").header
    assert ("Link checked" in header) is (checked is not None)


def test_a_shared_file_is_named_beside_its_title() -> None:
    shared = replace(MATERIAL.documents[0], title="Strategy", url="", file="strategy.pdf")
    made = replace(BASIS, material=replace(MATERIAL, documents=(shared,)))

    assert column(table(review_of(made), "documents-all"), 1) == ["Strategy (file: strategy.pdf)"]


def test_figures_stand_under_their_question() -> None:
    figures = table(small(), "figures-S11.2")
    assert figures.caption == "S11.2 How many files were audited?"
    assert column(figures, 0) == ["Alderwick"]


def test_bars_that_are_all_alike_are_not_drawn() -> None:
    drawn = [b.anchor for b in small().blocks if isinstance(b, Picture)]
    assert "coverage-chart" in drawn
    alike = [(response(one.name, "Calm.", "S01.3"), "S01 S05 S11 S12") for one in AUTHORITIES]
    drawn = [b.anchor for b in review_of(basis(alike)).blocks if isinstance(b, Picture)]
    assert "coverage-chart" not in drawn


def test_the_key_stands_on_the_page_of_the_matrix() -> None:
    blocks = small().blocks
    place = next(n for n, b in enumerate(blocks) if isinstance(b, Table) and b.anchor == "matrix")
    key = blocks[place - 1]
    assert isinstance(key, Paragraph)
    assert plain.spell(key.runs).startswith("A number: ")
    assert layouts(blocks)[place - 1] == "landscape"
