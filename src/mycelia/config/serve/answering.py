"""Handing answers to the server so that a client who takes them slowly keeps no thread.

The server sends what it is given whole by itself, and the thread is free for the next request. An answer that comes in
pieces keeps its thread until the last one is taken, so what is not large is put together first, only some threads give
out large ones (`LargeAnswerMiddleware`), and a client that takes nothing at all for a while is left by the kernel.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from django.conf import settings

from mycelia.config.middleware.large_answers import Answer, is_large
from mycelia.config.serve.sockets import Application, open_sockets, port_of


def handing_over(application: Application) -> Application:
    """Return the application with answers given whole to the server where they are not large."""

    def call(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        answer: Answer = application(environ, start_response)
        if environ["REQUEST_METHOD"] == "HEAD":
            answer.close()
            return []
        return answer if is_large(answer) else _whole(answer)

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
    milliseconds = settings.MYCELIA_UNTAKEN_SECONDS * 1000
    for _inode, one in open_sockets():
        with one, suppress(OSError):
            if port_of(one) == port:
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)


def _whole(answer: Answer) -> list[bytes]:
    try:
        return [b"".join(answer)]
    finally:
        answer.close()
