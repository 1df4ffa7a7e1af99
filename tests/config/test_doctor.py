"""`mycelia doctor` on installations in good and in bad health."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.config.running import run
from tests.kernel.clusters import new_home

REAL = {"DJANGO_SETTINGS_MODULE": "mycelia.config.settings"}


@pytest.fixture(scope="module")
def bare_home() -> Iterator[Path]:
    with new_home() as folder:
        yield folder


def findings(home: Path, **variables: str) -> tuple[int, dict[str, dict[str, str]]]:
    done = run(home, "doctor", "--json", **variables)
    return done.returncode, {found["subject"]: found for found in json.loads(done.stdout)}


def test_doctor_on_a_new_installation_says_what_is_left_to_do(bare_home: Path) -> None:
    status, found = findings(bare_home)
    assert status == 1
    assert found["Database"]["verdict"] == "good"
    assert found["Migrations"]["remedy"] == "Run: mycelia migrate"
    assert "collectstatic" in found["Static files"]["remedy"]


def test_doctor_without_a_database_says_so_and_goes_on(bare_home: Path) -> None:
    status, found = findings(bare_home, DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    assert status == 1
    assert found["Database"]["verdict"] == "wrong"
    assert "DATABASE_URL" in found["Database"]["remedy"]
    assert "Migrations" not in found


def test_doctor_finds_an_origin_shared_with_uploaded_content(bare_home: Path) -> None:
    _, found = findings(bare_home, MYCELIA_CONTENT_ORIGIN="http://localhost:9000")
    assert found["Content origin"]["verdict"] == "wrong"


def test_doctor_finds_secrets_open_to_others(bare_home: Path) -> None:
    secret = bare_home / "secrets" / "open_key"
    secret.parent.mkdir(exist_ok=True)
    secret.write_text("x")
    secret.chmod(0o644)
    _, found = findings(bare_home, DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    assert found["Secrets"]["remedy"] == f"Run: chmod 600 {secret}"


def test_doctor_prints_findings_a_person_can_read(bare_home: Path) -> None:
    done = run(bare_home, "doctor", DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    assert "WRONG    Database: " in done.stdout
    assert "-> Check DATABASE_URL" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("variable", ["DATABASE_URL", "MYCELIA_PUBLIC_URL", "MYCELIA_LOG_LEVEL", "MYCELIA_QUEUE_LIMIT"])
def test_command_with_a_wrong_variable_names_it(bare_home: Path, variable: str) -> None:
    done = run(bare_home, "doctor", **REAL, **{variable: "nonsense"})
    assert done.returncode == 1
    assert done.stderr.startswith(f"mycelia: {variable}")
