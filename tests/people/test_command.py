"""`mycelia import people`, by what it prints and how it exits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mycelia.config.command_groups import regroup
from mycelia.people.models import ImportRun, Person
from tests.people.conftest import Company
from tests.people.files import people_file, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_bytes(people_file(row("N1"), row("N2", manager="N1")))
    return path


def _run(*arguments: object) -> None:
    call_command("import_people", *map(str, arguments))


def test_command_is_reached_by_two_words() -> None:
    assert regroup(["mycelia", "import", "people", "f.csv"])[1:] == ["import_people", "f.csv"]


def test_command_applies_and_says_what_it_did(company: Company, sent: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _run(sent)
    out, err = capfd.readouterr()
    assert "2 created, 0 changed" in out
    assert out.rstrip().endswith("Applied.")
    assert "Checking people.csv" in err


def test_command_dry_run_shows_changes_and_writes_nothing(
    company: Company, sent: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    sent.write_bytes(people_file(row("REP", unit="SALES", manager="MID", email="report@example.com")))
    _run(sent, "--dry-run")
    out, _ = capfd.readouterr()
    assert "Unit: Sales North → Sales" in out
    assert "Dry run" in out
    assert not ImportRun.objects.exists()


def test_command_with_a_bad_file_lists_every_problem_and_exits_1(
    company: Company, sent: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    sent.write_bytes(people_file(row("N1", unit="NOPE"), row("N2", valid_from="soon")))
    with pytest.raises(SystemExit) as exit_:
        _run(sent)
    assert exit_.value.code == 1
    out, _ = capfd.readouterr()
    assert "line 2, unit_code [NOPE]: There is no unit" in out
    assert "line 3, valid_from [soon]: This is not a date" in out
    assert not Person.objects.filter(employee_number="N1").exists()


def test_command_answers_with_json(company: Company, sent: Path, capfd: pytest.CaptureFixture[str]) -> None:
    sent.write_bytes(people_file(row("N1", unit="NOPE")))
    with pytest.raises(SystemExit):
        _run(sent, "--json", "--dry-run")
    answer = json.loads(capfd.readouterr().out)
    assert answer["applied"] is False
    assert answer["problems"][0] | {"reason": ""} == {
        "line": 2,
        "column": "unit_code",
        "value": "NOPE",
        "code": "unknown_unit",
        "reason": "",
    }


def test_command_for_a_full_file_asks_for_the_number(company: Company, sent: Path) -> None:
    sent.write_bytes(people_file(row("BOSS"), row("MID", unit="SALES", manager="BOSS")))
    with pytest.raises(CommandError, match="--confirm-deactivations 1") as refusal:
        _run(sent, "--full")
    assert refusal.value.returncode == 1
    _run(sent, "--full", "--confirm-deactivations", 1)
    company.report.refresh_from_db()
    assert not company.report.is_active


def test_command_without_a_readable_file_says_so(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot read") as refusal:
        _run(tmp_path / "nothing.csv")
    assert refusal.value.returncode == 1
    with pytest.raises(CommandError, match="cannot read"):
        _run(tmp_path)


def test_command_refused_answers_with_json_too(company: Company, sent: Path, capfd: pytest.CaptureFixture[str]) -> None:
    sent.write_bytes(people_file(row("BOSS"), row("MID", unit="SALES", manager="BOSS")))
    with pytest.raises(SystemExit) as exit_:
        _run(sent, "--full", "--json")
    assert exit_.value.code == 1
    assert json.loads(capfd.readouterr().out)["error"] == "deactivations_unconfirmed"
