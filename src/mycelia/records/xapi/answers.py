"""Answers: JSON, and problems with their reason."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import structlog
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from mycelia.kernel.errors import MyceliaError
from mycelia.records.errors import (
    CodingRefused,
    DocumentExists,
    InvalidStatement,
    MethodNotAllowed,
    ScopeMissing,
    Unauthenticated,
)

JSON = "application/json"
_PROBLEM = "application/problem+json"
_TEXT = "text/plain; charset=utf-8"
_BASIC, _BEARER = 'Basic realm="xAPI", charset="UTF-8"', 'Bearer realm="xAPI"'
_PART_OF_A_PROBLEM = (
    *("path", "clause", "reason", "limit_bytes", "limit", "scopes", "statement_id"),
    *("parameter", "etag", "retry_after_seconds"),
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


def refusal(error: MyceliaError, *, scheme: str = "") -> HttpResponse:
    """Return RFC 9457 problem details; what is merely invalid answers 400 here, as the specification has it.

    Only that a document exists already is said in plain text: clients of any edition look for a sentence there, and
    those that read JSON wherever they can would find none.

    Args:
        error: Why it is refused.
        scheme: How the sender proved who they are, in lower case; "" when they did not.

    References:
        xAPI 1.0.2 7.3 ("a plain text body explaining the situation"); xAPI 1.0.3 Part Three 3.1; IEEE 9274.1.1-2023
        4.1.4.
    """
    status = 400 if error.status == InvalidStatement.status else error.status
    log.info("xapi_refused", code=error.code, status=status)
    if isinstance(error, DocumentExists):
        return HttpResponse(str(error), status=status, content_type=_TEXT)
    body = {"type": f"urn:mycelia:problem:{error.code}", "title": str(error), "status": status}
    body |= {name: error.data[name] for name in _PART_OF_A_PROBLEM if name in error.data}
    answer = HttpResponse(msgspec.json.encode(body), status=status, content_type=_PROBLEM)
    for name, value in _headers_of(error, scheme):
        answer[name] = value
    return answer


def _headers_of(error: MyceliaError, scheme: str) -> Iterator[tuple[str, str]]:
    """Yield what programs look for in the headers of a refusal.

    References:
        RFC 7617 and RFC 6750 section 3 (WWW-Authenticate), RFC 9110 10.2.1 (Allow), 10.2.3 (Retry-After) and
        15.5.16 (Accept-Encoding).
    """
    if isinstance(error, MethodNotAllowed):
        yield "Allow", ", ".join(error.allowed)
    elif isinstance(error, CodingRefused):
        yield "Accept-Encoding", "identity"
    elif "retry_after_seconds" in error.data:
        yield "Retry-After", str(error.data["retry_after_seconds"])
    elif isinstance(error, ScopeMissing) and scheme == "bearer":
        wanted = " ".join(error.scopes)
        yield "WWW-Authenticate", f'{_BEARER}, error="insufficient_scope", scope="{wanted}"'
    elif isinstance(error, Unauthenticated):
        refused = ', error="invalid_token"' if scheme == "bearer" else ""
        yield "WWW-Authenticate", f"{_BASIC}, {_BEARER}{refused}"


def without_body(answer: HttpResponseBase) -> HttpResponseBase:
    """Return the answer to HEAD: every header, the length included, and no body."""
    if isinstance(answer, HttpResponse):
        answer["Content-Length"] = str(len(answer.content))
        answer.content = b""
    elif isinstance(answer, StreamingHttpResponse):
        answer.streaming_content = ()
    return answer
