"""The roadmap as a network: what has to be finished before what, in which order to go through it, and cycles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from mycelia.business_case.types import WorkItem


def items_of(items: Sequence[WorkItem], option: str | None) -> tuple[WorkItem, ...]:
    """Return the items that an option consists of: its own and those of no option; all of them for None."""
    return tuple(item for item in items if option is None or item.option in (None, option))


def in_order(items: Sequence[WorkItem]) -> tuple[WorkItem, ...]:
    """Return the items so that each comes after all it depends on.

    Raises:
        CycleError: Some depend on each other in a circle.
    """
    by_key = {item.key: item for item in items}
    return tuple(by_key[key] for key in TopologicalSorter(_predecessors(items)).static_order())


def cycle_in(items: Sequence[WorkItem]) -> tuple[str, ...]:
    """Return the keys along one circle of dependencies, the first one again at its end; empty when there is none."""
    try:
        in_order(items)
    except CycleError as error:
        return tuple(reversed(error.args[1]))
    return ()


def _predecessors(items: Sequence[WorkItem]) -> Mapping[str, list[str]]:
    known = {item.key for item in items}
    return {item.key: [each.key for each in item.depends_on if each.key in known] for item in items}
