"""Handing answers to the server so that a client who takes them slowly keeps no thread.

The server sends what it is given whole by itself, and the thread is free for the next request. An answer that comes in
pieces keeps its thread until the last one is taken, so what is not large is put together first, only some threads give
out large ones, and a client that takes nothing at all for a while is left by the kernel.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Protocol

import structlog

Application = Callable[[dict[str, Any], Callable[..., Any]], Any]
WHOLE_BYTES = 4 * 1024 * 1024
"""Up to this length an answer is put together; so much memory a thread may take for it."""
UNTAKEN_SECONDS = 20
"""How long a client may take nothing of what is sent before its connection is ended."""
RETRY_SECONDS = 10
_SOCKET = "socket:["
_BUSY = b'{"type":"urn:mycelia:problem:streams_busy","title":"Too many large files are being sent.","status":503}'
log = structlog.get_logger(__name__)
_places = BoundedSemaphore(2)


class Answer(Protocol):
    """What Django answers with."""

    streaming: bool
    headers: Any

    def __iter__(self) -> Iterator[bytes]: ...

    def close(self) -> None: ...


def keep_free(threads: int) -> None:
    """Let large answers take half of so many threads at most; called before the web processes are begun."""
    global _places
    _places = BoundedSemaphore(max(1, threads // 2))


def handing_over(application: Application) -> Application:
    """Return the application with answers given whole to the server where they are not large."""

    def call(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        answer: Answer = application(environ, start_response)
        if not _is_large(answer):
            return _whole(answer)
        if _places.acquire(blocking=False):
            return _InPieces(answer, _places)
        answer.close()
        log.warning("large_answer_refused")
        headers = [("Content-Type", "application/problem+json"), ("Content-Length", str(len(_BUSY)))]
        start_response("503 Service Unavailable", [*headers, ("Retry-After", str(RETRY_SECONDS))])
        return [_BUSY]

    return call


def leaving(application: Application) -> Application:
    """Return the application, having the kernel end connections whose other side takes nothing; on Linux.

    Set at the first request, when the server listens: on what listens, from which connections take it over, and on
    those that are there already.
    """
    ports = set[int]()

    def call(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        port = int(environ["SERVER_PORT"])
        if port not in ports:
            ports.add(port)
            _limit_sockets(port)
        return application(environ, start_response)

    return call if sys.platform == "linux" else application


def _limit_sockets(port: int) -> None:
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            if str(descriptor.readlink()).startswith(_SOCKET):
                with socket.socket(fileno=os.dup(int(descriptor.name))) as one:
                    if one.family in {socket.AF_INET, socket.AF_INET6} and one.getsockname()[1] == port:
                        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNTAKEN_SECONDS * 1000)


def _is_large(answer: Answer) -> bool:
    if not answer.streaming:
        return False
    length = str(answer.headers.get("Content-Length", ""))
    return not length.isdecimal() or int(length) > WHOLE_BYTES


def _whole(answer: Answer) -> list[bytes]:
    try:
        return [b"".join(answer)]
    finally:
        answer.close()


class _InPieces:
    """A large answer; its place is given back when it is closed, however far it came."""

    def __init__(self, answer: Answer, places: BoundedSemaphore) -> None:
        self._answer = answer
        self._places: BoundedSemaphore | None = places

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._answer)

    def close(self) -> None:
        places, self._places = self._places, None
        if places is not None:
            places.release()
            self._answer.close()
