"""What a run of the checks says about the time of its steps."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

STEPS = Path(__file__).parents[2] / "scripts" / "steps.sh"


def _run(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    surroundings = {"PATH": os.environ["PATH"], "TMPDIR": str(folder)}
    words = ["bash", "-c", f"set -euo pipefail; source {STEPS}; {script}"]
    return subprocess.run(words, env=surroundings, capture_output=True, text=True, timeout=60, check=False)


def _told(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [line.split(" s  ")[1] for line in done.stdout.split("== Time of each step\n")[1].splitlines()]


def test_every_step_is_told_in_order_those_of_a_called_script_too(tmp_path: Path) -> None:
    called = f"bash -c 'set -eu; source {STEPS}; step inner; true'"
    done = _run(tmp_path, f"step first; true; end_step; {called}; step last; true")
    assert (done.returncode, _told(done)) == (0, ["first", "inner", "last", "in all"])
    assert list(tmp_path.iterdir()) == []


def test_failed_step_is_told_and_fails_the_run(tmp_path: Path) -> None:
    called = f"bash -c 'set -eu; source {STEPS}; step inner; exit 4'"
    done = _run(tmp_path, f"step first; end_step; {called}; step never")
    assert (done.returncode, _told(done)) == (4, ["first", "inner", "in all"])
    assert list(tmp_path.iterdir()) == []
