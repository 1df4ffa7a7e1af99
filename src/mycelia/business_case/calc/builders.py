"""How the yearly amount of each kind of benefit is computed: one formula a category, shown as it is computed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from mycelia.business_case.types import BenefitCategory, Builder, BuilderInput, InputKind


def _money(name: str) -> BuilderInput:
    return BuilderInput(name, "money", InputKind.MONEY)


def _share(name: str) -> BuilderInput:
    return BuilderInput(name, "", InputKind.SHARE)


BUILDERS: Mapping[BenefitCategory, Builder] = MappingProxyType(
    {
        BenefitCategory.TIME_SAVED: Builder(
            (
                BuilderInput("people", "people"),
                BuilderInput("hours_per_person_month", "hours a person and month"),
                _money("hourly_cost"),
                _share("productive_share"),
            ),
            months=12,
        ),
        BenefitCategory.TIME_TO_PROFICIENCY: Builder(
            (
                BuilderInput("hires_per_year", "people a year"),
                BuilderInput("weeks_saved", "weeks"),
                _money("weekly_cost"),
                _share("productivity_gap"),
            )
        ),
        BenefitCategory.TURNOVER_AVOIDED: Builder(
            (
                BuilderInput("headcount", "people"),
                _share("leavers_rate_per_year"),
                _share("relative_reduction"),
                _money("cost_per_leaver"),
            )
        ),
        BenefitCategory.INCIDENTS_AVOIDED: Builder(
            (
                BuilderInput("incidents_per_year", "incidents a year"),
                _money("expected_loss"),
                _share("relative_reduction"),
            )
        ),
        BenefitCategory.RETIRED_SYSTEMS: Builder((_money("yearly_cost"),)),
        BenefitCategory.TRAVEL_AVOIDED: Builder(
            (BuilderInput("trips_per_year", "trips a year"), _money("cost_per_trip"), _share("share_avoided"))
        ),
        BenefitCategory.ERRORS_AVOIDED: Builder(
            (
                BuilderInput("units_per_year", "units a year"),
                _share("error_rate"),
                _share("relative_reduction"),
                _money("cost_per_error"),
            )
        ),
        BenefitCategory.REVENUE_UPLIFT: Builder(
            (_money("revenue_per_year"), _share("uplift"), _share("contribution_margin"))
        ),
        BenefitCategory.CUSTOM: Builder((_money("yearly_amount"),)),
    }
)
"""Every category of benefit has exactly one builder."""
