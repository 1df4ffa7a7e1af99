"""What is refused before it was read reaches clients that send first and look afterwards."""

from __future__ import annotations

import http.client
from collections.abc import Callable

from tests.config.running import Command

MEGABYTE = 1024 * 1024


def test_refusal_of_a_body_is_read_by_who_sends_it(start: Callable[..., Command]) -> None:
    web = start("web", "--processes=1", "--threads=2").await_ready()
    for _ in range(8):
        connection = http.client.HTTPConnection("localhost", web.port, timeout=60)
        connection.request("POST", "/unread/", b"x" * MEGABYTE)
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (401, b"not for you")
        connection.close()
