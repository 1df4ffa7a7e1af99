"""Identifiers that sort by time of creation."""

from __future__ import annotations

import os
import time
from uuid import UUID


def uuid7() -> UUID:
    """Return a version 7 UUID: 48 bits of milliseconds, then 74 random bits.

    References:
        RFC 9562, section 5.7.
    """
    milliseconds = time.time_ns() // 1_000_000
    return _time_ordered(milliseconds, version=7)


def comb() -> UUID:
    """Return a UUID that begins with the time like version 7 and calls itself version 4.

    For identifiers that other systems check by RFC 4122, which knows no version above 5; several xAPI clients do.
    """
    return _time_ordered(time.time_ns() // 1_000_000, version=4)


def _time_ordered(milliseconds: int, *, version: int) -> UUID:
    value = (milliseconds & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | version << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)
