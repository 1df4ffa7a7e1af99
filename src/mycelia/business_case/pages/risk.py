"""How sure the case is: the simulation of one option."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case.forms.simulation import SimulationForm
from mycelia.business_case.models import Case
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.derived import NOTHING_KNOWN, Derivation, Figure, KnownInputs
from mycelia.business_case.pages.editing import trail
from mycelia.business_case.pages.formats import approximate, quantity
from mycelia.business_case.pages.input_names import input_amount, input_name, notice_in_words
from mycelia.business_case.pages.risk_charts import fan_chart, spread_chart, tornado_chart
from mycelia.business_case.pages.risk_derivations import (
    of_break_even,
    of_finish,
    of_loss,
    of_sensitivity,
    of_spread,
    of_swing,
    of_worth,
)
from mycelia.business_case.pages.sections import RISK, Tab, case_tabs
from mycelia.business_case.types import BreakEven, InputWorth, Sensitivity, Simulation, Spread
from mycelia.ui.api import Breadcrumb, Chart

SHOWN_INPUTS = 10


@dataclass(frozen=True)
class SpreadRow:
    """One figure as a distribution."""

    label: str
    mean: str
    p10: str
    p50: str
    p90: str
    error: str
    note: str
    derivation: Derivation


@dataclass(frozen=True)
class InputRow:
    """One input: what is said of it, by column."""

    label: str
    cells: tuple[str, ...]
    derivation: Derivation


@dataclass(frozen=True)
class RiskResult:
    """What a simulation says, ready to be read."""

    finding: str
    headline: tuple[Figure, ...]
    warnings: tuple[str, ...]
    spread: Chart
    fan: Chart
    tornado: Chart | None
    rows: tuple[SpreadRow, ...]
    tornado_rows: tuple[InputRow, ...]
    break_evens: tuple[InputRow, ...]
    sensitivities: tuple[InputRow, ...]
    worth: tuple[InputRow, ...]
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RiskPage:
    """Context of `/case/<slug>/risk/`."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    tabs: tuple[Tab, ...]
    is_synthetic: bool
    options: tuple[tuple[str, str, bool], ...]
    result: RiskResult | None
    is_stale: bool
    progress: int | None
    failure: str
    option: str
    form: SimulationForm | None
    run_url: str
    risk_url: str


def risk_page(
    case: Case,
    *,
    options: tuple[tuple[str, str, bool], ...],
    option: str,
    found: Simulation | None,
    as_of: datetime | None,
    is_stale: bool,
    progress: int | None,
    failure: str,
    known: KnownInputs = NOTHING_KNOWN,
    form: SimulationForm | None = None,
) -> RiskPage:
    """Return the page.

    Args:
        options: Name, address and whether it is the one shown, of each option.
        option: Key of the one shown.
        found: The latest simulation; None before the first.
        progress: Percent of a run under way; None when none is.
        failure: Why the last run came to nothing; empty when it did not.
        known: What the case says of the inputs that the simulation names.
        form: What was asked for and refused; None when nothing was.
    """
    return RiskPage(
        title=_("Risk"),
        lead=_("What the figures may turn out to be, what moves them, and what would have to be true."),
        breadcrumbs=trail(case, _("Risk")),
        tabs=case_tabs(case.slug, RISK),
        is_synthetic=case.is_synthetic,
        options=options,
        result=None
        if found is None or as_of is None
        else risk_result(found, currency=case.currency, as_of=as_of, known=known),
        is_stale=is_stale,
        progress=progress,
        failure=failure,
        option=option,
        form=form or (None if found is None else SimulationForm(initial={"draws": found.draws, "seed": found.seed})),
        run_url=reverse("business_case:simulations", args=[case.slug]),
        risk_url=f"{reverse('business_case:risk', args=[case.slug])}?option={option}",
    )


