"""Every read of the business case."""

from mycelia.business_case.queries.actuals import MOST_PEOPLE, ActualRecord, actual_record
from mycelia.business_case.queries.cases import (
    case_for,
    cases_for,
    kpi_of,
    latest_presentation,
    line_of,
    objective_of,
)
from mycelia.business_case.queries.model import case_model
from mycelia.business_case.queries.sheets import actual_query, case_sheet

__all__ = [
    "MOST_PEOPLE",
    "ActualRecord",
    "actual_query",
    "actual_record",
    "case_for",
    "case_model",
    "case_sheet",
    "cases_for",
    "kpi_of",
    "latest_presentation",
    "line_of",
    "objective_of",
]
