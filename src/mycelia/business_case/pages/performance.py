"""Plan, actual and forecast of a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mycelia.business_case.calc.performance import last_day_of
from mycelia.business_case.forms.actuals import GateForm
from mycelia.business_case.models import Case, MonthClose, StageGate
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.cost_tables import centre_name
from mycelia.business_case.pages.course_derivation import CourseDerivation, course_derivation
from mycelia.business_case.pages.derived import Derivation, Figure
from mycelia.business_case.pages.editing import trail
from mycelia.business_case.pages.performance_chart import performance_chart
from mycelia.business_case.pages.performance_figures import (
    category_name,
    centre_derivation,
    close_derivation,
    net_benefits,
    performance_figures,
)
from mycelia.business_case.pages.plan_choice import PlanChoice
from mycelia.business_case.pages.restored import with_origin
from mycelia.business_case.pages.sections import ACTUALS, Tab, case_tabs
from mycelia.business_case.pages.vocabulary import DECISIONS, PROOFS
from mycelia.business_case.queries.plans import Plan
from mycelia.business_case.types import Course, GateDecision, Performance, Proof
from mycelia.kernel import clock
from mycelia.ui.api import Breadcrumb, Chart
from mycelia.ui.types import Text

SHOWN_CLOSES = 12
SHOWN_GATES = 10
MOST_NAMED = 5

MUST_PRESENT_HERE = gettext_lazy(
    "The last presentation was restored from a file. Present the case here, then decide on that."
)


@dataclass(frozen=True)
class CourseRow:
    """One cost category or benefit line: to date as planned and as it came, and over the whole case."""

    name: str
    plan_to_date: str
    actual_to_date: str
    variance: str
    forecast: str
    plan: str
    proof: str = ""
    is_proven: bool = True
    derivation: CourseDerivation | None = None
    sums: Derivation | None = None


@dataclass(frozen=True)
class CloseRow:
    """One closed month; `changed` says what was booked for it after it closed."""

    month: str
    closed_by: str
    closed_at: str
    costs: str
    benefits: str
    changed: str
    derivation: Derivation


@dataclass(frozen=True)
class ClosableMonth:
    """The month that can be closed now: its column, and what it is called."""

    column: int
    name: str


@dataclass(frozen=True)
class GateRow:
    """One decision."""

    number: int
    decision: str
    tone: str
    rationale: str
    decided_by: str
    decided_at: str
    snapshot: str


@dataclass(frozen=True)
class PerformancePage:
    """Context of `/case/<slug>/actuals/`."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    tabs: tuple[Tab, ...]
    is_synthetic: bool
    plan: PlanChoice
    headline: tuple[Figure, ...]
    chart: Chart | None
    costs: tuple[CourseRow, ...]
    centres: tuple[CourseRow, ...]
    benefits: tuple[CourseRow, ...]
    closes: tuple[CloseRow, ...]
    closable: ClosableMonth | None
    overdue: str
    gates: tuple[GateRow, ...]
    gate_form: GateForm | None
    presented: int | None
    gate_hint: Text
    may_edit: bool
    urls: dict[str, str]


def performance_page(
    case: Case,
    found: Performance,
    *,
    plan: PlanChoice,
    chosen: Plan,
    closes: Sequence[MonthClose],
    gates: Sequence[StageGate],
    gate_form: GateForm | None,
    presented: int | None,
    must_present_here: bool,
    may_edit: bool,
    names: dict[str, str],
    centres: Sequence[Course],
    overdue: Sequence[str] = (),
) -> PerformancePage:
    """Return the page.

    Args:
        plan, chosen: What actuals are compared with, as it is told and as it is.
        closes, gates: The latest first.
        gate_form: For who may decide now; None for everybody else.
        presented: Number of the latest presentation, which is decided on.
        must_present_here: Whether the last presentation came with a file, so that nothing can be decided on it.
        names: Descriptions of benefit lines by key.
        centres: Plan and actual of costs by cost centre.
        overdue: Titles of work items that were to be finished by now, and are not.
    """
    title = standing_in_words(found, start=case.start)
    return PerformancePage(
        title=_("Plan and actual"),
        lead=title,
        breadcrumbs=trail(case, _("Plan and actual")),
        tabs=case_tabs(case.slug, ACTUALS),
        is_synthetic=case.is_synthetic,
        plan=plan,
        headline=performance_figures(case, found, names),
        chart=performance_chart(case, found, title=title, as_of=clock.today()),
        costs=_costs(case, found),
        centres=_centres(case, found, centres, chosen),
        benefits=_benefits(case, found, names),
        closes=tuple(_close(case, close, found, names) for close in closes[:SHOWN_CLOSES]),
        closable=_closable(case, found) if may_edit else None,
        overdue=_overdue(overdue),
        gates=tuple(_gate(gate) for gate in gates[:SHOWN_GATES]),
        gate_form=gate_form,
        presented=presented,
        gate_hint=MUST_PRESENT_HERE if must_present_here else "",
        may_edit=may_edit,
        urls={
            name: reverse(f"business_case:{name}", args=[case.slug])
            for name in ("case", "closure", "gates", "ledger", "roadmap")
        },
    )


def _closable(case: Case, found: Performance) -> ClosableMonth | None:
    """Return the month after the last closed one; None while it lasts, and after the case."""
    column = 0 if found.closed is None else found.closed + 1
    if column > case.horizon_months or last_day_of(column, start=case.start) >= clock.today():
        return None
    return ClosableMonth(column, _column_name(case, column))


