"""How the numbers of a simulation come about: by which rule, from how many draws, and of which input."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from mycelia.business_case.pages import formats
from mycelia.business_case.pages.derived import Derivation, KnownInput
from mycelia.business_case.pages.input_names import input_amount
from mycelia.business_case.types import BreakEven, FinishDates, InputWorth, Sensitivity, Simulation, Spread, Swing

Inputs = tuple[tuple[str, str], ...]
FORMULAS = {
    "npv": _lazy("present value of benefits − present value of costs, in each draw"),
    "roi": _lazy("net present value ÷ present value of costs, in each draw"),
    "bcr": _lazy("present value of benefits ÷ present value of costs, in each draw"),
    "payback_months": _lazy("month in which the cumulative net benefit reaches 0 for good, in each draw"),
    "discounted_payback_months": _lazy("month in which the cumulative present value reaches 0 for good, in each draw"),
    "irr": _lazy("rate at which the net present value is 0, in each draw"),
}
"""By the name of the figure in `Simulation`."""


def drawn(found: Simulation) -> Inputs:
    """Return what a simulation was made with, so that anybody can make it again."""
    return (
        (_("Draws"), formats.quantity(float(found.draws))),
        (_("Seed"), str(found.seed)),
        (_("Fingerprint of the model"), found.model_digest[:12]),
    )


def of_spread(name: str, spread: Spread, found: Simulation) -> Derivation:
    """Return how mean, percentiles and error of one figure come about; `name` is that in `Simulation`."""
    counted = round(spread.share_defined * found.draws)
    inputs = (*drawn(found), (_("Draws in which it exists"), formats.quantity(float(counted))))
    note = _("Mean and percentiles are over the draws in which it exists; the error is standard deviation ÷ √draws.")
    return Derivation(str(FORMULAS[name]), inputs, note)


def of_loss(found: Simulation) -> Derivation:
    """Return how the probability of a loss comes about."""
    losing = round(found.probability_of_loss * found.draws)
    inputs = ((_("Draws with a net present value below 0"), formats.quantity(float(losing))), *drawn(found))
    note = _("The error is √(q (1 − q) ÷ draws) with q = (losing draws + 1) ÷ (draws + 2).")
    return Derivation(_("draws with a net present value below 0 ÷ all draws"), inputs, note)


def of_finish(found: Simulation, finish: FinishDates) -> Derivation:
    """Return how the day comes about by which the roadmap, or one item of it, is finished."""
    dates = (
        (_("In half of the draws by"), formats.day(finish.p50)),
        (_("In 8 of 10 draws by"), formats.day(finish.p80)),
        (_("In 19 of 20 draws by"), formats.day(finish.p95)),
    )
    note = _("Each draw takes a duration of every item and follows the dependencies (critical path method).")
    return Derivation(_("percentiles of the finish over all draws"), (*dates, *drawn(found)), note)


def of_break_even(one: BreakEven, known: KnownInput | None) -> Derivation:
    """Return how the value comes about at which an input makes the net present value zero."""
    inputs = [(_("Expected value"), input_amount(one.name, one.expected))]
    if one.value is not None:
        inputs.append((_("Break-even value"), input_amount(one.name, one.value)))
        if one.expected:
            inputs.append((_("Change"), formats.share(one.value / one.expected - 1, places=1)))
    return _of_input(_("value at which the net present value is 0, all others expected"), tuple(inputs), known)


def of_sensitivity(one: Sensitivity, known: KnownInput | None) -> Derivation:
    """Return how an input's shares of the variance come about."""
    inputs = (
        (_("Alone (first order)"), formats.share(one.first_order, places=1)),
        (_("With all interactions (total order)"), formats.share(one.total_order, places=1)),
    )
    note = _("First order after Saltelli et al. (2010), total order after Jansen (1999), from 8,192 draws an input.")
    return _of_input(_("variance due to the input ÷ variance of the net present value"), inputs, known, note)


def of_worth(one: InputWorth, currency: str, known: KnownInput | None) -> Derivation:
    """Return how the worth of learning an input comes about."""
    inputs = (
        (_("Worth of learning it"), formats.approximate(one.evppi, currency)),
        (_("Sampling error"), formats.approximate(one.error, currency)),
    )
    formula = _("mean result of the better decision for each value of the input − result of the better decision now")
    note = _("Draws sorted into bins of the input: half decide, half count (Strong and Oakley 2013).")
    return _of_input(formula, inputs, known, note)


def of_swing(one: Swing, currency: str, known: KnownInput | None) -> Derivation:
    """Return how one bar of the tornado comes about."""
    inputs = [
        (_("Input at its 10th percentile"), input_amount(one.name, one.low_input)),
        (_("Net present value then"), formats.approximate(one.npv_at_low, currency)),
        (_("Input at its 90th percentile"), input_amount(one.name, one.high_input)),
        (_("Net present value then"), formats.approximate(one.npv_at_high, currency)),
    ]
    if one.rank_correlation is not None:
        inputs.append((_("Rank correlation over the draws"), formats.quantity(round(one.rank_correlation, 2))))
    return _of_input(_("net present value with this input low, then high, all others expected"), tuple(inputs), known)


def _of_input(formula: str, inputs: Inputs, known: KnownInput | None, note: str = "") -> Derivation:
    """Return a derivation with what the case says of the input today; of one it has no more, nothing."""
    if known is None:
        return Derivation(formula, inputs, note)
    return Derivation(formula, (*inputs, *known.facts), note, known.rows)
