"""Storing statements in sets, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected, LockNotAvailable

from mycelia.kernel import clock
from mycelia.kernel.identifiers import comb
from mycelia.records.actions.attachments import hand_in
from mycelia.records.actions.beginning import begin
from mycelia.records.actions.claiming import claim
from mycelia.records.actions.copying import MOST as MOST_COPIED
from mycelia.records.actions.copying import write_copied
from mycelia.records.actions.definitions import learn_definitions
from mycelia.records.actions.express import MOST, write_express
from mycelia.records.actions.interning import intern
from mycelia.records.actions.partitions import ensure_partition
from mycelia.records.actions.rows import Placed, copies
from mycelia.records.actions.sequence import take_numbers
from mycelia.records.actions.together import write_together
from mycelia.records.actions.voiding import check_voiding, note_voiding, voiding_in
from mycelia.records.actions.wire import copy_in, microseconds, wire_cursor
from mycelia.records.calc.attachments import check_complete
from mycelia.records.calc.definitions import gathered
from mycelia.records.calc.extraction import agent_key
from mycelia.records.calc.preparation import check_identifiers, check_named, decode, prepare, stamp
from mycelia.records.calc.signatures import check_signatures
from mycelia.records.errors import StoreBusy, TooManyStatements
from mycelia.records.queries.consistency import LATE_MILLISECONDS
from mycelia.records.queries.generic import stays_with_server
from mycelia.records.types import Json, Prepared

MAXIMUM_BATCH = 10_000
STILL_GOOD = timedelta(milliseconds=LATE_MILLISECONDS - 100)
"""How long before its transaction a moment may have been taken; the rest is for clocks that differ."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a batch: every identifier in the order sent, and how many were not stored before."""

    identifiers: tuple[bytes, ...]
    new_count: int

    @property
    def statement_ids(self) -> tuple[UUID, ...]:
        """Return the identifiers as such; by themselves they are 16 octets each."""
        return tuple(UUID(bytes=one) for one in self.identifiers)


def platform_authority() -> Json:
    """Return the agent that vouches for what the product itself records."""
    return {"objectType": "Agent", "account": {"homePage": settings.MYCELIA_PUBLIC_URL, "name": "mycelia"}}


def store(
    statements: Sequence[bytes | str | Json],
    *,
    authority: Json | None = None,
    version: str = "1.0.3",
    defines: bool = True,
) -> list[UUID]:
    """Check and store statements and return their identifiers in the order sent.

    All are stored or none. A statement sent again, equal as the specification compares, changes nothing. Statements
    of the usual shape given as bytes take the shortest way.

    One call takes what it locks in one order. Two transactions that each store several times may come to wait for
    each other; PostgreSQL then ends one wait, whose call is refused as busy, and the other transaction goes on.

    Args:
        statements: Each as JSON in UTF-8, or decoded.
        authority: The agent who vouches for them, put in place of what they claim; the product itself when None.
        version: "1.0.3" or "2.0.0".
        defines: Whether definitions of activities add to what is known of them (the scope `define`).

    Raises:
        InvalidStatement: One breaks a clause; its path begins with its index.
        StatementConflict: A different one with the same identifier is stored.
        StoreBusy: Another transaction that stores waits for this one, and this one would wait for it.
        TooManyStatements: More than ten thousand at once.
        TooManyNamed: One of them, or all together, name too many agents and activities.
    """
    vouching = authority or platform_authority()
    return list(store_sent(statements, authority=vouching, version=version, defines=defines).statement_ids)


def store_sent(
    statements: Sequence[bytes | str | Json],
    *,
    authority: Json,
    version: str,
    attachments: Mapping[str, bytes] | None = None,
    defines: bool = True,
    patience_seconds: int = 0,
    voids_every: bool = True,
) -> Accepted:
    """Check and store statements with the bytes of their attachments, like `store`.

    Args:
        attachments: By SHA-2 in small letters; the hashes have been compared with the bytes.
        patience_seconds: How long to wait for somebody who is writing the same at most; 0 is for ever.
        voids_every: Whether they void what stands under other authorities as well.

    Raises:
        BadRequest: An attachment belongs to no statement.
        StoreBusy: It would have taken longer, or for ever.
        VoidingRefused: One would void what it may not.
    """
    if len(statements) > MAXIMUM_BATCH:
        raise TooManyStatements(limit=MAXIMUM_BATCH)
    if not statements:
        return Accepted((), 0)
    ensure_partition(clock.now())
    sending = _Sending(
        statements, authority, version, attachments or {}, defines, _Made(), patience_seconds, voids_every
    )
    tried = None
    if not attachments and not connection.in_atomic_block and len(statements) <= MOST_COPIED:
        tried = sending.prepared(stored=clock.now())
        if len(tried) > MOST:
            is_written = _written(tried, write_copied)
        else:
            is_written = write_together(tried, lambda several: _written(several, write_express), most=MOST)
        if is_written:
            return Accepted(tuple(one.identifier for one in tried), len(tried))
    return _stored(sending, tried)


