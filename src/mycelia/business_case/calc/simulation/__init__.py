"""A joint Monte Carlo over costs, benefits, adoption and schedule of one option of a case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace

from threadpoolctl import threadpool_limits

from mycelia.business_case.calc.break_evens import case_break_evens
from mycelia.business_case.calc.compiled import Compiled, compiled
from mycelia.business_case.calc.digest import model_digest
from mycelia.business_case.calc.labels import labels_of
from mycelia.business_case.calc.simulation.draws import Draws
from mycelia.business_case.calc.simulation.evppi import partial_information
from mycelia.business_case.calc.simulation.notices import notices_of
from mycelia.business_case.calc.simulation.runs import FIGURES, Run, run_of
from mycelia.business_case.calc.simulation.sobol import BASE_DRAWS, case_shares
from mycelia.business_case.calc.simulation.spreads import (
    fan_of,
    finish_of,
    histogram_of,
    probability_of_loss,
    spread_of,
)
from mycelia.business_case.calc.simulation.tornado import tornado_of
from mycelia.business_case.calc.soundness import require_sound
from mycelia.business_case.types import (
    CaseModel,
    FinishDates,
    ImpossibleDraws,
    InputWorth,
    Sensitivity,
    Simulation,
)

__all__ = ["LEAST_DRAWS", "MOST_DRAWS", "sensitivities", "simulate", "worth_learning"]

LEAST_DRAWS, MOST_DRAWS = 100, 1_000_000
LARGEST_SEED = 2**63 - 1
WORTH_LEARNING = 10
DRAWN_SHARE = 0.7
"""What the draws take of the whole, roughly, for progress."""


def simulate(
    model: CaseModel,
    option: str,
    *,
    draws: int,
    seed: int,
    explains: bool = True,
    progress: Callable[[float], None] | None = None,
    stopwatch: Callable[[], float] | None = None,
) -> Simulation:
    """Return the distributions of an option's figures and dates, and what they depend on.

    The same model, option, draws and seed give the same result bit for bit on the same machine.

    Args:
        model: The case.
        option: Key of the option.
        draws: How many, from 100 to 1,000,000.
        seed: From 0 to 2^63 - 1.
        explains: Whether to tell also what the net present value depends on: tornado, variance shares, break-even
            values and the value of learning; without, these are empty and it takes half as long.
        progress: Told the share that is done, from 0 to 1; what it raises ends the simulation.
        stopwatch: Gives seconds, such as `time.perf_counter`; without one the result does not say how long it took.

    Raises:
        UnsoundModel: Something in the model makes it impossible to compute.
        ImpossibleDraws: Draws or seed are outside their range.
    """
    began = stopwatch() if stopwatch else 0.0
    prepared = _Prepared(model, option, draws, seed)
    told = None if progress is None else (lambda share: progress(share * DRAWN_SHARE))
    with single_threaded_products():
        run = prepared.run(told)
        result = _result(prepared, run, explains)
    if progress is not None:
        progress(1.0)
    return replace(result, seconds=stopwatch() - began) if stopwatch else result


def sensitivities(model: CaseModel, option: str, *, seed: int, draws: int = BASE_DRAWS) -> tuple[Sensitivity, ...]:
    """Return the variance shares of every uncertain input, the largest total order first.

    Raises:
        UnsoundModel: Something in the model makes it impossible to compute.
        ImpossibleDraws: Draws or seed are outside their range.
    """
    with single_threaded_products():
        return _sensitivities(_Prepared(model, option, draws, seed), draws)


def worth_learning(model: CaseModel, option: str, *, draws: int, seed: int) -> tuple[InputWorth, ...]:
    """Return what learning the inputs exactly would be worth, of the ten the net present value varies most with.

    The decision is between the option and the baseline where either has lines of its own, else between the option
    and nothing at all. There is no such decision about the baseline.

    Raises:
        UnsoundModel: Something in the model makes it impossible to compute.
        ImpossibleDraws: Draws or seed are outside their range.
    """
    prepared = _Prepared(model, option, draws, seed)
    with single_threaded_products():
        return _worth_learning(prepared, prepared.run(None), _sensitivities(prepared))


def single_threaded_products() -> threadpool_limits:
    """Keep matrix products on the thread that asks for them, because draws are spread over threads already.

    Else each of them waits for the others in a busy loop, and twice the processor time is used.
    """
    return threadpool_limits(limits=1, user_api="blas")


class _Prepared:
    """An option that is known to be sound, and how it is drawn."""

    def __init__(self, model: CaseModel, option: str, draws: int, seed: int) -> None:
        require_sound(model, option)
        if not (LEAST_DRAWS <= draws <= MOST_DRAWS and 0 <= seed <= LARGEST_SEED):
            raise ImpossibleDraws
        self.draws = draws
        self.case = compiled(model, option)
        self.alternative = _alternative(self.case)
        self.plan = Draws(self.case, seed, others=[self.alternative] if self.alternative else [])

    def run(self, progress: Callable[[float], None] | None) -> Run:
        return run_of(self.case, self.alternative, self.plan, self.draws, progress=progress)


def _result(prepared: _Prepared, run: Run, explains: bool) -> Simulation:
    """Return what the draws tell; variance shares keep two threads busy, and all the rest meanwhile a third."""
    case, plan = prepared.case, prepared.plan
    with ThreadPoolExecutor(1) as beside:
        told = beside.submit(_told, prepared, run)
        moved = beside.submit(tornado_of, case, plan, run.npv) if explains else None
        turned = beside.submit(case_break_evens, case) if explains else None
        shares = _sensitivities(prepared) if explains else ()
        worth = _worth_learning(prepared, run, shares)
        result = told.result()
    spreads = {name: getattr(result, name) for name in FIGURES}
    return replace(
        result,
        tornado=moved.result() if moved else (),
        sensitivities=shares,
        worth_learning=worth,
        break_evens=turned.result() if turned else (),
        warnings=notices_of(plan, run, case, spreads, result.probability_of_loss_error, shares),
    )


def _told(prepared: _Prepared, run: Run) -> Simulation:
    """Return the distributions."""
    case = prepared.case
    loss, loss_error = probability_of_loss(run.npv)
    items = _items(case, run)
    return Simulation(
        option=case.option,
        draws=prepared.draws,
        seed=prepared.plan.seed,
        seconds=None,
        model_digest=model_digest(case.model),
        **{name: spread_of(getattr(run, name)) for name in FIGURES},
        probability_of_loss=loss,
        probability_of_loss_error=loss_error,
        fan=fan_of(run.cumulative),
        histogram=histogram_of(run.npv),
        finish=finish_of(case.network, "", run.days[-1], 1.0) if items else None,
        items=items,
        tornado=(),
        sensitivities=(),
        worth_learning=(),
        break_evens=(),
        warnings=(),
        as_of=case.model.roadmap.as_of,
    )


def _alternative(case: Compiled) -> Compiled | None:
    """Return the baseline where either it or the option has lines of its own; else there is nothing to compare."""
    baseline = next(option.key for option in case.model.options if option.is_baseline)
    owners = [line.option for line in case.model.costs] + [line.option for line in case.model.benefits]
    has_own = any(owner in (baseline, case.option) for owner in owners)
    return compiled(case.model, baseline) if has_own and baseline != case.option else None


def _sensitivities(prepared: _Prepared, draws: int = BASE_DRAWS) -> tuple[Sensitivity, ...]:
    labels = labels_of(prepared.case.model)
    shares = case_shares(prepared.case, prepared.plan, draws=draws)
    found = [Sensitivity(name, labels[name], **asdict(each)) for name, each in shares.items()]
    return tuple(sorted(found, key=lambda each: -each.total_order))


def _worth_learning(prepared: _Prepared, run: Run, shares: Sequence[Sensitivity]) -> tuple[InputWorth, ...]:
    if any(option.is_baseline and option.key == prepared.case.option for option in prepared.case.model.options):
        return ()
    found = []
    for each in shares[:WORTH_LEARNING]:
        worth, error = partial_information(run.gain, prepared.plan.grades_of(each.name, prepared.draws))
        found.append(InputWorth(each.name, each.label, worth, error))
    return tuple(sorted(found, key=lambda each: -each.evppi))


def _items(case: Compiled, run: Run) -> tuple[FinishDates, ...]:
    """Return the dates of every item in the order of the roadmap."""
    found = [
        (task.place, finish_of(case.network, task.item.key, run.days[row], float(run.critical[row] / len(run.npv))))
        for row, task in enumerate(case.network.tasks)
    ]
    return tuple(dates for _, dates in sorted(found, key=lambda pair: pair[0]))
