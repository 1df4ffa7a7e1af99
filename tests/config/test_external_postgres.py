"""Which PostgreSQL the tests on an ordinary server take, and what is said where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from pwd import getpwnam

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "test_external.sh"


def _run(root: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    surroundings = {**kept, "POSTGRES_ROOT": str(root), "TMPDIR": str(root), **variables}
    return subprocess.run([SCRIPT], env=surroundings, capture_output=True, text=True, timeout=60, check=False)


def _install(root: Path, version: str) -> Path:
    programs = root / version / "bin"
    programs.mkdir(parents=True)
    for name, body in {"initdb": f"echo made with {version} >&2; exit 3", "pg_ctl": "exit 0"}.items():
        (programs / name).write_text(f"#!/bin/sh\n{body}\n")
        (programs / name).chmod(0o755)
    return programs


def _needs_an_account() -> bool:
    """Root runs the server as the account that the system's package brings along."""
    try:
        getpwnam("postgres")
    except KeyError:
        return os.geteuid() == 0
    return os.geteuid() == 0 and not shutil.which("setpriv")


runs_a_server = pytest.mark.skipif(_needs_an_account(), reason="root needs setpriv and an account postgres")


@pytest.fixture
def root() -> Iterator[Path]:
    """Where system packages would put PostgreSQL; the server's account may enter."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.parametrize(("versions", "taken"), [(["9", "15", "17"], "17"), (["14", "15"], "15"), (["15", "x"], "15")])
@runs_a_server
def test_newest_postgres_is_taken(root: Path, versions: list[str], taken: str) -> None:
    for version in versions:
        _install(root, version)
    done = _run(root)
    assert (done.returncode, done.stderr.strip()) == (3, f"made with {taken}")
    assert not list(root.glob("mycelia-postgres-*"))


@runs_a_server
def test_postgres_that_is_named_is_taken(root: Path) -> None:
    _install(root, "17")
    assert "made with 15" in _run(root, POSTGRES_BIN=str(_install(root, "15"))).stderr


def test_without_postgres_the_tests_are_skipped(root: Path) -> None:
    _install(root, "14")
    done = _run(root)
    assert (done.returncode, "skipped" in done.stdout) == (0, True)


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("apt-get"), reason="only root with apt-get installs it")
def test_without_postgres_where_it_should_have_been_installed_the_run_fails(root: Path) -> None:
    done = _run(root, CI="true")
    assert (done.returncode, "should have been installed" in done.stderr) == (1, True)


def test_postgres_that_is_named_and_missing_fails_the_run(root: Path) -> None:
    assert _run(root, POSTGRES_BIN=str(root / "nowhere")).returncode == 1
