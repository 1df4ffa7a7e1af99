"""What a case says, in sentences with numbers; slides and briefs take their words from here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mycelia.business_case.exports.dossier import Dossier
from mycelia.business_case.exports.vocabulary import CATEGORIES
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.input_names import input_name
from mycelia.business_case.pages.performance import so_far_in_words
from mycelia.business_case.types import (
    BenefitLine,
    CaseModel,
    Confidence,
    CostCategory,
    CostLine,
    EvidenceGrade,
    KpiSheet,
)

ZERO = Decimal(0)


def money(dossier: Dossier, value: Decimal | float) -> str:
    """Return an amount in the case's currency, in whole units."""
    return formats.money(Decimal(value), dossier.currency)


def is_empty(dossier: Dossier) -> bool:
    """Return whether the proposed option has neither costs nor benefits that count."""
    figures = dossier.preferred.figures
    return not figures.total_costs and not figures.total_benefits


def next_step() -> str:
    """Return what to do with a case that has neither costs nor benefits, as a sentence."""
    return _("Enter its costs and benefits in the case, each with its source, and make this document anew.")


def ask(dossier: Dossier) -> str:
    """Return what is asked for and what it returns."""
    figures = dossier.preferred.figures
    if is_empty(dossier):
        return _("Nothing can be asked for yet: %(option)s has neither costs nor benefits") % {
            "option": preferred_name(dossier)
        }
    gains = _("%(option)s asks for %(costs)s over %(length)s and is worth %(npv)s today")
    loses = _("%(option)s asks for %(costs)s over %(length)s and loses %(npv)s in today's money")
    return (gains if figures.npv >= 0 else loses) % {
        "option": preferred_name(dossier),
        "costs": money(dossier, figures.total_costs),
        "length": length(dossier),
        "npv": money(dossier, abs(figures.npv)),
    }


def preferred_name(dossier: Dossier) -> str:
    """Return the name of the option that is proposed."""
    return dossier.option_name(dossier.model.preferred)


def length(dossier: Dossier) -> str:
    """Return the length of the case in words."""
    months = dossier.model.horizon_months
    if months % 12:
        return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
    return formats.years(months)


def best_option(dossier: Dossier) -> str:
    """Return how the proposed option stands beside the others."""
    if not any(option.figures.total_costs or option.figures.total_benefits for option in dossier.sheet.options):
        return _("No option can be compared yet: none has costs or benefits")
    best = max(dossier.sheet.options, key=lambda option: option.figures.npv)
    is_best = best.figures.npv <= dossier.preferred.figures.npv
    npv = money(dossier, dossier.preferred.figures.npv)
    if is_best and dossier.preferred.figures.npv < 0:
        return _("%(option)s loses least, but no option is worth its cost") % {"option": preferred_name(dossier)}
    if is_best:
        return _("%(option)s is worth most: %(npv)s") % {"option": preferred_name(dossier), "npv": npv}
    return _("%(option)s is worth %(npv)s; %(best)s would be worth more: %(more)s") % {
        "option": preferred_name(dossier),
        "npv": npv,
        "best": dossier.name_of(best.key),
        "more": money(dossier, best.figures.npv),
    }


def paid_back(dossier: Dossier) -> str:
    """Return when the money has come back."""
    payback = dossier.preferred.figures.payback_simple_months
    if is_empty(dossier):
        return _("Nothing is spent and nothing comes back yet")
    if payback is None:
        return _("The money does not come back within %(length)s") % {"length": length(dossier)}
    if payback == 0:
        return _("Nothing is ever owed: benefits begin before costs")
    return _("The money has come back after %(months)s") % {"months": formats.months(payback)}


def chance(dossier: Dossier) -> str:
    """Return how likely a loss is, and the range."""
    if is_empty(dossier):
        return _("There is no range yet, because there are neither costs nor benefits")
    found = dossier.simulation
    if found.npv.p10 is None or found.npv.p90 is None:
        return _("The range of the net present value is not known")
    return _("A loss has a probability of %(loss)s; four in five outcomes lie between %(low)s and %(high)s") % {
        "loss": formats.share(found.probability_of_loss),
        "low": formats.approximate(found.npv.p10, dossier.currency),
        "high": formats.approximate(found.npv.p90, dossier.currency),
    }


def strongest_input(dossier: Dossier) -> str:
    """Return what moves the value most."""
    swings = dossier.simulation.tornado
    if not swings:
        return _("Nothing in this case is uncertain, so no range is known")
    first = swings[0]
    return _("%(name)s moves the value most: by %(swing)s") % {
        "name": input_name(first.name, first.label),
        "swing": formats.approximate(abs(first.npv_at_high - first.npv_at_low), dossier.currency),
    }


