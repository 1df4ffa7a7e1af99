"""The alternate request syntax: any request sent as a POST of a form, for clients that can send nothing else.

References:
    xAPI 1.0.3 Part Three 1.3. Version 2.0 has none: there `method` is an unknown parameter like any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mycelia.records.errors import BadRequest, RequestTooLarge
from mycelia.records.xapi.calls import Call, fields_of, text_of

FIELDS_BYTES = 64 * 1024
"""What the fields beside `content` may come to; a query is held to no more."""
_METHODS = frozenset({"GET", "HEAD", "PUT", "POST", "DELETE"})
_FORM = "application/x-www-form-urlencoded"
_AS_HEADERS = frozenset(
    {
        *("authorization", "x-experience-api-version", "content-type", "content-length"),
        *("if-match", "if-none-match", "accept", "accept-language"),
    }
)


def is_alternate(call: Call) -> bool:
    """Return whether this is a request of the alternate syntax; a request that says it is of 2.0 is not."""
    return call.method == "POST" and "method" in call.parameters and not _is_of_2(call.headers)


def check_outside(call: Call) -> None:
    """Refuse what can be seen to be wrong before the form is read.

    Raises:
        BadRequest: The query has more than `method`, the method is none, or the body is no form.
    """
    if len(call.parameters) > 1:
        raise BadRequest("Under the alternate request syntax the query holds `method` alone.")
    if call.parameters["method"] not in _METHODS:
        raise BadRequest("The parameter `method` names no method.")
    if call.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise BadRequest(f"Under the alternate request syntax the body is {_FORM}.")


def unwrapped(call: Call, form: bytes) -> Call:
    """Return the request a form stands for; its body is the field `content`, still encoded.

    A field named like a header, in whatever case, stands in its place, also where a header was really sent.

    Raises:
        BadRequest: The form is malformed, lacks `content`, or says that it is of 2.0.
        RequestTooLarge: The other fields are longer than any query.
    """
    method = call.parameters["method"]
    encoded = fields_of(form, what="form")
    content = encoded.pop("content", None)
    if method in {"PUT", "POST"} and content is None:
        raise BadRequest("The form has no field `content`.")
    if len(form) - len(content or b"") > FIELDS_BYTES:
        raise RequestTooLarge(FIELDS_BYTES)
    fields = {name: text_of(value, what="form") for name, value in encoded.items()}
    headers = _headers(call, fields)
    if _is_of_2(headers):
        raise BadRequest("Version 2.0 has no alternate request syntax: `method` is no parameter of it.")
    parameters = {name: value for name, value in fields.items() if name.lower() not in _AS_HEADERS}
    return replace(call, method=method, parameters=parameters, headers=headers, body=content or b"")


def content_of(call: Call) -> bytes:
    """Return the body of an unwrapped request, decoded; raises `BadRequest` where it is malformed."""
    return text_of(call.body, what="form").encode()


def _is_of_2(headers: Mapping[str, str]) -> bool:
    return headers.get("x-experience-api-version", "").startswith("2")


def _headers(call: Call, fields: Mapping[str, str]) -> dict[str, str]:
    named = [(name.lower(), value) for name, value in fields.items() if name.lower() in _AS_HEADERS]
    if len(dict(named)) != len(named):
        raise BadRequest("The form names a header twice.")
    sent = {name: value for name, value in call.headers.items() if name not in {"content-type", "content-length"}}
    return {"content-type": "application/json"} | sent | dict(named)
