"""Simulations in the background: asked once, kept, stale when the case changes, run again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection

from mycelia.business_case import api, models, tasks, types
from mycelia.business_case.errors import InvalidTerms, NotPartOfCase
from mycelia.business_case.exports.source import presented_dossier
from mycelia.business_case.types import CostCategory, Estimate, ItemKind, WorkItem
from mycelia.kernel import clock
from mycelia.kernel.errors import PermissionDenied, QueueFull
from mycelia.kernel.policy import Role
from mycelia.kernel.tasks import run_pending, waiting_jobs
from tests.factories.business_case import SYSTEM, make_actor, make_case, make_complete_case

pytestmark = pytest.mark.django_db
PLACES = types.CostLine("seats", CostCategory.LICENCES, "Seats", price=Estimate.triangular(90, 100, 130))
GAIN = types.BenefitLine(
    "gain", types.BenefitCategory.CUSTOM, "Gain", inputs={"yearly_amount": Estimate.pert(20, 60, 80)}
)


@pytest.fixture
def case() -> models.Case:
    made = make_case("tried")
    for value in (PLACES, GAIN):
        api.add_item(actor=SYSTEM, case=made, value=replace(value, option=api.case_model(made).preferred.key))
    return made


def _ask(case: models.Case, **terms) -> models.SimulationRun:
    return api.ask_simulation(actor=SYSTEM, case=case, queue=tasks.queue_now, **{"draws": 500, **terms})


def _picture(case: models.Case, option: str = "") -> api.SimulationPicture:
    return api.simulation_of(case, api.case_model(case), option)


def _due_now() -> None:
    """Let the pause after a change pass."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")


def test_simulation_runs_in_the_background_and_is_kept(case):
    asked = _ask(case)
    before = _picture(case)
    assert (asked.state, before.result, before.progress) == ("waiting", None, 0)
    run_pending()
    picture = _picture(case)
    assert (picture.run.state, picture.is_stale, picture.progress, picture.failure) == ("done", False, None, "")
    expected = api.simulate(api.case_model(case), picture.run.option, draws=500, seed=1)
    assert replace(picture.result, seconds=expected.seconds) == expected
    assert _ask(case).pk == asked.pk
    assert run_pending() == 0


def test_simulation_that_waits_is_not_queued_twice(case):
    assert _ask(case).pk == _ask(case).pk
    assert _ask(case, seed=2).pk != _ask(case).pk
    assert run_pending() == 2


def test_result_is_stale_after_a_change_and_computed_anew_once_changes_pause(case):
    _ask(case)
    run_pending()
    first = _picture(case)
    for price in (70, 80):
        state = api.item_of(case, ItemKind.COST, "seats")
        value = replace(state.value, price=Estimate.fixed(price))
        api.change_item(actor=SYSTEM, case=case, value=value, seen_revision=state.revision)
        api.simulate_again(case_id=case.pk, queue=tasks.queue_soon)
    stale = _picture(case)
    assert (stale.is_stale, stale.result, stale.progress) == (True, first.result, 0)
    assert models.SimulationRun.objects.filter(state="waiting").count() == 1
    assert run_pending() == 0
    _due_now()
    assert run_pending() == 1
    fresh = _picture(case)
    assert (fresh.is_stale, fresh.result.npv == first.result.npv) == (False, False)


def test_open_work_that_moves_with_the_day_is_simulated_anew_the_next_night(case):
    work = WorkItem("pilot", "Pilot", Estimate.pert(1, 2, 4), source="IT")
    api.add_item(actor=SYSTEM, case=case, value=work)
    with clock.frozen(datetime(2026, 1, 1, 9, tzinfo=UTC)):
        _ask(case)
        run_pending()
        tasks.simulate_told_today(0)
        assert run_pending() == 0
    with clock.frozen(datetime(2026, 2, 2, 0, 7, tzinfo=UTC)):
        assert _picture(case).is_stale
        tasks.simulate_told_today(0)
        _due_now()
        assert run_pending() == 1
        assert not _picture(case).is_stale


