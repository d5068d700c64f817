"""The command line: it writes whole files or none, and says in one line what is wrong."""

import pytest

from synthesis.__main__ import BAD_INPUT, OK, main
from tests.synthesis.commanding import (
    BOOK,
    COLUMNS,
    FAULTS,
    ROWS,
    TINY,
    files,
    run,
)
from tests.synthesis.paper import csv_bytes, jsonl_bytes, rows_of, xlsx_bytes

# --- tag


def test_tag_writes_a_row_a_passage_and_theme(place, tmp_path):
    output = tmp_path / "tags.csv"

    assert main(["tag", str(place(ROWS)), *BOOK, "-o", str(output)]) == OK

    header, *rows = rows_of(output)
    assert header == COLUMNS
    assert [(row[0], row[3], row[4]) for row in rows] == [
        ("r1", "The front door", "S01"),
        ("r1", "Figures are kept.", "E1"),
        ("r2", "No neglect is missed.", "A1"),
    ]
    texts = {row[0]: row[4] for row in ROWS}
    for key, start, end, passage, _, score, reason in rows:
        assert texts[key][int(start) : int(end)] == passage
        assert 0 < float(score) <= 1
        assert reason


@pytest.mark.parametrize("kind", ["xlsx", "jsonl", "csv with a mark", "other order"])
def test_every_kind_of_file_gives_the_same_tags(place, tmp_path, kind):
    header, *rows = ROWS
    content = {
        "xlsx": lambda: ("answers.xlsx", xlsx_bytes([header, *(row for row in rows)])),
        "jsonl": lambda: (
            "answers.jsonl", jsonl_bytes(dict(zip(header, row, strict=True)) for row in rows),
        ),
        "csv with a mark": lambda: ("marked.csv", csv_bytes(ROWS, "utf-8-sig")),
        "other order": lambda: ("turned.csv", csv_bytes([[*row[::-1], "x"] for row in ROWS])),
    }[kind]()  # fmt: skip
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"

    main(["tag", str(place(ROWS)), *BOOK, "-o", str(one)])
    main(["tag", str(place(content[1], content[0])), *BOOK, "-o", str(other)])

    assert told(other) == told(one)


def told(path):
    """Return what the tags say, with the line breaks that a workbook keeps."""
    return [[cell.replace("\r\n", "\n") for cell in row] for row in rows_of(path)]


def test_no_tags_leave_a_file_with_a_header(place, tmp_path):
    answers = place([["id", "text"], ["a", "Nothing."]])

    assert main(["tag", str(answers), *BOOK, "-o", str(tmp_path / "tags.csv")]) == OK

    assert rows_of(tmp_path / "tags.csv") == [COLUMNS]


def test_tagging_says_where_the_tags_are(place, tmp_path, capsys):
    output = tmp_path / "tags.csv"

    assert main(["tag", str(place(ROWS)), *BOOK, "-o", str(output)]) == OK

    assert capsys.readouterr().out == f"The tags are in {output}.\n"


def test_tags_may_be_written_over_their_own_input_and_into_new_folders(place, tmp_path):
    answers = place(ROWS)
    deep = tmp_path / "new" / "folder" / "tags.csv"

    assert main(["tag", str(answers), *BOOK, "-o", str(deep)]) == OK
    assert main(["tag", str(answers), *BOOK, "-o", str(answers)]) == OK

    assert answers.read_bytes() == deep.read_bytes()
    assert files(deep.parent) == ["tags.csv"]


@pytest.mark.parametrize("fault", FAULTS)
def test_bad_input_leaves_no_output_and_says_where(place, tmp_path, capsys, fault):
    content, where = FAULTS[fault]
    answers = place(content)

    said = run(capsys, "tag", answers, *BOOK, "-o", tmp_path / "tags.csv")

    assert where in said
    assert files(tmp_path) == ["answers.csv"]


@pytest.mark.parametrize("fault", FAULTS)
def test_an_output_from_before_is_not_touched_by_a_failure(place, tmp_path, capsys, fault):
    output = place(b"from before", "tags.csv")

    run(capsys, "tag", place(FAULTS[fault][0]), *BOOK, "-o", output)

    assert output.read_bytes() == b"from before"
    assert files(tmp_path) == ["answers.csv", "tags.csv"]


def test_a_formula_is_named_by_its_cell(place, tmp_path, capsys):
    answers = place(xlsx_bytes([["id", "text"], ["a", "One."], ["b", "=A2"]]), "answers.xlsx")

    assert "row 3, cell B3" in run(capsys, "tag", answers, *BOOK, "-o", tmp_path / "t.csv")


@pytest.mark.parametrize("missing", ["answers", "codebook", "examples"])
def test_a_missing_file_is_named(place, tmp_path, capsys, missing):
    paths = {"answers": place(ROWS), "codebook": TINY / "codebook.toml",
             "examples": TINY / "coded_examples.csv"}  # fmt: skip
    paths[missing] = tmp_path / "gone.csv"

    said = run(
        capsys, "tag", paths["answers"], "--codebook", paths["codebook"], "--examples",
        paths["examples"], "-o", tmp_path / "tags.csv",
    )  # fmt: skip

    assert "gone.csv" in said
    assert files(tmp_path) == ["answers.csv"]


def test_a_folder_is_no_file_to_read(tmp_path, capsys):
    assert "cannot be read" in run(capsys, "tag", tmp_path, *BOOK, "-o", tmp_path / "tags.csv")


@pytest.mark.parametrize("output", ["folder", "answers.csv/tags.csv", "x" * 300])
def test_a_place_where_nothing_can_be_written_is_named(place, tmp_path, capsys, output):
    answers = place(ROWS)
    (tmp_path / "folder").mkdir()

    said = run(capsys, "tag", answers, *BOOK, "-o", tmp_path / output)

    assert "cannot be written" in said
    assert files(tmp_path) == ["answers.csv", "folder"]
    assert files(tmp_path / "folder") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("themes = 1", "not a list"),
        ("[[themes]", "not TOML"),
        ('examples = 3\n[[themes]]\ncode = "S01"\nkind = "strand"\nname = "N"\ndefinition = "D"\n',
         "cannot be read"),
        ('[[themes]]\ncode = "S01"\nkind = "strand"\nname = "N"\ndefinition = "D"\ncues = [""]\n',
         "theme S01, cue"),
    ],
)  # fmt: skip
def test_a_faulty_codebook_is_refused(place, tmp_path, capsys, text, words):
    book = place(text.encode(), "book.toml")

    said = run(capsys, "tag", place(ROWS), "--codebook", book, "-o", tmp_path / "tags.csv")

    assert words in said


def test_an_example_with_an_unknown_code_is_named_by_its_row(place, tmp_path, capsys):
    coded = place([["id", "text", "codes"], ["a", "One.", "S01"], ["b", "Two.", "S77"]], "c.csv")

    said = run(capsys, "tag", place(ROWS), *BOOK, "--examples", coded, "-o", tmp_path / "tags.csv")

    assert "c.csv, row 3" in said
    assert "S77" in said


@pytest.mark.parametrize("arguments", [[], ["tag"], ["tag", "a.csv"], ["draw"], ["review", "a"]])
def test_a_command_that_is_not_whole_is_refused(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)

    assert stopped.value.code == BAD_INPUT
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["tag", "evaluate", "review"])
def test_each_command_has_help(command, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])

    assert stopped.value.code == OK
    assert "usage" in capsys.readouterr().out
