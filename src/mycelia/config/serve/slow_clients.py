"""Clients that send slower than anybody does keep no thread waiting for ever.

The server reads a body in the thread that works on the request, and has only a few. Beside them this looks every few
seconds whether some wait for a body, and stops listening to connections that have sent next to nothing for a while:
the waiting thread then gets an error and answers that the body broke off. Idle connections are ended by the same rule,
which costs their clients nothing. Where the kernel does not count what a connection has received (other systems than
Linux) nothing is done.
"""

from __future__ import annotations

import socket
import struct
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from threading import Thread, get_ident
from types import FrameType
from typing import Any

import structlog

from mycelia.config.serve.sockets import Application, open_sockets, port_of

PATIENCE_SECONDS = 15.0
LEAST_BYTES = 4096
"""What a connection has to send within the patience; less than 2.2 kbit/s is no line people have."""
_LOOK_EVERY_SECONDS = 2.0
# tcpi_bytes_received and tcpi_last_data_recv in struct tcp_info (linux/tcp.h), which only ever grows at its end.
_RECEIVED_AT = 128
_SILENT_AT = 52
_READERS = frozenset({"read", "readline", "_chunks", "discard_rest"})
_begun: dict[int, float] = {}
_ports: set[int] = set()
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Sending:
    """What a connection had received at a moment since which it sent less than the least; steady if it did before."""

    since: float
    received: int | None = None
    is_steady: bool = False
    is_cut_off: bool = False

    def at(self, now: float, received: int) -> _Sending:
        """Return it as it is now; one that received less than before is another of the same number."""
        if self.received is None or received < self.received:
            return _Sending(now, received)
        return self if received - self.received < LEAST_BYTES else _Sending(now, received, is_steady=True)


def watched(application: Application) -> Application:
    """Return the application, with the begin of each request noted for the watch."""

    def call(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        thread = get_ident()
        _begun[thread] = time.monotonic()
        if not _ports:
            _ports.add(int(environ["SERVER_PORT"]))
        try:
            return application(environ, start_response)
        finally:
            _begun.pop(thread, None)

    return call


def watch() -> None:
    """Watch over this process from now on."""
    if sys.platform == "linux":
        Thread(target=_watch, name="slow-clients", daemon=True).start()


def _watch() -> None:
    seen: dict[int, _Sending] = {}
    while True:
        time.sleep(_LOOK_EVERY_SECONDS)
        waiting = _waiting()
        seen = _stop_listening_to_the_slow(seen, waiting=waiting) if waiting else {}


def _waiting() -> int:
    """Return how many threads are waiting for a body."""
    frames = sys._current_frames() if _begun else {}
    return sum(_is_reading(frames.get(thread)) for thread in list(_begun))


def _is_reading(frame: FrameType | None) -> bool:
    return frame is not None and frame.f_code.co_name in _READERS


def _stop_listening_to_the_slow(seen: Mapping[int, _Sending], *, waiting: int) -> dict[int, _Sending]:
    """Return what each connection has sent; stop reading from the slow ones.

    Of those the ones silent for longest are cut off, each once, and no more at a time than threads wait for nobody who
    sends: whoever came after them and waits to be served, or for an answer, sends nothing either.
    """
    now, still, slow = time.monotonic(), dict[int, _Sending](), list[tuple[int, int, socket.socket]]()
    with ExitStack() as opened:
        for inode, connection in _connections():
            opened.enter_context(connection)
            still[inode] = sending = seen.get(inode, _Sending(now)).at(now, _received(connection))
            if now - sending.since >= PATIENCE_SECONDS and not sending.is_cut_off:
                slow.append((-_silent_milliseconds(connection), inode, connection))
        steady = sum(one.is_steady and now - one.since < PATIENCE_SECONDS for one in still.values())
        for _silent, inode, connection in sorted(slow, key=lambda one: one[:2])[: max(0, waiting - steady)]:
            log.info("slow_client_cut_off", received=_received(connection))
            _stop(connection)
            still[inode] = replace(still[inode], is_cut_off=True)
    return still


def _connections() -> Iterator[tuple[int, socket.socket]]:
    """Yield the connections of this process that others opened, as duplicates to be closed, by inode."""
    for inode, connection in open_sockets():
        if _is_accepted(connection):
            yield inode, connection
        else:
            connection.close()


def _is_accepted(connection: socket.socket) -> bool:
    try:
        return port_of(connection) in _ports and bool(connection.getpeername())
    except OSError:
        return False


def _received(connection: socket.socket) -> int:
    """Return how many bytes a connection has received; as many as can be where the kernel does not count them."""
    told = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _RECEIVED_AT + 8)
    if len(told) < _RECEIVED_AT + 8:
        return sys.maxsize
    return int(struct.unpack_from("=Q", told, _RECEIVED_AT)[0])


def _silent_milliseconds(connection: socket.socket) -> int:
    """Return since when nothing has come from a connection."""
    told = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _SILENT_AT + 4)
    return int(struct.unpack_from("=I", told, _SILENT_AT)[0]) if len(told) >= _SILENT_AT + 4 else 0


def _stop(connection: socket.socket) -> None:
    """Read no more from a connection: whoever waits for it is told that it ended, and can still answer."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RD)
