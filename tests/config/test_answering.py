"""Clients that take an answer slowly, or not at all, keep nobody else waiting."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from mycelia.config.middleware.large_answers import RETRY_SECONDS, WHOLE_BYTES
from mycelia.config.serve import answering
from tests.config.running import Command, eventually

Start = Callable[..., Command]
THREADS = 2
LARGE, SMALL = 64, 4
WEB = ("web", "--processes=1", f"--threads={THREADS}")
GET, HEAD = ({"REQUEST_METHOD": method} for method in ("GET", "HEAD"))


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def _ask(web: Command, opened: ExitStack, megabytes: int, method: str = "GET") -> socket.socket:
    """Ask for an answer and take nothing of it but its first bytes."""
    client = opened.enter_context(socket.socket())
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
    client.settimeout(60)
    client.connect(("127.0.0.1", web.port))
    client.sendall(f"{method} /pieces/{megabytes}/ HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    return client


def _status(client: socket.socket) -> bytes:
    return client.recv(12)


def test_others_are_answered_while_clients_take_nothing(start: Start, opened: ExitStack) -> None:
    web = start(*WEB).await_ready()
    not_taken = [_ask(web, opened, SMALL) for _ in range(4 * THREADS)]
    assert {_status(one) for one in not_taken} == {b"HTTP/1.1 200"}
    assert _status(_ask(web, opened, LARGE)) == b"HTTP/1.1 200"
    for _ in range(5):
        assert web.get("/named/")[0] == 200
    status, problem, headers = web.get(f"/pieces/{LARGE}/")
    assert (status, headers["retry-after"]) == (503, str(RETRY_SECONDS))
    assert "streams_busy" in problem
    assert headers["content-type"] == "application/problem+json"
    assert _status(_ask(web, opened, LARGE, "HEAD")) == b"HTTP/1.1 200"
    asked = [line["status"] for line in web.lines("request") if line["method"] == "GET" and line["route"] == "pieces"]
    assert asked == [200] * (4 * THREADS + 1) + [503]


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel is asked as Linux has it")
def test_place_of_a_client_that_takes_nothing_is_free_again(start: Start, opened: ExitStack) -> None:
    web = start(*WEB, UNTAKEN_SECONDS="5").await_ready()
    assert _status(_ask(web, opened, LARGE)) == b"HTTP/1.1 200"
    assert web.get(f"/pieces/{LARGE}/")[0] == 503
    assert eventually(lambda: web.get(f"/pieces/{LARGE}/")[0] == 200)


def test_place_of_a_client_that_goes_away_is_free_again(start: Start) -> None:
    web = start(*WEB).await_ready()
    with ExitStack() as opened:
        assert _status(_ask(web, opened, LARGE)) == b"HTTP/1.1 200"
        assert web.get(f"/pieces/{LARGE}/")[0] == 503
    assert eventually(lambda: web.get(f"/pieces/{LARGE}/")[0] == 200)


@pytest.mark.parametrize("length", [None, WHOLE_BYTES, WHOLE_BYTES + 1])
def test_answer_is_handed_over_whole_where_it_is_not_large(length: int | None) -> None:
    closed = []

    def application(_environ: object, _start: object) -> StreamingHttpResponse:
        answer = StreamingHttpResponse(iter([b"a", b"b"]), headers={"Content-Length": length} if length else {})
        answer.close = lambda: closed.append(1)  # type: ignore[method-assign]
        return answer

    answer = answering.handing_over(application)(GET, lambda *_: None)
    is_whole = length == WHOLE_BYTES
    assert (answer == [b"ab"], bool(closed)) == (is_whole, is_whole)
    if not is_whole:
        assert list(answer) == [b"a", b"b"]


def test_head_is_answered_without_reading_what_get_would_send() -> None:
    def pieces() -> Iterator[bytes]:
        raise AssertionError("read")
        yield b""

    closed, answer = [], StreamingHttpResponse(pieces())
    answer.close = lambda: closed.append(1)  # type: ignore[method-assign]
    assert answering.handing_over(lambda *_: answer)(HEAD, lambda *_: None) == []
    assert closed


@pytest.mark.django_db
def test_answer_without_pieces_is_handed_over_whole() -> None:
    assert answering.handing_over(lambda *_: HttpResponse(b"all"))(GET, lambda *_: None) == [b"all"]
