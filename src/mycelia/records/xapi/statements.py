"""The statements resource.

References:
    xAPI 1.0.3 Part Three 2.1; IEEE 9274.1.1-2023 4.1.6.1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import http_date

from mycelia.kernel.errors import Unavailable
from mycelia.records.actions.storing import Accepted, store_sent
from mycelia.records.calc.attachments import bytes_by_hash, statements_part
from mycelia.records.calc.extraction import agent_key
from mycelia.records.calc.multipart import MIXED, boundary_of, charset_of, media_type, parse
from mycelia.records.calc.preparation import decode, split
from mycelia.records.errors import BadRequest, CharsetRefused, StatementNotFound
from mycelia.records.queries.consistency import consistent_through
from mycelia.records.queries.statements import statement, statements, voided_statement
from mycelia.records.types import Json, Scope, StoredStatement
from mycelia.records.xapi import answers, more
from mycelia.records.xapi.calls import Call
from mycelia.records.xapi.edge import Operation, resource
from mycelia.records.xapi.reading import Reading, reading
from mycelia.records.xapi.statement_pages import Writer, attached_within_limit, mixed, result

LIMIT_BYTES = settings.MYCELIA_XAPI_STATEMENTS_BYTES
PATIENCE_SECONDS = 5
"""How long a request waits for another one that writes the same identifiers."""
CONSISTENT_THROUGH = "X-Experience-API-Consistent-Through"
_READ_EVERY = frozenset({Scope.STATEMENTS_READ, Scope.ALL_READ, Scope.ALL})


def get(call: Call) -> HttpResponseBase:
    """Answer with one statement or a part of those a filter finds."""
    parameters: Mapping[str, str] = call.parameters
    after = None
    if more.PARAMETER in parameters and len(parameters) == 1:
        parameters, after = (found := more.follow(parameters[more.PARAMETER])).parameters, found.after
    asked = reading(parameters, call.version)
    if asked.statement_id is not None:
        return _one(call, asked, asked.statement_id)
    return _page(call, replace(asked, wanted=replace(asked.wanted, after=after)), parameters)


def _one(call: Call, asked: Reading, statement_id: UUID) -> HttpResponseBase:
    found = (voided_statement if asked.is_voided else statement)(statement_id)
    if not _may_read(call, found):
        raise StatementNotFound(statement_id=str(statement_id))
    (body,) = _writer(call, asked).write([found])
    is_mixed = asked.with_attachments
    answer = mixed(body, attached_within_limit([found])) if is_mixed else answers.json_bytes(body)
    answer["Last-Modified"] = http_date(found.stored.timestamp())
    return answer


def _page(call: Call, asked: Reading, parameters: Mapping[str, str]) -> HttpResponseBase:
    mine = None if call.sender.scopes & _READ_EVERY else agent_key(call.sender.authority)
    page = statements(replace(asked.wanted, authority=mine))
    shown: Sequence[StoredStatement] = page.statements
    going_out = attached_within_limit(shown) if asked.with_attachments else None
    if going_out is not None:
        shown = shown[: len(going_out)]
    after = page.more if len(shown) == len(page.statements) else shown[-1].cursor
    body = result(_writer(call, asked).write(shown), "" if after is None else more.link(parameters, after))
    return answers.json_bytes(body) if going_out is None else mixed(body, going_out)


def _writer(call: Call, asked: Reading) -> Writer:
    return Writer(asked.form, call.headers.get("accept-language", ""))


def _may_read(call: Call, found: StoredStatement) -> bool:
    """Return whether the scope covers it: everything, or what came under the sender's own authority."""
    if call.sender.scopes & _READ_EVERY:
        return True
    return agent_key(msgspec.json.decode(found.payload)["authority"]) == agent_key(call.sender.authority)


