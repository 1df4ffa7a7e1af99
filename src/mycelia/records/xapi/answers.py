"""Answers: JSON, and problems with their reason."""

from __future__ import annotations

import msgspec
import structlog
from django.http import HttpResponse

from mycelia.kernel.errors import MyceliaError
from mycelia.records.errors import InvalidStatement, MethodNotAllowed, Unauthenticated

JSON = "application/json"
_PROBLEM = "application/problem+json"
_PART_OF_A_PROBLEM = (
    *("path", "clause", "reason", "limit_bytes", "limit", "scopes", "statement_id"),
    *("parameter", "etag"),
)
log = structlog.get_logger(__name__)


def json(value: object, *, status: int = 200) -> HttpResponse:
    """Return a value as JSON."""
    return HttpResponse(msgspec.json.encode(value), status=status, content_type=JSON)


def json_bytes(encoded: bytes, *, status: int = 200) -> HttpResponse:
    """Return JSON that is encoded already."""
    return HttpResponse(encoded, status=status, content_type=JSON)


def nothing() -> HttpResponse:
    """Return the answer that says done and no more."""
    answer = HttpResponse(status=204)
    del answer["Content-Type"]
    return answer


def refusal(error: MyceliaError) -> HttpResponse:
    """Return RFC 9457 problem details; what is merely invalid answers 400 here, as the specification has it."""
    status = 400 if error.status == InvalidStatement.status else error.status
    log.info("xapi_refused", code=error.code, status=status)
    body = {"type": f"urn:mycelia:problem:{error.code}", "title": str(error), "status": status}
    body |= {name: error.data[name] for name in _PART_OF_A_PROBLEM if name in error.data}
    answer = HttpResponse(msgspec.json.encode(body), status=status, content_type=_PROBLEM)
    if isinstance(error, Unauthenticated):
        answer["WWW-Authenticate"] = 'Basic realm="xAPI", charset="UTF-8"'
    if isinstance(error, MethodNotAllowed):
        answer["Allow"] = ", ".join(error.allowed)
    return answer


def without_body(answer: HttpResponse) -> HttpResponse:
    """Return the answer to HEAD: every header, the length included, and no body."""
    answer["Content-Length"] = str(len(answer.content))
    answer.content = b""
    return answer
