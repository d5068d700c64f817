"""A corpus finds every passage again, in order, and takes a few bytes for each of very many."""

import tracemalloc
from collections.abc import Iterator

import pytest

from synthesis.material import Authority, Material, Response
from synthesis.matrix import Corpus, build
from synthesis.passages import Passage
from synthesis.schedule import Schedule
from synthesis.tags import Tag
from tests.synthesis.small_region import CODEBOOK

ELM = Response(
    "elm/1", "Audit is strong. Data is thin. Both are read.", "Elm", question_code="S01.1"
)
ASH = Response("ash/1:a", "We ask. We wait.", "Ash", question_code="S05.1")
AUDIT, DATA, BOTH = (0, 16), (17, 30), (31, 45)
ASK = (0, 7)


def tag(response: Response, place: tuple[int, int], theme: str, score: float = 0.5) -> Tag:
    return Tag(Passage(response, *place), theme, score, "")


def corpus(*tags: Tag) -> Corpus:
    known = (Authority("X1", "Elm"), Authority("X2", "Ash"))
    return build(Material(known, (ELM, ASH)), Schedule(), CODEBOOK, tags).corpus


TAGGED = corpus(
    tag(ELM, DATA, "E1"),
    tag(ELM, AUDIT, "S01", 0.4),
    tag(ELM, AUDIT, "E2"),
    tag(ASH, ASK, "S05"),
    tag(ELM, BOTH, ""),
    tag(ELM, AUDIT, "S01", 0.9),
    tag(ELM, DATA, "S01", 0.3),
)


def test_passages_stand_in_the_order_in_which_they_were_first_tagged() -> None:
    assert [heard.passage.text for heard in TAGGED] == [
        "Data is thin.",
        "Audit is strong.",
        "We ask.",
        "Both are read.",
    ]


def test_a_passage_has_its_themes_with_the_highest_of_their_scores() -> None:
    data, audit, ask, both = TAGGED
    assert audit.themes == {"S01": 0.9, "E2": 0.5}
    assert data.themes == {"E1": 0.5, "S01": 0.3}
    assert both.themes == {}
    assert (ask.authority, ask.asked, ask.response) == ("X2", "S05", ASH)


def test_a_passage_is_found_by_its_id_and_nothing_else_is() -> None:
    for heard in TAGGED:
        assert TAGGED.passages[heard.id] == heard
    assert "ash/1:a:0-7" in TAGGED.passages
    for id in ("ash/1:a:0-8", "ash/1:0-7", "ash/1:a", "elm/1:0-", "elm/1:-1-16", "rating:r1", ""):
        assert id not in TAGGED.passages
    with pytest.raises(KeyError):
        TAGGED.passages["elm/1:0-17"]


def test_passages_are_chosen_by_all_of_several_themes() -> None:
    assert tuple(TAGGED.about("S01").ids) == ("elm/1:17-30", "elm/1:0-16")
    assert tuple(TAGGED.about("S01", "E2").ids) == ("elm/1:0-16",)
    assert not TAGGED.about("E1", "E2")
    assert not TAGGED.about()


def test_some_of_them_are_joined_sifted_and_counted() -> None:
    audited, asked = TAGGED.about("E2"), TAGGED.about("S05")
    assert tuple((asked + audited).ids) == ("ash/1:a:0-7", "elm/1:0-16")
    assert (asked + audited).authorities == {"X1", "X2"}
    assert tuple((audited & TAGGED.about("S01")).ids) == ("elm/1:0-16",)
    assert len(TAGGED.everything().those(lambda heard: "is" in heard.passage.text)) == 2
    assert tuple(TAGGED.of(["rating:r1", "ash/1:a:0-7"]).ids) == ("ash/1:a:0-7",)


def test_one_row_a_passage_and_theme() -> None:
    rows = TAGGED.frame()
    assert sorted(zip(rows["passage"], rows["theme"], strict=True)) == [
        (0, "E1"),
        (0, "S01"),
        (1, "E2"),
        (1, "S01"),
        (2, "S05"),
    ]
    assert rows.groupby("authority")["passage"].nunique().tolist() == [2, 1]


def test_nothing_tagged_is_no_passage() -> None:
    assert len(corpus()) == 0
    assert not corpus().everything()
    assert corpus().frame().empty


def test_very_many_passages_take_a_few_bytes_each() -> None:
    said = [Response(f"elm/{number}", "We ask. " * 100, "Elm") for number in range(100)]
    known = Material((Authority("X1", "Elm"),), tuple(said))

    def tagged() -> Iterator[Tag]:
        for response in said:
            for start in range(0, 800, 8):
                yield tag(response, (start, start + 7), "S01")
                yield tag(response, (start, start + 7), "E1")

    tracemalloc.start()
    made = build(known, Schedule(), CODEBOOK, tagged())
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert len(made.corpus) == len(made.cell("X1", "S01").passages) == 10_000
    assert held / len(made.corpus) < 120