def put(call: Call) -> HttpResponse:
    """Store one statement under the identifier the query names."""
    if set(call.parameters) != {"statementId"}:
        raise BadRequest("PUT takes the parameter statementId and no other.")
    asked = reading(call.parameters, call.version)
    body, attachments = _sent(call)
    statement = decode(body, 0)
    if type(statement) is not dict:
        raise BadRequest("PUT takes one statement, as a JSON object.")
    own = statement.get("id", call.parameters["statementId"])
    if type(own) is not str or own.lower() != str(asked.statement_id):
        raise BadRequest("The statement's id is not the statementId of the query.")
    _stored(call, split(body) if "id" in statement else [{**statement, "id": own}], attachments)
    return answers.nothing()


def post(call: Call) -> HttpResponse:
    """Store one statement or a batch, wholly or not at all, and answer with the identifiers in the order sent.

    Where every one of them was stored before, equal to what was sent, nothing changes and the answer is 204.
    """
    if call.parameters:
        raise BadRequest("POST takes no parameter here.")
    body, attachments = _sent(call)
    batch = split(body)
    stored = _stored(call, batch, attachments)
    if stored.identifiers and not stored.new_count:
        return answers.nothing()
    return answers.json(list(map(_as_sent, stored.identifiers, batch)))


def _as_sent(identifier: bytes, statement: bytes) -> str:
    """Return the identifier as the sender wrote it, in capitals or not, so that they find it again; else as made."""
    digits = identifier.hex()
    small = f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
    return small if small.encode() in statement else str(msgspec.json.decode(statement).get("id", small))


def _sent(call: Call) -> tuple[bytes, dict[str, bytes]]:
    """Return the JSON of a body, and the bytes of attachments by their SHA-2."""
    content_type = call.headers.get("content-type", "")
    kind = media_type(content_type)
    if kind == answers.JSON:
        _check_charset(content_type)
        return call.body, {}
    if kind != MIXED:
        raise BadRequest("Statements are sent as application/json, or with attachments as multipart/mixed.")
    parts = parse(call.body, boundary_of(content_type))
    _check_charset(parts[0].headers.get("content-type", ""))
    return statements_part(parts), bytes_by_hash(parts[1:])


def _check_charset(content_type: str) -> None:
    """Refuse text in which the same bytes mean other letters (RFC 8259 8.1: JSON is UTF-8)."""
    if charset_of(content_type) not in {"utf-8", "utf8", "us-ascii"}:
        raise CharsetRefused


def _stored(call: Call, batch: Sequence[bytes | str | Json], attachments: Mapping[str, bytes]) -> Accepted:
    return store_sent(
        batch,
        authority=call.sender.authority,
        version=call.version,
        attachments=attachments,
        defines=bool(call.sender.scopes & {Scope.DEFINE, Scope.ALL}),
        voids_every=Scope.ALL in call.sender.scopes,
        patience_seconds=PATIENCE_SECONDS,
    )


_READ = frozenset({Scope.STATEMENTS_READ, Scope.STATEMENTS_READ_MINE})
_WRITE = frozenset({Scope.STATEMENTS_WRITE})
_resource = resource(
    {
        "GET": Operation(get, _READ),
        "PUT": Operation(put, _WRITE, LIMIT_BYTES),
        "POST": Operation(post, _WRITE, LIMIT_BYTES),
    }
)


def _reads(request: HttpRequest) -> bool:
    """Return whether it is a GET or HEAD, or stands for one under the alternate syntax."""
    return request.method in {"GET", "HEAD"} or request.META.get("QUERY_STRING") in {"method=GET", "method=HEAD"}


def view(request: HttpRequest) -> HttpResponseBase:
    """Answer, and say in every answer to a GET until when the store can be read, whatever its status.

    The moment is looked up before the store is read: what was stored until then is in the answer, or in the parts
    its `more` leads to, and whoever goes on with `since` that moment misses nothing.

    References:
        xAPI 1.0.3 Part Three 2.1.3.
    """
    if not _reads(request):
        return _resource(request)
    try:
        through = consistent_through()
    except (OperationalError, InterfaceError, Unavailable):
        return _resource(request)
    answer = _resource(request)
    answer[CONSISTENT_THROUGH] = through.isoformat()
    return answer
