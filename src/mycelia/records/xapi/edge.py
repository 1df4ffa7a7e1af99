"""From a request to a handler, and from whatever happens there to an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponseBase

from mycelia.kernel.errors import MyceliaError, Unavailable
from mycelia.kernel.requests import STRANGER_BYTES, discard_from_stranger, discard_rest
from mycelia.records.actions.uses import ACCEPTED, count
from mycelia.records.errors import FormTooLarge, InvalidStatement, MethodNotAllowed, RequestTooLarge
from mycelia.records.types import Scope
from mycelia.records.xapi import answers, cors
from mycelia.records.xapi.admission import Visit, is_known, let_in
from mycelia.records.xapi.alternate import check_outside, content_of, is_alternate, unwrapped
from mycelia.records.xapi.authentication import scheme_of
from mycelia.records.xapi.calls import Call, headers_of, parameters_of, read_body
from mycelia.records.xapi.versions import HEADER, negotiate, spoken_unasked

MEGABYTE = 1024 * 1024
_VERSION = HEADER.lower()
Handler = Callable[[Call], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Operation:
    """What a resource does on one method.

    Args:
        handler: Makes the answer; raises a `MyceliaError` to refuse.
        scopes: One of these is needed; `all` always suffices, `all/read` wherever something is only read.
        limit_bytes: The longest body that is read.
        needs_version: Whether the version header must be there.
        needs_client: Whether the sender must be known.
    """

    handler: Handler
    scopes: frozenset[Scope] = frozenset()
    limit_bytes: int = 8 * MEGABYTE
    needs_version: bool = True
    needs_client: bool = True


Body = Callable[[Operation], bytes]


def resource(operations: Mapping[str, Operation]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Return the view of a resource from its operations by method; HEAD is GET without its body."""

    def view(request: HttpRequest) -> HttpResponseBase:
        if cors.is_preflight(request):
            return cors.preflight(request, operations)
        visit = Visit()
        answer = _answered(request, operations, visit)
        answer[HEADER] = visit.spoken
        # Without it a browser would guess from Last-Modified how long an answer stays good.
        answer.setdefault("Cache-Control", "private, no-cache")
        cors.open_to_browser(request, answer)
        count(visit.credential_id, visit.outcome)
        if visit.outcome != ACCEPTED:
            _discard(request, operations)
        return answers.without_body(answer) if request.method == "HEAD" else answer

    return view


def _answered(request: HttpRequest, operations: Mapping[str, Operation], visit: Visit) -> HttpResponseBase:
    """Return the answer, or the refusal of whatever is not right; note in the visit what is learnt on the way."""
    try:
        call, body = _received(request, operations)
        operation = _operation(operations, call.method)
        if operation.needs_version or _VERSION in call.headers:
            call = _negotiated(call, visit)
        if operation.needs_client or "authorization" in call.headers:
            call = call.of(let_in(call, operation.scopes, visit))
        call = replace(call, body=body(operation))
        return operation.handler(call)
    except InvalidStatement as error:
        visit.refused(error)
        return answers.refusal(error.cited_for(visit.spoken))
    except MyceliaError as error:
        visit.refused(error)
        return answers.refusal(error, scheme=scheme_of(request.META.get("HTTP_AUTHORIZATION")))
    except (OperationalError, InterfaceError):
        visit.refused(Unavailable())
        return answers.refusal(Unavailable())


def _negotiated(call: Call, visit: Visit) -> Call:
    """Return the call held to the version it names; the visit learns which version to answer in, refused or not."""
    sent = call.headers.get(_VERSION)
    if sent is None:
        visit.spoken = spoken_unasked(brings_something=call.method != "GET" or bool(call.parameters))
    visit.spoken = negotiate(sent)
    return call.negotiated(visit.spoken)


def _received(request: HttpRequest, operations: Mapping[str, Operation]) -> tuple[Call, Body]:
    """Return what is asked, and what gives its body once its sender may send one.

    Under the alternate syntax the body says who sends it, so it is read at once: as much as any operation takes from
    somebody whom a header names as well, and little from anybody else. Its content is decoded later all the same.
    """
    parameters = parameters_of(request.META.get("QUERY_STRING", "").encode(errors="surrogateescape"), what="query")
    call = Call(_method(request.method or ""), parameters, headers_of(request))
    if is_alternate(call):
        check_outside(call)
        call = unwrapped(call, _form(request, longest=_longest(operations)))
        return replace(call, method=_method(call.method)), lambda _operation: content_of(call)
    if call.method == "GET":
        return call, lambda _operation: b""
    return call, lambda operation: read_body(request, limit_bytes=operation.limit_bytes)


def _form(request: HttpRequest, *, longest: int) -> bytes:
    if longest <= STRANGER_BYTES or is_known(request.META.get("HTTP_AUTHORIZATION")):
        return read_body(request, limit_bytes=longest)
    try:
        return read_body(request, limit_bytes=STRANGER_BYTES)
    except RequestTooLarge as error:
        raise FormTooLarge(STRANGER_BYTES) from error


def _longest(operations: Mapping[str, Operation]) -> int:
    return max(operation.limit_bytes for operation in operations.values())


def _discard(request: HttpRequest, operations: Mapping[str, Operation]) -> None:
    """Read what is left of a body that was refused: of somebody known twice what any operation takes."""
    if is_known(request.META.get("HTTP_AUTHORIZATION")):
        discard_rest(request, at_most_bytes=2 * _longest(operations))
    else:
        discard_from_stranger(request)


def _method(sent: str) -> str:
    return "GET" if sent == "HEAD" else sent


def _operation(operations: Mapping[str, Operation], method: str) -> Operation:
    operation = operations.get(method)
    if operation is None:
        raise MethodNotAllowed(sorted(operations))
    return operation
