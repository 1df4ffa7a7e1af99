"""Clients that send a body slower than anybody does keep no request of others waiting for ever."""

from __future__ import annotations

import socket
from collections.abc import Callable

from tests.config.running import Command, eventually

Start = Callable[..., Command]
THREADS = 2


def _begin_to_send(port: int, size: int = 100_000) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port), timeout=60)
    head = f"POST /body/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: {size}\r\n\r\n"
    client.sendall(head.encode() + b"x" * 10)
    return client


def test_clients_that_stop_sending_are_cut_off_and_others_are_answered(start: Start) -> None:
    web = start("web", "--processes=1", f"--threads={THREADS}").await_ready()
    stopped = [_begin_to_send(web.port) for _ in range(3 * THREADS)]
    try:
        assert eventually(lambda: len(web.lines("slow_client_cut_off")) >= 3 * THREADS)
        assert eventually(web.answers)
        assert {client.recv(12) for client in stopped} == {b"HTTP/1.1 400"}
    finally:
        for client in stopped:
            client.close()


def test_client_that_sends_steadily_is_heard_to_the_end(start: Start) -> None:
    web = start("web", "--processes=1", f"--threads={THREADS}").await_ready()
    stopped, steady = _begin_to_send(web.port), _begin_to_send(web.port, 2_000_010)
    try:
        sent = 0
        while not web.lines("slow_client_cut_off"):
            steady.sendall(b"y" * 2000)
            sent += 2000
            steady.settimeout(0.2)
            try:
                assert steady.recv(1) == b"", "it was answered before it had sent everything"
            except TimeoutError:
                steady.settimeout(60)
        steady.sendall(b"y" * (2_000_000 - sent))
        answer = b""
        while not answer.endswith(b"0\r\n\r\n"):
            answer += steady.recv(1000)
        assert b"2000010" in answer
    finally:
        stopped.close()
        steady.close()
