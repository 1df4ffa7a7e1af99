"""What a statement is about: activities, agents, groups and references to statements."""

from __future__ import annotations

from typing import Any

from mycelia.records.calc.validation import formats
from mycelia.records.calc.validation.interactions import INTERACTIONS, PROPERTIES, check_interaction
from mycelia.records.calc.validation.shapes import Path, Shape, one_of

OBJECT = "xAPI 1.0.3 Part Two 2.4.4"
ACTIVITY = "xAPI 1.0.3 Part Two 2.4.4.1"
REFERENCE = "xAPI 1.0.3 Part Two 2.4.4.3"

_definition = Shape(
    INTERACTIONS,
    {
        "name": formats.language_map,
        "description": formats.language_map,
        "type": formats.iri,
        "moreInfo": formats.irl,
        "extensions": formats.extensions,
        **PROPERTIES,
    },
)


def definition(value: Any, path: Path) -> None:
    """Check the definition of an activity."""
    _definition(value, path)
    check_interaction(value, path)


activity = Shape(
    ACTIVITY,
    {"objectType": one_of(frozenset({"Activity"}), OBJECT), "id": formats.iri, "definition": definition},
    frozenset({"id"}),
)
statement_reference = Shape(
    REFERENCE,
    {"objectType": one_of(frozenset({"StatementRef"}), REFERENCE), "id": formats.uuid},
    frozenset({"objectType", "id"}),
)
