"""Clients that send a body slower than anybody does keep no request of others waiting for ever."""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack

import pytest

from mycelia.config.serve import slow_clients
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


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts what a connection has received")
def test_each_is_cut_off_once_and_who_is_silent_for_longest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow_clients, "PATIENCE_SECONDS", 0.0)
    with socket.create_server(("127.0.0.1", 0)) as server, ExitStack() as opened:
        monkeypatch.setattr(slow_clients, "_ports", {server.getsockname()[1]})
        clients = [opened.enter_context(socket.create_connection(server.getsockname())) for _ in range(4)]
        accepted = [opened.enter_context(server.accept()[0]) for _ in clients]
        order = [2, 0, 3, 1]
        for number in order:
            clients[number].sendall(b"x")
            assert accepted[number].recv(1) == b"x"
            time.sleep(0.1)
        for one in accepted:
            one.setblocking(False)
        seen: dict[int, object] = {}
        cut: list[int] = []
        for _look in order:
            seen = slow_clients._stop_listening_to_the_slow(seen, waiting=1)
            cut += [number for number, one in enumerate(accepted) if number not in cut and _has_ended(one)]
        assert cut == order
        assert slow_clients._stop_listening_to_the_slow(seen, waiting=1).keys() == seen.keys()


def _has_ended(connection: socket.socket) -> bool:
    try:
        return connection.recv(1) == b""
    except BlockingIOError:
        return False


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
        while not answer.endswith(b"2000010"):
            received = steady.recv(1000)
            assert received, "it was cut off"
            answer += received
    finally:
        stopped.close()
        steady.close()
