"""Asking for a simulation, and running it in the background."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import msgspec
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mycelia.business_case.calc import model_digest, simulate
from mycelia.business_case.calc.simulation import LARGEST_SEED, LEAST_DRAWS, MOST_DRAWS
from mycelia.business_case.errors import InvalidTerms, NotPartOfCase
from mycelia.business_case.models import Case, SimulationRun
from mycelia.business_case.permissions import ReadCase
from mycelia.business_case.queries import case_model, latest_presentation, sheet_from
from mycelia.business_case.types import CaseModel, UnsoundModel
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor, require

DRAWS, SEED = 10_000, 1
MOST_KEPT = 20
"""So many results of a case are kept."""
TOLD_EVERY_SECONDS = 0.5
Queue = Callable[[SimulationRun], None]


@transaction.atomic
def ask_simulation(
    *, actor: Actor, case: Case, queue: Queue, option: str = "", draws: int = DRAWS, seed: int = SEED
) -> SimulationRun:
    """Have an option simulated in the background, and return the run to watch.

    A run that is waiting already, or a result that is kept of this very model, is returned instead of a new one.

    Args:
        actor: Reads the case.
        case: The case.
        queue: Queues a run in the running transaction.
        option: Key of the option; empty for the preferred one.
        draws: From 100 to 1,000,000.
        seed: From 0 to 2^63 - 1.

    Raises:
        PermissionDenied: The actor may not read the case.
        NotPartOfCase: The case has no such option.
        InvalidTerms: Draws or seed are out of range.
        QueueFull: Too much background work is waiting; nothing was queued.
    """
    require(actor, ReadCase(), case)
    if not LEAST_DRAWS <= draws <= MOST_DRAWS or not 0 <= seed <= LARGEST_SEED:
        raise InvalidTerms(_("A simulation has 100 to 1,000,000 draws and a seed of 0 or more. Nothing was started."))
    model = case_model(case)
    wanted = option or model.preferred.key
    if wanted not in {each.key for each in model.options}:
        raise NotPartOfCase(case=case.slug, option=wanted)
    asked = {"case": case, "option": wanted, "draws": draws, "seed": seed}
    kept = SimulationRun.objects.filter(**asked, state="done", model_digest=model_digest(model)).first()
    return kept or _waiting(queue, asked)


def _waiting(queue: Queue, asked: dict[str, Any], tries: int = 3) -> SimulationRun:
    """Return the run that waits; the database keeps two that ask at once from queueing two.

    A run that waited when it was asked for may be running when it is looked for: then another one is queued, because
    the running one may have read the case as it was before.
    """
    try:
        with transaction.atomic():
            run = SimulationRun.objects.create(**asked, asked_at=clock.now())
    except IntegrityError:
        if (waiting := SimulationRun.objects.filter(**asked, state="waiting").first()) is not None:
            return waiting
        if tries == 1:
            raise
        return _waiting(queue, asked, tries - 1)
    queue(run)
    return run


def simulate_again(*, case_id: int, queue: Queue) -> None:
    """Have what was last looked at of a changed case simulated anew; nothing when it never was, or waits already."""
    last = SimulationRun.objects.filter(case_id=case_id).first()
    if last is None or last.state == "waiting":
        return
    model = case_model(last.case)
    if last.option not in {option.key for option in model.options}:
        return
    ask: dict[str, Any] = {"case": last.case, "option": last.option, "draws": last.draws, "seed": last.seed}
    ask_simulation(actor=Actor.system("simulation"), queue=queue, **ask)


def simulate_told_today(*, queue: Queue) -> None:
    """Have every case simulated anew whose figures have moved since, because open work cannot be done in the past.

    Called again it goes on with those that are still to be simulated.

    Raises:
        QueueFull: Too much background work is waiting; what was queued before stays.
    """
    for case_id in (
        Case.objects.filter(simulations__isnull=False).order_by("pk").distinct().values_list("pk", flat=True)
    ):
        simulate_again(case_id=case_id, queue=queue)


def run_simulation(*, run_id: int, told: Callable[[float], None] | None = None) -> SimulationRun | None:
    """Simulate the case as it stands now and keep the result; None when the run is done or gone.

    Run again after a crash it starts anew: the same model, draws and seed give the same result. Whatever goes wrong,
    the run says that it failed; what nobody foresaw is raised on, so that it is logged. `told` is told the share that
    is done, as the run is.
    """
    run = SimulationRun.objects.filter(pk=run_id, state__in=("waiting", "running")).select_related("case").first()
    if run is None:
        return None
    try:
        return _run(run, told)
    except (UnsoundModel, KeyError, ValueError) as impossible:
        return _finished(run, state="failed", failure=str(impossible)[:2000])
    except Exception:
        _finished(run, state="failed", failure=_("The simulation stopped at a fault; the server's log says which."))
        raise


def _run(run: SimulationRun, told: Callable[[float], None] | None) -> SimulationRun:
    model = case_model(run.case)
    run.state, run.progress, run.model_digest, run.told_at = "running", 0.0, model_digest(model), clock.now()
    run.save()
    if (kept := _kept(run)) is not None:
        run.delete()
        return kept
    return _finished(run, state="done", progress=1.0, result=_simulated(run, model, told))


def _simulated(run: SimulationRun, model: CaseModel, also: Callable[[float], None] | None) -> Any:
    if run.option not in {option.key for option in model.options}:
        raise ValueError(_("The option was removed."))
    told = _Told(run, also)
    result = simulate(model, run.option, draws=run.draws, seed=run.seed, progress=told, stopwatch=time.perf_counter)
    return msgspec.json.decode(msgspec.json.encode(result))


class _Told:
    """Writes progress down, but not so often that writing takes the time."""

    def __init__(self, run: SimulationRun, also: Callable[[float], None] | None) -> None:
        self._run, self._also, self._last = run, also, time.monotonic()

    def __call__(self, share: float) -> None:
        if self._also is not None:
            self._also(share)
        moment = time.monotonic()
        if moment - self._last >= TOLD_EVERY_SECONDS:
            self._last = moment
            SimulationRun.objects.filter(pk=self._run.pk).update(
                progress=min(max(share, 0.0), 1.0), told_at=clock.now()
            )


def _kept(run: SimulationRun) -> SimulationRun | None:
    same = {"option": run.option, "draws": run.draws, "seed": run.seed, "model_digest": run.model_digest}
    return SimulationRun.objects.filter(case=run.case, state="done", **same).exclude(pk=run.pk).first()


def _finished(run: SimulationRun, **outcome: Any) -> SimulationRun:
    for name, value in outcome.items():
        setattr(run, name, value)
    run.finished_at = clock.now()
    run.save()
    _forget_old_ones(run.case)
    return run


def _forget_old_ones(case: Case) -> None:
    """Delete all but the newest results, and the one that briefs of what was presented last tell from."""
    ended = SimulationRun.objects.filter(case=case, state__in=("done", "failed"))
    old = ended.exclude(pk__in=list(ended.values_list("pk", flat=True)[:MOST_KEPT]))
    if old.exists():
        old.exclude(pk__in=_of_what_was_presented(case)).delete()


def _of_what_was_presented(case: Case) -> list[int]:
    latest = latest_presentation(case)
    if latest is None:
        return []
    model = sheet_from(latest.snapshot).model
    asked = {"option": model.preferred.key, "draws": DRAWS, "seed": SEED, "model_digest": model_digest(model)}
    return list(SimulationRun.objects.filter(case=case, state="done", **asked).values_list("pk", flat=True))