def risk_result(found: Simulation, *, currency: str, as_of: datetime, known: KnownInputs = NOTHING_KNOWN) -> RiskResult:
    """Return what a simulation says; `known` is what the case says of its inputs."""
    source = _("%(draws)s draws of the case's estimates, seed %(seed)s") % {
        "draws": formats.quantity(float(found.draws)),
        "seed": found.seed,
    }
    told = {"currency": currency, "source": source, "as_of": as_of.date()}
    top = input_name(found.tornado[0].name, found.tornado[0].label) if found.tornado else ""
    return RiskResult(
        finding=loss_in_words(found),
        headline=_headline(found, currency),
        warnings=tuple(notice_in_words(one) for one in found.warnings),
        spread=spread_chart(found, title=loss_in_words(found), **told),  # type: ignore[arg-type]
        fan=fan_chart(found, title=_payback_in_words(found), **told),  # type: ignore[arg-type]
        tornado=tornado_chart(found, title=_("%(input)s moves the result most") % {"input": top}, **told),  # type: ignore[arg-type]
        rows=_rows(found, currency),
        tornado_rows=_tornado_rows(found, currency, known),
        break_evens=tuple(_break_even(one, known) for one in found.break_evens[:SHOWN_INPUTS]),
        sensitivities=tuple(_sensitivity(one, known) for one in found.sensitivities[:SHOWN_INPUTS]),
        worth=_worth_rows(found, currency, known),
        facts=_facts(found, as_of),
    )


def loss_in_words(found: Simulation) -> str:
    """Return the chance of a loss as a sentence."""
    return chance_in_words(found.probability_of_loss, found.draws)


def chance_in_words(chance: float, draws: int) -> str:
    """Return a probability of loss, seen in so many draws, as a sentence."""
    if chance == 0:
        return _("No draw of %(draws)s ends in a loss") % {"draws": formats.quantity(float(draws))}
    if chance >= 0.5:
        return _("More likely a loss than not: %(share)s of the draws lose money") % {"share": formats.share(chance)}
    return _("A loss in 1 of %(count)s draws") % {"count": formats.quantity(round(1 / chance))}


def _payback_in_words(found: Simulation) -> str:
    median, defined = found.payback_months.p50, found.payback_months.share_defined
    if median is None or defined < 0.5:
        return _("Most draws do not pay back within the case")
    return _("Half of the draws that pay back do so within %(months)s months") % {
        "months": formats.quantity(round(median, 1))
    }


def _headline(found: Simulation, currency: str) -> tuple[Figure, ...]:
    npv, payback = found.npv, found.payback_months
    pays_back = _("median; %(share)s of the draws pay back") % {"share": formats.share(payback.share_defined)}
    return (
        Figure(
            "simulated-npv",
            _("Net present value"),
            _between(npv, currency),
            _money(npv.mean, currency),
            of_spread("npv", npv, found),
        ),
        Figure(
            "probability-of-loss",
            _("Probability of a loss"),
            _error(found),
            formats.share(found.probability_of_loss, places=1),
            of_loss(found),
        ),
        Figure(
            "simulated-payback",
            _("Payback"),
            pays_back,
            _months(payback.p50),
            of_spread("payback_months", payback, found),
        ),
        *_finish(found),
    )


def _finish(found: Simulation) -> tuple[Figure, ...]:
    if found.finish is None:
        return ()
    day = formats.day(found.finish.p50)
    return (Figure("simulated-finish", _("Finished"), _by(found), day, of_finish(found, found.finish)),)


def _by(found: Simulation) -> str:
    if found.finish is None:
        return ""
    return _("80 %% by %(day)s") % {"day": formats.day(found.finish.p80)}


def _error(found: Simulation) -> str:
    return _("± %(error)s from sampling") % {"error": formats.share(found.probability_of_loss_error, places=2)}


def _between(spread: Spread, currency: str) -> str:
    return _("80 %% of the draws: %(low)s to %(high)s") % {
        "low": _money(spread.p10, currency),
        "high": _money(spread.p90, currency),
    }


