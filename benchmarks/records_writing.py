"""Statements a second over HTTP, beside COPY of the same rows into the same tables in the same run.

Durable commits, loopback, one sender process with 4 connections for batches of 100 and 16 for single statements; the
yardstick copies what the batches just wrote, from bytes in PostgreSQL's own format, with one process.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.company import ROOT, mycelia, surroundings
from benchmarks.processor_time import own_seconds, tree_seconds
from benchmarks.records_sending import Sent, requests, send
from benchmarks.records_statements import encoded
from benchmarks.report import Report, milliseconds
from mycelia.kernel.postgres.api import cluster_status

ROUNDS, SECONDS, BATCH = 3, 5.0, 100
BATCHES, SINGLES = 500, 6_000
START_SECONDS = 60
TABLES = ("statementkey", "statement", "statementagent", "statementactivity")


@dataclass(frozen=True)
class Phase:
    """What was sent, how many statements to a request, and the processor seconds it took on each side."""

    sent: Sent
    size: int
    processor: dict[str, float]

    @property
    def statements(self) -> int:
        """Return how many statements were acknowledged."""
        return self.sent.answered * self.size

    @property
    def per_second(self) -> float:
        """Return acknowledged statements a second."""
        return self.statements / self.sent.seconds


def run(report: Report, home: Path) -> None:
    """Measure in rounds, each with the batches, the yardstick and the single statements; the first is not counted."""
    mycelia(home, "migrate", "--verbosity", "0")
    with served(home) as server:
        rounds = [_round(home, server, number) for number in range(ROUNDS + 1)]
    for name in ("batches", "singles"):
        _say(report, name, rounds[1:])


def _round(home: Path, server: Server, number: int) -> dict[str, Any]:
    statements = encoded(0, BATCHES * BATCH + SINGLES, seed=time.time_ns() + number)
    batched = [b"[%s]" % b",".join(statements[at : at + BATCH]) for at in range(0, BATCHES * BATCH, BATCH)]
    batches = _phase(server, batched, size=BATCH, connections=4)
    yardstick = _yardstick(home)
    singles = _phase(server, statements[BATCHES * BATCH :], size=1, connections=16)
    return {"batches": batches, "singles": singles, "yardstick": yardstick}


def _phase(server: Server, bodies: list[bytes], *, size: int, connections: int) -> Phase:
    prepared = requests(bodies, key=server.key, secret=server.secret)
    before = server.processor_seconds()
    sent = send(server.port, prepared, connections=connections, seconds=SECONDS)
    after = server.processor_seconds()
    return Phase(sent, size, {name: after[name] - before[name] for name in after})


def _yardstick(home: Path) -> float:
    program = [sys.executable, "-m", "benchmarks.records_writing"]
    result = subprocess.run(program, check=True, cwd=ROOT, env=surroundings(home), stdout=subprocess.PIPE, text=True)
    return float(json.loads(result.stdout)["per_second"])


def _say(report: Report, name: str, rounds: list[dict[str, Any]]) -> None:
    phases: list[Phase] = [one[name] for one in rounds]
    statements = sum(one.statements for one in phases)
    processor = {
        f"{side}_us_per_statement": round(sum(one.processor[side] for one in phases) / statements * 1e6, 1)
        for side in phases[0].processor
    }
    report.line(
        "records_writing",
        kind=name,
        per_second=round(statistics.median(one.per_second for one in phases)),
        refused=sum(one.sent.refused for one in phases),
        **milliseconds([taken for one in phases for taken in one.sent.answer_seconds]),
        copy_per_second=round(statistics.median(one["yardstick"] for one in rounds)),
        ratio_to_copy=round(statistics.median(one[name].per_second / one["yardstick"] for one in rounds), 3),
        **processor,
        load_average=round(os.getloadavg()[0], 1),
    )


@dataclass(frozen=True)
class Server:
    """A server under measurement."""

    home: Path
    pid: int
    port: int
    key: str
    secret: str

    def processor_seconds(self) -> dict[str, float]:
        """Return the processor time used so far on each side."""
        database = cluster_status(self.home).pid
        assert database is not None, "the server holds the database"
        return {"server": tree_seconds(self.pid), "database": tree_seconds(database), "sender": own_seconds()}


@contextmanager
def served(home: Path, processes: int = 2, threads: int = 8) -> Iterator[Server]:
    """Serve a data folder until the block ends."""
    program = str(Path(sys.executable).with_name("mycelia"))
    create = [program, "records", "credential", "create", "--name", "Benchmark", "--scope", "all"]
    made = json.loads(subprocess.run(create, check=True, env=surroundings(home), stdout=subprocess.PIPE).stdout)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [program, "web", "--port", str(port), "--processes", str(processes), "--threads", str(threads)]
    environment = surroundings(home) | {"MYCELIA_LOG_LEVEL": "WARNING"}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        send(
            port,
            requests(encoded(0, 1, seed=time.time_ns()), key=made["key"], secret=made["secret"]),
            connections=1,
            seconds=1,
        )
        yield Server(home, server.pid, port, made["key"], made["secret"])
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the server did not answer")


def _copy_again() -> None:
    """Empty the tables and copy back what was in them, a thousand statements to a transaction."""
    import django

    django.setup()
    from django.db import connection

    connection.ensure_connection()
    cursor = connection.connection.cursor()
    total = cursor.execute("SELECT count(*) FROM records_statement").fetchone()[0]
    cursor.execute(
        "CREATE TEMPORARY TABLE part AS SELECT sequence, (row_number() OVER (ORDER BY stored, sequence)) / 1000 AS part"
        " FROM records_statement"
    )
    parts = [[(table, _copied(cursor, table, part)) for table in TABLES] for part in range((total + 999) // 1000)]
    cursor.execute(
        "TRUNCATE records_statementkey, records_statement, records_statementagent, records_statementactivity"
    )
    cursor.execute("CHECKPOINT")
    started = time.perf_counter()
    for part in parts:
        with connection.connection.transaction():
            for table, content in part:
                with cursor.copy(f"COPY records_{table} FROM STDIN (FORMAT BINARY)") as copy:
                    copy.write(content)
    print(json.dumps({"per_second": total / (time.perf_counter() - started)}))


def _copied(cursor: object, table: str, part: int) -> bytes:
    query = f"SELECT t.* FROM records_{table} t JOIN part USING (sequence) WHERE part = {part}"
    with cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT BINARY)") as copy:  # type: ignore[attr-defined]
        return b"".join(bytes(block) for block in copy)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mycelia.config.settings")
    _copy_again()
