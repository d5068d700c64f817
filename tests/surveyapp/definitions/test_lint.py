"""The linter finds every fault there is, says where it stands, and finds none where none is."""

from pathlib import Path

import pytest

from surveyapp.definitions import lint
from surveyapp.definitions.faults import Fault

ROOT = Path(__file__).parents[3]
TINY = ROOT / "tests/questionnaires"
OWN_FILE = {"guides": "interview.toml"}
TINY_FILES = sorted(
    path
    for kind in ("types", "operators", "faults", "guides")
    for path in (TINY / kind).glob("*.toml")
)
FOLDERS = sorted(path.parent for path in ROOT.glob("questionnaires/*/questionnaire.toml"))


def expected(text):
    """Return what a tiny file says will be found: severity, item, and words of the fault."""
    lines = (line[2:] for line in text.splitlines() if line.startswith(("# error:", "# warning:")))
    for line in lines:
        severity, _, rest = line.partition(":")
        item, _, words = rest.partition("|")
        yield severity, item.strip(), words.strip()


def fits(fault, severity, item, words):
    return fault.severity == severity and fault.item == item and words in fault.fault


def folder(path):
    return {file.name: file.read_bytes() for file in path.iterdir() if file.is_file()}


@pytest.mark.parametrize("path", TINY_FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_tiny_files_have_the_faults_they_say_and_no_others(path, around):
    text = path.read_text("utf-8")
    own_file = OWN_FILE.get(path.parent.name, "questionnaire.toml")

    faults = lint.check({**around, own_file: text})

    wanted = list(expected(text))
    if not any(item == "privacy" for _, item, _ in wanted):
        # Tiny questionnaires show one behaviour each, and need not say who answers for them.
        faults = [fault for fault in faults if fault.item != "privacy"]
    assert len(faults) == len(wanted), [str(fault) for fault in faults]
    for severity, item, words in wanted:
        assert any(fits(fault, severity, item, words) for fault in faults), (item, faults)
    assert all(fault.file == own_file and fault.remedy for fault in faults)


def test_every_tiny_fault_says_what_it_is():
    for path in TINY_FILES:
        text = path.read_text("utf-8")
        assert text.startswith("# "), path
        is_faulty = path.parent.name == "faults"
        assert bool(list(expected(text))) >= is_faulty, path


@pytest.mark.parametrize("path", FOLDERS, ids=lambda path: path.name)
def test_every_folder_of_questionnaires_is_without_fault(path):
    assert [str(fault) for fault in lint.check(folder(path))] == []


def test_there_are_questionnaires():
    assert FOLDERS


def test_the_folder_around_tiny_questionnaires_is_without_fault(around):
    assert lint.check(around) == []


@pytest.mark.parametrize("name", lint.NEEDED)
def test_a_missing_file_is_an_error(around, name):
    files = {kept: text for kept, text in around.items() if kept != name}

    faults = lint.check(files)

    assert Fault(name, "", "The file is missing.", faults[0].remedy) in faults


def test_a_missing_register_is_a_warning(around):
    (fault,) = lint.check({name: t for name, t in around.items() if name != "authorities.csv"})

    assert (fault.file, fault.severity) == ("authorities.csv", "warning")


def test_nothing_at_all_is_said_to_be_missing():
    assert [fault.file for fault in lint.check({})] == [*lint.NEEDED, "authorities.csv"]


def test_a_strand_that_nobody_asks_about_is_a_warning(around):
    theme = (
        '\n[[themes]]\ncode = "S02"\nkind = "strand"\nname = "Assessments"\ndefinition = "Tools."\n'
    )

    (fault,) = lint.check({**around, "codebook.toml": around["codebook.toml"] + theme})

    assert fault.severity == "warning"
    assert fault.place == "codebook.toml, theme S02"
    assert "No question or prompt asks about Assessments" in fault.fault


def test_kinds_of_evidence_need_not_be_asked_about(around):
    assert 'kind = "evidence"' in around["codebook.toml"]
    assert lint.check(around) == []


@pytest.mark.parametrize(
    ("wrong", "item", "words"),
    [
        ('kind = "strand"', "theme S01", "`kind` is “strnd”"),
        ('name = "Identification of needs"', "theme S01", "`name` is missing"),
        ('cues = ["front door"]', "theme S01", "neither a phrase"),
    ],
)
def test_a_theme_is_well_formed(around, wrong, item, words):
    mended = {
        'kind = "strand"': 'kind = "strnd"',
        'name = "Identification of needs"': "",
        'cues = ["front door"]': 'cues = [" + door"]',
    }
    faults = lint.check(
        {**around, "codebook.toml": around["codebook.toml"].replace(wrong, mended[wrong], 1)}
    )

    assert [fault for fault in faults if fault.file == "codebook.toml"]
    assert faults[0].item == item
    assert words in faults[0].fault


def test_a_theme_has_a_code_of_its_own(around):
    theme = '\n[[themes]]\ncode = "E1"\nkind = "evidence"\nname = "D"\ndefinition = "D."\n'

    (fault,) = lint.check({**around, "codebook.toml": around["codebook.toml"] + theme})

    assert "used 2 times" in fault.fault


def test_coded_examples_that_are_named_must_be_there(around):
    book = around["codebook.toml"].replace('version = "1"', 'version = "1"\nexamples = "c.csv"')

    (fault,) = lint.check({**around, "codebook.toml": book})
    assert "c.csv, which is missing" in fault.fault

    examples = 'id,text,codes\n1,"We have one front door.",S01 S44\n'
    (fault,) = lint.check({**around, "codebook.toml": book, "c.csv": examples})
    assert fault.place == "c.csv, row 2"
    assert "S44 is not in the codebook" in fault.fault

    assert (
        lint.check({**around, "codebook.toml": book, "c.csv": examples.replace(" S44", "")}) == []
    )


def test_an_outline_is_checked_beside_the_codebook(around):
    notes = '\n[[strands]]\ncode = "S88"\n'

    (fault,) = lint.check({**around, "review.toml": around["review.toml"] + notes})
    assert fault.file == "review.toml"
    assert "S88" in fault.fault

    (fault,) = lint.check({**around, "review.toml": "title = 3"})
    assert fault.file == "review.toml"


def test_a_register_is_checked(around):
    register = around["authorities.csv"].replace("1998-04-01", "1 April 1998")

    faults = lint.check({**around, "authorities.csv": register})

    assert {fault.place for fault in faults} == {"authorities.csv, line 2"}


def test_a_file_in_another_encoding_is_named_with_its_line(around):
    latin = 'code = "tiny"\ntitle = "Café"\n'.encode("latin-1")

    (fault,) = lint.check({**around, "questionnaire.toml": latin})

    assert fault.place == "questionnaire.toml, line 2"
    assert "UTF-8" in fault.remedy


def test_a_condition_too_tangled_to_try_is_a_warning(around, monkeypatch):
    monkeypatch.setattr("surveyapp.definitions.reach.LIMIT", 2)
    text = (TINY / "faults/contradiction.toml").read_text("utf-8")

    found = lint.check({**around, "questionnaire.toml": text})

    (fault,) = [fault for fault in found if fault.item != "privacy"]
    assert fault.severity == "warning"
    assert "too many answers" in fault.fault


def test_a_fault_reads_as_one_line():
    fault = Fault("questionnaire.toml", "question S01.2", "It is so.", "Make it otherwise.")

    assert str(fault) == "questionnaire.toml, question S01.2: It is so. Make it otherwise."
