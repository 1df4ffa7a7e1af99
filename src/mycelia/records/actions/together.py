"""Writing what several requests bring at the same moment with one command.

While one thread of a process waits for its command to be durable, the others queue; the next in line then writes all
that has gathered, and wakes those it wrote for. Nobody waits for company: a lone statement is written at once.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Sequence
from threading import Lock

from mycelia.records.types import Prepared

Write = Callable[[Sequence[Prepared]], bool]


class _Place:
    """One request's place in the queue; its lock is released when it is written, or when it is its turn to write."""

    __slots__ = ("is_first", "is_written", "statements", "turn")

    def __init__(self, statements: Sequence[Prepared]) -> None:
        self.statements = statements
        self.is_written = False
        self.is_first = False
        self.turn = Lock()
        self.turn.acquire()


_queue: deque[_Place] = deque()
_guard = Lock()


def write_together(statements: Sequence[Prepared], write: Write, *, most: int) -> bool:
    """Write statements with those of other threads that wait, and return whether they were written.

    Args:
        statements: Of one request.
        write: Writes all it is given, or changes nothing and returns False. When it refuses a company, or fails,
            every request of it hears False and looks for itself; one alone hears what it raised.
        most: How many statements a command takes, unless one request alone brings more.
    """
    own = _Place(statements)
    with _guard:
        _queue.append(own)
        own.is_first = len(_queue) == 1
    if not own.is_first:
        own.turn.acquire()
        if not own.is_first:
            return own.is_written
    return _write_first(own, write, most)


def _write_first(own: _Place, write: Write, most: int) -> bool:
    """Write for the head of the queue, which is the caller's own place, and let the next head go on."""
    company = _company(most)
    try:
        written = write([statement for place in company for statement in place.statements])
        for place in company:
            place.is_written = written
    finally:
        _leave(company)
    return own.is_written


def _company(most: int) -> list[_Place]:
    with _guard:
        company: list[_Place] = []
        count = 0
        for place in _queue:
            count += len(place.statements)
            if company and count > most:
                break
            company.append(place)
    return company


def _leave(company: Sequence[_Place]) -> None:
    """Take a company out of the queue, wake it, and make the next in line the one that writes."""
    with _guard:
        for _place in company:
            _queue.popleft()
        following = _queue[0] if _queue else None
        if following is not None:
            following.is_first = True
    for place in company[1:]:
        place.turn.release()
    if following is not None:
        following.turn.release()


def _forget_queue() -> None:
    global _guard
    _queue.clear()
    _guard = Lock()


os.register_at_fork(after_in_child=_forget_queue)
