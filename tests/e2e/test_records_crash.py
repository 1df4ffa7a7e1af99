"""Server and database are killed in the middle of load; what was acknowledged is there once, nothing is half there."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import threading
import time
from base64 import b64encode
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from mycelia.kernel.postgres.api import cluster_status, ensure_running, stop
from tests.e2e.installation import MYCELIA, _free_port

pytestmark = pytest.mark.e2e
BATCH, WRITERS = 20, 4
START_SECONDS = 180


class Sender:
    """Sends single statements and batches from several connections and notes what was acknowledged."""

    def __init__(self, port: int, authorization: str) -> None:
        self.port, self.authorization = port, authorization
        self.acknowledged: list[list[str]] = []
        self.sent: list[list[str]] = []
        self.running = True
        self.threads = [threading.Thread(target=self._send, args=(number % 2,)) for number in range(WRITERS)]
        for thread in self.threads:
            thread.start()

    def _send(self, batches: int) -> None:
        while self.running:
            statements = [_statement() for _ in range(BATCH + 5 if batches else 1)]
            identifiers = [one["id"] for one in statements]
            self.sent.append(identifiers)
            try:
                line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                headers = {"Authorization": self.authorization, "X-Experience-API-Version": "1.0.3"}
                headers |= {"Content-Type": "application/json", "Host": f"localhost:{self.port}"}
                line.request("POST", "/xapi/statements", json.dumps(statements), headers)
                answer = line.getresponse()
                answer.read()
                line.close()
                if answer.status == 200:
                    self.acknowledged.append(identifiers)
                else:
                    time.sleep(0.05)
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)

    def wait_for(self, more: int) -> None:
        """Wait until so many requests more were acknowledged."""
        wanted, until = len(self.acknowledged) + more, time.monotonic() + START_SECONDS
        while len(self.acknowledged) < wanted:
            assert time.monotonic() < until, "nothing is acknowledged any more"
            time.sleep(0.02)

    def stop(self) -> None:
        self.running = False
        for thread in self.threads:
            thread.join()


def _statement() -> dict:
    return {
        "id": str(uuid4()),
        "actor": {"account": {"homePage": "https://example.com", "name": f"p{uuid4().int % 50}"}},
        "verb": {"id": "https://example.com/verbs/did"},
        "object": {"id": f"https://example.com/things/{uuid4().int % 50}", "definition": {"name": {"en": "Thing"}}},
        "context": {"contextActivities": {"parent": [{"id": "https://example.com/course"}]}},
    }


@contextmanager
def _served(environment: dict[str, str], port: int):
    command = [MYCELIA, "web", "--port", str(port), "--processes", "2"]
    server = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield server
    finally:
        if server.poll() is None:
            server.terminate()
        server.wait(timeout=60)


def _kill_tree(server: subprocess.Popen) -> None:
    """End the server and its web processes at once, as a power cut would; they are a session of their own."""
    os.killpg(server.pid, signal.SIGKILL)
    server.wait(timeout=30)


def test_acknowledged_statements_survive_the_death_of_server_and_database(tmp_path: Path) -> None:
    home, port = tmp_path / "home", _free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MYCELIA_")}
    environment |= {"MYCELIA_HOME": str(home), "MYCELIA_LOG_LEVEL": "ERROR"}
    environment.pop("DATABASE_URL", None)
    run = [str(MYCELIA)]
    subprocess.run([*run, "migrate", "--verbosity", "0"], env=environment, check=True, timeout=900)
    create = [*run, "records", "credential", "create", "--name", "Crash", "--scope", "all"]
    made = json.loads(subprocess.run(create, env=environment, check=True, capture_output=True).stdout)
    authorization = "Basic " + b64encode(f"{made['key']}:{made['secret']}".encode()).decode()
    try:
        with _served(environment, port) as server:
            sender = Sender(port, authorization)
            try:
                sender.wait_for(40)
                _kill_tree(server)
                with _served(environment, port):
                    sender.wait_for(40)
                    database = cluster_status(home).pid
                    assert database is not None
                    os.kill(database, signal.SIGKILL)
                    sender.wait_for(40)
            finally:
                sender.stop()
        _check(home, sender)
    finally:
        stop(home, force=True)


def _check(home: Path, sender: Sender) -> None:
    with psycopg.connect(ensure_running(home)) as connection:
        counts = dict(
            connection.execute("SELECT statement_id::text, count(*) FROM records_statement GROUP BY 1").fetchall()
        )
        keys = {one for (one,) in connection.execute("SELECT statement_id::text FROM records_statementkey").fetchall()}
        linked = connection.execute(
            "SELECT count(*) FROM records_statement s WHERE"
            " (SELECT count(*) FROM records_statementagent l WHERE l.stored = s.stored"
            " AND l.sequence = s.sequence) <> 1"
            " OR (SELECT count(*) FROM records_statementactivity l WHERE l.stored = s.stored"
            " AND l.sequence = s.sequence) <> 2"
        ).fetchone()
    acknowledged = {one for identifiers in sender.acknowledged for one in identifiers}
    assert len(sender.acknowledged) >= 120
    assert acknowledged - counts.keys() == set(), "an acknowledged statement is lost"
    assert set(counts.values()) == {1}, "a statement is there twice"
    assert keys == counts.keys(), "an identifier is taken without its statement, or the other way round"
    assert linked == (0,), "a statement is there without what it is found by"
    torn = [identifiers for identifiers in sender.sent if 0 < len(counts.keys() & set(identifiers)) < len(identifiers)]
    assert torn == [], "a batch is there in part"
