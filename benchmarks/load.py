"""A small load client: keep-alive connections that ask one after the other, until the time is over."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Load:
    """What came back: answers, those that were not 200, and the seconds each took."""

    answers: int
    failures: int
    seconds: tuple[float, ...]
    duration: float

    @property
    def per_second(self) -> float:
        """Return the answers per second."""
        return self.answers / self.duration


async def load(port: int, path: str, cookies: list[str], *, connections: int, seconds: float) -> Load:
    """Ask for a path over `connections` connections at once; each takes the next cookie in turn."""
    until = time.perf_counter() + seconds
    started = time.perf_counter()
    runs = [_connection(port, path, cookies[i::connections] or cookies, until) for i in range(connections)]
    results = await asyncio.gather(*runs)
    times = [taken for result in results for taken, _ in result]
    failures = sum(status != 200 for result in results for _, status in result)
    return Load(len(times), failures, tuple(times), time.perf_counter() - started)


async def _connection(port: int, path: str, cookies: list[str], until: float) -> list[tuple[float, int]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    requests = [_request(port, path, cookie) for cookie in cookies]
    taken: list[tuple[float, int]] = []
    try:
        while (started := time.perf_counter()) < until:
            writer.write(requests[len(taken) % len(requests)])
            status = await _answer(reader)
            taken.append((time.perf_counter() - started, status))
    finally:
        writer.close()
        await writer.wait_closed()
    return taken


def _request(port: int, path: str, cookie: str) -> bytes:
    lines = [f"GET {path} HTTP/1.1", f"Host: localhost:{port}", f"Cookie: {cookie}", "Connection: keep-alive"]
    return "\r\n".join([*lines, "", ""]).encode()


async def _answer(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    length = _header(head, b"content-length:")
    if length is not None:
        await reader.readexactly(int(length))
        return status
    while size := int((await reader.readuntil(b"\r\n")).strip() or b"0", 16):
        await reader.readexactly(size + 2)
    await reader.readuntil(b"\r\n")
    return status


def _header(head: bytes, name: bytes) -> bytes | None:
    for line in head.split(b"\r\n"):
        if line.lower().startswith(name):
            return line[len(name) :].strip()
    return None
