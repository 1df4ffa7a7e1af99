"""How the amounts of one line come about: its formula, inputs, timing, and every month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mycelia.business_case.calc import BUILDERS
from mycelia.business_case.calc.cost_tables import part_of
from mycelia.business_case.calc.extremes import extreme_values, inputs_of_benefits, without_extremes
from mycelia.business_case.calc.performance import last_day_of
from mycelia.business_case.models import Case
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.cost_tables import part_name
from mycelia.business_case.pages.derived import Derivation, Row
from mycelia.business_case.pages.editing import trail
from mycelia.business_case.pages.estimates import expected_in_words, in_words, number
from mycelia.business_case.pages.vocabulary import (
    ADOPTIONS,
    CATEGORIES,
    DRIVERS,
    GRADES,
    INPUTS,
    ISOLATIONS,
    RECURRENCES,
)
from mycelia.business_case.types import (
    Adoption,
    Basis,
    BenefitLine,
    CaseModel,
    CaseSheet,
    CostLine,
    CostView,
    Driver,
    Estimate,
    InputKind,
    LineFlow,
    LineKind,
    Recurrence,
    Timing,
)
from mycelia.ui.api import Breadcrumb

Line = CostLine | BenefitLine


@dataclass(frozen=True)
class Factor:
    """One factor of the formula: what it is called, what is believed of it, and the value that is computed with."""

    name: str
    believed: str
    expected: str


@dataclass(frozen=True)
class DerivationPage:
    """Context of `/case/<slug>/<kind>/<id>/derivation/`."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    formula: str
    factors: tuple[Factor, ...]
    facts: tuple[tuple[str, str], ...]
    years: tuple[tuple[str, str], ...]
    months: tuple[tuple[str, str, str], ...]
    total: str
    edit_url: str
    comments_url: str
    finding_url: str = ""


def derivation_page(
    case: Case,
    model: CaseModel,
    line: Line,
    flow: LineFlow,
    *,
    kind: LineKind,
    line_id: int,
    may_edit: bool,
    finding_key: str = "",
) -> DerivationPage:
    """Return how a line of the model becomes its flow; `finding_key` is of the finding that it came from, if any."""
    return DerivationPage(
        title=line.description,
        lead=_("How this line becomes %(total)s over the case.")
        % {"total": formats.money(sum(flow.by_column, Decimal(0)), case.currency)},
        breadcrumbs=trail(case, line.description),
        formula=_formula(line),
        factors=tuple(_factors(line, model)),
        facts=tuple((name, value) for name, value in _facts(line, model) if value),
        years=tuple((formats.year_name(y), formats.amount(round(a, 2))) for y, a in enumerate(flow.by_year())),
        months=tuple(_month(case, column, amount) for column, amount in enumerate(flow.by_column)),
        total=formats.amount(round(sum(flow.by_column, Decimal(0)), 2)),
        edit_url=reverse("business_case:line", args=[case.slug, kind, line_id]) if may_edit else "",
        comments_url=f"{reverse('business_case:comments', args=[case.slug])}?item={line.key}",
        finding_url=reverse("business_case:blueprint_finding", args=[finding_key]) if finding_key else "",
    )


def line_derivation(model: CaseModel, line: Line, amounts: tuple[Decimal, ...]) -> Derivation:
    """Return the same in short, for a line that has no page of its own, such as one of a snapshot.

    Args:
        amounts: Shape (years,), the start first: what it came to.
    """
    factors = ((one.name, _believed(one)) for one in _factors(line, model))
    facts = ((name, value) for name, value in _facts(line, model) if value)
    years = (Row(formats.year_name(year), formats.amount(round(one, 2))) for year, one in enumerate(amounts))
    return Derivation(_formula(line), (*factors, *facts), rows=tuple(years))


def derivations_of_lines(sheet: CaseSheet) -> dict[str, Derivation]:
    """Return how each line of the preferred option came about, by key, as the sheet itself states it."""
    lines: tuple[Line, ...] = (*sheet.model.costs, *sheet.model.benefits)
    amounts = {line.key: line.amounts for line in (*sheet.costs, *sheet.benefits)}
    return {line.key: line_derivation(sheet.model, line, amounts[line.key]) for line in lines if line.key in amounts}


def _believed(factor: Factor) -> str:
    """Return the value that is computed with, and what is believed where that says more."""
    return factor.expected if factor.believed == factor.expected else f"{factor.expected} ({factor.believed})"


def _month(case: Case, column: int, amount: Decimal) -> tuple[str, str, str]:
    name = _("Start") if column == 0 else str(column)
    return name, formats.day(last_day_of(column, start=case.start)), formats.amount(round(amount, 2))


def _formula(line: Line) -> str:
    if line.basis is Basis.AMOUNTS:
        return _("the amount entered for each year; a twelfth of it in each of its months")
    if isinstance(line, CostLine):
        times = "" if line.driver is Driver.NONE else f" × {DRIVERS[line.driver]}"
        return _("quantity%(driver)s × price, %(recurrence)s") % {
            "driver": times,
            "recurrence": RECURRENCES[line.recurrence],
        }
    builder = BUILDERS[line.category]
    names = [str(INPUTS.get(each.name, each.name)) for each in builder.inputs]
    product = " × ".join(names if builder.months == 1 else [*names, str(builder.months)])
    return _("%(product)s a year at full effect; a twelfth of it a month") % {"product": product}


