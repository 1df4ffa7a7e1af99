"""One writer of the directory at a time."""

from __future__ import annotations

from django.db import connection

from mycelia.people.errors import ImportUnderWay

_KEY = 0x70656F706C65
"""Number of the advisory lock: the word "people" in ASCII."""


def wait_for_directory() -> None:
    """Hold the directory until the running transaction ends, after whoever holds it now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_KEY])


def claim_directory() -> None:
    """Hold the directory until the running transaction ends.

    Raises:
        ImportUnderWay: Somebody else holds it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_KEY])
        (claimed,) = cursor.fetchone()
    if not claimed:
        raise ImportUnderWay
