"""Statements are forwarded to a second installation over HTTP, by a worker that is killed in between."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

from mycelia.kernel.postgres.api import stop
from mycelia.records import api
from mycelia.records.actions import storing
from mycelia.records.actions.erasure import Named
from mycelia.records.models import Destination
from tests.e2e.installation import MYCELIA, _free_port
from tests.factories.people import make_person
from tests.factories.records import make_statement
from tests.factories.stores import SYSTEM, OtherStore, make_destination, other_store

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
START_SECONDS = 180
SETTLED_SECONDS = 0.6
VOIDED = {"id": "http://adlnet.gov/expapi/verbs/voided", "display": {"en": "voided"}}


def _eventually(condition: Callable[[], bool], words: str) -> None:
    until = time.monotonic() + START_SECONDS
    while not condition():
        assert time.monotonic() < until, words
        time.sleep(0.05)


@dataclass(frozen=True)
class Second:
    """Another installation: its port, and a credential for its record store."""

    port: int
    key: str
    secret: str

    def get(self, path: str) -> tuple[int, bytes]:
        """Ask its store as a client would."""
        line = http.client.HTTPConnection("localhost", self.port, timeout=60)
        pair = b64encode(f"{self.key}:{self.secret}".encode()).decode()
        headers = {"Authorization": f"Basic {pair}", "X-Experience-API-Version": "1.0.3"}
        try:
            line.request("GET", f"/xapi/{path}", headers=headers)
            answer = line.getresponse()
            return answer.status, answer.read()
        finally:
            line.close()

    def answers(self) -> bool:
        """Return whether it is up."""
        try:
            return self.get("about")[0] == 200
        except OSError:
            return False


@contextmanager
def _second(home: Path) -> Iterator[Second]:
    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MYCELIA_")}
    environment |= {"MYCELIA_HOME": str(home), "MYCELIA_LOG_LEVEL": "ERROR"}
    environment |= {"MYCELIA_PUBLIC_URL": f"http://localhost:{port}"}
    environment.pop("DATABASE_URL", None)
    subprocess.run([MYCELIA, "migrate", "--verbosity", "0"], env=environment, check=True, timeout=900)
    create = [MYCELIA, "records", "credential", "create", "--name", "Here", "--scope", "all"]
    made = json.loads(subprocess.run(create, env=environment, check=True, capture_output=True).stdout)
    command = [MYCELIA, "web", "--port", str(port), "--processes", "1"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found = Second(port, made["key"], made["secret"])
    try:
        _eventually(found.answers, "the second installation does not start")
        yield found
    finally:
        server.terminate()
        server.wait(timeout=60)
        stop(home, force=True)


def _forwarder(number: int) -> subprocess.Popen[bytes]:
    """Run the forwarding of this test's database in a process of its own."""
    connection.ensure_connection()
    database = connection.connection.info
    who = quote(database.user) + (f":{quote(database.password)}" if database.password else "")
    where = urlencode({"host": database.host, "port": database.port})
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgresql://{who}@/{database.dbname}?{where}",
        "MYCELIA_SECRET_KEY": settings.SECRET_KEY,
    }
    command = [MYCELIA, "records", "forward", "run", str(number)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def _kill_in_the_middle(number: int, store: OtherStore, goal: int) -> None:
    """Kill a forwarder that waits for an answer, once the other store has so many; it takes what it was sent last."""
    go_on = Event()
    store.on_post = lambda ids: None if len(store.order) < goal else (go_on.wait(START_SECONDS), None)[1]
    reached = store.posts + (goal - len(store.order)) // 100 + (1 if store.order else 0)
    running = _forwarder(number)
    try:
        _eventually(lambda: store.posts > reached or running.poll() is not None, "nothing comes")
    finally:
        running.kill()
        said = running.communicate()
        go_on.set()
    assert running.returncode == -signal.SIGKILL, said
    _eventually(lambda: len(store.order) == goal + 100, "the last batch is not taken")
    _eventually(_nobody_forwards, "the lock outlives its process")


def _nobody_forwards() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
            " WHERE l.locktype = 'advisory' AND d.datname = current_database()"
        )
        return not cursor.fetchone()[0]


def test_forwarder_that_is_killed_again_and_again_loses_nothing() -> None:
    ids = [str(one) for _ in range(9) for one in api.store([make_statement() for _ in range(100)])]
    time.sleep(SETTLED_SECONDS)
    with other_store() as store:
        number = make_destination(store.url)
        _kill_in_the_middle(number, store, 200)
        assert Destination.objects.get().delivered == 200
        _kill_in_the_middle(number, store, 500)
        assert Destination.objects.get().delivered == 500
        report = api.run_forwarding(number)
        assert (report.is_busy, report.failure, report.delivered) == (False, "", 400)
        assert store.order == ids
        assert api.run_forwarding(number).delivered == 0


def test_second_installation_has_what_this_one_has(tmp_path: Path) -> None:
    person = make_person("gone@example.com", given_name="Gone", family_name="Person")
    content = b"a certificate"
    sha2 = sha256(content).hexdigest()
    attachment = {"usageType": "http://example.com/usage", "display": {"en": "Paper"}, "contentType": "text/plain"}
    voided = str(uuid4())
    statements = [
        make_statement(id=voided),
        make_statement(verb=VOIDED, object={"objectType": "StatementRef", "id": voided}),
        make_statement(actor={"objectType": "Agent", "name": "Gone Person", "mbox": "mailto:gone@example.com"}),
        make_statement(attachments=[{**attachment, "length": len(content), "sha2": sha2}], id=str(uuid4())),
        *(make_statement(result={"score": {"scaled": 0.1 + 0.2}, "duration": "PT1.5S"}) for _ in range(150)),
    ]
    stored = storing.store_sent(
        statements, authority=api.platform_authority(), version="1.0.3", attachments={sha2: content}
    )
    ids = [str(one) for one in stored.statement_ids]
    named = Named(person.pk, person.email, person.employee_number, person.full_name)
    api.erase_person(actor=SYSTEM, person=named)
    time.sleep(SETTLED_SECONDS)
    with _second(tmp_path / "second") as second:
        number = make_destination(f"http://localhost:{second.port}/xapi/", key=second.key, secret=second.secret)
        for _ in range(2):
            report = api.run_forwarding(number)
            assert (report.delivered, report.refused, report.failure) == (len(ids), 0, "")
            api.rewind_destination(actor=SYSTEM, destination_id=number)
        _same(second, ids, voided)
        assert b"a certificate" in second.get("statements?attachments=true&limit=500")[1]
        assert b"gone@example.com" not in second.get("statements?limit=500")[1]
    assert Destination.objects.get().refused == 0


def _same(second: Second, ids: list[str], voided: str) -> None:
    """Compare the two stores, statement by statement, but for what a store assigns."""
    answer = json.loads(second.get("statements?limit=500&ascending=true")[1])
    assert answer["more"] == ""
    there = {one["id"]: one for one in answer["statements"]}
    assert list(there) == [one for one in ids if one != voided]
    status, body = second.get(f"statements?voidedStatementId={voided}")
    assert status == 200
    there[voided] = json.loads(body)
    for one in ids:
        here = json.loads(api.any_statement(one).payload)
        assert _own(there[one]) == _own(here)


def _own(statement: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in statement.items() if name not in {"authority", "stored"}}