def test_night_with_a_full_queue_goes_on_later_with_the_cases_that_are_left(case, settings):
    cases = [case, make_complete_case("second"), make_complete_case("third")]
    with clock.frozen(datetime(2026, 1, 1, 9, tzinfo=UTC)):
        for each in cases:
            api.add_item(actor=SYSTEM, case=each, value=WorkItem("pilot", "Pilot", Estimate.pert(1, 2, 4)))
            _ask(each)
        run_pending()
    with clock.frozen(datetime(2026, 2, 2, 0, 7, tzinfo=UTC)):
        settings.MYCELIA_QUEUE_LIMIT = waiting_jobs() + 1
        tasks.simulate_told_today(0)
        assert [_picture(each).progress for each in cases] == [0, None, None]
        settings.MYCELIA_QUEUE_LIMIT = 1000
        while any(_picture(each).is_stale for each in cases):
            _due_now()
            assert run_pending() > 0
        assert waiting_jobs() == 0


def test_case_nobody_simulated_is_not_simulated_when_it_changes(case):
    api.simulate_again(case_id=case.pk, queue=tasks.queue_soon)
    assert not models.SimulationRun.objects.exists()


def test_full_queue_says_so_and_keeps_nothing(case, settings):
    settings.MYCELIA_QUEUE_LIMIT = 0
    with pytest.raises(QueueFull):
        _ask(case)
    assert not models.SimulationRun.objects.exists()


def test_run_that_was_cut_off_starts_anew_and_one_that_is_done_does_not(case):
    run = _ask(case)
    models.SimulationRun.objects.filter(pk=run.pk).update(state="running", progress=0.4)
    assert api.run_simulation(run_id=run.pk).state == "done"
    assert api.run_simulation(run_id=run.pk) is None


def test_option_that_was_removed_fails_with_a_reason(case):
    big = api.add_item(actor=SYSTEM, case=case, value=types.Option("big", "Big"))
    run = _ask(case, option="big")
    api.remove_item(actor=SYSTEM, case=case, kind=ItemKind.OPTION, key="big", seen_revision=big.revision)
    assert api.run_simulation(run_id=run.pk).state == "failed"
    assert "removed" in _picture(case, "big").failure


def test_run_that_starts_while_another_is_asked_for_is_no_error(case, monkeypatch):
    first = _ask(case)
    insert = models.SimulationRun.objects.create

    def waits_at_this_moment(**terms):
        monkeypatch.setattr(models.SimulationRun.objects, "create", insert)
        raise IntegrityError("waits once")

    monkeypatch.setattr(models.SimulationRun.objects, "create", waits_at_this_moment)
    models.SimulationRun.objects.filter(pk=first.pk).update(state="running")
    second = _ask(case)
    assert (second.state, second.pk != first.pk) == ("waiting", True)
    assert models.SimulationRun.objects.count() == 2


def test_run_that_stops_at_a_fault_says_that_it_failed(case, monkeypatch):
    run = _ask(case)

    def out_of_memory(*args, **options):
        raise MemoryError

    monkeypatch.setattr("mycelia.business_case.actions.simulation.simulate", out_of_memory)
    with pytest.raises(MemoryError):
        api.run_simulation(run_id=run.pk)
    run.refresh_from_db()
    assert (run.state, run.finished_at is None) == ("failed", False)
    assert "stopped at a fault" in _picture(case).failure
    assert api.run_simulation(run_id=run.pk) is None


def test_impossible_simulations_are_refused(case):
    for terms in ({"draws": 99}, {"draws": 1_000_001}, {"seed": -1}):
        with pytest.raises(InvalidTerms):
            _ask(case, **terms)
    with pytest.raises(NotPartOfCase):
        _ask(case, option="none")
    for role in set(Role) - {Role.FINANCE_ANALYST, Role.EXECUTIVE}:
        with pytest.raises(PermissionDenied):
            api.ask_simulation(actor=make_actor(role), case=case, queue=tasks.queue_now)


