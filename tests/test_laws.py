"""The laws of the house, checked by a machine: imports, no hidden causes, names, sizes, nothing inline."""

import ast
import re
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.postgresql import psycopg_any
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("meldpunt", "signals", "networks")
UPSTREAM = {"meldpunt": (), "signals": ("meldpunt",), "networks": ("meldpunt", "signals")}
FORBIDDEN_NAMES = {"utils", "helpers", "mixins", "core", "common"}
HIDDEN_CAUSES = (
    "django.dispatch",
    "django.db.models.signals",
    "django.core.signals",
    "django.contrib.auth.signals",
)
LONGEST = {"module": 350, "test": 400, "template": 120, "view": 30}
BY_STRING = re.compile(r"import_module|__import__")

MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
SOURCES = [path for path in MODULES if "migrations" not in path.parts]
TESTS = sorted((ROOT / "tests").glob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def imports(path: Path) -> list[str]:
    """Return every module that a file imports, at the top or inside a function, a relative one in full."""
    package = path.relative_to(ROOT).parent.parts
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*start, *filter(None, [node.module])])
            found += [base, *(f"{base}.{alias.name}" for alias in node.names)]
    return found


def test_import_contracts_of_pyproject_are_kept():
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_module_imports_upstream_only_also_inside_functions(path):
    room = path.relative_to(ROOT).parts[0]
    downstream = set(ROOMS) - {room, *UPSTREAM[room]}
    assert not [imported for imported in imports(path) if imported.split(".")[0] in downstream]
    assert not BY_STRING.search(path.read_text())


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_nothing_is_caused_by_django_signals(path):
    assert not [imported for imported in imports(path) if imported.startswith(HIDDEN_CAUSES)]


def test_modules_have_names_that_say_what_they_hold():
    parts = {part.removesuffix(".py") for path in SOURCES for part in path.relative_to(ROOT).parts}
    assert not parts & FORBIDDEN_NAMES
    assert not [name(path) for path in SOURCES if path.name == "signals.py"]


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_module_is_short(path):
    assert lines(path) <= LONGEST["module"]


@pytest.mark.parametrize("path", TESTS, ids=name)
def test_test_file_is_short(path):
    assert lines(path) <= LONGEST["test"]


@pytest.mark.parametrize("path", [p for p in SOURCES if "views" in (*p.parts, p.stem)], ids=name)
def test_functions_of_views_are_short(path):
    functions = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)]
    long = {
        f.name: f.end_lineno - f.lineno + 1 for f in functions if f.end_lineno - f.lineno >= LONGEST["view"]
    }
    assert not long


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_template_is_short_and_has_nothing_inline(path):
    text = path.read_text()
    assert lines(path) <= LONGEST["template"]
    assert not re.search(r"<style\b|\sstyle\s*=", text, re.I)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text, re.I)
    assert not [tag for tag in re.findall(r"<script\b[^>]*>", text, re.I) if "src=" not in tag]
    assert "javascript:" not in text.lower()


def test_project_names_its_apps_by_string_only():
    for named in ("urls.py", "settings.py", "celery.py"):
        assert not [
            i for i in imports(ROOT / "meldpunt" / named) if i.split(".")[0] in ("signals", "networks")
        ]


def test_psycopg2_is_the_driver_in_use():
    assert connection.vendor == "postgresql"
    assert not psycopg_any.is_psycopg3
    assert connection.Database.__name__ == "psycopg2"