def _factors(line: Line, model: CaseModel) -> Iterator[Factor]:
    inputs, of_benefits = {one.key: one for one in model.named}, inputs_of_benefits(model)
    for name, estimate, kind in _estimates(line):
        unit = model.currency if kind is InputKind.MONEY else ""
        named = inputs.get(estimate.named)
        told = {"name": name, "input": "" if named is None else named.title}
        words = name if named is None else _("%(name)s: the case's “%(input)s”") % told
        is_credible = isinstance(line, BenefitLine) if named is None else named.name in of_benefits
        yield (_credible_factor if is_credible else _factor)(words, estimate, kind, unit)


def _estimates(line: Line) -> Iterator[tuple[str, Estimate, InputKind]]:
    if isinstance(line, CostLine):
        if line.basis is Basis.COMPUTED:
            yield line.unit or _("Quantity"), line.quantity, InputKind.COUNT
            yield _("Price"), line.price, InputKind.MONEY
    else:
        if line.basis is Basis.COMPUTED:
            for each in BUILDERS[line.category].inputs:
                yield str(INPUTS.get(each.name, each.name)), line.inputs[each.name], each.kind
        yield _("Isolation: share that is due to this"), line.isolation, InputKind.SHARE
        yield _("Confidence in the estimate"), line.confidence_factor, InputKind.SHARE
    yield _("Spread of the whole line"), line.spread, InputKind.COUNT


def _factor(name: str, estimate: Estimate, kind: InputKind = InputKind.COUNT, currency: str = "") -> Factor:
    return Factor(name, in_words(estimate, kind, currency), expected_in_words(estimate, kind, currency))


def _credible_factor(name: str, estimate: Estimate, kind: InputKind = InputKind.COUNT, currency: str = "") -> Factor:
    """Return a factor of a benefit, which is computed without the extreme values of a list."""
    extremes = extreme_values(estimate)
    if not extremes:
        return _factor(name, estimate, kind, currency)
    used = without_extremes(estimate)
    left_out = ", ".join(number(value, kind, currency) for value in extremes)
    words = _("%(values)s; left out as extreme: %(extremes)s")
    believed = words % {"values": in_words(used, kind, currency), "extremes": left_out}
    return Factor(name, believed, expected_in_words(used, kind, currency))


def _facts(line: Line, model: CaseModel) -> Iterator[tuple[str, str]]:
    yield _("Category"), str(CATEGORIES[line.category])
    if isinstance(line, CostLine):
        phase = part_of(model, CostView.PHASE, line)
        yield _("Phase"), part_name(model, CostView.PHASE, phase) if phase else ""
        yield _("Cost centre"), line.cost_centre or _("none stated")
    yield _("Source"), model.source_of(line) or _("no source yet")
    yield (
        _("Runs"),
        _timing(line.timing, model, once=isinstance(line, CostLine) and line.recurrence is Recurrence.ONE_OFF),
    )
    rate = model.inflation_per_year if line.escalation_per_year is None else line.escalation_per_year
    yield _("Escalation from the second year on"), _("%(rate)s a year") % {"rate": formats.rate(rate)}
    is_inflation = line.escalation_per_year is None and model.inflation_per_year != 0
    yield _("Source of the inflation"), (model.inflation_source or _("no source stated")) if is_inflation else ""
    yield _("Flat adjustment for risk"), formats.rate(line.risk_adjustment) if line.risk_adjustment else ""
    if isinstance(line, BenefitLine):
        yield _("Adoption"), _adoption(line, model)
        yield _("Ramp"), ngettext("%(n)s month", "%(n)s months", line.ramp_months) % {"n": line.ramp_months}
        yield _("Evidence"), str(GRADES[line.evidence_grade])
        yield _("Isolated by"), str(ISOLATIONS[line.isolation_method]) if line.isolation_method else ""
    if line.is_learner_time:
        counts = _("in the figures") if model.counts_learner_time else _("left out of the figures, as the case states")
        yield _("Learner time"), counts
    yield _("Placeholder"), _("yes: nobody has confirmed it") if model.is_unconfirmed(line) else ""


def _timing(timing: Timing, model: CaseModel, *, once: bool) -> str:
    titles = {item.key: item.title for item in model.roadmap.items}
    start = _start(timing, titles)
    if once:
        return start
    if timing.end_milestone:
        return _("%(start)s, until “%(item)s” is finished") % {"start": start, "item": titles[timing.end_milestone]}
    if timing.end_month is not None:
        return _("%(start)s, to month %(month)s") % {"start": start, "month": timing.end_month}
    return _("%(start)s, to the end") % {"start": start}


def _start(timing: Timing, titles: dict[str, str]) -> str:
    if timing.start_milestone:
        return ngettext(
            "%(n)s month after “%(item)s” is finished", "%(n)s months after “%(item)s” is finished", timing.start_month
        ) % {"n": timing.start_month, "item": titles[timing.start_milestone]}
    return _("at the start") if timing.start_month == 0 else _("from month %(month)s") % {"month": timing.start_month}


def _adoption(line: BenefitLine, model: CaseModel) -> str:
    curve: Adoption | None = model.drivers.adoption if line.follows_case_adoption else line.adoption
    if curve is None:
        return _("complete from the start")
    return _("%(curve)s, up to %(ceiling)s of the people") % {
        "curve": ADOPTIONS[curve.kind],
        "ceiling": in_words(curve.ceiling, InputKind.SHARE),
    }
