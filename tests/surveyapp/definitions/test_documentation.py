"""The page for researchers: its examples are sound, and it names every setting there is."""

import re
from pathlib import Path

import pytest

from surveyapp.definitions import lint, register, shape
from surveyapp.definitions.codebook import CodebookFile
from surveyapp.definitions.conditions import OPERATORS
from surveyapp.definitions.interview import InterviewGuide
from surveyapp.definitions.questionnaire import Questionnaire

PAGE = (Path(__file__).parents[3] / "docs/questionnaires.md").read_text("utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
UNNAMED = {"sections", "questions", "scales", "prompts", "probes", "themes"}  # headings


@pytest.mark.parametrize("kind", [Questionnaire, InterviewGuide, CodebookFile])
def test_every_setting_is_named(kind):
    for setting in set(shape.settings(kind)) - UNNAMED:
        assert re.search(rf"\b{setting}\b", PAGE), setting


def test_every_operator_type_file_and_column_is_named():
    types = Questionnaire.model_json_schema()["$defs"].values()
    names = {name for kind in types for name in _types(kind)}

    assert len(names) == 10
    for name in (*names, *OPERATORS, *register.COLUMNS, *lint.NEEDED, register.NAME):
        assert name in PAGE, name


def _types(schema):
    kind = schema.get("properties", {}).get("type", {})
    return kind.get("enum", [kind["const"]] if "const" in kind else [])


def test_the_examples_are_without_fault(around):
    asked, guide = EXAMPLES

    found = lint.check({**around, "questionnaire.toml": asked, "interview.toml": guide})

    assert found == []
