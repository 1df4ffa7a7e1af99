"""Contexts."""

from __future__ import annotations

from typing import Any

from mycelia.records.calc.validation import agents, formats, objects
from mycelia.records.calc.validation.shapes import Check, Path, Shape, list_of, one_of, string

CONTEXT = "xAPI 1.0.3 Part Two 2.4.6"
ACTIVITIES = "xAPI 1.0.3 Part Two 2.4.6.2"
CONTEXT_AGENTS = "IEEE 9274.1.1-2023 context agents"
CONTEXT_GROUPS = "IEEE 9274.1.1-2023 context groups"

_activities = list_of(objects.activity, ACTIVITIES)


def _one_or_more_activities(value: Any, path: Path) -> None:
    (objects.activity if type(value) is dict else _activities)(value, path)


_relevant_types = list_of(formats.iri, CONTEXT_AGENTS, at_least=1)
_context_agent = Shape(
    CONTEXT_AGENTS,
    {
        "objectType": one_of(frozenset({"contextAgent"}), CONTEXT_AGENTS),
        "agent": agents.agent,
        "relevantTypes": _relevant_types,
    },
    frozenset({"objectType", "agent"}),
)
_context_group = Shape(
    CONTEXT_GROUPS,
    {
        "objectType": one_of(frozenset({"contextGroup"}), CONTEXT_GROUPS),
        "group": agents.group,
        "relevantTypes": _relevant_types,
    },
    frozenset({"objectType", "group"}),
)
_properties: dict[str, Check] = {
    "registration": formats.uuid,
    "instructor": agents.actor,
    "team": agents.group,
    "contextActivities": Shape(
        ACTIVITIES, dict.fromkeys(("parent", "grouping", "category", "other"), _one_or_more_activities)
    ),
    "revision": string,
    "platform": string,
    "language": formats.language_tag,
    "statement": objects.statement_reference,
    "extensions": formats.extensions,
}
CONTEXTS = {
    "1.0.3": Shape(CONTEXT, _properties),
    "2.0.0": Shape(
        CONTEXT,
        _properties
        | {
            "contextAgents": list_of(_context_agent, CONTEXT_AGENTS),
            "contextGroups": list_of(_context_group, CONTEXT_GROUPS),
        },
    ),
}
