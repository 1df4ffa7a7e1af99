"""A whole installation for a test: own data folder, own port, the demo company, and the real server."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

MYCELIA = Path(sys.executable).with_name("mycelia")
DEMO_PASSWORD = "mycelia-demo"


@dataclass(frozen=True)
class Installation:
    """Where the running installation is and how to run its commands."""

    url: str
    home: Path
    environment: dict[str, str]

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run one `mycelia` command against this installation; a failure shows what it said."""
        run = subprocess.run(
            [MYCELIA, *arguments], env=self.environment, capture_output=True, text=True, check=False, timeout=300
        )
        assert not check or run.returncode == 0, f"mycelia {' '.join(arguments)}: {run.stdout}{run.stderr}"
        return run


@contextmanager
def running_installation(home: Path) -> Iterator[Installation]:
    """Seed the demo company in `home`, serve it on a free port, and stop it cleanly at the end."""
    port = _free_port()
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("MYCELIA_")},
        "MYCELIA_HOME": str(home),
        "MYCELIA_PUBLIC_URL": f"http://localhost:{port}",
        "MYCELIA_CONTENT_ORIGIN": f"http://127.0.0.1:{port}",
    }
    installation = Installation(environment["MYCELIA_PUBLIC_URL"], home, environment)
    installation.run("demo", "--seed-only")
    with (home / "serve.log").open("w") as log:
        server = subprocess.Popen([MYCELIA, "serve", "--port", str(port)], env=environment, stdout=log, stderr=log)
        try:
            _wait_until_ready(f"{installation.url}/readyz", server)
            yield installation
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_ready(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"the server stopped with status {server.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"{url} did not become ready")
