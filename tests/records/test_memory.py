"""Taking in and giving out takes as much memory for many statements as for few."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from hashlib import sha256
from uuid import uuid4

import msgspec
import pytest

from mycelia.kernel.policy import Actor
from mycelia.records import api
from mycelia.records.actions import importing
from mycelia.records.actions.storing import platform_authority, store_sent
from mycelia.records.models import Statement
from mycelia.records.queries import exporting
from tests.factories.records import make_statement
from tests.xapi import Lrs

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


def _content(length: int) -> str:
    """Send a statement with so many bytes, and return its identifier."""
    content = b"y" * length
    described = {"usageType": "a:u", "display": {"en": "x"}, "contentType": "a/b", "length": length}
    described["sha2"] = sha256(content).hexdigest()
    statement = make_statement(id=str(uuid4()), attachments=[described])
    sent = {described["sha2"]: content}
    store_sent([statement], authority=platform_authority(), version="1.0.3", attachments=sent)
    return statement["id"]


def _read(lrs: Lrs, identifier: str) -> int:
    answer = lrs.send("GET", "statements", query={"statementId": identifier, "attachments": "true"}, whole=False)
    return sum(len(piece) for piece in answer.streaming_content)


def test_answer_with_an_attachment_eight_times_as_long_takes_no_more_memory(monkeypatch):
    monkeypatch.setattr("mycelia.records.queries.attachments.PIECE_BYTES", 64 * 1024)
    lrs = Lrs()
    short, long = (_content(megabytes * 1024 * 1024) for megabytes in (1, 8))
    assert _read(lrs, short) > 1024 * 1024
    few, many = _peak(lambda: _read(lrs, short)), _peak(lambda: _read(lrs, long))
    assert many < 1.5 * few, f"{few} bytes for 1 MB, {many} for 8 MB"
