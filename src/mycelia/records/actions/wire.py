"""PostgreSQL's binary formats, for the few types the hot path sends.

References:
    PostgreSQL documentation: COPY, "Binary Format"; array_recv and timestamptz_recv in its sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from struct import Struct
from typing import Any

import psycopg
from psycopg.adapt import Dumper
from psycopg.pq import Format

NULL = b"\xff\xff\xff\xff"
_SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
_ARRAY = Struct(">iiIii")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_length = Struct(">i").pack


def microseconds(moment: datetime) -> int:
    """Return a moment as PostgreSQL counts it: microseconds since 2000.

    Example:
        >>> microseconds(datetime(2000, 1, 1, 0, 0, 1, 5, tzinfo=UTC))
        1000005
    """
    passed = moment - _EPOCH
    return (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds


def field(value: bytes) -> bytes:
    """Return a value with its length before it."""
    return _length(len(value)) + value


class BinaryArray:
    """An array that is sent as it is."""

    __slots__ = ("sent",)

    def __init__(self, element_oid: int, width: int, packed: bytes) -> None:
        """Take the elements one after the other, each with its length before it; `width` is that of one without."""
        self.sent = _ARRAY.pack(1, 0, element_oid, len(packed) // (width + 4), 1) + packed


class UuidArray(BinaryArray):
    """UUIDs, each given as its 16 octets."""

    def __init__(self, identifiers: Iterable[bytes]) -> None:
        """Take the identifiers."""
        super().__init__(2950, 16, b"".join([b"\0\0\0\x10" + one for one in identifiers]))


class BigintArray(BinaryArray):
    """Whole numbers of 64 bits."""

    element_oid = 20

    def __init__(self, numbers: Sequence[int]) -> None:
        """Take the numbers."""
        paired = [8] * (2 * len(numbers))
        paired[1::2] = numbers
        super().__init__(self.element_oid, 8, Struct(">" + "iq" * len(numbers)).pack(*paired))


class MomentArray(BigintArray):
    """Moments, each given as microseconds since 2000."""

    element_oid = 1184


class _ArrayDumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: Any) -> bytes:
        return obj.sent  # type: ignore[no-any-return]


class _UuidArrayDumper(_ArrayDumper):
    oid = 2951


class _BigintArrayDumper(_ArrayDumper):
    oid = 1016


class _MomentArrayDumper(_ArrayDumper):
    oid = 1185


def wire_cursor(connection: psycopg.Connection[Any]) -> psycopg.Cursor[Any]:
    """Return a cursor that binds on the server and knows these arrays."""
    cursor = psycopg.Cursor(connection)
    cursor.adapters.register_dumper(UuidArray, _UuidArrayDumper)
    cursor.adapters.register_dumper(BigintArray, _BigintArrayDumper)
    cursor.adapters.register_dumper(MomentArray, _MomentArrayDumper)
    return cursor


def copy_in(cursor: psycopg.Cursor[Any], table: str, columns: str, rows: Sequence[bytes]) -> None:
    """Write rows, each in the binary format with its number of fields first."""
    if rows:
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)".encode()) as copy:
            copy.write(b"".join([_SIGNATURE, *rows, _TRAILER]))
