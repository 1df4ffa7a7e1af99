"""Giving out the attachments of statements."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from mycelia.kernel.policy import require
from mycelia.kernel.requests import actor_of
from mycelia.records import api
from mycelia.records.errors import StatementNotFound
from mycelia.records.views.statements import may_see

_HARMLESS = "sandbox; default-src 'none'"


@require_safe
def attachment(request: HttpRequest, statement_id: UUID, sha2: str) -> StreamingHttpResponse:
    """Give out the bytes of an attachment to whoever may see a statement they go out with; never as a page.

    Whoever sent it may have called HTML a picture, so it goes out as bytes of no kind, to be saved, under a name
    made from its hash.
    """
    actor = actor_of(request)
    require(actor, api.ReadOwnStatements())
    found = api.any_statement(statement_id)
    length = api.attached([found.cursor])[found.cursor].get(sha2) if may_see(actor, found) else None
    if length is None:
        raise StatementNotFound(statement_id=str(statement_id))
    pieces = iter(()) if request.method == "HEAD" else api.attachment_pieces(sha2, length)
    answer = StreamingHttpResponse(pieces, content_type="application/octet-stream")
    answer["Content-Length"] = str(length)
    answer["Content-Disposition"] = f'attachment; filename="{sha2[:16]}.bin"'
    answer["Content-Security-Policy"] = _HARMLESS
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