def _overdue(titles: Sequence[str]) -> str:
    """Return what to settle before a month closes: work of which nobody knows whether it was finished in it."""
    if not titles:
        return ""
    words = ngettext(
        "%(count)s work item was to be finished by now, and is not: %(named)s.",
        "%(count)s work items were to be finished by now, and are not: %(named)s.",
        len(titles),
    )
    return words % {"count": len(titles), "named": ", ".join(titles[:MOST_NAMED])}


def standing_in_words(found: Performance, *, start: date) -> str:
    """Return how far costs and proven benefits are, compared with the plan."""
    if found.closed is None:
        return _("No month is closed yet, so there is nothing to compare with the plan")
    cost_plan, cost_actual = found.total_costs.to_date()
    benefit_plan, benefit_actual = found.total_benefits.to_date()
    return _("To %(day)s costs stand at %(costs)s of plan, proven benefits at %(benefits)s") % {
        "day": formats.day(last_day_of(found.closed, start=start)),
        "costs": _share(cost_actual, cost_plan),
        "benefits": _share(benefit_actual, benefit_plan),
    }


def forecast_in_words(found: Performance, *, currency: str) -> str:
    """Return the net benefit that is expected now, beside the one that was planned."""
    planned, expected = net_benefits(found)
    told = {"expected": formats.money(expected, currency), "planned": formats.money(planned, currency)}
    return _("forecast net benefit %(expected)s, planned %(planned)s") % told


def so_far_in_words(found: Performance | None, *, start: date, currency: str) -> str:
    """Return how it stands at the last closed month and what is forecast, as a sentence; empty before the first."""
    if found is None:
        return ""
    return f"{standing_in_words(found, start=start)}; {forecast_in_words(found, currency=currency)}."


def _costs(case: Case, found: Performance) -> tuple[CourseRow, ...]:
    rows = (_row(case, one, category_name(one.name)) for one in found.costs)
    return (*rows, _row(case, found.total_costs, category_name(found.total_costs.name), opens=False))


def _benefits(case: Case, found: Performance, names: dict[str, str]) -> tuple[CourseRow, ...]:
    rows = [_row(case, one, names.get(one.name, one.name), found.proofs.get(one.name)) for one in found.benefits]
    return (*rows, _row(case, found.total_benefits, _("All benefits"), opens=False)) if rows else ()


def _centres(case: Case, found: Performance, centres: Sequence[Course], plan: Plan) -> tuple[CourseRow, ...]:
    """Return costs by cost centre with their sum; nothing where no line and no booking names one."""
    if not any(one.name for one in centres):
        return ()
    rows = (
        replace(_row(case, one, centre_name(one.name), opens=False), sums=centre_derivation(one.name, plan))
        for one in centres
    )
    return (*rows, _row(case, found.total_costs, _("All costs"), opens=False))


def _row(case: Case, one: Course, name: str, proof: Proof | None = None, *, opens: bool = True) -> CourseRow:
    plan, actual = one.to_date()
    return CourseRow(
        name=name,
        plan_to_date=formats.money(plan, case.currency),
        actual_to_date=formats.money(actual, case.currency),
        variance=formats.money(actual - plan, case.currency),
        forecast=formats.money(_sum(one.forecast), case.currency),
        plan=formats.money(_sum(one.plan), case.currency),
        proof="" if proof is None else str(PROOFS[proof]),
        is_proven=proof in {None, Proof.BOOKED, Proof.MEASURED},
        derivation=course_derivation(case, one, proof) if opens else None,
        sums=None if opens else Derivation(_("sum of the rows above")),
    )


def _close(case: Case, close: MonthClose, found: Performance, names: dict[str, str]) -> CloseRow:
    then = [_at_close(close, part) for part in ("total_costs", "total_benefits")]
    now = [one.actual[close.column] or Decimal(0) for one in (found.total_costs, found.total_benefits)]
    moved = [after - before for before, after in zip(then, now, strict=True)]
    return CloseRow(
        month=_column_name(case, close.column),
        closed_by=close.closed_by_name,
        closed_at=with_origin(formats.instant(close.closed_at), close),
        costs=formats.money(then[0], case.currency),
        benefits=formats.money(then[1], case.currency),
        changed=_("since then: costs %(costs)s, benefits %(benefits)s")
        % {"costs": formats.money(moved[0], case.currency), "benefits": formats.money(moved[1], case.currency)}
        if any(moved)
        else "",
        derivation=close_derivation(close, names),
    )


def _at_close(close: MonthClose, part: str) -> Decimal:
    """Return what stood in the month when it closed; the picture of a case without any line has no columns."""
    actual = close.picture[part]["actual"]
    return Decimal(actual[close.column] or 0) if actual else Decimal(0)


def _gate(gate: StageGate) -> GateRow:
    tones = {GateDecision.CONTINUE: "success", GateDecision.CHANGE: "warning", GateDecision.STOP: "danger"}
    return GateRow(
        number=gate.number,
        decision=str(DECISIONS[GateDecision(gate.decision)]),
        tone=tones[GateDecision(gate.decision)],
        rationale=gate.rationale,
        decided_by=gate.decided_by_name,
        decided_at=formats.instant(gate.decided_at),
        snapshot=with_origin(_("on presentation %(number)s") % {"number": gate.presentation.number}, gate),
    )


def _column_name(case: Case, column: int) -> str:
    if column == 0:
        return _("Start, %(day)s") % {"day": formats.day(case.start)}
    return _("Month %(number)s, to %(day)s") % {
        "number": column,
        "day": formats.day(last_day_of(column, start=case.start)),
    }


def _share(part: Decimal, whole: Decimal) -> str:
    return formats.percentage(part / whole) if whole else _("no plan")


def _sum(amounts: Sequence[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))
