"""A sender of statements: keep-alive connections, bodies made beforehand, the next one when the answer is there."""

from __future__ import annotations

import socket
import threading
import time
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Sent:
    """What came of it: requests answered as they should be, those that were not, and the seconds it took."""

    answered: int
    refused: int
    seconds: float
    answer_seconds: tuple[float, ...]


def requests(bodies: Sequence[bytes], *, key: str, secret: str) -> list[bytes]:
    """Return whole requests with these bodies."""
    credentials = b64encode(f"{key}:{secret}".encode()).decode()
    head = (
        "POST /xapi/statements HTTP/1.1\r\nHost: localhost\r\nX-Experience-API-Version: 1.0.3\r\n"
        f"Authorization: Basic {credentials}\r\nContent-Type: application/json\r\nContent-Length: "
    ).encode()
    return [b"%s%d\r\n\r\n%s" % (head, len(body), body) for body in bodies]


def send(port: int, prepared: Sequence[bytes], *, connections: int, seconds: float) -> Sent:
    """Send until the time is over or nothing is left."""
    left = iter(prepared)
    outcomes: list[tuple[int, float]] = []
    until = time.perf_counter() + seconds
    threads = [threading.Thread(target=_connection, args=(port, left, until, outcomes)) for _ in range(connections)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - started
    refused = sum(status != 200 for status, _ in outcomes)
    return Sent(len(outcomes) - refused, refused, taken, tuple(spent for _, spent in outcomes))


def _connection(port: int, left: Iterator[bytes], until: float, outcomes: list[tuple[int, float]]) -> None:
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for request in left:
            began = time.perf_counter()
            line.sendall(request)
            status = _answer(line)
            ended = time.perf_counter()
            outcomes.append((status, ended - began))
            if ended > until:
                return


def _answer(line: socket.socket) -> int:
    received = b""
    while b"\r\n\r\n" not in received:
        received += line.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
    missing = length - len(body)
    while missing > 0:
        missing -= len(line.recv(65536))
    return int(head.split(b" ", 2)[1])
