"""What a reader calls the line, item or driver that an input belongs to."""

from __future__ import annotations

from collections.abc import Mapping

from mycelia.business_case.types import CaseModel


def labels_of(model: CaseModel) -> Mapping[str, str]:
    """Return for every input the description of its line or the title of its item; empty for a driver."""
    owners = {f"cost/{line.key}": line.description for line in model.costs}
    owners |= {f"benefit/{line.key}": line.description for line in model.benefits}
    owners |= {f"item/{item.key}": item.title for item in model.roadmap.items}
    return {name: owners.get(_owner(name), "") for name, _ in model.inputs()}


def _owner(name: str) -> str:
    kind, _, rest = name.partition("/")
    for ending in ("/inputs/", "/"):
        key, found, _ = rest.rpartition(ending)
        if found:
            return f"{kind}/{key}"
    return kind
