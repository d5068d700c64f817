"""Tiny questionnaires, one behaviour each, in a folder that is otherwise sound."""

from collections.abc import Callable
from pathlib import Path

import pytest

from surveyapp.definitions import questionnaire
from surveyapp.definitions.questionnaire import Questionnaire

TINY = Path(__file__).parents[2] / "questionnaires"
Files = dict[str, str]


@pytest.fixture(scope="session")
def around() -> Files:
    """A folder without fault, for a test to put its own file into."""
    return {path.name: path.read_text("utf-8") for path in (TINY / "around").iterdir()}


@pytest.fixture(scope="session")
def tiny() -> Callable[[str], Questionnaire]:
    """Return the tiny questionnaire of this name, such as "types/number"."""
    return lambda name: questionnaire.parse((TINY / f"{name}.toml").read_bytes())
