"""Counting requests by credential and outcome, and letting each ask only so often.

Counts are gathered in memory and written together every few seconds, so that a request pays nothing for them; what
the other processes let through is learnt at the same time. A process that is killed loses the counts of those seconds.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock, Timer

import structlog
from django.conf import settings
from django.db import Error, connection, transaction

from mycelia.kernel import clock
from mycelia.records.errors import TooManyRequests

ACCEPTED = "accepted"
FOLD_AFTER = timedelta(days=7)
KEEP = timedelta(days=400)
_WRITE = """
    INSERT INTO records_credentialuse (credential_id, since, outcome, requests)
    SELECT * FROM unnest(%s::bigint[], %s::timestamptz[], %s::text[], %s::bigint[]) AS new (credential, at, outcome, n)
    WHERE credential IS NULL OR EXISTS (SELECT 1 FROM records_credential c WHERE c.id = credential)
    ORDER BY 1, 2, 3
    ON CONFLICT (credential_id, since, outcome)
    DO UPDATE SET requests = records_credentialuse.requests + EXCLUDED.requests
"""
_LAST_USED = """
    UPDATE records_credential c SET last_used_at = new.at
    FROM unnest(%s::bigint[], %s::timestamptz[]) AS new (credential, at)
    WHERE c.id = new.credential AND (c.last_used_at IS NULL OR c.last_used_at < new.at)
"""
_LET_THROUGH = """
    SELECT credential_id, sum(requests) FROM records_credentialuse
    WHERE since = %s AND credential_id = ANY(%s) AND outcome <> %s GROUP BY credential_id
"""
_FOLD = """
    WITH old AS (
        DELETE FROM records_credentialuse WHERE since < %s AND since <> date_trunc('hour', since)
        RETURNING credential_id, date_trunc('hour', since) AS since, outcome, requests)
    INSERT INTO records_credentialuse (credential_id, since, outcome, requests)
    SELECT credential_id, since, outcome, sum(requests) FROM old GROUP BY 1, 2, 3
    ON CONFLICT (credential_id, since, outcome)
    DO UPDATE SET requests = records_credentialuse.requests + EXCLUDED.requests
"""
log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Minute:
    """What a credential was let through in a minute: by this process, of that written down, and by the others."""

    start: datetime
    own: int = 0
    written: int = 0
    others: int = 0


_lock = Lock()
_counts: Counter[tuple[int | None, datetime, str]] = Counter()
_last_used: dict[int, datetime] = {}
_minutes: dict[int, _Minute] = {}
_timers: list[Timer] = []


def let_through(credential_id: int, limit: int) -> None:
    """Count a request that is about to be worked on.

    Raises:
        TooManyRequests: The credential has asked `limit` times in this minute.
    """
    now = clock.now()
    start = now.replace(second=0, microsecond=0)
    with _lock:
        minute = _minutes.get(credential_id)
        if minute is None or minute.start != start:
            minute = _minutes[credential_id] = _Minute(start)
        if minute.own + minute.others >= limit:
            raise TooManyRequests(limit=limit, retry_after_seconds=60 - now.second)
        minute.own += 1
        _last_used[credential_id] = now


def count(credential_id: int | None, outcome: str) -> None:
    """Count what became of a request; it is written down a little later."""
    start = clock.now().replace(second=0, microsecond=0)
    with _lock:
        _counts[credential_id, start, outcome] += 1
        if settings.MYCELIA_XAPI_COUNT_SECONDS and not _timers:
            timer = Timer(settings.MYCELIA_XAPI_COUNT_SECONDS, _write_apart)
            timer.daemon = True
            _timers.append(timer)
            timer.start()


def write_counts() -> None:
    """Write down what was counted, and learn what other processes let through; on failure keep it for later."""
    with _lock:
        counts, used = dict(_counts), dict(_last_used)
        _counts.clear()
        _last_used.clear()
    try:
        _write(counts, used)
    except Error as error:
        log.warning("requests_not_counted", error=str(error))
        with _lock:
            _counts.update(counts)
            for credential_id, at in used.items():
                _last_used.setdefault(credential_id, at)


def fold_counts() -> None:
    """Keep minutes a week and hours four hundred days."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_credentialuse WHERE since < %s", [now - KEEP])
        cursor.execute(_FOLD, [now - FOLD_AFTER])


def start_anew() -> None:
    """Forget what was counted and not written."""
    with _lock:
        _counts.clear()
        _last_used.clear()
        _minutes.clear()


def _write_apart() -> None:
    with _lock:
        _timers.clear()
    try:
        write_counts()
    finally:
        connection.close()


def _write(counts: dict[tuple[int | None, datetime, str], int], used: dict[int, datetime]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        if used:
            cursor.execute(_LAST_USED, [list(used), list(used.values())])
        if not counts:
            return
        credentials, moments, outcomes = (list(column) for column in zip(*counts, strict=True))
        cursor.execute(_WRITE, [credentials, moments, outcomes, list(counts.values())])
        newest = max(moments)
        cursor.execute(_LET_THROUGH, [newest, list(used), TooManyRequests.code])
        _learn(counts, newest, dict(cursor.fetchall()))


def _learn(counts: dict[tuple[int | None, datetime, str], int], newest: datetime, totals: dict[int, int]) -> None:
    written: Counter[int | None] = Counter()
    for (credential_id, moment, outcome), requests in counts.items():
        if moment == newest and outcome != TooManyRequests.code:
            written[credential_id] += requests
    with _lock:
        for credential_id, total in totals.items():
            minute = _minutes.get(credential_id)
            if minute is not None and minute.start == newest:
                minute.written += written[credential_id]
                minute.others = max(0, int(total) - minute.written)
