"""Sheets as they were frozen, those of before options included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import msgspec

from mycelia.business_case.calc import case_figures, compare_sheets
from mycelia.business_case.models import Case, Version
from mycelia.business_case.queries.sheets import case_sheet
from mycelia.business_case.types import (
    Basis,
    BenefitCategory,
    BenefitLine,
    CaseDocument,
    CaseFigures,
    CaseModel,
    CaseSheet,
    Confidence,
    CostCategory,
    CostLine,
    Difference,
    ObjectiveDocument,
    Option,
    OptionSheet,
    VersionComparison,
    YearlyFlows,
)

ZERO = Decimal(0)
NOTHING, PROPOSAL = Option("nothing", "Do nothing", is_baseline=True), Option("proposal", "Proposal", is_preferred=True)


def sheet_from(snapshot: Mapping[str, Any]) -> CaseSheet:
    """Return the sheet that a snapshot was made from; figures are those of then, never computed anew."""
    if "document" in snapshot:
        return msgspec.convert(snapshot, CaseSheet, strict=False)
    return _with_options(snapshot)


def _with_options(snapshot: Mapping[str, Any]) -> CaseSheet:
    """Return a sheet of before options: what it holds is the proposal, and doing nothing comes to nothing."""
    empty: dict[str, Any] = {"document": msgspec.to_builtins(_document(snapshot)), "options": []}
    sheet = msgspec.convert({**snapshot, **empty}, CaseSheet, strict=False)
    sheet = replace(
        sheet,
        costs=tuple(replace(line, key=key_of("costline", line.id)) for line in sheet.costs),
        benefits=tuple(replace(line, key=key_of("benefitline", line.id)) for line in sheet.benefits),
        objectives=tuple(replace(each, key=key_of("objective", each.id)) for each in sheet.objectives),
    )
    return replace(sheet, options=(_nothing(sheet), _proposal(sheet)))


def key_of(kind: str, number: int) -> str:
    """Return the key that the upgrade gave to an item that had only a number."""
    return str(uuid5(NAMESPACE_URL, f"mycelia:business_case/{kind}/{number}"))


def _document(snapshot: Mapping[str, Any]) -> CaseDocument:
    model = CaseModel(
        currency=snapshot["currency"],
        start=date.fromisoformat(snapshot["start"]),
        horizon_months=snapshot["horizon_months"],
        rate_per_year=Decimal(snapshot["rate_per_year"]),
        is_short_programme=snapshot["is_short_programme"],
        options=(NOTHING, PROPOSAL),
        costs=tuple(_cost(line) for line in snapshot["costs"]),
        benefits=tuple(_benefit(line) for line in snapshot["benefits"]),
    )
    objectives = tuple(
        ObjectiveDocument(key_of("objective", each["id"]), each["title"], each["description"])
        for each in snapshot["objectives"]
    )
    return CaseDocument(
        slug=snapshot["slug"],
        name=snapshot["name"],
        model=model,
        summary=snapshot["summary"],
        is_synthetic=snapshot["is_synthetic"],
        objectives=objectives,
    )


def _stated(line: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "description": line["description"],
        "option": PROPOSAL.key,
        "basis": Basis.AMOUNTS,
        "amounts": tuple(Decimal(amount) for amount in line["amounts"]),
        "source": line["source"],
        "confidence": Confidence(line["confidence"]),
    }


def _cost(line: Mapping[str, Any]) -> CostLine:
    return CostLine(key=key_of("costline", line["id"]), category=CostCategory(line["category"]), **_stated(line))


def _benefit(line: Mapping[str, Any]) -> BenefitLine:
    category = BenefitCategory(line["category"])
    return BenefitLine(key=key_of("benefitline", line["id"]), category=category, **_stated(line))


def _proposal(sheet: CaseSheet) -> OptionSheet:
    figures = sheet.figures
    amounts = (figures.npv, figures.pv_costs, figures.pv_benefits, figures.total_costs, figures.total_benefits)
    return OptionSheet(
        **_of(PROPOSAL, sheet.figures, sheet.flows),
        costs=sheet.costs,
        benefits=sheet.benefits,
        against_nothing=Difference(*amounts),
    )


def _nothing(sheet: CaseSheet) -> OptionSheet:
    flows = YearlyFlows((ZERO,) * len(sheet.flows.costs), (ZERO,) * len(sheet.flows.costs))
    figures = case_figures(flows, rate_per_year=sheet.rate_per_year)
    return OptionSheet(**_of(NOTHING, figures, flows), costs=(), benefits=())


def _of(option: Option, figures: CaseFigures, flows: YearlyFlows) -> dict[str, Any]:
    return {
        "key": option.key,
        "name": option.name,
        "is_baseline": option.is_baseline,
        "is_preferred": option.is_preferred,
        "description": option.description,
        "flows": flows,
        "figures": figures,
        "with_learner_time": figures,
        "without_learner_time": figures,
    }


def compared_versions(old: Version, new: Version | Case) -> VersionComparison:
    """Return what differs from a frozen version to another one, or to the draft."""
    sheet = case_sheet(new) if isinstance(new, Case) else sheet_from(new.snapshot)
    return compare_sheets(sheet_from(old.snapshot), sheet)
