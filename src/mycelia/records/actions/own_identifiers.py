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

from mycelia.kernel import clock
from mycelia.records.actions.storing import platform_authority
from mycelia.records.models import IdentifierSecret

SECRET_BYTES = 32
# Before there was a secret the name itself was the identifier; what the product stored under one is told as well. Of a
# statement that retention has removed only its identifier is left, so what was taken before then counts as told.
_UNTOLD = """
    SELECT sent.name, sent.own FROM unnest(%s::uuid[], %s::uuid[]) AS sent (name, own)
    WHERE NOT EXISTS (SELECT FROM records_statementkey k WHERE k.statement_id = sent.own)
        AND NOT EXISTS (
            SELECT FROM records_statementkey k
            LEFT JOIN records_statement s ON s.stored = k.stored AND s.sequence = k.sequence
            LEFT JOIN records_agent a ON a.id = s.authority_id AND a.kind = 'account'
            WHERE k.statement_id = sent.name AND (a.value = %s OR (s.stored IS NULL AND k.stored < %s)))
"""


def untold(names: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the identifier to store each thing under that the product has not told of yet, by its name.

    Args:
        names: What there is to tell; the same thing always has the same name.
    """
    if not names:
        return {}
    known = _secret()
    secret = bytes(known.secret)
    own = [UUID(bytes=sha256(secret + name.bytes).digest()[:16], version=5) for name in names]
    values = [list(names), own, platform_authority()["account"]["name"], known.made_at]
    with connection.cursor() as cursor:
        cursor.execute(_UNTOLD, values)
        return dict(cursor.fetchall())


def _secret() -> IdentifierSecret:
    made = {"secret": secrets.token_bytes(SECRET_BYTES), "made_at": clock.now()}
    return IdentifierSecret.objects.get_or_create(defaults=made, pk=True)[0]
