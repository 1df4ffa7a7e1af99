"""PostgreSQL's binary formats, for the few types the hot path sends.

References:
    PostgreSQL documentation: COPY, "Binary Format"; array_recv and timestamptz_recv in its sources.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from struct import Struct
from typing import Any, NamedTuple

import psycopg
from psycopg import generators
from psycopg.abc import PQGen
from psycopg.adapt import Dumper
from psycopg.pq import ExecStatus, Format
from psycopg.pq.abc import PGconn
from psycopg.waiting import Wait

NULL = b"\xff\xff\xff\xff"
_SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
_DONE = {ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK}
_PIECE_BYTES = 1024 * 1024
"""What the driver is given at a time, so that it never holds much more than what was sent."""
_ARRAY = Struct(">iiIii")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
length = Struct(">i").pack
"""What stands before a value: how many bytes it has."""


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
    return length(len(value)) + value


class BinaryArray:
    """An array that is sent as it is."""

    __slots__ = ("sent",)
    oid = 0
    element_oid = 0

    def __init__(self, count: int, packed: bytes, *, has_null: bool = False) -> None:
        """Take the elements one after the other, each with its length before it."""
        self.sent = _ARRAY.pack(1, has_null, self.element_oid, count, 1) + packed


class BytesArray(BinaryArray):
    """Values of any length; None is null."""

    oid = 1001
    element_oid = 17

    def __init__(self, values: Sequence[bytes | None]) -> None:
        """Take the values."""
        packed = b"".join([NULL if one is None else length(len(one)) + one for one in values])
        super().__init__(len(values), packed, has_null=None in values)


class TextArray(BytesArray):
    """Texts in UTF-8."""

    oid = 1009
    element_oid = 25


class UuidArray(BytesArray):
    """UUIDs, each given as its 16 octets; None is null."""

    oid = 2951
    element_oid = 2950


class BigintArray(BinaryArray):
    """Whole numbers of 64 bits."""

    oid = 1016
    element_oid = 20
    _element = "iq"
    _width = 8

    def __init__(self, numbers: Sequence[int]) -> None:
        """Take the numbers."""
        paired = [self._width] * (2 * len(numbers))
        paired[1::2] = numbers
        super().__init__(len(numbers), Struct(">" + self._element * len(numbers)).pack(*paired))


class IntegerArray(BigintArray):
    """Whole numbers of 32 bits."""

    oid = 1007
    element_oid = 23
    _element = "ii"
    _width = 4


class BooleanArray(BigintArray):
    """True or false."""

    oid = 1000
    element_oid = 16
    _element = "i?"
    _width = 1


class MomentArray(BigintArray):
    """Moments, each given as microseconds since 2000."""

    oid = 1185
    element_oid = 1184


class _ArrayDumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: Any) -> bytes:
        return obj.sent  # type: ignore[no-any-return]


class _UuidArrayDumper(_ArrayDumper):
    oid = UuidArray.oid


class _BigintArrayDumper(_ArrayDumper):
    oid = BigintArray.oid


class _IntegerArrayDumper(_ArrayDumper):
    oid = IntegerArray.oid


class _MomentArrayDumper(_ArrayDumper):
    oid = MomentArray.oid


class _BytesArrayDumper(_ArrayDumper):
    oid = BytesArray.oid


def wire_cursor(connection: psycopg.Connection[Any]) -> psycopg.Cursor[Any]:
    """Return a cursor that binds on the server and knows these arrays."""
    cursor = psycopg.Cursor(connection)
    cursor.adapters.register_dumper(UuidArray, _UuidArrayDumper)
    cursor.adapters.register_dumper(BigintArray, _BigintArrayDumper)
    cursor.adapters.register_dumper(IntegerArray, _IntegerArrayDumper)
    cursor.adapters.register_dumper(MomentArray, _MomentArrayDumper)
    cursor.adapters.register_dumper(BytesArray, _BytesArrayDumper)
    return cursor


class Copy(NamedTuple):
    """Rows for a table: its name and columns, and the rows in the binary format with their number of fields first.

    A row may be cut in pieces anywhere.
    """

    table: str
    columns: str
    rows: Sequence[bytes]


def copy_in(connection: psycopg.Connection[Any], copies: Sequence[Copy]) -> None:
    """Write rows into one table after the other, with a single command: each table waits for one answer, not two.

    The driver's own way to copy takes one table at a time. In a transaction that has begun; what fails undoes it.
    """
    filled = [one for one in copies if one.rows]
    if filled:
        with connection.lock:
            connection.wait(_copying(connection.pgconn, filled))


def transact(
    connection: psycopg.Connection[Any], beginning: Sequence[bytes], copies: Sequence[Copy], ending: Sequence[bytes]
) -> None:
    """Write rows like `copy_in`, with commands before and after that return nothing of interest.

    Raises:
        psycopg.Error: One failed, and none after it was done.
    """
    with connection.lock:
        connection.wait(_copying(connection.pgconn, [one for one in copies if one.rows], beginning, ending))


def _copying(
    server: PGconn, copies: Sequence[Copy], beginning: Sequence[bytes] = (), ending: Sequence[bytes] = ()
) -> PQGen[None]:
    server.send_query(b";".join([*beginning, *(_command(one) for one in copies), *ending]))
    yield from generators.send(server)
    for _ in beginning:
        yield from _expect(server, ExecStatus.COMMAND_OK)
    for one in copies:
        yield from _expect(server, ExecStatus.COPY_IN)
        content = b"".join([_SIGNATURE, *one.rows, _TRAILER])
        for at in range(0, len(content), _PIECE_BYTES):
            yield from generators.copy_to(server, content[at : at + _PIECE_BYTES], flush=at > 0)
        while server.put_copy_end() == 0:
            yield Wait.W
        yield from generators.send(server)
        yield from _expect(server, ExecStatus.COMMAND_OK)
    for result in (yield from generators.fetch_many(server)):
        if result.status not in _DONE:
            raise psycopg.errors.error_from_result(result)


def _command(copy: Copy) -> bytes:
    return f"COPY {copy.table} ({copy.columns}) FROM STDIN (FORMAT BINARY)".encode()


def _expect(server: PGconn, status: ExecStatus) -> PQGen[None]:
    """Take the next answer; when it is another, take what follows it as well and raise what it says."""
    result = yield from generators.fetch(server)
    if result is None or result.status != status:
        yield from generators.fetch_many(server)
        raise psycopg.OperationalError("no answer") if result is None else psycopg.errors.error_from_result(result)
