"""Requests that write at the same moment share a command, and hear what became of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from mycelia.records.actions import together
from tests.config.running import eventually

MOST = 4


class Slow:
    """A write whose first command waits until it is let go, while others come."""

    def __init__(self, answer: Callable[[Sequence[Any]], bool] = lambda statements: True) -> None:
        self.answer = answer
        self.commands: list[list[str]] = []
        self.go = threading.Event()
        self.began = threading.Event()

    def __call__(self, statements: Sequence[Any]) -> bool:
        self.commands.append(list(statements))
        self.began.set()
        assert self.go.wait(20)
        return self.answer(statements)


def crowd(write: Slow, requests: Sequence[Sequence[Any]], *, most: int = MOST) -> list[Future[bool]]:
    """Bring one request, and while it is being written the others, one after the other; then let all go on."""
    with ThreadPoolExecutor(len(requests)) as pool:
        coming = [pool.submit(together.write_together, requests[0], write, most=most)]
        assert write.began.wait(20)
        for number, request in enumerate(requests[1:], start=2):
            coming.append(pool.submit(together.write_together, request, write, most=most))
            assert eventually(lambda number=number: len(together._queue) == number)
        write.go.set()
    return coming


def test_request_alone_is_written_at_once() -> None:
    write = Slow()
    write.go.set()
    assert together.write_together(["a"], write, most=MOST)
    assert write.commands == [["a"]]


def test_those_that_come_meanwhile_share_the_next_command() -> None:
    write = Slow()
    assert [one.result() for one in crowd(write, [["a"], ["b"], ["c", "d"]])] == [True] * 3
    assert write.commands == [["a"], ["b", "c", "d"]]


def test_command_takes_no_more_than_it_should() -> None:
    write = Slow()
    crowd(write, [["a"], ["b"], ["c"], ["d", "e", "f"], list("ghijk"), ["l"]])
    assert write.commands == [["a"], ["b", "c"], ["d", "e", "f"], list("ghijk"), ["l"]]


def test_refusal_is_heard_by_all_of_a_company_and_by_nobody_else() -> None:
    write = Slow(lambda statements: "c" not in statements)
    answers = [one.result() for one in crowd(write, [["a"], ["b"], ["c"], ["d", "e", "f"]])]
    assert answers == [True, False, False, True]


def test_failure_is_raised_to_who_wrote_and_sends_its_company_to_look_for_itself() -> None:
    def fail(statements: Sequence[Any]) -> bool:
        if "b" in statements:
            raise ZeroDivisionError
        return True

    first, failed, company, after = crowd(Slow(fail), [["a"], ["b"], ["c"], ["d", "e", "f"]])
    with pytest.raises(ZeroDivisionError):
        failed.result()
    assert [first.result(), company.result(), after.result()] == [True, False, True]
    assert not together._queue


def test_many_threads_write_everything_once() -> None:
    seen: list[int] = []

    def write(statements: Sequence[Any]) -> bool:
        seen.extend(statements)
        return True

    with ThreadPoolExecutor(16) as pool:
        answers = pool.map(lambda n: together.write_together([n], write, most=MOST), range(2_000))
        assert all(answers)
    assert sorted(seen) == list(range(2_000))
    assert not together._queue
