"""A statement as it is asked for: with identifiers alone, or with the store's own definitions in one language.

References:
    xAPI 1.0.3 Part Three 2.1.3, parameter `format`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mycelia.records.calc.languages import Languages, chosen
from mycelia.records.types import Json

_AGENT_PARTS = ("objectType", "mbox", "mbox_sha1sum", "openid", "account")
_IDENTIFIERS = frozenset(_AGENT_PARTS[1:])
_DEFINITION_MAPS = ("name", "description")
_COMPONENT_LISTS = ("choices", "scale", "source", "target", "steps")
Change = Callable[[Json], Json]


def with_ids(statement: Json) -> Json:
    """Return the statement with no more of agents, groups, activities and verbs than identifies them."""
    return _changed(statement, agent=_agent_id, activity=_activity_id, verb=lambda verb: {"id": verb["id"]})


def canonical(statement: Json, *, definitions: Mapping[str, Json], wanted: Languages) -> Json:
    """Return the statement with the store's definitions of its activities, and one language of each map.

    Args:
        definitions: The store's merged definition of each activity that has one, by IRI.
        wanted: The languages the reader names.
    """

    def activity(sent: Json) -> Json:
        definition = definitions.get(sent["id"], sent.get("definition"))
        return sent if definition is None else {**sent, "definition": _in_one_language(definition, wanted)}

    def verb(sent: Json) -> Json:
        display = sent.get("display")
        return {**sent, "display": _one_language(display, wanted)} if display else sent

    return _changed(statement, agent=lambda agent: agent, activity=activity, verb=verb)


def activities_in(statement: Json) -> set[str]:
    """Return the identifiers of all activities of a statement."""
    found: set[str] = set()

    def note(activity: Json) -> Json:
        found.add(activity["id"])
        return activity

    _changed(statement, agent=lambda agent: agent, activity=note, verb=lambda verb: verb)
    return found


def _changed(statement: Json, *, agent: Change, activity: Change, verb: Change) -> Json:
    """Return a copy with every agent, activity and verb replaced, those of a sub-statement and a context included."""

    def thing(value: Json) -> Json:
        kind = value.get("objectType", "Activity")
        if kind == "SubStatement":
            return whole(value)
        if kind in {"Agent", "Group"}:
            return agent(value)
        return activity(value) if kind == "Activity" else value

    def context(value: Json) -> Json:
        result = dict(value)
        for name in result.keys() & {"instructor", "team"}:
            result[name] = agent(value[name])
        for name, inner in (("contextAgents", "agent"), ("contextGroups", "group")):
            if name in result:
                result[name] = [{**entry, inner: agent(entry[inner])} for entry in value[name]]
        if "contextActivities" in result:
            result["contextActivities"] = {
                relation: [activity(one) for one in (given if type(given) is list else [given])]
                for relation, given in value["contextActivities"].items()
            }
        return result

    def whole(value: Json) -> Json:
        changes = {"actor": agent, "authority": agent, "verb": verb, "object": thing, "context": context}
        return {name: changes[name](inner) if name in changes else inner for name, inner in value.items()}

    return whole(statement)


def _agent_id(agent: Json) -> Json:
    kept = {name: agent[name] for name in _AGENT_PARTS if name in agent}
    if kept.keys() & _IDENTIFIERS:
        return kept
    return {**kept, "member": [_agent_id(member) for member in agent.get("member", ())]}


def _activity_id(activity: Json) -> Json:
    """Return the activity's id alone: an object without a type is an activity."""
    return {"id": activity["id"]}


def _one_language(language_map: Mapping[str, str], wanted: Languages) -> dict[str, str]:
    if not language_map:
        return {}
    name = chosen(list(language_map), wanted)
    return {name: language_map[name]}


def _in_one_language(definition: Json, wanted: Languages) -> Json:
    result: dict[str, Any] = dict(definition)
    for name in result.keys() & set(_DEFINITION_MAPS):
        result[name] = _one_language(result[name], wanted)
    for name in result.keys() & set(_COMPONENT_LISTS):
        result[name] = [_component(component, wanted) for component in result[name]]
    return result


def _component(component: Json, wanted: Languages) -> Json:
    if "description" not in component:
        return component
    return {**component, "description": _one_language(component["description"], wanted)}
