"""Keeping what is known of activities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

import msgspec
from django.db import connection

from mycelia.records.calc.definitions import merged_definition
from mycelia.records.types import Json

MAXIMUM_BYTES = 1024 * 1024
_ROOM = 20_000

# By activity: definitions that were sent, and the digest of the known one to which they added nothing. That is a fact
# about the texts, so it holds whatever becomes of the transaction that found it.
_adds_nothing: dict[int, tuple[tuple[bytes, ...], bytes]] = {}


def learn_definitions(sent: Mapping[str, Sequence[bytes]], numbers: Mapping[str, int]) -> None:
    """Merge definitions into what is known of their activities; only rows that change are written.

    Runs in the caller's transaction. Writers of the same activity wait for each other only where both change it.

    Args:
        sent: Definitions by activity, as JSON, oldest first.
        numbers: The number of each activity's IRI.
    """
    by_number = {numbers[activity]: definitions for activity, definitions in sent.items()}
    if not by_number:
        return
    concerned = sorted(_changed(by_number, _known(list(by_number))))
    if concerned:
        _make_rows(concerned)
        _write(_changed({number: by_number[number] for number in concerned}, _known(concerned, lock=True)))


def unless_changed(sent: Mapping[str, Sequence[bytes]], numbers: Mapping[str, int]) -> dict[int, bytes] | None:
    """Return the digests that what is known must have for these definitions to add nothing.

    None where one of them adds something now, so that `learn_definitions` must merge it.
    """
    by_number = {numbers[activity]: definitions for activity, definitions in sent.items()}
    unsure = {
        number: definitions for number, definitions in by_number.items() if not _is_remembered(number, definitions)
    }
    if unsure and _changed(unsure, _known(list(unsure))):
        return None
    try:
        return {number: _adds_nothing[number][1] for number in by_number}
    except KeyError:  # another thread made room meanwhile
        return None


def _is_remembered(number: int, definitions: Sequence[bytes]) -> bool:
    found = _adds_nothing.get(number)
    return found is not None and found[0] == tuple(definitions)


def digest_of(definition: bytes) -> bytes:
    """Return the digest under which PostgreSQL can compare a definition."""
    return sha256(definition).digest()


def _changed(sent: Mapping[int, Sequence[bytes]], known: Mapping[int, bytes]) -> dict[int, bytes]:
    """Return the new definitions of those activities that become different."""
    result = {}
    for number, definitions in sent.items():
        before = known.get(number, b"{}")
        if _adds_nothing.get(number) == (tuple(definitions), digest_of(before)):
            continue
        after = _merged(before, definitions)
        if after != before:
            result[number] = after if len(after) <= MAXIMUM_BYTES else definitions[-1]
        else:
            _remember(number, definitions, before)
    return result


def _merged(before: bytes, definitions: Sequence[bytes]) -> bytes:
    known: Json = msgspec.json.decode(before)
    for definition in definitions:
        known = merged_definition(known, msgspec.json.decode(definition))
    return msgspec.json.encode(known)


def _remember(number: int, definitions: Sequence[bytes], before: bytes) -> None:
    if len(_adds_nothing) >= _ROOM:
        _adds_nothing.clear()
    _adds_nothing[number] = (tuple(definitions), digest_of(before))


def _known(numbers: Sequence[int], *, lock: bool = False) -> dict[int, bytes]:
    suffix = "ORDER BY activity_id FOR UPDATE" if lock else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT activity_id, definition FROM records_activity WHERE activity_id = ANY(%s) {suffix}",  # noqa: S608
            [list(numbers)],
        )
        return {number: bytes(definition) for number, definition in cursor.fetchall()}


def _make_rows(numbers: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_activity (activity_id, definition) SELECT number, '{}'::bytea"
            " FROM unnest(%s::integer[]) AS number ON CONFLICT (activity_id) DO NOTHING",
            [list(numbers)],
        )


def _write(changed: Mapping[int, bytes]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE records_activity a SET definition = new.definition"
            " FROM unnest(%s::integer[], %s::bytea[]) AS new (number, definition) WHERE a.activity_id = new.number",
            [list(changed), list(changed.values())],
        )
