"""Every value of a decoded file that has not the type it should have, each under its path.

The decoder stops at the first; a person who has to put a file right wants to see them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from mycelia.business_case.types import CaseFile, FileFault

MOST_FAULTS = 100


def misshapen(decoded: Any, first: msgspec.ValidationError) -> tuple[FileFault, ...]:
    """Return the faults of a file, at most 100.

    Args:
        decoded: The file as JSON has it.
        first: What the decoder refused; the answer when nothing else is found.
    """
    found: list[FileFault] = []
    for fault in _faults(decoded, CaseFile, "$"):
        found.append(fault)
        if len(found) == MOST_FAULTS:
            break
    words, _, path = str(first).partition(" - at ")
    return tuple(found) or (FileFault(path.strip("`") or "$", words),)


def _faults(value: Any, kind: Any, path: str) -> Iterator[FileFault]:
    kind = _stated(kind, value)
    if is_dataclass(kind) and isinstance(value, dict):
        yield from _record_faults(value, kind, path)
    elif get_origin(kind) is tuple and get_args(kind)[-1] is ... and isinstance(value, list):
        for place, each in enumerate(value):
            yield from _faults(each, get_args(kind)[0], f"{path}[{place}]")
    elif get_origin(kind) in (dict, Mapping) and isinstance(value, dict):
        for name, each in value.items():
            yield from _faults(each, get_args(kind)[1], f"{path}[{name[:40]!r}]")
    else:
        yield from _leaf_faults(value, kind, path)


def _stated(kind: Any, value: Any) -> Any:
    """Return what a value is held against: of a type or nothing the type, unless the value is nothing."""
    if get_origin(kind) not in (Union, UnionType) or value is None:
        return kind
    known = [each for each in get_args(kind) if each is not NoneType]
    return known[0] if len(known) == 1 else kind


def _record_faults(value: dict[str, Any], kind: Any, path: str) -> Iterator[FileFault]:
    found = False
    for each, hint in _hints(kind):
        if each.name in value:
            for fault in _faults(value[each.name], hint, f"{path}.{each.name}"):
                found = True
                yield fault
        elif each.default is MISSING and each.default_factory is MISSING:
            found = True
            yield FileFault(path, f"Object missing required field `{each.name}`")
    if not found:
        yield from _leaf_faults(value, kind, path)


def _leaf_faults(value: Any, kind: Any, path: str) -> Iterator[FileFault]:
    try:
        msgspec.json.decode(msgspec.json.encode(value), type=kind)
    except (msgspec.MsgspecError, ValueError) as invalid:
        words, _, below = str(invalid).partition(" - at ")
        yield FileFault(path + below.strip("`").removeprefix("$"), words)


@cache
def _hints(kind: Any) -> tuple[tuple[Field[Any], Any], ...]:
    hints = get_type_hints(kind)
    return tuple((each, hints[each.name]) for each in fields(kind))
