"""Fingerprints of a model and of a snapshot, so that a result can say what it was made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from mycelia.business_case.types import CaseModel


def model_digest(model: CaseModel) -> str:
    """Return the SHA-256 of everything in a model, in hexadecimal; equal models have equal digests.

    Example:
        >>> from datetime import date
        >>> model_digest(CaseModel("EUR", date(2026, 1, 1))) == model_digest(CaseModel("EUR", date(2026, 1, 1)))
        True
    """
    return hashlib.sha256("\n".join(_words(model)).encode()).hexdigest()


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


def _words(value: object) -> Iterator[str]:
    """Yield a value as words from which it could be told; 1.0 and 1.00 are the same."""
    if is_dataclass(value):
        yield f"<{type(value).__name__}"
        for each in fields(value):
            yield each.name
            yield from _words(getattr(value, each.name))
        yield ">"
    elif isinstance(value, Mapping):
        yield from _words(tuple(sorted(value.items())))
    elif isinstance(value, tuple):
        yield f"({len(value)}"
        for part in value:
            yield from _words(part)
        yield ")"
    elif isinstance(value, Decimal):
        yield format(value.normalize(), "f") if value.is_finite() else str(value)
    else:
        yield repr(value)
