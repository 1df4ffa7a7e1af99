"""JSON as it must be sent: UTF-8, every name of an object once."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from mycelia.records.calc.validation.shapes import Path, fail

JSON = "xAPI 1.0.3 Part Two 3.0"
NAMES = "xAPI 1.0.3 Part Two 2.2"
MAXIMUM_DEPTH = 128
_SPACE = b" \t\r\n"
_COLON = b":"
_NAME = b'":'
_AMBIGUOUS = b'\\\\"'
"""A backslash escaped before a quotation mark, which looks like one escaped inside text."""


class _Twice(ValueError):
    """A name stands twice in one object."""


def decode_json(sent: bytes, path: Path = None) -> Any:
    """Return the decoded value.

    Raises:
        InvalidStatement: It is not JSON in UTF-8, names something twice in one object, or is nested beyond reason.
    """
    try:
        decoded = msgspec.json.decode(sent)
        written = msgspec.json.encode(decoded)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        fail(path, JSON, f"is not JSON in UTF-8: {error}")
    except RecursionError:
        fail(path, JSON, "is nested too deeply")
    if not names_stand_once(sent, written):
        _check_names(sent, path)
    if may_be_deep(written):
        _check_depth(decoded, path)
    return decoded


def names_stand_once(sent: bytes, written: bytes) -> bool:
    """Return whether no object in `sent` can have a name twice; where that is not certain, False.

    Args:
        sent: JSON as it came.
        written: The same, decoded and encoded again, which drops what stands twice.
    """
    if b"\\" not in sent:
        # Every text stands in `written` as it was sent, and a name that is dropped takes its colon along.
        return sent.count(_COLON) == written.count(_COLON)
    compact = sent.translate(None, _SPACE)
    return _AMBIGUOUS not in compact and _names(compact) == _names(written)


def may_be_deep(written: bytes) -> bool:
    """Return whether encoded JSON could be nested deeper than the limit; it has so many arrays and objects."""
    return written.count(b"{") + written.count(b"[") > MAXIMUM_DEPTH


def _names(encoded: bytes) -> int:
    """Return how many names an encoded value has; a quotation mark inside text is escaped and does not count."""
    return encoded.count(_NAME) - encoded.count(b'\\":')


def _check_names(sent: bytes, path: Path) -> None:
    """Look at every object; slow, and only done where the number of names could differ."""
    try:
        json.loads(sent, object_pairs_hook=_once)
    except _Twice as error:
        fail(path, NAMES, f"holds the name {str(error)[:100]!r} twice in one object")
    except RecursionError:
        fail(path, JSON, "is nested too deeply")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return found


def _check_depth(decoded: Any, path: Path) -> None:
    level, depth = [decoded], 0
    while level:
        depth += 1
        if depth > MAXIMUM_DEPTH:
            fail(path, JSON, f"is nested deeper than {MAXIMUM_DEPTH} levels")
        level = [inner for value in level for inner in _inside(value)]


def _inside(value: Any) -> list[Any]:
    found = value.values() if type(value) is dict else value if type(value) is list else ()
    return [inner for inner in found if type(inner) is dict or type(inner) is list]
