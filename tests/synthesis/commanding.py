"""What tests of the command line share: a tiny codebook, and commands that must fail."""

from pathlib import Path

from synthesis.__main__ import BAD_INPUT, main
from tests.synthesis.paper import csv_bytes

ROOT = Path(__file__).parents[2]
TINY = ROOT / "tests" / "questionnaires" / "tiny_region"
BOOK = ["--codebook", str(TINY / "codebook.toml")]
ROWS = [
    ["id", "authority", "question_code", "question", "text"],
    ["r1", "Alder", "S01.2", "How do you know?", "The front door\r\nis counted. Figures are kept."],
    ["r2", "Birch City Council", "", "", "No neglect is missed."],
    ["r3", "Cedar", "", "", ""],
]
COLUMNS = ["id", "start", "end", "passage", "theme", "score", "reason"]

HEADER = ["id", "authority", "text"]
GOOD = csv_bytes([HEADER, *([f"a{number}", "Alder", "The front door."] for number in range(300))])
FAULTS = {
    "wrong columns": (csv_bytes([["name", "answer"], ["a", "b"]]), "answers.csv, header"),
    "empty": (b"", "answers.csv: The file is empty"),
    "header only": (b"id,authority,text\n", "no rows"),
    "long cell": (csv_bytes([HEADER, ["a", "Alder", "word " * 200_000]]), "row 2"),
    "control character": (GOOD + b"b,Alder,T\x0bwo.\r\n", "row 302"),
    "mixed encodings": (GOOD + "b,Alder,naïve\r\n".encode("cp1252"), "line 302"),
    "utf-16": ("id,authority,text\na,Alder,b\n".encode("utf-16"), "line 1"),
    "id twice": (GOOD + b"a7,Alder,Again.\r\n", "row 302"),
    "ragged": (GOOD + b"b,Alder,One, two.\r\n", "row 302"),
    "open quote": (GOOD + b'b,Alder,"One.\r\n', "row 302"),
}


def files(folder):
    return sorted(path.name for path in folder.iterdir())


def outline(folder, **names):
    """Write the tiny outline, naming its register and instruments."""
    named = {"register": "authorities.csv", "questionnaire": "questionnaire.toml"} | names
    for name in (*named.values(), "interview.toml"):
        if (TINY / name).is_file():
            (folder / name).write_bytes((TINY / name).read_bytes())
    lines = [f'{key} = "{name}"\n' for key, name in named.items() if name]
    path = folder / "review.toml"
    path.write_text("".join(lines) + (TINY / "review.toml").read_text("utf-8"), "utf-8")
    return ["--outline", str(path)]


def run(capsys, *arguments):
    """Run a command that must fail; return its one line of complaint."""
    assert main([str(argument) for argument in arguments]) == BAD_INPUT
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    last = said.err.splitlines()[-1]
    assert last.startswith("error: ")
    assert last.endswith(".")
    return last
