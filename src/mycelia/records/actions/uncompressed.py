"""Keeping the bytes of attachments as they are where an older version of the product compressed them.

Of compressed bytes a piece can only be read with all before it, so an answer that sends them in pieces would unpack
them again for each.
"""

from __future__ import annotations

from django.db import connection

from mycelia.kernel.policy import Actor, require
from mycelia.records.permissions import RuleOverRetention

MOST = 1000
_COMPRESSED = (
    "SELECT sha2 FROM records_attachment WHERE pg_column_compression(content) IS NOT NULL ORDER BY sha2 LIMIT %s"
)
_REWRITE = "UPDATE records_attachment SET content = content || ''::bytea WHERE sha2 = %s"


def store_uncompressed(*, actor: Actor, most: int = MOST) -> int:
    """Write attachments anew that are compressed, each by itself, and return how many; the next run goes on.

    The bytes stay the same, and readers go on meanwhile. An attachment that is removed meanwhile is left out.

    Raises:
        PermissionDenied: The actor may not.
    """
    require(actor, RuleOverRetention())
    with connection.cursor() as cursor:
        cursor.execute(_COMPRESSED, [most])
        found = [sha2 for (sha2,) in cursor.fetchall()]
        for sha2 in found:
            cursor.execute(_REWRITE, [sha2])
    return len(found)
