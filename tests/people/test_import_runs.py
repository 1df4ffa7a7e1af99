"""A file's way through the pages' steps, each job once or twice, in and out of order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from mycelia.kernel import clock
from mycelia.kernel.errors import PermissionDenied, QueueFull
from mycelia.kernel.policy import ANONYMOUS, Actor
from mycelia.kernel.tasks import run_pending
from mycelia.people import api, tasks
from mycelia.people.errors import (
    DeactivationsUnconfirmed,
    ImportUnderWay,
    MassDeactivation,
    PeopleFileTooLarge,
    WrongImportState,
)
from mycelia.people.models import ImportChange, ImportProblem, ImportRun, ImportState, Person
from tests.factories.people import make_person
from tests.people.conftest import SYSTEM, Company
from tests.people.files import people_file, row

pytestmark = pytest.mark.django_db


def _upload(*rows: str, full: bool = False, check: bool = True, actor: Actor = SYSTEM) -> ImportRun:
    run = api.upload_people_file(
        actor=actor, content=people_file(*rows), file_name="people.csv", full=full, job=tasks.check_import
    )
    if check:
        run_pending()
    run.refresh_from_db()
    return run


def _apply(run: ImportRun, *, confirmed: int | None = None, released: bool = False) -> ImportRun:
    api.request_application(
        actor=SYSTEM, run_id=run.pk, confirmed_deactivations=confirmed, brake_released=released, job=tasks.apply_import
    )
    run_pending()
    run.refresh_from_db()
    return run


def test_run_goes_from_uploaded_over_checked_to_applied(company: Company) -> None:
    run = _upload(row("N1"), check=False)
    assert run.state == ImportState.UPLOADED
    run_pending()
    run.refresh_from_db()
    assert (run.state, run.created, run.problem_count) == (ImportState.CHECKED, 1, 0)
    assert not Person.objects.filter(employee_number="N1").exists()
    _apply(run)
    assert (run.state, run.content) == (ImportState.APPLIED, None)
    assert Person.objects.filter(employee_number="N1").exists()
    assert [change.employee_number for change in api.import_changes(run)] == ["N1"]


def test_run_with_problems_cannot_be_applied(company: Company) -> None:
    run = _upload(row("N1", unit="NOPE"))
    assert (run.state, run.problem_count) == (ImportState.CHECKED, 1)
    with pytest.raises(WrongImportState):
        _apply(run)


def test_run_that_changes_nothing_cannot_be_applied(company: Company) -> None:
    run = _upload(row("BOSS", email="boss@example.com").replace("Name,BOSS", "Mara,Boss"))
    assert not api.changes_anything(run)
    with pytest.raises(WrongImportState):
        _apply(run)


def test_run_applied_after_the_directory_changed_is_refused_and_can_be_checked_again(company: Company) -> None:
    run = _upload(row("N1"), row("N2"))
    make_person(employee_number="N2", email="n2@example.com")
    _apply(run)
    assert run.state == ImportState.FAILED
    assert "changed since" in run.failure
    assert not Person.objects.filter(employee_number="N1").exists()
    api.request_check(actor=SYSTEM, run_id=run.pk, job=tasks.check_import)
    run_pending()
    run.refresh_from_db()
    assert (run.state, run.created, run.changed, run.failure) == (ImportState.CHECKED, 1, 1, "")


def test_run_jobs_delivered_twice_do_their_work_once(company: Company) -> None:
    run = _upload(row("N1"))
    api.check_run(run.pk)
    _apply(run)
    api.apply_run(run.pk)
    api.check_run(run.pk)
    run.refresh_from_db()
    assert run.state == ImportState.APPLIED
    assert ImportChange.objects.filter(run=run).count() == 1


def test_run_of_a_full_file_needs_its_confirmations(company: Company) -> None:
    for _ in range(12):
        make_person(unit=company.north, manager=company.manager)
    rows = (row("BOSS"), row("MID", unit="SALES", manager="BOSS"), row("REP", unit="NORTH", manager="MID"))
    run = _upload(*rows, full=True)
    assert run.deactivated == 12
    with pytest.raises(DeactivationsUnconfirmed):
        _apply(run, confirmed=11)
    with pytest.raises(MassDeactivation):
        _apply(run, confirmed=12)
    assert _apply(run, confirmed=12, released=True).state == ImportState.APPLIED


def test_run_discarded_forgets_content_and_plan(company: Company) -> None:
    run = _upload(row("N1"), row("N2", unit="NOPE"))
    api.discard_import(actor=SYSTEM, run_id=run.pk)
    run.refresh_from_db()
    assert (run.state, run.content) == (ImportState.DISCARDED, None)
    assert not ImportProblem.objects.exists()
    with pytest.raises(WrongImportState):
        api.discard_import(actor=SYSTEM, run_id=run.pk)


def test_run_applied_cannot_be_discarded_or_checked(company: Company) -> None:
    run = _apply(_upload(row("N1")))
    with pytest.raises(WrongImportState):
        api.discard_import(actor=SYSTEM, run_id=run.pk)
    with pytest.raises(WrongImportState):
        api.request_check(actor=SYSTEM, run_id=run.pk, job=tasks.check_import)


def test_run_whose_worker_died_can_be_started_again(company: Company) -> None:
    run = _upload(row("N1"))
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.APPLYING)
    with pytest.raises(WrongImportState):
        api.request_check(actor=SYSTEM, run_id=run.pk, job=tasks.check_import)
    with clock.frozen(clock.now() + timedelta(minutes=11)):
        api.request_check(actor=SYSTEM, run_id=run.pk, job=tasks.check_import)
    run_pending()
    run.refresh_from_db()
    assert run.state == ImportState.CHECKED


def test_run_that_fails_unexpectedly_says_so_and_changes_nothing(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> Any:
        raise RuntimeError("power cut")

    run = _upload(row("N1"))
    monkeypatch.setattr("mycelia.people.actions.people_file.write_plan", fail)
    _apply(run)
    assert run.state == ImportState.FAILED
    assert "Nothing was changed" in run.failure
    assert "power cut" not in run.failure


def test_upload_with_a_full_queue_is_refused_and_not_kept(company: Company, settings: Any) -> None:
    settings.MYCELIA_QUEUE_LIMIT = 0
    with pytest.raises(QueueFull):
        _upload(row("N1"))
    assert not ImportRun.objects.exists()


def test_upload_over_the_limit_is_refused_and_not_kept(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mycelia.people.actions.imports.MAXIMUM_BYTES", 10)
    with pytest.raises(PeopleFileTooLarge):
        _upload(row("N1"))
    assert not ImportRun.objects.exists()


def test_steps_of_an_import_without_authority_are_denied(company: Company) -> None:
    run = _upload(row("N1"))
    steps: list[Any] = [
        lambda: _upload(row("N1"), actor=ANONYMOUS),
        lambda: api.request_check(actor=ANONYMOUS, run_id=run.pk, job=tasks.check_import),
        lambda: api.discard_import(actor=ANONYMOUS, run_id=run.pk),
        lambda: api.request_application(
            actor=ANONYMOUS, run_id=run.pk, confirmed_deactivations=None, brake_released=True, job=tasks.apply_import
        ),
    ]
    for step in steps:
        with pytest.raises(PermissionDenied):
            step()


def test_step_of_an_import_that_is_not_there_is_a_conflict(company: Company) -> None:
    with pytest.raises(ImportUnderWay):
        api.discard_import(actor=SYSTEM, run_id=999)


def test_upload_job_is_queued_with_the_upload(company: Company) -> None:
    _upload(row("N1"), check=False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo'")
        assert cursor.fetchall() == [("people.check_import",)]
