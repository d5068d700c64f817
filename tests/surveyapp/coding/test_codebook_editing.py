"""The codebook's files are changed as little as a change asks for, and parse whatever is typed."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveyapp.coding.codebook import editing
from surveyapp.coding.codebook.editing import Edit
from synthesis import codebook
from synthesis.codebook import KINDS, Theme

EARLY_HELP = Path(__file__).parents[3] / "questionnaires" / "early_help"
NAMES = ("codebook.toml", "coded_examples.csv")
FILES = {name: (EARLY_HELP / name).read_text(encoding="utf-8") for name in NAMES}
WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.just("\n"), min_size=1, max_size=60
)
LINES = st.lists(WORDS.map(lambda one: " ".join(one.split()) or "x"), max_size=5, unique=True)
THEMES = st.builds(
    Theme,
    code=st.sampled_from(["S01", "E3", "X1", "X2"]),
    kind=st.sampled_from(KINDS),
    name=WORDS,
    definition=WORDS,
    include=LINES.map(tuple),
    exclude=LINES.map(tuple),
    example=st.just("") | WORDS,
    cues=LINES.map(tuple),
    hints=LINES.map(tuple),
)


def parsed(files: dict[str, str]) -> codebook.Codebook:
    return codebook.parse(files["codebook.toml"], "codebook.toml", files)


@given(themes=st.lists(THEMES, min_size=1, max_size=3, unique_by=lambda one: one.code))
@settings(max_examples=40, deadline=None)
def test_what_was_written_is_what_is_read(themes: list[Theme]) -> None:
    before = parsed(FILES)

    after = parsed(editing.edited(FILES, Edit(write=tuple(themes))))

    written = {one.code for one in themes}
    assert {one.code: one for one in after} == {one.code: one for one in (*before, *themes)}
    stayed = [one for one in after if one.code not in written]
    assert stayed == [one for one in before if one.code not in written]


def test_comments_and_order_survive_a_change() -> None:
    theme = parsed(FILES)["S02"]
    changed = replace(theme, cues=(*theme.cues, "a new cue"), name="Assessments")

    after = editing.edited(FILES, Edit(write=(changed,)))["codebook.toml"]

    old, new = FILES["codebook.toml"].splitlines(), after.splitlines()
    assert new[0] == old[0]
    assert new[0].startswith("#")
    assert len([line for line in new if line not in old]) == 3


def test_a_new_theme_stands_after_the_last_of_its_kind() -> None:
    new = Theme("S14", "strand", "Anything else", "The rest.")

    after = parsed(editing.edited(FILES, Edit(write=(new,))))

    assert [one.code for one in after.of_kind("strand")][-1] == "S14"
    assert after.themes[13] == new


@pytest.mark.parametrize(
    ("version", "next_one"), [("1", "2"), ("1.9", "1.10"), ("2015-07 b", "2015-8 b"), ("a", "a 2")]
)
def test_the_version_counts_on(version: str, next_one: str) -> None:
    assert editing.next_version(version) == next_one


TABLE = 'id,text,codes\n1,"One, two",E3\n2,Three,S01 E3 E1\n3,Four,S01\n'


@pytest.mark.parametrize(
    ("edit", "left"),
    [
        (Edit(remove=frozenset({"E3"})), ["", "S01 E1", "S01"]),
        (Edit(remove=frozenset({"E3"}), recode={"E3": "E1"}), ["E1", "S01 E1", "S01"]),
        (Edit(remove=frozenset({"E3"}), unclear=frozenset({"E3"})), ["S01"]),
    ],
)
def test_examples_of_a_theme_that_goes_are_mapped_or_lose_it(edit: Edit, left: list[str]) -> None:
    written = editing.recoded(TABLE, edit)

    assert [line.rpartition(",")[2] for line in written.splitlines()[1:]] == left
    files = {"codebook.toml": FILES["codebook.toml"], "coded_examples.csv": TABLE}
    assert len(parsed(editing.edited(files, edit)).examples) == len(left)