def _rows(found: Simulation, currency: str) -> tuple[SpreadRow, ...]:
    def as_money(value: float | None) -> str:
        return _money(value, currency)

    written = (
        ("npv", _("Net present value"), found.npv, as_money),
        ("roi", _("Return on investment, discounted"), found.roi, _percent),
        ("bcr", _("Benefit-cost ratio"), found.bcr, _number),
        ("payback_months", _("Payback in months"), found.payback_months, _number),
        ("discounted_payback_months", _("Payback in months, discounted"), found.discounted_payback_months, _number),
        ("irr", _("Internal rate of return a year"), found.irr, _percent),
    )
    return tuple(
        SpreadRow(
            label=label,
            mean=write(spread.mean),
            p10=write(spread.p10),
            p50=write(spread.p50),
            p90=write(spread.p90),
            error=_small(spread.error) if write is _number else write(spread.error),
            note=_defined(spread),
            derivation=of_spread(name, spread, found),
        )
        for name, label, spread, write in written
    )


def _defined(spread: Spread) -> str:
    if spread.share_defined == 1:
        return ""
    return _("exists in %(share)s of the draws") % {"share": formats.share(spread.share_defined, places=1)}


def _tornado_rows(found: Simulation, currency: str, known: KnownInputs) -> tuple[InputRow, ...]:
    return tuple(
        InputRow(
            input_name(one.name, one.label),
            (approximate(one.npv_at_low, currency), approximate(one.npv_at_high, currency)),
            of_swing(one, currency, known.get(one.name)),
        )
        for one in found.tornado[:SHOWN_INPUTS]
    )


def _break_even(one: BreakEven, known: KnownInputs) -> InputRow:
    value = _("no value does it") if one.value is None else input_amount(one.name, one.value)
    cells = (input_amount(one.name, one.expected), value)
    return InputRow(input_name(one.name, one.label), cells, of_break_even(one, known.get(one.name)))


def _sensitivity(one: Sensitivity, known: KnownInputs) -> InputRow:
    cells = (
        f"{formats.share(max(0.0, one.first_order), places=1)} ± {formats.share(one.first_order_error, places=1)}",
        f"{formats.share(max(0.0, one.total_order), places=1)} ± {formats.share(one.total_order_error, places=1)}",
    )
    return InputRow(input_name(one.name, one.label), cells, of_sensitivity(one, known.get(one.name)))


def _worth_rows(found: Simulation, currency: str, known: KnownInputs) -> tuple[InputRow, ...]:
    """Return what learning is worth; nothing where no input alone could change the decision."""
    told = found.worth_learning[:SHOWN_INPUTS]
    return tuple(_worth(one, currency, known) for one in told) if any(one.evppi > one.error for one in told) else ()


def _worth(one: InputWorth, currency: str, known: KnownInputs) -> InputRow:
    cells = (approximate(max(0.0, one.evppi), currency), approximate(one.error, currency))
    return InputRow(input_name(one.name, one.label), cells, of_worth(one, currency, known.get(one.name)))


def _facts(found: Simulation, as_of: datetime) -> tuple[tuple[str, str], ...]:
    return (
        (_("Draws"), quantity(float(found.draws))),
        (_("Seed"), str(found.seed)),
        (_("Made"), formats.instant(as_of)),
        (_("Took"), _("%(seconds)s s") % {"seconds": quantity(round(found.seconds or 0.0, 2))}),
        (_("Model"), found.model_digest[:12]),
    )


def _money(value: float | None, currency: str) -> str:
    return _("none") if value is None else approximate(value, currency)


def _percent(value: float | None) -> str:
    return _("none") if value is None else formats.share(value, places=1)


def _number(value: float | None) -> str:
    return _("none") if value is None else formats.quantity(round(value, 2))


def _small(value: float | None) -> str:
    return _("none") if value is None else formats.small(value)


def _months(value: float | None) -> str:
    return _("never") if value is None else _("%(number)s months") % {"number": quantity(round(value, 1))}
