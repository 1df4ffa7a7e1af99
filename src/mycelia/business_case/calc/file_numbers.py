"""Numbers in a file that are none, or that no page could show, wherever in it they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from mycelia.business_case.types import FileFault

LARGEST_SHOWN = Decimal(10) ** 22
"""In percent and with two decimal places it still has no more digits than `Decimal` computes with."""


def number_faults(value: Any, path: str) -> Iterator[FileFault]:
    """Yield every number in a value, however deep, that is not finite or is too large to be shown.

    Args:
        value: A frozen dataclass, a mapping, a sequence or a plain value.
        path: Where it stands in its file.

    Example:
        >>> [fault.place for fault in number_faults({"plan": (Decimal(1), Decimal("NaN"))}, "$")]
        ['$.plan[1]']
    """
    if isinstance(value, Decimal | float):
        number = Decimal(value)
        if not (number.is_finite() and abs(number) <= LARGEST_SHOWN):
            yield FileFault(path, "no number that a case can have")
        return
    for step, part in _parts(value):
        yield from number_faults(part, f"{path}{step}")


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    if is_dataclass(value):
        yield from ((f".{each.name}", getattr(value, each.name)) for each in fields(value))
    elif isinstance(value, Mapping):
        yield from ((f".{key}", part) for key, part in value.items())
    elif isinstance(value, tuple | list):
        yield from ((f"[{place}]", part) for place, part in enumerate(value))
