"""What a case is held to before it is presented: the guiding principles of the ROI Methodology, and common sense.

References:
    J. J. Phillips and P. P. Phillips, the twelve guiding principles of the ROI Methodology.
"""

from __future__ import annotations

from decimal import Decimal

from mycelia.business_case.calc.principles.claims import duplicate_claims
from mycelia.business_case.calc.principles.phillips import phillips_warnings
from mycelia.business_case.calc.principles.placeholders import placeholders
from mycelia.business_case.calc.principles.timing import items_out_of_time, out_of_time
from mycelia.business_case.calc.soundness import check_model
from mycelia.business_case.types import CaseDocument, CaseModel, Finding

__all__ = [
    "duplicate_claims",
    "findings_about",
    "findings_of",
    "items_out_of_time",
    "out_of_time",
    "phillips_warnings",
    "placeholders",
]


def findings_of(document: CaseDocument) -> tuple[Finding, ...]:
    """Return everything in which a case that can be computed falls short of what it is held to."""
    model = document.model
    claims = duplicate_claims(model, _movements(document))
    return (*placeholders(model), *phillips_warnings(model), *claims, *out_of_time(model))


def findings_about(model: CaseModel, subject: str, *, is_checked: bool = False) -> tuple[Finding, ...]:
    """Return in what one line, work item or the drivers fall short, apart from claims and placeholders.

    A case that cannot be computed has no findings yet.

    Args:
        subject: As in `Finding`.
        is_checked: Whether the model was found sound already; it is not looked at again then.
    """
    found = () if not is_checked and check_model(model) else (*phillips_warnings(model), *out_of_time(model))
    return tuple(finding for finding in found if finding.subject == subject)


def _movements(document: CaseDocument) -> dict[str, Decimal]:
    """Return how far each KPI is to move, where baseline and target are known."""
    kpis = [kpi for objective in document.objectives for kpi in objective.kpis]
    return {
        kpi.key: abs(kpi.target_value - kpi.baseline_value)
        for kpi in kpis
        if kpi.target_value is not None and kpi.baseline_value is not None
    }
