"""Another record store on loopback, which behaves, or misbehaves as told."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any
from uuid import UUID

from mycelia.kernel import clock
from mycelia.kernel.policy import Actor
from mycelia.records import api
from mycelia.records.calc import multipart
from mycelia.records.models import DeadLetter
from mycelia.records.types import Route, StatementFilter

SYSTEM = Actor.system("tests")
ABOUT = {"version": ["1.0.3", "2.0.0"]}


@dataclass
class OtherStore:
    """What another store was sent, and how it is to answer; `plan` is used up by the next POSTs, one after the other.

    An entry of the plan is a status, a status with headers, or a way: "drop" closes in the middle of the answer,
    "silence" never answers, "drip" never ends answering, "garbage" is no HTTP, "portal" is a friendly page with 200,
    "flood" an endless body, "deaf" takes the statements and drops the connection before it answers.
    """

    url: str = ""
    plan: list[Any] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    breaks_over: set[str] = field(default_factory=set)
    largest_body: int = 1 << 30
    about: tuple[int, Any] = (200, ABOUT)
    reading: int = 200
    statements: dict[str, dict[str, Any]] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    attachments: dict[str, bytes] = field(default_factory=dict)
    requests: list[tuple[str, str, dict[str, str], int]] = field(default_factory=list)
    on_post: Callable[[list[str]], None] = lambda ids: None
    closing: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)

    @property
    def posts(self) -> int:
        return sum(method == "POST" for method, *_ in self.requests)

    def take(self, sent: list[dict[str, Any]]) -> int:
        """Keep a batch as the specification has it and return the status."""
        ids = [one["id"] for one in sent]
        if self.breaks_over & set(ids):
            return 500
        if self.refuses & set(ids):
            return 400
        with self.lock:
            known = [one for one in sent if one["id"] in self.statements]
            if any(_kept(self.statements[one["id"]]) != _kept(one) for one in known):
                return 409
            self.statements |= {one["id"]: one for one in sent if one["id"] not in self.statements}
            self.order += [one for one in ids if one not in self.order]
        return 204 if len(known) == len(sent) else 200


def _kept(statement: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in statement.items() if name not in {"authority", "stored", "version"}}


@contextmanager
def other_store(*, name: str = "localhost") -> Iterator[OtherStore]:
    """Serve one until the block ends."""
    store = OtherStore()
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"store": store})) as server:
        server.daemon_threads = True
        store.url = f"http://{name}:{server.server_port}/lrs/"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield store
        finally:
            store.closing.set()
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    store: OtherStore
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._note(b"")
        if self.path == "/lrs/about":
            self._answer(*self.store.about)
        else:
            self._answer(self.store.reading, {"statements": [], "more": ""})

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        if length > self.store.largest_body:
            self.close_connection = True
            self._note(b"")
            self._answer(413, {})
            return
        body = self.rfile.read(length)
        self._note(body)
        sent = self._statements(body)
        self.store.on_post([one["id"] for one in sent])
        step = self.store.plan.pop(0) if self.store.plan else None
        if isinstance(step, str):
            _WAYS[step](self, sent)
        elif step is not None:
            status, headers = step if isinstance(step, tuple) else (step, {})
            self._answer(status, {"title": "As planned"}, **headers)
        else:
            status = self.store.take(sent)
            titles = {400: "Your <statement> is not to my taste", 500: "Oops"}
            self._answer(status, [one["id"] for one in sent] if status == 200 else {"title": titles.get(status)})

    def _statements(self, body: bytes) -> list[dict[str, Any]]:
        kind = self.headers["Content-Type"]
        if kind.startswith("multipart/mixed"):
            first, *rest = multipart.parse(body, multipart.boundary_of(kind))
            self.store.attachments |= {part.headers["x-experience-api-hash"]: part.body for part in rest}
            body = first.body
        return json.loads(body)

    def _note(self, body: bytes) -> None:
        self.store.requests.append((self.command, self.path, dict(self.headers), len(body)))

    def _answer(self, status: int, body: Any, **headers: str) -> None:
        raw = b"" if status == 204 else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("X-Experience-API-Version", "1.0.3")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def _cut(self) -> None:
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)

    def _drop(self, sent: list[dict[str, Any]]) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n[")
        self._cut()

    def _deaf(self, sent: list[dict[str, Any]]) -> None:
        self.store.take(sent)
        self._cut()

    def _silence(self, sent: list[dict[str, Any]]) -> None:
        self.store.closing.wait(30)
        self._cut()

    def _drip(self, sent: list[dict[str, Any]]) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        try:
            while not self.store.closing.wait(0.05):
                self.wfile.write(b"a")
        except OSError:
            pass
        self.close_connection = True

    def _garbage(self, sent: list[dict[str, Any]]) -> None:
        self.wfile.write(b"\x00\xff\x16 this is no answer\r\n\r\n")
        self._cut()

    def _portal(self, sent: list[dict[str, Any]]) -> None:
        raw = b"<html>Welcome</html>"
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(raw), raw))

    def _flood(self, sent: list[dict[str, Any]]) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            while not self.store.closing.is_set():
                self.wfile.write(b"[" * 65536)
        except OSError:
            pass
        self.close_connection = True

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


_WAYS: dict[str, Callable[[_Handler, list[dict[str, Any]]], None]] = {
    "drop": _Handler._drop,
    "deaf": _Handler._deaf,
    "silence": _Handler._silence,
    "drip": _Handler._drip,
    "garbage": _Handler._garbage,
    "portal": _Handler._portal,
    "flood": _Handler._flood,
}


def make_destination(
    endpoint: str,
    *,
    name: str = "Group LRS",
    version: str = "1.0.3",
    key: str = "mycelia",
    secret: str = "s3cret-word",
    **wanted: Any,
) -> int:
    """Set up a destination and return its number."""
    route = Route(name=name, endpoint=endpoint, version=version, key=key, wanted=StatementFilter(**wanted))
    return api.create_destination(actor=SYSTEM, route=route, secret=secret)


def make_dead_letter(destination_id: int, statement_id: UUID, reason: str = "Not to my taste") -> int:
    """Have a destination have refused a statement; its number is returned."""
    now = clock.now()
    DeadLetter.objects.create(
        destination_id=destination_id,
        statement_id=statement_id,
        status=400,
        reason=reason,
        first_refused_at=now,
        last_refused_at=now,
    )
    return destination_id
