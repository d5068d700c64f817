"""An outline is read with care: faults are told by their place, and ours fits its codebook."""

from pathlib import Path

import pytest

from synthesis import codebook
from synthesis.errors import InputError
from synthesis.review.outline import CHAPTERS, check, parse
from tests.synthesis.small_region import CODEBOOK, OUTLINE, small_outline

QUESTIONNAIRES = sorted(Path("questionnaires").glob("*/review.toml"))
TEXT = OUTLINE.read_text("utf-8")


def test_an_outline_gives_its_scale_and_its_notes() -> None:
    outline = small_outline()
    assert outline.frame.scale.words(14, 19) == "The majority of {units}"
    assert outline.frame.notes(CODEBOOK["S01"]).data == "returns within a year"


def test_a_strand_without_notes_goes_by_its_name() -> None:
    notes = small_outline().frame.notes(CODEBOOK["A6"])
    assert notes.topic == "NEET status"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('title = "Small review"\n', "", "title: Field required"),
        ('short = "Needs"', 'shrt = "Needs"', "strands, S01, shrt"),
        ('words = "Few {units}"', "words = 3", "scale, steps, 4, words"),
        ('[[tools]]\nname = "Graded Care Profile"', "[[tools]]", "tools, number 1, name"),
        ('index = { title = "Evidence index" }', "", "The chapter index is missing"),
        ("[chapters]", '[chapters]\npreface = { title = "P" }', "no place for a chapter"),
        (
            '    { words = "Few {units}", above = 0 },',
            '    { words = "Few {units}", at_least = 5 },',
            "does not reach down",
        ),
        ("[scale]", "[scale", "not TOML"),
    ],
)
def test_a_fault_is_told_by_its_place(old: str, new: str, fault: str) -> None:
    assert old in TEXT
    with pytest.raises(InputError, match=r"review\.toml") as raised:
        parse(TEXT.replace(old, new), "review.toml")
    assert fault in str(raised.value)


def test_notes_on_themes_the_codebook_lacks_are_told() -> None:
    outline = parse(TEXT.replace('code = "S12"', 'code = "S13"'), "review.toml")
    assert check(outline, CODEBOOK) == ("strands: S13 is no strand.",)
    assert check(small_outline(), CODEBOOK) == ()


@pytest.mark.parametrize("path", QUESTIONNAIRES, ids=lambda path: path.parent.name)
def test_every_outline_fits_its_codebook_and_leaves_nothing_blank(path: Path) -> None:
    outline = parse(path.read_text("utf-8"), path.name)
    book = codebook.parse((path.parent / "codebook.toml").read_text("utf-8"), "codebook.toml")
    assert check(outline, book) == ()
    assert {notes.code for notes in outline.strands} == {t.code for t in book.of_kind("strand")}
    assert {notes.code for notes in outline.outcomes} == {t.code for t in book.of_kind("outcome")}
    assert all(notes.topic and notes.short and notes.terms for notes in outline.strands)
    assert all(notes.data or notes.audit or notes.case_study for notes in outline.strands)
    assert set(outline.chapters) == set(CHAPTERS)
    for name in (outline.register, outline.questionnaire, outline.interview):
        assert (path.parent / name).is_file()
