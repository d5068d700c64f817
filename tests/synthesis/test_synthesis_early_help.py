"""The commands on the review's own codebook: every file has the columns that are promised."""

import io
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from synthesis.__main__ import OK, main
from tests.synthesis.paper import csv_bytes, rows_of

FOLDER = Path(__file__).parents[2] / "questionnaires" / "early_help"
COLUMNS = ["id", "start", "end", "passage", "theme", "score", "reason"]
BOOK = ["--codebook", str(FOLDER / "codebook.toml")]
ANSWERS = [
    ["id", "authority", "question_code", "question", "text"],
    ["r1", "Aldermarsh", "S01.3", "How do families come to your notice?",
     "Schools ring the front door.\r\n- Since April 41% of requests came from GPs.\r\n"
     "- We have not evaluated whether thresholds are understood."],
    ["r2", "Brackenholt BC", "S11.1", "How do you check the work?",
     "Managers audit ten case files a month 👩‍👩‍👧. Step-down plans are weak; neglect is missed."],
    ["r3", "Dunmere", "", "", "Waiting lists for parenting groups are long. A plan is agreed."],
    ["r4", "Castle Dene", "S05.1", "What is on offer?", ""],
]  # fmt: skip
CODED = [
    ["id", "authority", "text", "codes"],
    ["x1", "Ellerby", "Families wait months for a parenting group.", "S05 P2"],
    ["x2", "Ellerby", "The audit was praised.", "S11 E2 P1"],
]
GOLD = [
    ["id", "question_code", "codes"],
    ["r1", "S01.3", "S01 S04 E1 P2"],
    ["r2", "S11.1", "S11 A1 P2"],
    ["r3", "", "S05 P2"],
    ["r4", "S05.1", ""],
]


def commands(folder):
    """Return the five commands, by name, with their files in a folder."""
    answers, coded, gold, tags, more = (
        str(folder / f"{name}.csv") for name in ("answers", "coded", "gold", "tags", "more")
    )
    register = str(FOLDER / "example" / "authorities.csv")
    outline = ["--outline", str(FOLDER / "review.toml"), "--authorities", register]
    return {
        "tag": ["tag", answers, *BOOK, "-o", tags],
        "tag, taught": ["tag", answers, *BOOK, "--examples", coded, "-o", more],
        "evaluate": ["evaluate", tags, gold],
        "agree": ["evaluate", gold, gold],
        "review": ["review", answers, *BOOK, *outline, "-o", str(folder / "review.docx")],
    }


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """Run the commands once; return their folder and what each printed."""
    folder = tmp_path_factory.mktemp("early_help")
    for name, rows in (("answers", ANSWERS), ("coded", CODED), ("gold", GOLD)):
        (folder / f"{name}.csv").write_bytes(csv_bytes(rows))
    printed = {}
    for name, command in commands(folder).items():
        out = io.StringIO()
        with redirect_stdout(out), redirect_stderr(io.StringIO()):
            assert main(command) == OK, name
        printed[name] = out.getvalue()
    return folder, printed


@pytest.mark.parametrize("name", ["tags.csv", "more.csv"])
def test_tags_carry_exact_offsets_a_known_theme_a_score_and_a_reason(done, name):
    header, *rows = rows_of(done[0] / name)
    texts = {row[0]: row[4] for row in ANSWERS}
    codes = {"S01", "S11", "S05", "A1", "P2"}

    assert header == COLUMNS
    assert codes <= {row[4] for row in rows}
    for key, start, end, passage, _, score, reason in rows:
        assert texts[key][int(start) : int(end)] == passage
        assert passage.strip() == passage != ""
        assert 0 < float(score) <= 1
        assert reason
    assert "r4" not in {row[0] for row in rows}


def test_a_response_has_one_stance_at_most(done):
    _, *rows = rows_of(done[0] / "tags.csv")
    stances = {(row[0], row[4]) for row in rows if row[4].startswith("P")}

    assert len(stances) == len({key for key, _ in stances})


def test_the_scorecard_has_its_lines_and_columns(done):
    card = done[1]["evaluate"]

    for column in ("samples-F1", "95% interval", "micro-F1", "macro-F1", "exact", "alpha"):
        assert column in card
    for line in ("strands", "outcomes", "evidence kinds", "stances", "strands not asked about"):
        assert f"\n{line} " in card
    for column in ("precision", "recall", "F1", "kappa"):
        assert column in card.split("\n\n")[2]


def test_two_equal_codings_agree_wholly(done):
    (line,) = [line for line in done[1]["agree"].splitlines() if line.startswith("strands  ")]

    assert line.split()[1:3] == ["3", "1.000"]


def test_the_review_is_written(done):
    assert (done[0] / "review.docx").read_bytes().startswith(b"PK")


def test_what_is_written_to_a_file_is_only_said_to_be_there(done):
    said = {name: text for name, text in done[1].items() if name not in {"evaluate", "agree"}}

    assert said
    for name, text in said.items():
        assert len(text.splitlines()) == 1, name
        assert str(done[0]) in text


def test_tags_are_rows_a_spreadsheet_reads(done):
    assert {len(row) for row in rows_of(done[0] / "tags.csv")} == {len(COLUMNS)}
