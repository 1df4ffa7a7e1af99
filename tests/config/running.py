"""The product's commands as real processes on the small site."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


class Command:
    """One `mycelia` command and what can be asked of it from outside."""

    def __init__(self, home: Path, *arguments: str, **variables: str) -> None:
        self.home = home
        self.port = free_port()
        self.log = home / f"{arguments[0]}-{self.port}.log"
        listening = [f"--port={self.port}"] if arguments[0] in {"serve", "web"} else []
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mycelia.config.cli", *arguments, *listening],
                env=environment(home, **variables),
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )

    def get(self, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=15) as answer:
                return answer.status, answer.read().decode(), dict(answer.headers)
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), dict(error.headers)

    def answers(self) -> bool:
        try:
            return self.get("/healthz")[0] == 200
        except OSError:
            return False

    def json(self, path: str) -> dict[str, Any]:
        return json.loads(self.get(path)[1])

    def await_ready(self) -> Command:
        assert eventually(self.answers), self.log.read_text()
        return self

    def lines(self, event: str) -> list[dict[str, Any]]:
        return [entry for entry in self.entries() if entry["event"] == event]

    def entries(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]

    def parts(self) -> dict[str, int]:
        return {line["part"]: line["pid"] for line in self.lines("part_started")}

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=60)

    def end(self) -> None:
        if self.process.poll() is None:
            self.stop()


def environment(home: Path, **variables: str) -> dict[str, str]:
    """Return the surroundings of a command: always its own embedded database, whichever the test-suite runs on."""
    return {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "MYCELIA_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "tests.config.small_site",
        "PYTHONPATH": str(ROOT),
        "MYCELIA_POSTGRES_LINGER_SECONDS": "1",
        **variables,
    }


def run(home: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mycelia.config.cli", *arguments],
        env=environment(home, **variables),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def python(home: Path, code: str) -> str:
    """Run code with the small site set up and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()\n" + code],
        env=environment(home),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout.strip()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(condition: Callable[[], Any], seconds: float = 60) -> Any:
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > deadline:
            return found
        time.sleep(0.05)
    return found


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
