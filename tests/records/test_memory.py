"""Taking in and giving out takes as much memory for many statements as for few."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from uuid import uuid4

import msgspec
import pytest

from mycelia.kernel.policy import Actor
from mycelia.records import api
from mycelia.records.actions import importing
from mycelia.records.models import Statement
from mycelia.records.queries import exporting
from tests.factories.records import make_statement

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
FEW, MANY, PART = 300, 2400, 100


def _peak(act: Callable[[], object]) -> int:
    """Return how many bytes Python held at most while something was done, beyond what it held before."""
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _line() -> bytes:
    return msgspec.json.encode(make_statement(id=str(uuid4()), result={"response": "y" * 1000})) + b"\n"


def _take_in(count: int) -> None:
    lines = [_line() for _ in range(count)]
    done = api.import_statements(
        actor=SYSTEM, lines=lambda: iter(lines), name="many", progress=lambda _phase, _count: None
    )
    assert done.new == count


def _give_out() -> int:
    return sum(is_statement for _line, is_statement in api.export_lines(actor=SYSTEM))


def test_export_of_eight_times_as_many_statements_takes_no_more_memory(monkeypatch):
    monkeypatch.setattr(exporting, "PART", PART)
    _take_in(FEW)
    assert _give_out() == FEW
    few = _peak(_give_out)
    _take_in(MANY - FEW)
    many = _peak(_give_out)
    assert Statement.objects.count() == MANY
    assert many < 1.5 * few, f"{few} bytes for {FEW} statements, {many} for {MANY}"


def test_import_of_eight_times_as_many_statements_takes_no_more_memory(monkeypatch):
    monkeypatch.setattr(importing, "PART", PART)
    _take_in(FEW)
    files = {count: [_line() for _ in range(count)] for count in (FEW, MANY)}

    def take_in(count: int) -> None:
        api.import_statements(
            actor=SYSTEM, lines=lambda: iter(files[count]), name="many", progress=lambda _phase, _count: None
        )

    few, many = _peak(lambda: take_in(FEW)), _peak(lambda: take_in(MANY))
    assert Statement.objects.count() == 2 * FEW + MANY
    assert many < 1.5 * few, f"{few} bytes for {FEW} statements, {many} for {MANY}"
