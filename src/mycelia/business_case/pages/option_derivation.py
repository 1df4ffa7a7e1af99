"""How the figures of one option come about: each with its formula, what goes into it, and the lines behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from mycelia.business_case.calc import plan_schedule
from mycelia.business_case.calc.option_figures import month_factors
from mycelia.business_case.calc.present_worth import present_worth
from mycelia.business_case.models import Case
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.amounts import AmountRow
from mycelia.business_case.pages.derived import Derivation, Figure, Row, line_urls
from mycelia.business_case.pages.editing import trail
from mycelia.business_case.pages.figures import PRESENT_VALUES, further_figures, headline_figures
from mycelia.business_case.pages.options import option_name
from mycelia.business_case.pages.years import year_rows
from mycelia.business_case.types import CaseSheet, LineSheet, OptionSheet
from mycelia.ui.api import Breadcrumb


@dataclass(frozen=True)
class OptionDerivationPage:
    """Context of `/case/<slug>/options/<key>/derivation/`."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    figures: tuple[Figure, ...]
    year_columns: tuple[str, ...]
    year_rows: tuple[AmountRow, ...]
    present_value: str


def option_derivation_page(case: Case, sheet: CaseSheet, option: OptionSheet) -> OptionDerivationPage:
    """Return how an option of a case comes to its figures."""
    seen, name = seen_as(sheet, option), option_name(option)
    urls = line_urls(seen)
    return OptionDerivationPage(
        title=name,
        lead=_("How each figure of this option comes about; every line opens its own inputs and months."),
        breadcrumbs=trail(case, name),
        figures=option_figures(sheet, option, urls),
        year_columns=tuple(formats.year_name(year) for year in range(len(seen.flows.net))),
        year_rows=year_rows(seen, urls),
        present_value=str(PRESENT_VALUES[sheet.model.discounting]),
    )


def seen_as(sheet: CaseSheet, option: OptionSheet) -> CaseSheet:
    """Return the case as if this option were the preferred one."""
    return replace(sheet, costs=option.costs, benefits=option.benefits, flows=option.flows, figures=option.figures)


def option_figures(sheet: CaseSheet, option: OptionSheet, urls: Mapping[str, str]) -> tuple[Figure, ...]:
    """Return every figure of the table of options, and those that answer the next questions.

    Args:
        urls: Where lines open, by key; empty where they do not.
    """
    seen = seen_as(sheet, option)
    return (
        *_sides(seen, urls),
        *headline_figures(seen),
        *_difference(seen, option),
        *_learner_time(seen, option, urls),
        *_finish(sheet, option),
        *further_figures(seen),
    )


def _sides(sheet: CaseSheet, urls: Mapping[str, str]) -> tuple[Figure, Figure]:
    figures = sheet.figures
    return (
        _present(sheet, "pv-costs", _("Costs"), figures.pv_costs, sheet.costs, urls),
        _present(sheet, "pv-benefits", _("Benefits"), figures.pv_benefits, sheet.benefits, urls),
    )


def _present(
    sheet: CaseSheet, key: str, label: str, value: Decimal, lines: Iterable[LineSheet], urls: Mapping[str, str]
) -> Figure:
    factors = month_factors(sheet.model)
    rows = tuple(
        Row(one.description, formats.number(present_worth(one.by_column, factors)), urls.get(one.key, ""))
        for one in lines
        if one.is_counted and one.by_column
    )
    rate = ((_("Discount rate a year"), formats.rate(sheet.rate_per_year)),)
    derivation = Derivation(_("sum of the present values of its lines"), rate, rows=rows)
    return Figure(key, label, _("present value"), formats.money(value, sheet.currency), derivation)


def _difference(sheet: CaseSheet, option: OptionSheet) -> tuple[Figure, ...]:
    against = option.against_nothing
    if against is None:
        return ()
    inputs = (
        (_("Net present value"), formats.money(option.figures.npv, sheet.currency)),
        (_("Net present value of doing nothing"), formats.money(option.figures.npv - against.npv, sheet.currency)),
    )
    derivation = Derivation(_("net present value − net present value of doing nothing"), inputs)
    value = formats.money(against.npv, sheet.currency)
    return (Figure("difference", _("Against doing nothing"), _("net present value"), value, derivation),)


def _learner_time(sheet: CaseSheet, option: OptionSheet, urls: Mapping[str, str]) -> tuple[Figure, ...]:
    with_it, without = option.with_learner_time, option.without_learner_time
    if with_it.npv == without.npv:
        return ()
    inputs = (
        (_("Net present value with learner time"), formats.money(with_it.npv, sheet.currency)),
        (_("Difference"), formats.money(without.npv - with_it.npv, sheet.currency)),
    )
    derivation = Derivation(
        _("net present value without the costs of learner time and the benefits that save it"),
        inputs,
        rows=tuple(
            Row(one.description, formats.number(one.total), urls.get(one.key, ""))
            for one in (*sheet.costs, *sheet.benefits)
            if one.is_learner_time
        ),
    )
    value = formats.money(without.npv, sheet.currency)
    return (Figure("learner-time", _("Without learner time"), _("net present value"), value, derivation),)


def _finish(sheet: CaseSheet, option: OptionSheet) -> tuple[Figure, ...]:
    """Return when the roadmap of the option ends, with the work items that decide it."""
    if option.finish is None:
        return ()
    plan = plan_schedule(sheet.model, option.key)
    titles = {item.key: item.title for item in sheet.model.roadmap.items}
    derivation = Derivation(
        _("last day of the work item that ends last, each taking its expected time (critical path method)"),
        rows=tuple(Row(titles[key], formats.day(plan.of(key).early_finish)) for key in plan.critical_path),
    )
    return (Figure("finish", _("Finished"), _("planned"), formats.day(option.finish), derivation),)
