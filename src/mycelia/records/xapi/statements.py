"""The statements resource."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from mycelia.records.actions.storing import store
from mycelia.records.calc.preparation import decode, split
from mycelia.records.errors import BadRequest
from mycelia.records.queries.statements import statement
from mycelia.records.types import Scope
from mycelia.records.xapi import answers
from mycelia.records.xapi.calls import Call
from mycelia.records.xapi.edge import MEGABYTE, Operation, resource

LIMIT_BYTES = 64 * MEGABYTE


def get(call: Call) -> HttpResponse:
    """Answer with a statement."""
    return answers.json_bytes(statement(_identifier(call)).payload)


def put(call: Call) -> HttpResponse:
    """Store one statement under the identifier the query names."""
    sent = {**decode(call.body, 0), "id": str(_identifier(call))}
    store([sent], authority=call.sender.authority, version=call.version, defines=_defines(call))
    return answers.nothing()


def post(call: Call) -> HttpResponse:
    """Store one statement or a batch."""
    stored = store(split(call.body), authority=call.sender.authority, version=call.version, defines=_defines(call))
    return answers.json([str(one) for one in stored])


def _defines(call: Call) -> bool:
    """Return whether the definitions sent add to what is known; without the scope they only stand in the statement.

    References:
        xAPI 1.0.3 Part Three 4.2, scope `define`.
    """
    return bool(call.sender.scopes & {Scope.DEFINE, Scope.ALL})


def _identifier(call: Call) -> UUID:
    try:
        return UUID(call.parameters["statementId"])
    except (KeyError, ValueError) as error:
        raise BadRequest("The parameter statementId must be a UUID.") from error


_READ = frozenset({Scope.STATEMENTS_READ, Scope.STATEMENTS_READ_MINE})
_WRITE = frozenset({Scope.STATEMENTS_WRITE})
view = resource(
    {
        "GET": Operation(get, _READ),
        "PUT": Operation(put, _WRITE, LIMIT_BYTES),
        "POST": Operation(post, _WRITE, LIMIT_BYTES),
    }
)
