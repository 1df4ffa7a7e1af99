"""Files and functions stay small: the limits are twice the house style's, and the exceptions only shrink."""

from __future__ import annotations

import ast

from tests.architecture.source import ROOT, SOURCE, modules

FUNCTION_LINES = 80
VIEW_LINES = 50
FILE_LINES = 800
LINES_BY_SUFFIX = {".html": 120, ".css": 600, ".js": 240}
ALLOWED: frozenset[str] = frozenset()


def test_functions_stay_small() -> None:
    wrong = []
    for module in modules():
        limit = VIEW_LINES if module.part == "views" else FUNCTION_LINES
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > limit:
                    wrong.append(f"{module.name}.{node.name}: {length} lines")
    assert wrong == []


def test_files_stay_small() -> None:
    found = [(m.path, m.path.read_text().count("\n"), FILE_LINES) for m in modules()]
    for suffix, limit in LINES_BY_SUFFIX.items():
        found += [(path, path.read_text().count("\n"), limit) for path in SOURCE.rglob(f"*{suffix}")]
    names = {str(path.relative_to(ROOT)) for path, lines, limit in found if lines > limit}
    assert names == ALLOWED


def test_readmes_of_apps_are_short() -> None:
    apps = sorted(path.parent for path in SOURCE.glob("*/apps.py") if path.parent.name != "config")
    wrong = [app.name for app in apps if not (app / "README.md").exists()]
    wrong += [r.parent.name for r in SOURCE.glob("*/README.md") if r.read_text().count("\n") > 20]
    assert wrong == []
