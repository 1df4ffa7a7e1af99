"""What a reader calls the line, item, named input or driver that an input belongs to."""

from __future__ import annotations

from collections.abc import Mapping

from mycelia.business_case.types import CaseModel


def labels_of(model: CaseModel) -> Mapping[str, str]:
    """Return for every input the description of its line or the title of its item; empty for a driver."""
    owners = subjects_of(model)
    return {name: owners.get(_owner(name), "") for name, _ in model.inputs()}


def subjects_of(model: CaseModel) -> Mapping[str, str]:
    """Return the description of every line and the title of every item, by "cost/KEY", "item/KEY" and so on."""
    named = {f"cost/{line.key}": line.description for line in model.costs}
    named |= {f"benefit/{line.key}": line.description for line in model.benefits}
    named |= {f"input/{one.key}": one.title for one in model.named}
    return named | {f"item/{item.key}": item.title for item in model.roadmap.items}


def _owner(name: str) -> str:
    kind, _, rest = name.partition("/")
    for ending in ("/inputs/", "/"):
        key, found, _ = rest.rpartition(ending)
        if found:
            return f"{kind}/{key}"
    return kind
