"""An app is entered through its `api`, `types`, `errors` or `events`; foreign keys across apps are strings."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import APPS, Module, imported_names, modules

DOORS = {"api", "types", "errors", "events"}
OPEN_TO_ALL = {"kernel", "ui"}
COMPOSERS = {"config"}
ORDER = [
    *(
        "apps",
        "management",
        "admin",
        "wagtail_hooks",
        "urls",
        "xapi",
        "views",
        "forms",
        "pages",
        "exports",
        "middleware",
        "adapters",
    ),
    *("handlers", "tasks", "api", "actions", "queries", "permissions", "models", "events", "calc", "types", "errors"),
]
PEERS = (set(ORDER[:12]), {"types", "errors"})


def _domain_modules() -> list[Module]:
    return [module for module in modules() if module.app in APPS and module.app not in COMPOSERS]


def test_apps_other_apps_are_entered_only_through_their_doors() -> None:
    wrong = [
        f"{module.name} imports {name}"
        for module in _domain_modules()
        for name in imported_names(module)
        if name.startswith("mycelia.")
        and (parts := name.split("."))[1] not in {module.app, *OPEN_TO_ALL}
        and len(parts) > 2
        and parts[2] not in DOORS
    ]
    assert wrong == []


def test_modules_inside_an_app_import_only_downwards() -> None:
    wrong = []
    for module in _domain_modules():
        if module.part not in ORDER or module.app in OPEN_TO_ALL:
            continue
        for name in imported_names(module):
            parts = name.split(".")
            if parts[:2] != ["mycelia", module.app] or len(parts) < 3 or parts[2] not in ORDER:
                continue
            upward = ORDER.index(parts[2]) < ORDER.index(module.part)
            if upward and not any({parts[2], module.part} <= peers for peers in PEERS):
                wrong.append(f"{module.name} imports {name}")
    assert wrong == []


@pytest.mark.parametrize("forbidden", ["django", "psycopg", "wagtail", "mycelia.kernel.clock", "time", "random"])
def test_calc_is_pure(forbidden: str) -> None:
    wrong = [
        f"{module.name} imports {name}"
        for module in modules()
        if module.part == "calc"
        for name in imported_names(module)
        if name == forbidden or name.startswith(f"{forbidden}.")
        if not name.startswith("django.utils.translation")
    ]
    assert wrong == []


def test_calc_reads_no_clock() -> None:
    wrong = [
        f"{module.name}:{node.lineno}"
        for module in modules()
        if module.part == "calc"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"}
    ]
    assert wrong == []


def test_foreign_keys_across_apps_are_strings() -> None:
    """Models cannot name another app's classes at all, so what remains for a foreign key is a string."""
    wrong = [
        f"{module.name} imports {name}"
        for module in _domain_modules()
        if module.part == "models"
        for name in imported_names(module)
        if name.startswith("mycelia.") and name.split(".")[1] not in {module.app, *OPEN_TO_ALL}
        if len(name.split(".")) > 2 and name.split(".")[2] not in {"types", "errors"}
    ]
    assert wrong == []


def test_api_modules_export_by_name_and_hold_no_logic() -> None:
    wrong = []
    for module in _domain_modules():
        if module.part != "api" or module.app in OPEN_TO_ALL:
            continue
        allowed = ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign | ast.Expr
        if not all(isinstance(node, allowed) for node in module.tree.body):
            wrong.append(f"{module.name} holds more than imports")
        if "__all__" not in {t.id for n in module.tree.body if isinstance(n, ast.Assign) for t in n.targets}:
            wrong.append(f"{module.name} has no __all__")
    assert wrong == []


def test_names_say_what_is_inside() -> None:
    empty_words = {"utils", "helpers", "common", "manager", "data", "info", "misc"}
    assert [module.name for module in modules() if module.name.rsplit(".", 1)[-1] in empty_words] == []
