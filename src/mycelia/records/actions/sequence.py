"""Numbers in the order of the store, taken from the database in blocks."""

from __future__ import annotations

import os
from threading import Lock
from typing import Any

import psycopg

BLOCK = 1000
"""How far the database's sequence goes on at a time (migration 0006)."""

_free = range(0)
_guard = Lock()


def take_numbers(cursor: psycopg.Cursor[Any], count: int) -> list[int]:
    """Return numbers nobody else has or will have, each greater than the one before."""
    global _free
    with _guard:
        taken = list(_free[:count])
        _free = _free[count:]
        missing = count - len(taken)
        if missing:
            cursor.execute(
                "SELECT nextval('records_statement_sequence') FROM generate_series(1, %s)", [-(-missing // BLOCK)]
            )
            blocks = sorted(first for (first,) in cursor.fetchall())
            fresh = [number for first in blocks for number in range(first, first + BLOCK)]
            taken += fresh[:missing]
            _free = range(fresh[missing], blocks[-1] + BLOCK) if missing < len(fresh) else range(0)
    return taken


def _forget_numbers() -> None:
    global _free, _guard
    _free, _guard = range(0), Lock()


os.register_at_fork(after_in_child=_forget_numbers)
