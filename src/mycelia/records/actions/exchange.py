"""Requests to another record store, over one connection that is kept as long as it serves.

The name of the host is looked up here and the connection made to an address that was checked, so that no name can
lead somewhere else afterwards. Redirections are not followed, proxies of the environment not used, certificates
always verified; every request has an end, and of an answer no more is read than a limit.
"""

from __future__ import annotations

import socket
import ssl
from base64 import b64encode
from contextlib import suppress
from functools import cache
from http.client import HTTPConnection, HTTPException, IncompleteRead
from ipaddress import ip_address
from threading import Timer
from typing import Self
from urllib.parse import SplitResult, urlsplit

from mycelia.records.calc.addresses import refusal
from mycelia.records.calc.verdicts import printable
from mycelia.records.errors import StoreUnreachable
from mycelia.records.types import Answer, Target

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 60.0
"""From the first byte of a request to the last of its answer."""
MAXIMUM_ANSWER_BYTES = 256 * 1024
AGENT = "Mycelia record store"


class Exchange:
    """One connection to a store; to be closed, best by `with`."""

    def __init__(self, target: Target, *, answer_seconds: float | None = None) -> None:
        self._target = target
        self._parts = urlsplit(target.endpoint)
        self._seconds = ANSWER_SECONDS if answer_seconds is None else answer_seconds
        self._connection: HTTPConnection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the connection up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def send(self, method: str, resource: str, body: bytes | None = None, content_type: str = "") -> Answer:
        """Send a request and return the answer, whatever its status.

        Sending it twice must do no harm: a request that a kept connection swallows is sent again.

        Raises:
            StoreUnreachable: There was no whole answer in time; the request may have been carried out.
        """
        is_kept = self._connection is not None
        try:
            return self._once(method, resource, body, content_type)
        except StoreUnreachable as error:
            if not is_kept or not isinstance(error.__cause__, ConnectionError):
                raise
        return self._once(method, resource, body, content_type)

    def _once(self, method: str, resource: str, body: bytes | None, content_type: str) -> Answer:
        if self._connection is None:
            self._connection = _connected(self._parts, self._seconds)
        connection, headers = self._connection, self._headers(content_type)
        deadline = _Deadline(connection.sock, self._seconds)
        try:
            answer, is_whole = _answer(connection, method, f"{self._parts.path}{resource}", body, headers)
            if deadline.is_over:
                raise TimeoutError
        except (OSError, HTTPException, ValueError) as error:
            self.close()
            late = deadline.is_over or isinstance(error, TimeoutError)
            words = f"It gave no whole answer within {self._seconds:g} s." if late else _dropped(error)
            raise StoreUnreachable(words) from error
        finally:
            deadline.cancel()
        if not is_whole or connection.sock is None:
            self.close()
        return answer

    def _headers(self, content_type: str) -> dict[str, str]:
        pair = f"{self._target.key}:{self._target.secret}".encode()
        usual = {
            "Host": self._parts.netloc,
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Authorization": f"Basic {b64encode(pair).decode()}",
            "User-Agent": AGENT,
            "X-Experience-API-Version": self._target.version,
        }
        return {**usual, "Content-Type": content_type} if content_type else usual


class _Deadline:
    """Cuts a connection when its time is over, however busily the other side sends byte after byte."""

    def __init__(self, sock: socket.socket, seconds: float) -> None:
        self.is_over = False
        self._sock = sock
        self._timer = Timer(seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def cancel(self) -> None:
        """Let the connection go on."""
        self._timer.cancel()

    def _cut(self) -> None:
        self.is_over = True
        with suppress(OSError):
            # Not the method of an encrypted socket, which would first take leave of the other side.
            socket.socket.shutdown(self._sock, socket.SHUT_RDWR)


def _answer(
    connection: HTTPConnection, method: str, path: str, body: bytes | None, headers: dict[str, str]
) -> tuple[Answer, bool]:
    """Return the answer and whether all of it was read."""
    # A store may answer and close before it has read everything, as when that is too much.
    with suppress(BrokenPipeError, ConnectionResetError):
        connection.request(method, path, body, headers)
    with connection.getresponse() as response:
        read = response.read(MAXIMUM_ANSWER_BYTES + 1)
        if len(read) <= MAXIMUM_ANSWER_BYTES and response.length:
            raise IncompleteRead(read, response.length)
        named = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, named, read[:MAXIMUM_ANSWER_BYTES]), len(read) <= MAXIMUM_ANSWER_BYTES


def _connected(parts: SplitResult, seconds: float) -> HTTPConnection:
    host, is_secure = parts.hostname or "", parts.scheme == "https"
    sock = _opened(host, parts.port or (443 if is_secure else 80))
    try:
        if is_secure:
            sock = _trust().wrap_socket(sock, server_hostname=host)
        sock.settimeout(seconds)
    except (OSError, ValueError) as error:
        sock.close()
        raise StoreUnreachable(f"No safe connection could be made: {_words(error)}.") from error
    connection = HTTPConnection(host)
    connection.sock = sock
    # It would look the name up anew, and nobody would check where that leads.
    connection.auto_open = 0
    return connection


def _opened(host: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise StoreUnreachable("The name of its host cannot be looked up.") from error
    problem = "The name of its host leads nowhere."
    for family, kind, protocol, _name, address in found:
        problem = refusal(ip_address(str(address[0]).partition("%")[0]))
        if problem:
            continue
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(CONNECT_SECONDS)
            sock.connect(address)
        except OSError as error:
            sock.close()
            problem = f"No connection could be made: {_words(error)}."
        else:
            return sock
    raise StoreUnreachable(problem)


@cache
def _trust() -> ssl.SSLContext:
    """Return what certificates are verified with: the machine's authorities, or those `SSL_CERT_FILE` names."""
    return ssl.create_default_context()


def _dropped(error: Exception) -> str:
    return f"The connection broke before there was a whole answer: {_words(error)}."


def _words(error: Exception) -> str:
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return printable(text)[:200].rstrip(".") or type(error).__name__
