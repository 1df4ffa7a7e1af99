"""What one line adds to its option, whatever else is in the case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from mycelia.business_case.calc.flows import line_flows
from mycelia.business_case.calc.option_figures import flow_figures
from mycelia.business_case.types import BenefitLine, CaseModel, CostLine


@dataclass(frozen=True)
class LineEffect:
    """What a line adds.

    Attributes:
        total: Its amounts over the case in the case's currency, undiscounted, 0 or more.
        npv: What the net present value of its option changes by: below 0 for a cost.
        is_counted: Whether it is in the figures at all.
    """

    total: Decimal
    npv: Decimal
    is_counted: bool


def line_effect(model: CaseModel, line: CostLine | BenefitLine) -> LineEffect:
    """Return what a line adds to its option, the preferred one where it belongs to all.

    Lines add up, so the case with this line alone tells it; the roadmap stays, because the line may wait for it.

    Raises:
        UnsoundModel: The line, or something it depends on, makes it impossible to compute.
    """
    is_cost = isinstance(line, CostLine)
    alone = replace(
        model,
        costs=(line,) if isinstance(line, CostLine) else (),
        benefits=(line,) if isinstance(line, BenefitLine) else (),
        correlations=(),
    )
    flows = line_flows(alone, line.option or model.preferred.key)
    flow = (flows.costs if is_cost else flows.benefits)[0]
    return LineEffect(sum(flow.by_column, Decimal(0)), flow_figures(alone, flows).npv, flow.is_counted)