def test_only_the_newest_results_are_kept(case, monkeypatch):
    monkeypatch.setattr("mycelia.business_case.actions.simulation.MOST_KEPT", 2)
    for seed in range(4):
        api.run_simulation(run_id=_ask(case, seed=seed, draws=100).pk)
    assert sorted(models.SimulationRun.objects.values_list("seed", flat=True)) == [2, 3]


def test_result_that_briefs_of_a_presentation_tell_from_is_kept_whatever_comes_later(monkeypatch):
    monkeypatch.setattr("mycelia.business_case.actions.simulation.MOST_KEPT", 2)
    case = make_complete_case("presented")
    presented = api.run_simulation(run_id=api.ask_simulation(actor=SYSTEM, case=case, queue=tasks.queue_now).pk)
    api.present_case(actor=SYSTEM, case=case)
    for seed in range(2, 6):
        api.run_simulation(run_id=_ask(case, seed=seed, draws=100).pk)
    assert sorted(models.SimulationRun.objects.values_list("seed", flat=True)) == [presented.seed, 4, 5]
    assert presented_dossier(models.Presentation.objects.get()).known is not None


def _simulated(capsys, *arguments: str) -> dict:
    call_command("case_simulate", *arguments, "--json")
    return json.loads(capsys.readouterr().out)


def test_command_prints_everything_and_a_file_gives_the_same_as_the_case(case, tmp_path, capsys):
    item = types.WorkItem("build", "Build", Estimate.pert(5, 10, 30))
    api.add_item(actor=SYSTEM, case=case, value=item)
    printed = _simulated(capsys, "tried", "--draws", "400", "--seed", "7")
    assert (printed["draws"], printed["seed"]) == (400, 7)
    assert printed["seconds"] > 0
    for figure in ("npv", "roi", "bcr", "payback_months"):
        assert {"mean", "p10", "p50", "p90", "error"} <= set(printed[figure])
    assert 0 <= printed["probability_of_loss"] <= 1
    assert list(printed["finish"]) == ["p50", "p80", "p95"]
    assert {swing["name"] for swing in printed["tornado"]} == {"cost/seats/price", "benefit/gain/inputs/yearly_amount"}
    file = tmp_path / "case.json"
    call_command("case_export", "tried", "--format", "json", "--out", file)
    capsys.readouterr()
    again = _simulated(capsys, str(file), "--draws", "400", "--seed", "7")
    assert {**again, "seconds": 0} == {**printed, "seconds": 0}


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("none",), 1, "no case and no file named none"),
        (("missing.json",), 1, "No such file"),
        (("tried", "--draws", "5"), 2, "out of range"),
        (("tried", "--option", "none"), 2, "no option none"),
    ],
)
def test_command_refuses_with_a_status_and_a_reason(case, arguments, status, words):
    with pytest.raises(CommandError, match=words) as refused:
        call_command("case_simulate", *arguments)
    assert refused.value.returncode == status


def test_command_names_what_is_wrong_in_a_file(case, tmp_path):
    file = tmp_path / "case.json"
    call_command("case_export", "tried", "--format", "json", "--out", file)
    file.write_text(file.read_text().replace('"low": "90"', '"low": "95000"'))
    with pytest.raises(CommandError, match="cost/seats price"):
        call_command("case_simulate", str(file))
    file.write_text("{")
    with pytest.raises(CommandError, match="end of file"):
        call_command("case_simulate", str(file))


def test_command_prints_a_table_for_people(case, capsys):
    call_command("case_simulate", "tried", "--draws", "200")
    printed = capsys.readouterr().out
    assert "200 draws, seed 1" in printed
    assert "probability of loss" in printed