def finish(dossier: Dossier) -> str:
    """Return when everything is done, as sure as it is."""
    found = dossier.simulation.finish
    if found is None:
        return _("There is no roadmap yet, so nobody can say how long it takes")
    if found.p50 == found.p80:
        return _("Done by %(day)s") % {"day": formats.day(found.p80)}
    return _("Done by %(p50)s with even odds, by %(p80)s with four in five") % {
        "p50": formats.day(found.p50),
        "p80": formats.day(found.p80),
    }


def kpis(dossier: Dossier) -> tuple[KpiSheet, ...]:
    """Return all KPIs, in the order of the objectives."""
    return tuple(kpi for objective in dossier.objectives for kpi in objective.kpis)


def measured(dossier: Dossier) -> str:
    """Return how many KPIs have a value by now."""
    found = kpis(dossier)
    if not found:
        return _("No KPI is defined yet, so nobody could tell whether it worked")
    known = sum(actual_of(kpi) is not None for kpi in found)
    return _("%(known)s of %(all)s KPIs are measured so far") % {"known": known, "all": len(found)}


def actual_of(kpi: KpiSheet) -> Decimal | None:
    """Return the latest value of a KPI."""
    return kpi.manual_value if kpi.actual is None else kpi.actual.value


def cost_by_category(dossier: Dossier) -> tuple[tuple[str, Decimal], ...]:
    """Return what each category of cost comes to in the proposed option, the largest first."""
    categories = {line.key: line.category for line in dossier.model.costs}
    sums: Counter[CostCategory] = Counter()
    for flow in dossier.preferred.costs:
        if flow.is_counted:
            sums[categories[flow.key]] += sum(flow.by_column, ZERO)  # type: ignore[assignment]
    ranked = sorted(sums.items(), key=lambda pair: pair[1], reverse=True)
    return tuple((str(CATEGORIES[category]), Decimal(amount)) for category, amount in ranked)


def largest_cost(dossier: Dossier) -> str:
    """Return which category of cost weighs most."""
    ranked, total = cost_by_category(dossier), dossier.preferred.figures.total_costs
    if not ranked or not total:
        return _("There are no costs yet")
    name, amount = ranked[0]
    return _("%(name)s is the largest cost: %(share)s of %(total)s") % {
        "name": name,
        "share": formats.percentage(amount / total),
        "total": money(dossier, total),
    }


def lines_of(dossier: Dossier) -> tuple[CostLine | BenefitLine, ...]:
    """Return the lines of the proposed option."""
    lines: tuple[CostLine | BenefitLine, ...] = (*dossier.model.costs, *dossier.model.benefits)
    return tuple(line for line in lines if line.option in (None, dossier.model.preferred.key))


def weak_lines(dossier: Dossier) -> tuple[tuple[CostLine | BenefitLine, str], ...]:
    """Return the lines that rest on little, each with the reason."""
    return tuple((line, reason) for line in lines_of(dossier) if (reason := _weakness(dossier.model, line)))


def _weakness(model: CaseModel, line: CostLine | BenefitLine) -> str:
    if model.is_unconfirmed(line):
        return _("a placeholder that nobody has confirmed")
    if not model.source_of(line):
        return _("no source is stated")
    if isinstance(line, BenefitLine) and line.evidence_grade in (EvidenceGrade.NONE, EvidenceGrade.VENDOR):
        return _("no evidence of our own yet")
    return _("its owner has little confidence in it") if line.confidence is Confidence.LOW else ""


def assumptions(dossier: Dossier) -> str:
    """Return how many lines rest on little."""
    weak, every = weak_lines(dossier), lines_of(dossier)
    if not every:
        return _("There are no lines yet, so there is no assumption to weigh")
    if not weak:
        return _("Every line has a source and evidence")
    return _("%(weak)s of %(all)s lines still rest on little") % {"weak": len(weak), "all": len(every)}


def break_even(dossier: Dossier) -> str:
    """Return what share of the benefits would be enough."""
    if is_empty(dossier):
        return _("What would have to be true is not known yet")
    share = dossier.preferred.figures.break_even_benefits
    if share is None:
        return _("No share of the benefits brings the case to zero")
    if share > 1:
        return _("It pays only if benefits come to %(share)s of the plan") % {"share": formats.percentage(share)}
    return _("It still pays when only %(share)s of the benefits come") % {"share": formats.percentage(share)}


def short(words: str, longest: int = 60) -> str:
    """Return words that fit into a cell."""
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def listed(words: Sequence[str]) -> str:
    """Return words one after the other."""
    return ", ".join(words)


def so_far(dossier: Dossier) -> str:
    """Return how costs and proven benefits stand at the last closed month, as a sentence; empty before the first."""
    return so_far_in_words(dossier.closed, start=dossier.model.start, currency=dossier.currency)
