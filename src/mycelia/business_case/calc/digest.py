"""Fingerprints of a model and of a snapshot, so that a result can say what it was made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from mycelia.business_case.types import CaseModel, Shape

UNSET = (None, False, "")
"""What a field holds that is not set, as far as it need not be told."""


def model_digest(model: CaseModel) -> str:
    """Return the SHA-256 of everything in a model, in hexadecimal; equal models have equal digests.

    Example:
        >>> from datetime import date
        >>> model_digest(CaseModel("EUR", date(2026, 1, 1))) == model_digest(CaseModel("EUR", date(2026, 1, 1)))
        True
    """
    return hashlib.sha256("\n".join([*_words(model), *_rules_since(model)]).encode()).hexdigest()


def snapshot_digest(snapshot: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a snapshot's canonical form: sorted keys, no spaces, UTF-8."""
    canonical = json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def digest_of(*parts: object) -> str:
    """Return the SHA-256 of frozen values; equal values have equal digests.

    Example:
        >>> digest_of("a", 1) == digest_of("a", 1)
        True
        >>> digest_of("a", 1) == digest_of("a1")
        False
    """
    return hashlib.sha256("\n".join(_words(parts)).encode()).hexdigest()


def _rules_since(model: CaseModel) -> list[str]:
    """Return which newer rules of computing move the figures of a model, so that what older ones found is stale."""
    rules = []
    if model.is_short_programme:
        rules.append("a short programme counts from its first benefit")
    if any(one.estimate.shape is Shape.LIST for one in model.named):
        rules.append("extremes of named lists are left out")
    return rules


def _words(value: object) -> list[str]:
    """Return a value as words from which it could be told; 1.0 and 1.00 are the same."""
    words: list[str] = []
    _tell(value, words)
    return words


def _tell(value: Any, words: list[str]) -> None:
    """Add the words of a value; one list for all of them, because a large case has sixty thousand."""
    kind: Any = type(value)
    if isinstance(value, Decimal):
        words.append(format(value.normalize(), "f") if value.is_finite() else str(value))
    elif isinstance(value, tuple):
        words.append(f"({len(value)}")
        for part in value:
            _tell(part, words)
        words.append(")")
    elif (names := _fields_of(kind)) is not None:
        words.append(f"<{kind.__name__}")
        for name, is_optional in names:
            part = getattr(value, name)
            if not is_optional or part not in UNSET:
                words.append(name)
                _tell(part, words)
        words.append(">")
    elif isinstance(value, Mapping):
        _tell(tuple(sorted(value.items())), words)
    else:
        words.append(repr(value))


@cache
def _fields_of(kind: type) -> tuple[tuple[str, bool], ...] | None:
    """Return the name of each field, and whether it is told only where it is set, so as not to change old digests."""
    if not is_dataclass(kind):
        return None
    return tuple((each.name, each.metadata.get("told") == "where it is set") for each in fields(kind))
