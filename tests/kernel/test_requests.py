from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import count
from threading import Event
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from mycelia.kernel import requests
from mycelia.kernel.requests import discard_from_stranger, discard_rest


class Endless:
    """A body that goes on for ever."""

    readline = None

    def read(self, size: int) -> bytes:
        return b"x" * size


def _request(body: Any, **environment: str) -> WSGIRequest:
    return RequestFactory().generic("POST", "/", b"", **{"wsgi.input": body, **environment})


def test_rest_of_a_body_is_read_to_its_end_and_no_further() -> None:
    body = BytesIO(b"x" * 10_000)
    discard_rest(_request(body, CONTENT_LENGTH="9000"), at_most_bytes=9000)
    assert body.tell() == 9000


def test_body_in_chunks_is_read_to_the_limit() -> None:
    body = BytesIO(b"x" * 100_000)
    discard_rest(_request(body, CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked"), at_most_bytes=40_960)
    assert body.tell() == 40_960


@pytest.mark.parametrize("environment", [{"CONTENT_LENGTH": "9001"}, {"HTTP_EXPECT": "100-continue"}])
def test_body_that_is_too_long_or_not_yet_sent_is_left(environment: dict[str, str]) -> None:
    body = BytesIO(b"x" * 9001)
    discard_rest(_request(body, **{"CONTENT_LENGTH": "9000", **environment}), at_most_bytes=9000)
    assert body.tell() == 0


def test_discarding_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = count()
    monkeypatch.setattr(requests, "monotonic", lambda: next(clock))
    discard_rest(_request(Endless(), HTTP_TRANSFER_ENCODING="chunked"), at_most_bytes=2**60)
    assert next(clock) < 2 * requests.DISCARDING_SECONDS


class Dawdling:
    """A body of which nothing comes until it is let go on."""

    readline = None

    def __init__(self) -> None:
        self.is_awaited, self.goes_on = Event(), Event()

    def read(self, size: int) -> bytes:
        self.is_awaited.set()
        assert self.goes_on.wait(60)
        return b""


def test_strangers_who_dawdle_keep_a_few_threads_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "_FOR_A_PLACE_SECONDS", 0.01)
    bodies = [Dawdling() for _ in range(2)]
    with ThreadPoolExecutor(2) as threads:
        for body in bodies:
            threads.submit(discard_from_stranger, _request(body, CONTENT_LENGTH="10"))
            assert body.is_awaited.wait(60)
        late = BytesIO(b"x" * 10)
        discard_from_stranger(_request(late, CONTENT_LENGTH="10"))
        assert late.tell() == 0
        for body in bodies:
            body.goes_on.set()
    discard_from_stranger(_request(late, CONTENT_LENGTH="10"))
    assert late.tell() == 10
