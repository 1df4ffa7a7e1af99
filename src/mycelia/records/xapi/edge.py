"""From a request to a handler, and from whatever happens there to an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from mycelia.kernel.errors import MyceliaError, Unavailable
from mycelia.records.errors import MethodNotAllowed, ScopeMissing
from mycelia.records.types import Scope
from mycelia.records.xapi import answers
from mycelia.records.xapi.alternate import is_alternate, unwrapped
from mycelia.records.xapi.authentication import authenticate
from mycelia.records.xapi.calls import Call, headers_of, parameters_of, read_body
from mycelia.records.xapi.versions import HEADER, LATEST, negotiate

MEGABYTE = 1024 * 1024
Handler = Callable[[Call], HttpResponse]


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


def resource(operations: Mapping[str, Operation]) -> Callable[[HttpRequest], HttpResponse]:
    """Return the view of a resource from its operations by method; HEAD is GET without its body."""

    def view(request: HttpRequest) -> HttpResponse:
        spoken = LATEST
        try:
            call = _received(request, operations)
            operation = _operation(operations, call.method)
            if operation.needs_version or "x-experience-api-version" in call.headers:
                spoken = negotiate(call.headers.get("x-experience-api-version"))
                call = call.negotiated(spoken)
            answer = operation.handler(_let_in(call, operation))
        except MyceliaError as error:
            answer = answers.refusal(error)
        except (OperationalError, InterfaceError):
            answer = answers.refusal(Unavailable())
        answer[HEADER] = spoken
        return answers.without_body(answer) if request.method == "HEAD" else answer

    return view


def _received(request: HttpRequest, operations: Mapping[str, Operation]) -> Call:
    """Read the request; of a body no more than its operation takes, and none for a method that has no operation."""
    parameters = parameters_of(request.META.get("QUERY_STRING", ""), what="query")
    call = Call(_method(request.method or ""), parameters, headers_of(request))
    if is_alternate(call):
        longest = max(operation.limit_bytes for operation in operations.values())
        call = unwrapped(replace(call, body=read_body(request, limit_bytes=longest)))
        return replace(call, method=_method(call.method))
    limit = _operation(operations, call.method).limit_bytes
    return call if call.method == "GET" else replace(call, body=read_body(request, limit_bytes=limit))


def _method(sent: str) -> str:
    return "GET" if sent == "HEAD" else sent


def _operation(operations: Mapping[str, Operation], method: str) -> Operation:
    operation = operations.get(method)
    if operation is None:
        raise MethodNotAllowed(sorted(operations))
    return operation


def _let_in(call: Call, operation: Operation) -> Call:
    """Return the call with its sender, who may do this.

    Raises:
        Unauthenticated: Nobody is named, or the credential is wrong.
        ScopeMissing: The credential does not cover it.
    """
    if not operation.needs_client and "authorization" not in call.headers:
        return call
    client = authenticate(call.headers.get("authorization"))
    enough = operation.scopes | {Scope.ALL}
    if call.method == "GET":
        enough |= {Scope.ALL_READ}
    if operation.scopes and not client.scopes & enough:
        raise ScopeMissing(sorted(scope.value for scope in enough))
    return call.of(client)
