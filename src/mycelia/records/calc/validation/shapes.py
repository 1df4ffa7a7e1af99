"""How a JSON value is held against a rule: paths, failures, and objects described by their properties.

Clauses are cited as "xAPI 1.0.3" Part Two; the same rules stand in IEEE 9274.1.1-2023 (xAPI 2.0.0).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias

from mycelia.records.errors import InvalidStatement

Path: TypeAlias = tuple[Any, str | int] | None
"""Where a value stands: the path of what holds it and its own key; None is the root."""

Check: TypeAlias = Callable[[Any, Path], None]
"""Returns when the value conforms, raises `InvalidStatement` when it does not."""

FORMATTING = "xAPI 1.0.3 Part Two 2.2"
SHOWN_CHARACTERS = 100
"""How much of a name that was sent is repeated in an error."""

_DOUBLE_BITS = 1_023


def fail(path: Path, clause: str, reason: str) -> NoReturn:
    """Refuse a value.

    Raises:
        InvalidStatement: Always.
    """
    raise InvalidStatement(path=render(path), clause=clause, reason=reason)


def render(path: Path) -> str:
    """Write a path as JSONPath.

    Example:
        >>> render((((None, "context"), "grouping"), 0))
        '$.context.grouping[0]'
    """
    keys: list[str | int] = []
    while path is not None:
        path, key = path
        keys.append(key)
    return "$" + "".join(f"[{key}]" if isinstance(key, int) else f".{key[:SHOWN_CHARACTERS]}" for key in reversed(keys))


@dataclass(frozen=True, slots=True)
class Shape:
    """An object with known properties, each with its check; anything else is refused."""

    clause: str
    properties: Mapping[str, Check]
    required: frozenset[str] = frozenset()

    def __call__(self, value: Any, path: Path) -> None:
        """Check an object against the shape."""
        if type(value) is not dict:
            fail(path, self.clause, "must be an object")
        for name, inner in value.items():
            check = self.properties.get(name)
            if check is None:
                fail((path, name), FORMATTING, "is not a property allowed here")
            check(inner, (path, name))
        missing = self.required - value.keys()
        if missing:
            fail(path, self.clause, f"lacks the required property {sorted(missing)[0]!r}")


def list_of(check: Check, clause: str, *, at_least: int = 0) -> Check:
    """Return the check of an array whose items all conform."""

    def check_list(value: Any, path: Path) -> None:
        if type(value) is not list:
            fail(path, clause, "must be an array")
        if len(value) < at_least:
            fail(path, clause, f"must hold at least {at_least} item(s)")
        for index, inner in enumerate(value):
            check(inner, (path, index))

    return check_list


def one_of(values: frozenset[str], clause: str) -> Check:
    """Return the check of an enumerated value, which is case sensitive."""

    def check_value(value: Any, path: Path) -> None:
        if type(value) is not str or value not in values:
            fail(path, clause, f"must be one of {', '.join(sorted(values))}")

    return check_value


def string(value: Any, path: Path) -> None:
    """Check text of any kind."""
    if type(value) is not str:
        fail(path, FORMATTING, "must be a string")


def boolean(value: Any, path: Path) -> None:
    """Check true or false; text that says so is refused."""
    if type(value) is not bool:
        fail(path, FORMATTING, "must be true or false")


def number(value: Any, path: Path) -> None:
    """Check a number that double precision can hold; text that holds one is refused."""
    if type(value) is not float and (type(value) is not int or value.bit_length() > _DOUBLE_BITS):
        fail(path, FORMATTING, "must be a number within the range of double precision")
