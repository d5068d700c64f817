"""What can be listed is checked: modules stay small, models know no web, pages have templates."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
MODULES = sorted(
    path
    for folder in ("surveyapp", "synthesis", "migrations", "tests")
    for path in (ROOT / folder).rglob("*.py")
)
LONGEST = 400
WEB = {"flask", "werkzeug", "jinja2", "wtforms", "flask_wtf"}
MAY_KNOW_THE_WEB = {
    "application.py",
    "cli.py",
    "error_pages.py",
    "extensions.py",
    "pages.py",
    "security.py",
    "forms.py",
    "guards.py",
    "rendering.py",
    "routes.py",
    "workbench.py",
    "__init__.py",
}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if path.is_relative_to(ROOT / "surveyapp")],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_only_routes_and_forms_know_the_web(path: Path) -> None:
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _imported(node)
    }

    # A room with many pages keeps them in a package of that name.
    may = path.name in MAY_KNOW_THE_WEB or path.parent.name == "routes"
    assert may or not imported & WEB


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []
