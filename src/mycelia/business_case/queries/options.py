"""What each option of a case comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal

from mycelia.business_case.calc import flow_figures, line_flows, plan_schedule
from mycelia.business_case.calc.option_figures import by_year
from mycelia.business_case.calc.soundness import require_sound
from mycelia.business_case.types import (
    BenefitLine,
    CaseFigures,
    CaseModel,
    CostLine,
    Difference,
    LineFlow,
    LineSheet,
    Option,
    OptionFlows,
    OptionSheet,
    Schedule,
    YearlyFlows,
)

Line = CostLine | BenefitLine


def option_sheets(model: CaseModel, ids: Mapping[str, int]) -> tuple[OptionSheet, ...]:
    """Return every option with its lines, flows and figures.

    Args:
        model: A sound model.
        ids: Primary keys of lines by key; 0 for one that has none.

    Raises:
        UnsoundModel: Something in the model makes it impossible to compute.
    """
    require_sound(model, model.preferred.key)
    together = None if any(item.option for item in model.roadmap.items) else plan_schedule(model, is_checked=True)
    sheets: list[OptionSheet] = []
    flows: list[OptionFlows] = []
    for option in model.options:
        beside = flows[0] if together and flows else None
        flows.append(line_flows(model, option.key, is_checked=True, beside=beside))
        plan = together or plan_schedule(model, option.key, is_checked=True)
        sheets.append(_option(model, option, flows[-1], ids, plan))
    nothing = next(sheet for sheet in sheets if sheet.is_baseline)
    return tuple(
        sheet if sheet.is_baseline else replace(sheet, against_nothing=_difference(sheet.figures, nothing.figures))
        for sheet in sheets
    )


def _option(
    model: CaseModel, option: Option, flows: OptionFlows, ids: Mapping[str, int], plan: Schedule
) -> OptionSheet:
    figures = flow_figures(model, flows)
    otherwise = _figures_otherwise(model, flows, figures)
    return OptionSheet(
        key=option.key,
        name=option.name,
        is_baseline=option.is_baseline,
        is_preferred=option.is_preferred,
        description=option.description,
        costs=_lines(model, model.costs, flows.costs, ids),
        benefits=_lines(model, model.benefits, flows.benefits, ids),
        flows=YearlyFlows(by_year(flows.costs_by_column), by_year(flows.benefits_by_column)),
        figures=figures,
        with_learner_time=figures if model.counts_learner_time else otherwise,
        without_learner_time=otherwise if model.counts_learner_time else figures,
        finish=plan.finish,
    )


def _figures_otherwise(model: CaseModel, flows: OptionFlows, figures: CaseFigures) -> CaseFigures:
    """Return the figures when learner time is treated the other way."""
    costs = {line.key for line in model.costs if line.is_learner_time}
    benefits = {line.key for line in model.benefits if line.is_learner_time and not line.is_intangible}
    if not any(flow.key in costs for flow in flows.costs) and not any(flow.key in benefits for flow in flows.benefits):
        return figures
    counts = not model.counts_learner_time
    turned = replace(
        flows, costs=_counted(flows.costs, costs, counts), benefits=_counted(flows.benefits, benefits, counts)
    )
    return flow_figures(replace(model, counts_learner_time=counts), turned)


def _counted(flows: Sequence[LineFlow], keys: Set[str], counts: bool) -> tuple[LineFlow, ...]:
    return tuple(replace(flow, is_counted=counts) if flow.key in keys else flow for flow in flows)


def _lines(
    model: CaseModel, lines: Sequence[Line], flows: Sequence[LineFlow], ids: Mapping[str, int]
) -> tuple[LineSheet, ...]:
    by_key = {line.key: line for line in lines}
    return tuple(_line(model, by_key[flow.key], flow, ids) for flow in flows)


def _line(model: CaseModel, line: Line, flow: LineFlow, ids: Mapping[str, int]) -> LineSheet:
    return LineSheet(
        id=ids.get(line.key, 0),
        category=str(line.category),
        description=line.description,
        source=model.source_of(line),
        confidence=line.confidence,
        amounts=flow.by_year(),
        key=line.key,
        by_column=flow.by_column,
        is_counted=flow.is_counted,
        is_shared=line.option is None,
        is_placeholder=model.is_unconfirmed(line),
        basis=line.basis,
        saves_learner_time=isinstance(line, BenefitLine) and line.saves_learner_time,
    )


def _difference(option: CaseFigures, nothing: CaseFigures) -> Difference:
    def less(name: str) -> Decimal:
        amount: Decimal = getattr(option, name) - getattr(nothing, name)
        return amount

    names = ("npv", "pv_costs", "pv_benefits", "total_costs", "total_benefits")
    return Difference(**{name: less(name) for name in names})
