"""When a writing transaction begins, in the sight of readers who must not overtake it."""

from __future__ import annotations

from datetime import datetime

import psycopg
from django.db import connection
from psycopg.pq import ExecStatus, TransactionStatus

from mycelia.kernel import clock


def begin(*, patience_seconds: int = 0) -> datetime:
    """Begin the transaction on the server and return a moment that is not before its beginning.

    Statements stored at this moment are never overtaken: `queries.consistency` sees the transaction from here on. In a
    caller's transaction, which may have begun long ago, its number makes it seen. A transaction of our own costs no
    round trip more: psycopg would begin it with the first command, which is too late.

    Args:
        patience_seconds: How long a transaction of our own waits for another one at most, each time; 0 is for ever.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors:
        server = connection.connection.pgconn
        if server.transaction_status == TransactionStatus.IDLE:
            patience = b"; SET LOCAL lock_timeout = '%ds'" % patience_seconds if patience_seconds else b""
            result = server.exec_(b"BEGIN" + patience)
            if result.status != ExecStatus.COMMAND_OK:
                raise psycopg.OperationalError(result.error_message.decode("utf-8", "replace"))
        else:
            connection.connection.execute("SELECT pg_current_xact_id()")
    return clock.now()
