"""Giving out the attachments of statements."""

from __future__ import annotations

from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mycelia.kernel.policy import require
from mycelia.kernel.requests import actor_of
from mycelia.records import api
from mycelia.records.calc.details import hashes_named
from mycelia.records.errors import StatementNotFound
from mycelia.records.views.statements import may_see

_HARMLESS = "sandbox; default-src 'none'"


@require_safe
def attachment(request: HttpRequest, statement_id: UUID, sha2: str) -> HttpResponse:
    """Give out the bytes of an attachment to whoever may see a statement that names it; never as a page.

    Whoever sent it may have called HTML a picture, so it goes out as bytes of no kind, to be saved, under a name
    made from its hash.
    """
    actor = actor_of(request)
    require(actor, api.ReadOwnStatements())
    found = api.any_statement(statement_id)
    if not may_see(actor, found) or sha2 not in hashes_named(msgspec.json.decode(found.payload)):
        raise StatementNotFound(statement_id=str(statement_id))
    content = api.attachment_bytes([sha2]).get(sha2)
    if content is None:
        raise StatementNotFound(statement_id=str(statement_id))
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{sha2[:16]}.bin"'
    answer["Content-Security-Policy"] = _HARMLESS
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
