"""Inputs that a case names: numbers that several of its lines are computed with, each stated once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from mycelia.business_case.types.builders import InputKind
from mycelia.business_case.types.estimates import NONE, Estimate
from mycelia.business_case.types.vocabulary import Confidence

Value = TypeVar("Value")


@dataclass(frozen=True)
class NamedInput:
    """One number of a case, stated once and used by any of its lines and drivers.

    Wherever it is used it is the same number: drawn once, one row in every analysis of inputs, one cell of the
    workbook.

    Attributes:
        key: Stable name within the case; an estimate that is this number has it as `named`.
        unit: What one of it is, for readers; empty for a share and for money, which is in the case's currency.
        is_placeholder: A default nobody has confirmed; a case with one that is used cannot be presented.
    """

    key: str
    title: str
    estimate: Estimate = NONE
    kind: InputKind = InputKind.COUNT
    unit: str = ""
    source: str = ""
    confidence: Confidence = Confidence.MEDIUM
    is_placeholder: bool = False

    @property
    def name(self) -> str:
        """Return what correlations and analyses call it."""
        return f"input/{self.key}/{self.kind}"


def named_in(value: object) -> frozenset[str]:
    """Return the keys of the named inputs that a line, work item or the drivers use."""
    return frozenset(each.named for _, each in _estimates(value) if each.named)


def filled(value: Value, numbers: Mapping[str, Estimate]) -> Value:
    """Return a value whose named estimates have the numbers of the inputs they name.

    Raises:
        KeyError: There is no input of that name.
    """
    return _mapped(value, lambda each: replace(numbers[each.named], named=each.named) if each.named else each)


def bare(value: Value) -> Value:
    """Return a value whose named estimates say which input they are and nothing else, so that it can be compared."""
    return _mapped(value, lambda each: Estimate(named=each.named) if each.named else each)


def _mapped(value: Value, change: Callable[[Estimate], Estimate]) -> Value:
    if not named_in(value):
        return value
    changed: dict[str, Any] = {}
    for name, stated in _stated(value).items():
        if isinstance(stated, Estimate):
            changed[name] = change(stated)
        elif isinstance(stated, Mapping):
            changed[name] = {
                part: change(each) if isinstance(each, Estimate) else each for part, each in stated.items()
            }
    return replace(value, **changed)  # type: ignore[type-var]


def _estimates(value: object) -> list[tuple[str, Estimate]]:
    found = []
    for name, stated in _stated(value).items():
        parts = stated.items() if isinstance(stated, Mapping) else [(name, stated)]
        found += [(part, each) for part, each in parts if isinstance(each, Estimate)]
    return found


def _stated(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}
