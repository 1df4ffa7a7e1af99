"""Where a system gets a bearer token for its key and secret: the client credentials grant of OAuth 2.0.

References:
    RFC 6749 2.3.1 (client authentication), 4.4 (the grant), 5.1 and 5.2 (answers); RFC 6750.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from http import HTTPStatus

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from mycelia.kernel.errors import MyceliaError, Unavailable
from mycelia.kernel.requests import discard_from_stranger
from mycelia.records.actions.attempts import failed
from mycelia.records.actions.uses import ACCEPTED, count, let_through
from mycelia.records.calc.terms import EVERY_ORIGIN
from mycelia.records.errors import OriginRefused, TooManyRequests, Unauthenticated
from mycelia.records.queries.credentials import client_of
from mycelia.records.queries.tokens import LIFETIME_SECONDS, make_token, narrowed
from mycelia.records.types import Client, Scope
from mycelia.records.xapi import answers, cors
from mycelia.records.xapi.authentication import key_and_secret, scheme_of
from mycelia.records.xapi.calls import parameters_of, read_body

LIMIT_BYTES = 16 * 1024
GRANT = "client_credentials"
"""The only grant: there are no people and no consent between a system and its own key."""
_FORM = "application/x-www-form-urlencoded"


class GrantRefused(Exception):
    """No token is given; `code` is that of RFC 6749 5.2."""

    def __init__(self, code: str, description: str) -> None:
        super().__init__(description)
        self.code, self.description = code, description


def token(request: HttpRequest) -> HttpResponse:
    """Answer a key and secret with a token, or with why not."""
    if cors.is_preflight(request):
        return cors.preflight(request, ("POST",))
    try:
        answer = _granted(request)
    except GrantRefused as error:
        answer = _refusal(request, error)
    except MyceliaError as error:
        answer = answers.refusal(error)
    except (OperationalError, InterfaceError):
        answer = answers.refusal(Unavailable())
    if answer.status_code >= HTTPStatus.BAD_REQUEST:
        discard_from_stranger(request)
    answer["Cache-Control"] = "no-store"
    cors.open_to_browser(request, answer)
    return answer


def _granted(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        raise GrantRefused("invalid_request", "A token is asked for with POST.")
    fields = _fields(request)
    key, secret = _proof(request, fields)
    client = _client(request, key, secret)
    if "grant_type" not in fields:
        raise GrantRefused("invalid_request", "The field grant_type is missing.")
    if fields["grant_type"] != GRANT:
        raise GrantRefused("unsupported_grant_type", f"The grant_type is {GRANT}.")
    scopes = _scopes(fields.get("scope"), client)
    count(client.credential_id, ACCEPTED)
    return answers.json(
        {
            "access_token": make_token(key, sha256(secret.encode()).digest(), scopes),
            "token_type": "Bearer",
            "expires_in": LIFETIME_SECONDS,
            "scope": " ".join(scope.value for scope in Scope if scope in scopes),
        }
    )


def _fields(request: HttpRequest) -> dict[str, str]:
    if request.META.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() != _FORM:
        raise GrantRefused("invalid_request", f"The body is {_FORM}.")
    try:
        return parameters_of(read_body(request, limit_bytes=LIMIT_BYTES), what="form")
    except MyceliaError as error:
        raise GrantRefused("invalid_request", str(error)) from error


def _proof(request: HttpRequest, fields: Mapping[str, str]) -> tuple[str, str]:
    """Return key and secret from the header or from the form, not from both."""
    authorization = request.META.get("HTTP_AUTHORIZATION")
    in_form = "client_id" in fields or "client_secret" in fields
    if authorization is None:
        return fields.get("client_id", ""), fields.get("client_secret", "")
    if in_form or scheme_of(authorization) != "basic":
        raise GrantRefused("invalid_request", "Prove the client once: in the Basic scheme or in the form.")
    try:
        return key_and_secret(authorization.partition(" ")[2])
    except Unauthenticated as error:
        raise GrantRefused("invalid_client", "The Authorization header is malformed.") from error


def _client(request: HttpRequest, key: str, secret: str) -> Client:
    try:
        client = client_of(key, secret)
    except Unauthenticated as error:
        tried = error.data.get("credential_id")
        credential_id = tried if isinstance(tried, int) else None
        count(credential_id, error.code)
        failed(credential_id)
        raise GrantRefused("invalid_client", "The key and secret do not belong together, or are over.") from error
    origin = request.META.get("HTTP_ORIGIN")
    if origin is not None and not client.origins & {origin, EVERY_ORIGIN}:
        count(client.credential_id, OriginRefused.code)
        raise GrantRefused("unauthorized_client", str(OriginRefused()))
    _let_through(client)
    return client


def _let_through(client: Client) -> None:
    """Count asking for a token among the requests of the credential; too many answer 429."""
    if client.credential_id is None:
        return
    try:
        let_through(client.credential_id, client.requests_per_minute or settings.MYCELIA_XAPI_REQUESTS_PER_MINUTE)
    except TooManyRequests as error:
        count(client.credential_id, error.code)
        raise


def _scopes(named: str | None, client: Client) -> frozenset[Scope]:
    """Return the scopes of the token: those asked for, or all that the credential has."""
    if not named:
        return client.scopes
    try:
        wanted = frozenset(Scope(name) for name in named.split())
    except ValueError as error:
        raise GrantRefused("invalid_scope", f"The scopes are {', '.join(scope.value for scope in Scope)}.") from error
    if narrowed(wanted, client.scopes) != wanted:
        raise GrantRefused("invalid_scope", "The credential does not cover every scope asked for.")
    return wanted


def _refusal(request: HttpRequest, error: GrantRefused) -> HttpResponse:
    is_unknown = error.code == "invalid_client"
    body = {"error": error.code, "error_description": error.description}
    answer = answers.json(body, status=401 if is_unknown else 400)
    if is_unknown:
        answer["WWW-Authenticate"] = 'Basic realm="xAPI", charset="UTF-8"'
    return answer
