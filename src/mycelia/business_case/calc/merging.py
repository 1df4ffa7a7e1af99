"""Putting two people's changes of one item together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from mycelia.business_case.types import Estimate

T = TypeVar("T")


def merged(base: T, mine: T, theirs: T, *, prefers_mine: bool = False) -> T | None:
    """Return a value with what either changed since the base; None where both changed the same field differently.

    Parts (when a line runs, the inputs of a benefit) are put together field by field, too; an estimate is one value,
    and so are inputs that are not the same ones in all three.

    Args:
        base: What both saw.
        prefers_mine: Take mine where both changed the same field.

    Example:
        >>> from mycelia.business_case.types import Timing
        >>> merged(Timing(0, 9), Timing(1, 9), Timing(0, 12))
        Timing(start_month=1, end_month=12, start_milestone=None, end_milestone=None)
        >>> merged(Timing(0, 9), Timing(1, 9), Timing(2, 9)) is None
        True
    """
    try:
        together: T = _merged(base, mine, theirs, prefers_mine)
    except _BothChanged:
        return None
    return together


class _BothChanged(Exception):
    """The same field was changed twice."""


def _merged(base: Any, mine: Any, theirs: Any, prefers_mine: bool) -> Any:
    if mine == base:
        return theirs
    if theirs in (base, mine):
        return mine
    names = _parts(base)
    if names and names == _parts(mine) == _parts(theirs):
        put = {n: _merged(_part(base, n), _part(mine, n), _part(theirs, n), prefers_mine) for n in names}
        return put if isinstance(base, Mapping) else replace(theirs, **put)
    if prefers_mine:
        return mine
    raise _BothChanged


def _parts(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return sorted(value)
    if is_dataclass(value) and not isinstance(value, Estimate):
        return [field.name for field in fields(value)]
    return []


def _part(value: Any, name: str) -> Any:
    return value[name] if isinstance(value, Mapping) else getattr(value, name)
