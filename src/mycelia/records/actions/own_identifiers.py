"""Identifiers of the product's own statements, which nobody else can take before it does.

What the product tells of has a name that follows from it, so that telling it again is recognised. Whoever knows an
attempt or a registration could work the name out and store a statement of theirs under it; the identifier is therefore
made of the name and a secret of this installation.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from hashlib import sha256
from uuid import UUID

from django.db import connection

from mycelia.records.actions.storing import platform_authority
from mycelia.records.models import IdentifierSecret

SECRET_BYTES = 32
# Once the name itself was the identifier; what the product stored under one is told as well.
_UNTOLD = """
    SELECT sent.name, sent.own FROM unnest(%s::uuid[], %s::uuid[]) AS sent (name, own)
    WHERE NOT EXISTS (SELECT FROM records_statementkey k WHERE k.statement_id = sent.own)
        AND NOT EXISTS (
            SELECT FROM records_statementkey k
            JOIN records_statement s ON s.stored = k.stored AND s.sequence = k.sequence
            JOIN records_agent a ON a.id = s.authority_id AND a.kind = 'account' AND a.value = %s
            WHERE k.statement_id = sent.name)
"""


def untold(names: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the identifier to store each thing under that the product has not told of yet, by its name.

    Args:
        names: What there is to tell; the same thing always has the same name.
    """
    if not names:
        return {}
    secret = _secret()
    own = [UUID(bytes=sha256(secret + name.bytes).digest()[:16], version=5) for name in names]
    with connection.cursor() as cursor:
        cursor.execute(_UNTOLD, [list(names), own, platform_authority()["account"]["name"]])
        return dict(cursor.fetchall())


def _secret() -> bytes:
    found, _ = IdentifierSecret.objects.get_or_create(defaults={"secret": secrets.token_bytes(SECRET_BYTES)}, pk=True)
    return bytes(found.secret)
