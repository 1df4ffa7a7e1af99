"""What is known of an activity, put together from every definition that was sent of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from mycelia.records.calc.validation.interactions import COMPONENTS
from mycelia.records.types import Json

_MAPS = ("name", "description", "extensions")
_COMPONENT_LISTS = frozenset().union(*COMPONENTS.values())
_INTERACTION = frozenset({"interactionType", "correctResponsesPattern", *_COMPONENT_LISTS})


def merged_definition(known: Json, sent: Json) -> Json:
    """Return what is known of an activity after one more definition of it.

    Languages and extensions are added to those known, the newer winning; so are the components of an interaction of
    the same type, found by their id and in the newer order. Another type of interaction replaces the old one whole.

    References:
        xAPI 1.0.3 Part Two 2.4.4.1 (Activity Definition) and Part Three 2.5.

    Example:
        >>> merged_definition({"name": {"en": "Fire"}}, {"name": {"de": "Feuer"}})
        {'name': {'en': 'Fire', 'de': 'Feuer'}}
    """
    kept = known if _same_interaction(known, sent) else {k: v for k, v in known.items() if k not in _INTERACTION}
    result = {**kept, **sent}
    for name in _MAPS:
        if name in kept and name in sent:
            result[name] = {**kept[name], **sent[name]}
    for name in _COMPONENT_LISTS & kept.keys() & sent.keys():
        result[name] = _merged_components(kept[name], sent[name])
    return result


def definitions_in(statement: Json) -> Iterator[tuple[str, bytes]]:
    """Yield the activities of a valid statement that bring a definition, with its JSON, in the order they stand."""
    for activity, definition in _defined(_activities(statement)):
        yield activity, msgspec.json.encode(definition)


def gathered(found: Iterable[Iterable[tuple[str, bytes]]]) -> dict[str, list[bytes]]:
    """Return the definitions of a batch by activity, oldest first; one repeated at once stands there once."""
    result: dict[str, list[bytes]] = {}
    for definitions in found:
        for activity, definition in definitions:
            known = result.setdefault(activity, [])
            if not known or known[-1] != definition:
                known.append(definition)
    return result


def _same_interaction(known: Json, sent: Json) -> bool:
    """Return whether the interactions go together; a definition that says nothing of one leaves it as it is."""
    kind = sent.get("interactionType")
    return kind is None or kind == known.get("interactionType")


def _merged_components(known: list[Json], sent: list[Json]) -> list[Json]:
    old = {component["id"]: component for component in known}
    newer = [_merged_component(old.pop(component["id"], {}), component) for component in sent]
    return [*newer, *old.values()]


def _merged_component(known: Json, sent: Json) -> Json:
    result = {**known, **sent}
    if "description" in known and "description" in sent:
        result["description"] = {**known["description"], **sent["description"]}
    return result


def _defined(activities: Iterator[Json]) -> Iterator[tuple[str, Json]]:
    for activity in activities:
        definition = activity.get("definition")
        if definition:
            yield activity["id"], definition


def _activities(statement: Json) -> Iterator[Json]:
    inner = statement["object"]
    kind = inner.get("objectType", "Activity")
    if kind == "Activity":
        yield inner
    elif kind == "SubStatement":
        yield from _activities(inner)
    groups: Mapping[str, Any] = statement.get("context", {}).get("contextActivities", {})
    for group in groups.values():
        yield from group if type(group) is list else (group,)
