"""Circles in a relation where everybody points to at most one other."""

from __future__ import annotations

from collections.abc import Mapping


def cycles(points_to: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return every circle once, each in the order it is walked.

    Linear in the number of pairs: each node is walked from once.

    Example:
        >>> cycles({"a": "b", "b": "a", "c": "a"})
        [('a', 'b')]
    """
    walked: set[str] = set()
    found = []
    for start in points_to:
        path: dict[str, int] = {}
        node: str | None = start
        while node is not None and node not in walked:
            walked.add(node)
            path[node] = len(path)
            node = points_to.get(node)
        if node is not None and node in path:
            found.append(tuple(path)[path[node] :])
    return found
