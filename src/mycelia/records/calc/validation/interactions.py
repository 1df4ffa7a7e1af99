"""Interaction activities: the questions of assessments."""

from __future__ import annotations

from typing import Any

from mycelia.records.calc.validation import formats
from mycelia.records.calc.validation.shapes import Check, Path, Shape, fail, list_of, one_of, string

INTERACTIONS = "xAPI 1.0.3 Part Two 2.4.4.1"
COMPONENTS: dict[str, frozenset[str]] = {
    "true-false": frozenset(),
    "choice": frozenset({"choices"}),
    "fill-in": frozenset(),
    "long-fill-in": frozenset(),
    "matching": frozenset({"source", "target"}),
    "performance": frozenset({"steps"}),
    "sequencing": frozenset({"choices"}),
    "likert": frozenset({"scale"}),
    "numeric": frozenset(),
    "other": frozenset(),
}
"""The component lists each type of interaction may have."""

_COMPONENT_LISTS = frozenset().union(*COMPONENTS.values())
_component = Shape(INTERACTIONS, {"id": string, "description": formats.language_map}, frozenset({"id"}))


def _components(value: Any, path: Path) -> None:
    list_of(_component, INTERACTIONS)(value, path)
    identifiers = [component["id"] for component in value]
    if len(set(identifiers)) != len(identifiers):
        fail(path, INTERACTIONS, "must hold each id once")


PROPERTIES: dict[str, Check] = {
    "interactionType": one_of(frozenset(COMPONENTS), INTERACTIONS),
    "correctResponsesPattern": list_of(string, INTERACTIONS),
    **dict.fromkeys(sorted(_COMPONENT_LISTS), _components),
}


def check_interaction(definition: dict[str, Any], path: Path) -> None:
    """Check that the parts of a definition belong to its type of interaction."""
    kind = definition.get("interactionType")
    lists = _COMPONENT_LISTS & definition.keys()
    if kind is None:
        if lists or "correctResponsesPattern" in definition:
            fail(path, INTERACTIONS, "has parts of an interaction but no interactionType")
        return
    foreign = lists - COMPONENTS[kind]
    if foreign:
        fail((path, sorted(foreign)[0]), INTERACTIONS, f"does not belong to interactionType {kind}")
