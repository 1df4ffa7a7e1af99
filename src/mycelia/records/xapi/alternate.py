"""The alternate request syntax: any request sent as a POST of a form, for clients that can send nothing else.

References:
    xAPI 1.0.3 Part Three 1.3. Version 2.0 has none: there `method` is an unknown parameter like any other.
"""

from __future__ import annotations

from dataclasses import replace

from mycelia.records.errors import BadRequest
from mycelia.records.xapi.calls import Call, parameters_of

_METHODS = frozenset({"GET", "HEAD", "PUT", "POST", "DELETE"})
_FORM = "application/x-www-form-urlencoded"
_AS_HEADERS = {
    name.lower(): name
    for name in (
        *("Authorization", "X-Experience-API-Version", "Content-Type", "Content-Length"),
        *("If-Match", "If-None-Match", "Accept", "Accept-Language"),
    )
}


def is_alternate(call: Call) -> bool:
    """Return whether this is a request of the alternate syntax; a request that says it is of 2.0 is not."""
    if call.method != "POST" or "method" not in call.parameters:
        return False
    return not call.headers.get("x-experience-api-version", "1.0").startswith("2")


def unwrapped(call: Call) -> Call:
    """Return the request the form stands for.

    A field named like a header stands in its place, also where a header was really sent.

    Raises:
        BadRequest: The query has more than `method`, the method is none, or the body is no form.
    """
    method = call.parameters["method"]
    if len(call.parameters) > 1:
        raise BadRequest("Under the alternate request syntax the query holds `method` alone.")
    if method not in _METHODS:
        raise BadRequest("The parameter `method` names no method.")
    if call.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise BadRequest(f"Under the alternate request syntax the body is {_FORM}.")
    fields = _fields(call.body)
    content = fields.pop("content", None)
    if method in {"PUT", "POST"} and content is None:
        raise BadRequest("The form has no field `content`.")
    headers = _headers(call, fields)
    return replace(call, method=method, parameters=fields, headers=headers, body=(content or "").encode())


def _fields(body: bytes) -> dict[str, str]:
    try:
        encoded = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest("The form is not UTF-8.") from error
    return parameters_of(encoded, what="form")


def _headers(call: Call, fields: dict[str, str]) -> dict[str, str]:
    named = {name: fields.pop(spelled) for name, spelled in _AS_HEADERS.items() if spelled in fields}
    sent = {name: value for name, value in call.headers.items() if name not in {"content-type", "content-length"}}
    return {"content-type": "application/json"} | sent | named
