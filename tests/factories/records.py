"""Statements for tests."""

from __future__ import annotations

from typing import Any

ADA = {"objectType": "Agent", "mbox": "mailto:ada@example.com"}
ACCOUNT = {"account": {"homePage": "https://people.example.com", "name": "17"}}
COURSE = {"id": "https://example.com/courses/1"}


def make_statement(**changes: Any) -> dict[str, Any]:
    """Return a small valid statement with some properties replaced; None removes one."""
    statement: dict[str, Any] = {
        "actor": ADA,
        "verb": {"id": "http://adlnet.gov/expapi/verbs/completed", "display": {"en": "completed"}},
        "object": COURSE,
    }
    return {name: value for name, value in {**statement, **changes}.items() if value is not None}