def _stored(sending: _Sending, tried: Sequence[Prepared] | None) -> Accepted:
    with _patient(), transaction.atomic():
        stored = begin(patience_seconds=sending.patience_seconds)
        is_good = tried is not None and stored - tried[0].stored < STILL_GOOD
        prepared = tried if tried is not None and is_good else sending.prepared(stored=stored, before=tried)
        own_only: Collection[bytes] = ()
        if not sending.voids_every:
            check_voiding(prepared, agent_key(sending.authority))
            own_only = voiding_in(prepared)
        new_count = write(prepared, sending.attachments, own_only=own_only)
    # An identifier made here cannot have been stored before, but by the first attempt of this very call.
    new_count = max(new_count, sending.made.count)
    return Accepted(tuple(one.identifier for one in prepared), new_count)


@contextmanager
def _patient() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
            raise StoreBusy from error
        raise


@dataclass(slots=True)
class _Made:
    """How many statements came without an identifier."""

    count: int = 0

    def identifier_of(self, before: Prepared | None) -> Callable[[], UUID]:
        """Return what makes an identifier, the same as before where there was one."""

        def make() -> UUID:
            self.count += 1
            return comb() if before is None else UUID(bytes=before.identifier)

        return make


@dataclass(frozen=True, slots=True)
class _Sending:
    """What is sent, before the moment of storing is known."""

    statements: Sequence[bytes | str | Json]
    authority: Json
    version: str
    attachments: Mapping[str, bytes]
    defines: bool
    made: _Made
    patience_seconds: int
    voids_every: bool

    def prepared(self, *, stored: datetime, before: Sequence[Prepared] | None = None) -> list[Prepared]:
        """Return the statements, valid and ready to be written at a moment, with the identifiers they had before."""
        given = stamp(stored=stored, authority=self.authority, version=self.version, defines=self.defines)
        known = iter(before or ())
        self.made.count = 0
        prepared = [
            prepare(sent, index=index, stamp=given, new_id=self.made.identifier_of(next(known, None)))
            for index, sent in enumerate(self.statements)
        ]
        check_identifiers(prepared)
        check_named(prepared)
        _check_attachments(list(_with_attachments(self.statements, prepared)), self.attachments)
        return prepared


def _with_attachments(
    statements: Sequence[bytes | str | Json], prepared: Sequence[Prepared]
) -> Iterator[tuple[int, Json]]:
    """Yield the place and the value of those valid statements that may have attachments."""
    for index, one in enumerate(prepared):
        if b'"attachments"' in one.payload:
            yield index, decode(statements[index], index)


def _check_attachments(concerned: Sequence[tuple[int, Json]], sent: Mapping[str, bytes]) -> None:
    if concerned or sent:
        check_complete(concerned, sent)
        check_signatures(concerned, sent)


def _written(prepared: Sequence[Prepared], write_at_once: Callable[..., bool]) -> bool:
    """Return whether the statements were stored by a single command.

    It stores them later than at their moment only by what `queries.consistency` allows for. When the connection
    fails, they may or may not be stored; writing them again finds out, because every one keeps its identifier.
    """
    try:
        connection.ensure_connection()
        server = connection.connection
        return write_at_once(server, _placed(server.cursor(), prepared), keeps_prepared=stays_with_server(server))
    except (psycopg.OperationalError, psycopg.InterfaceError, OperationalError, InterfaceError):
        connection.close()
        return False


def write(
    prepared: Sequence[Prepared],
    attachments: Mapping[str, bytes],
    *,
    defines: bool = True,
    brought: Collection[str] = (),
    own_only: Collection[bytes] = (),
) -> int:
    """Write statements in a transaction that began before the moment they are stored at, and return how many were new.

    Args:
        prepared: The statements.
        attachments: By SHA-2 in small letters.
        defines: Whether the definitions they carry add to what is known.
        brought: SHA-2 of attachments that came in the same file and are stored.
        own_only: Identifiers of those that void nothing but what stands under their own authority.

    Raises:
        StatementConflict: A different one with the same identifier is stored.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, wire_cursor(connection.connection) as cursor:
        claimed = claim(cursor, _placed(cursor, prepared))
        numbers = intern(cursor, [one.statement for one in claimed.new], generation=claimed.generation)
        copy_in(cursor.connection, copies(claimed.new, numbers=numbers))
        note_voiding(cursor, claimed.new, numbers=numbers, own_only=own_only)
        if defines:
            learn_definitions(gathered(one.statement.definitions for one in claimed.new), numbers.iris)
    hand_in(claimed.new, attachments, brought=brought)
    return len(claimed.new)


def _placed(cursor: psycopg.Cursor[Any], prepared: Sequence[Prepared]) -> list[Placed]:
    numbers = take_numbers(cursor, len(prepared))
    return [Placed(microseconds(one.stored), number, one) for number, one in zip(numbers, prepared, strict=True)]
