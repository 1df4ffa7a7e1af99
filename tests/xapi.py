"""An xAPI client for tests: a credential, the headers, and statements to send."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import msgspec
from django.http import HttpResponse
from django.test import Client

from mycelia.kernel.policy import Actor
from mycelia.records import api
from mycelia.records.types import Scope, Terms


def a_statement(**changes: Any) -> dict[str, Any]:
    """Return a small valid statement; a change of None leaves the property out."""
    statement = {
        "id": str(uuid4()),
        "actor": {"objectType": "Agent", "name": "Ada", "mbox": "mailto:ada@example.com"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/attended", "display": {"en-GB": "attended"}},
        "object": {"objectType": "Activity", "id": "http://www.example.com/meetings/1"},
    } | changes
    return {name: value for name, value in statement.items() if value is not None}


class Lrs:
    """Sends requests to `/xapi/` as a system with a credential."""

    def __init__(
        self, *scopes: Scope, version: str = "1.0.3", name: str = "Tests", host: str = "", **terms: Any
    ) -> None:
        covered = Terms(scopes=frozenset(scopes or (Scope.ALL,)), **terms)
        made = api.create_credential(actor=Actor.system("tests"), name=name, terms=covered)
        self.credential = made
        self.version = version
        self.authorization = "Basic " + b64encode(f"{made.key}:{made.secret}".encode()).decode()
        self._client = Client(raise_request_exception=False, headers={"host": host} if host else {})

    def headers(self, **more: str | None) -> dict[str, str]:
        """Return the usual headers; a value of None leaves one out."""
        usual: dict[str, str | None] = {
            "X-Experience-API-Version": self.version,
            "Authorization": self.authorization,
        }
        return {name: value for name, value in (usual | more).items() if value is not None}

    def send(
        self,
        method: str,
        path: str,
        body: bytes | str | object = b"",
        *,
        query: Mapping[str, Any] | str = "",
        content_type: str = "application/json",
        headers: Mapping[str, str | None] | None = None,
        whole: bool = True,
        **environment: object,
    ) -> Any:
        """Send a request; a body that is neither text nor bytes is sent as JSON, `environment` is WSGI's.

        An answer that comes in pieces is put together, unless it is not wanted whole.
        """
        encoded = query if isinstance(query, str) else urlencode(query)
        raw = body if isinstance(body, bytes | str) else msgspec.json.encode(body)
        answer = self._client.generic(
            method,
            f"/xapi/{path}",
            raw,
            content_type=content_type,
            query_params=None,
            headers=self.headers(**dict(headers or {})),
            **{"QUERY_STRING": encoded, **environment},
        )
        return _whole(answer) if whole and answer.streaming else answer

    def get(self, path: str = "statements", headers: Mapping[str, str | None] | None = None, **query: Any) -> Any:
        return self.send("GET", path, query=query, headers=headers)

    def post(self, body: object, path: str = "statements", **options: Any) -> Any:
        return self.send("POST", path, body, **options)

    def put(self, body: object, path: str = "statements", **query: Any) -> Any:
        return self.send("PUT", path, body, query=query)


def _whole(answer: Any) -> HttpResponse:
    """Return an answer that comes in pieces as one that does not."""
    return HttpResponse(answer.getvalue(), status=answer.status_code, headers=dict(answer.items()))
